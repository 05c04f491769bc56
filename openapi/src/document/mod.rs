//! An `OpenAPI` document of any version, as one model: references to anything but schemas are followed, what paths and the
//! document say for all operations is said by each of them.

mod operation;
mod read;
mod schema;

use indexmap::IndexMap;
use serde_json::{Number, Value as Json};

use crate::{Error, Sources};

/// An `OpenAPI` document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The title.
    pub title: String,
    /// What the API is about.
    pub description: Option<String>,
    /// The base URLs of the API.
    pub servers: Vec<Server>,
    /// The security schemes, by name.
    pub schemes: IndexMap<String, Scheme>,
    /// The descriptions of tags, by name.
    pub tags: IndexMap<String, String>,
    /// The operations, in the order of the document.
    pub operations: Vec<Operation>,
    /// The schemas that operations refer to, by file and path.
    pub schemas: IndexMap<SchemaId, Schema>,
}

/// A base URL.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The URL, with the default values of its variables.
    pub url: String,
    /// What is there.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq)]
pub enum Scheme {
    /// A key in a parameter.
    Key {
        /// The location of the parameter.
        location: Location,
        /// The name of the parameter.
        name: String,
    },
    /// Anything that sends the header `Authorization`, or a certificate.
    Other,
}

/// Where something is said: the index of the file, and the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The index of the file among the [`Sources`].
    pub file: usize,
    /// The line, from 1.
    pub line: u32,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// Where it is.
    pub place: Place,
    /// The `operationId`.
    pub id: Option<String>,
    /// The method, in upper case.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The tags.
    pub tags: Vec<String>,
    /// What it does, in a line.
    pub summary: Option<String>,
    /// What it does.
    pub description: Option<String>,
    /// Whether it should not be used anymore.
    pub deprecated: bool,
    /// The parameters, those of the path first.
    pub parameters: Vec<Parameter>,
    /// The body.
    pub body: Option<Body>,
    /// The responses, in the order of the document.
    pub responses: Vec<Response>,
    /// The alternatives of security schemes; each is a set.
    pub security: Vec<Vec<String>>,
    /// The base URLs, if they are not those of the document.
    pub servers: Option<Vec<Server>>,
}

/// The location of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}

/// A parameter.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// Where it is.
    pub place: Place,
    /// The name on the wire.
    pub name: String,
    /// The location.
    pub location: Location,
    /// Whether it is always sent.
    pub required: bool,
    /// Whether it should not be used anymore.
    pub deprecated: bool,
    /// What it means.
    pub description: Option<String>,
    /// The style, if it is not that of the location.
    pub style: Option<String>,
    /// Whether each item is a parameter, if that is said.
    pub explode: Option<bool>,
    /// Whether there may be the name without a value, in a query.
    pub allow_empty: bool,
    /// Whether the value is the text of a media type, in practice JSON.
    pub is_content: bool,
    /// The values.
    pub schema: Schema,
}

/// The body of a request.
#[derive(Debug, Clone)]
pub struct Body {
    /// Where it is.
    pub place: Place,
    /// Whether it is always sent.
    pub required: bool,
    /// What it is.
    pub description: Option<String>,
    /// The body by media type.
    pub content: IndexMap<String, Media>,
}

/// A body of a media type.
#[derive(Debug, Clone)]
pub struct Media {
    /// The values.
    pub schema: Option<Schema>,
    /// The values of the items, of a stream (`OpenAPI` 3.2).
    pub item_schema: Option<Schema>,
    /// The text that ends a stream of events: the extension `x-speakeasy-sse-sentinel`.
    pub sentinel: Option<String>,
    /// How members of a form are sent, by name.
    pub encoding: IndexMap<String, Encoding>,
}

/// How a member of a form is sent.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Encoding {
    /// The media type of a part.
    pub content_type: Option<String>,
    /// The style.
    pub style: Option<String>,
    /// Whether each item is a member.
    pub explode: Option<bool>,
}

/// The statuses of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// A status code.
    Code(u16),
    /// A class: 2 of `2XX`.
    Class(u16),
    /// Every other status.
    Default,
}

/// A response.
#[derive(Debug, Clone)]
pub struct Response {
    /// Where it is.
    pub place: Place,
    /// The status.
    pub status: Status,
    /// What it means.
    pub description: Option<String>,
    /// The names of its headers.
    pub headers: Vec<String>,
    /// The body by media type.
    pub content: IndexMap<String, Media>,
}

/// A schema, by its file and its path there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId {
    /// The index of the file among the [`Sources`].
    pub file: usize,
    /// The path in the file, such as `/components/schemas/Key`.
    pub pointer: String,
}

/// The types of JSON values, without `null`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Type {
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

/// What values are allowed.
#[derive(Debug, Clone, Default)]
pub struct Schema {
    /// Where it is.
    pub place: Place,
    /// Another schema that holds too.
    pub reference: Option<SchemaId>,
    /// The types; all if there is none.
    pub types: Vec<Type>,
    /// Whether `null` is allowed.
    pub nullable: bool,
    /// The format.
    pub format: Option<String>,
    /// A name for people.
    pub title: Option<String>,
    /// What the value means.
    pub description: Option<String>,
    /// Whether it should not be used anymore.
    pub deprecated: bool,
    /// Whether it is in responses alone.
    pub read_only: bool,
    /// Whether it is in requests alone.
    pub write_only: bool,
    /// The value that is meant where there is none.
    pub default: Option<Json>,
    /// Values that the document shows.
    pub examples: Vec<Json>,
    /// The bounds of numbers, texts, lists and objects.
    pub limits: Limits,
    /// The values that are allowed; all if there is none.
    pub values: Vec<Json>,
    /// The members of an object.
    pub properties: IndexMap<String, Schema>,
    /// The members of an object whose names match a regular expression.
    pub pattern_properties: IndexMap<String, Schema>,
    /// The names of members that are always there.
    pub required: Vec<String>,
    /// The values of members that are not listed.
    pub additional: Additional,
    /// The items of a list.
    pub items: Option<Box<Schema>>,
    /// Whether the items of a list have schemas by their index.
    pub is_tuple: bool,
    /// The items of a list by their index, before those that `items` says.
    pub prefix_items: Vec<Schema>,
    /// What one item of a list is at least.
    pub contains: Option<Box<Schema>>,
    /// Schemas that all hold.
    pub all_of: Vec<Schema>,
    /// Schemas of which one or more hold: `oneOf` and `anyOf`.
    pub any_of: Vec<Schema>,
    /// A schema that does not hold.
    pub not: Option<Box<Schema>>,
    /// What holds on a condition.
    pub condition: Option<Box<Condition>>,
    /// The member that tells which of them.
    pub discriminator: Option<Discriminator>,
}

/// The bounds of numbers, texts, lists and objects.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Limits {
    /// The smallest number.
    pub minimum: Option<Number>,
    /// The largest number.
    pub maximum: Option<Number>,
    /// The number that all are greater than.
    pub exclusive_minimum: Option<Number>,
    /// The number that all are less than.
    pub exclusive_maximum: Option<Number>,
    /// The number that all are multiples of.
    pub multiple_of: Option<Number>,
    /// The length of the shortest text, in characters.
    pub min_length: Option<u64>,
    /// The length of the longest text, in characters.
    pub max_length: Option<u64>,
    /// The regular expression of ECMAScript that texts match somewhere.
    pub pattern: Option<String>,
    /// The length of the shortest list.
    pub min_items: Option<u64>,
    /// The length of the longest list.
    pub max_items: Option<u64>,
    /// Whether all items of a list differ.
    pub unique_items: bool,
    /// The least number of members.
    pub min_properties: Option<u64>,
    /// The greatest number of members.
    pub max_properties: Option<u64>,
}

/// What holds if a schema holds, and what holds otherwise.
#[derive(Debug, Clone, Default)]
pub struct Condition {
    /// The condition.
    pub when: Schema,
    /// What holds if it does.
    pub then: Option<Schema>,
    /// What holds if it does not.
    pub otherwise: Option<Schema>,
}

/// The values of members that a schema does not list.
#[derive(Debug, Clone, Default)]
pub enum Additional {
    /// Nothing is said.
    #[default]
    Unspecified,
    /// There are no such members.
    Forbidden,
    /// The members have any values.
    Any,
    /// The members have these values.
    Of(Box<Schema>),
}

/// The member that tells which schema holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Discriminator {
    /// The name of the member.
    pub property: String,
    /// The schemas by the value of the member, where that is not their name.
    pub mapping: IndexMap<String, SchemaId>,
}

impl Document {
    /// Makes a model of a document.
    ///
    /// ```
    /// use api_request_openapi::{Document, Sources};
    ///
    /// let text = r#"{"openapi": "3.1.0", "info": {"title": "Keys"}, "paths": {"/keys": {"get": {}}}}"#;
    /// let document = Document::new(&Sources::from_text("keys.json", text)?)?;
    /// assert_eq!(document.operations[0].path, "/keys");
    /// # Ok::<(), api_request_openapi::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the document is not `OpenAPI` 3, or if a reference refers to nothing.
    pub fn new(sources: &Sources) -> Result<Self, Error> {
        read::document(sources)
    }
}
