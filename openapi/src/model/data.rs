//! What a declaration says, as data: types, operations, modules.

use crate::document::Place;

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Ty {
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u64`.
    U64,
    /// `f64`.
    F64,
    /// `String`.
    Text,
    /// `Secret<String>`.
    Secret,
    /// A text that is always the same.
    Constant(String),
    /// `serde_json::Value`.
    Any,
    /// `serde_json::Map<String, serde_json::Value>`.
    Object,
    /// A part of a multipart body.
    Part,
    /// A body that is a stream.
    Body,
    /// A list.
    List(Box<Ty>),
    /// A map by text.
    Map(Box<Ty>),
    /// `Option<T>`, of an item.
    Maybe(Box<Ty>),
    /// A type that is declared, by its index in [`Model::types`](super::Model::types).
    Def(usize),
    /// A declared type with a parameter, and what it is here.
    Of(usize, Box<Ty>),
    /// The parameter of the type around it.
    Parameter,
}

/// A type, and whether `null` is a value of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Typed {
    /// The type.
    pub ty: Ty,
    /// Whether `null` is allowed.
    pub nullable: bool,
}

/// A type that is declared.
#[derive(Debug, Clone)]
pub struct Def {
    /// The name.
    pub name: String,
    /// The names that the type may have, one for each place that it is in.
    pub names: Vec<Name>,
    /// Whether the document names the type.
    pub is_named: bool,
    /// What values mean.
    pub docs: Option<String>,
    /// Where the schema is.
    pub place: Place,
    /// What is declared.
    pub kind: Kind,
    /// Whether requests have such values.
    pub is_sent: bool,
    /// Whether responses have such values.
    pub is_received: bool,
    /// Whether it can be told from other types by its members alone, because nothing else tells.
    pub is_told_by_members: bool,
    /// The module that declares it.
    pub module: usize,
    /// Whether `Default` can be derived.
    pub has_default: bool,
}

/// A name that a type may have.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name {
    /// The name alone.
    pub own: String,
    /// The names of what is around it, and its own.
    pub path: Vec<String>,
}

/// What a type declares.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A type that is not known yet, because its schema refers to itself, or that is another type.
    Pending,
    /// A struct.
    Struct(Vec<Field>),
    /// An enum of texts.
    Texts(Vec<Text>),
    /// One text.
    Constant(String),
    /// An enum of types.
    Union {
        /// The member that tells the types.
        tag: Option<String>,
        /// The types.
        variants: Vec<Variant>,
    },
    /// A response by its status.
    Responses(Vec<Outcome>),
    /// An error by its status.
    Errors(Vec<Outcome>),
    /// Parameters of several operations.
    Group(Vec<Input>),
}

impl Kind {
    /// The same type, whatever is said about its fields, and in whatever order they are.
    pub(crate) fn without_docs(&self) -> Self {
        let mut kind = self.clone();
        match &mut kind {
            Self::Struct(fields) => {
                for field in fields.iter_mut() {
                    field.docs = None;
                }
                fields.sort_by(|a, b| a.wire.cmp(&b.wire));
            }
            Self::Texts(texts) => texts.sort_by(|a, b| a.wire.cmp(&b.wire)),
            Self::Responses(outcomes) | Self::Errors(outcomes) => {
                for outcome in outcomes {
                    outcome.docs = None;
                }
            }
            _ => {}
        }
        kind
    }
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Field {
    /// The name in Rust, without `r#`.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// The type.
    pub ty: Ty,
    /// Whether the value is always there.
    pub required: bool,
    /// Whether the value may be `null`.
    pub nullable: bool,
    /// What the value means.
    pub docs: Option<String>,
    /// Whether it should not be used anymore.
    pub deprecated: bool,
    /// Whether requests have no such value.
    pub read_only: bool,
    /// Whether responses have no such value.
    pub write_only: bool,
    /// Whether the value is in a `Box`.
    pub boxed: bool,
    /// Whether the value is all members that have no field.
    pub flatten: bool,
}

/// A text of an enum.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Text {
    /// The name of the variant.
    pub name: String,
    /// The text.
    pub wire: String,
}

/// A type of a union.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Variant {
    /// The name of the variant.
    pub name: String,
    /// The value of the tag.
    pub tag: Option<String>,
    /// The type.
    pub ty: Ty,
    /// Whether the value is in a `Box`.
    pub boxed: bool,
}

/// A response or an error of some statuses.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Outcome {
    /// The name of the variant.
    pub name: String,
    /// `404`, `"4xx"`; none for all others.
    pub statuses: Vec<String>,
    /// The body.
    pub content: Content,
    /// What it means.
    pub docs: Option<String>,
    /// Whether the value is in a `Box`.
    pub boxed: bool,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Content {
    /// None that matters.
    Empty,
    /// JSON.
    Json(Ty),
    /// Text.
    Text,
    /// Bytes, as they come.
    Stream,
    /// Lines of JSON.
    Lines(Ty),
    /// Bytes that are kept.
    Raw,
    /// The URL of a redirect.
    Location,
}

/// An operation.
#[derive(Debug, Clone)]
pub struct Operation {
    /// The name of the type.
    pub name: String,
    /// The `operationId`, or the method and the path.
    pub id: String,
    /// Where it is.
    pub place: Place,
    /// The value of the key `name`.
    pub wire_name: Option<String>,
    /// What it does.
    pub docs: String,
    /// Whether it should not be used anymore.
    pub deprecated: bool,
    /// The method.
    pub method: String,
    /// The path template, whose placeholders are the names of fields.
    pub path: String,
    /// Query parameters that are in the path of the document.
    pub constants: Vec<(String, Option<String>)>,
    /// The value of the key `fields`.
    pub fields_in: Option<Spot>,
    /// The fields.
    pub fields: Vec<Input>,
    /// The response.
    pub response: Content,
    /// Whether the response may have no body.
    pub may_be_empty: bool,
    /// The type of errors, if it is not that of the group.
    pub error: Option<Ty>,
    /// The type of events.
    pub events: Option<Events>,
    /// The value of the key `paginate`.
    pub paginate: Option<Paginate>,
    /// The value of the key `auth`.
    pub auth: Option<String>,
    /// The header of the idempotency key.
    pub idempotency_key: Option<String>,
    /// Headers with constant values.
    pub headers: Vec<(String, String)>,
    /// The operation has the route of another one.
    pub is_second: bool,
    /// The module that declares it.
    pub module: usize,
}

/// Server-sent events.
#[derive(Debug, Clone, PartialEq)]
pub struct Events {
    /// The type of an event.
    pub item: Ty,
    /// The member that asks for events.
    pub flag: Option<String>,
    /// The text that ends the stream.
    pub done: Option<String>,
}

/// How the next page is found.
#[derive(Debug, Clone, PartialEq)]
pub struct Paginate {
    /// What `paginate(…)` says, but for the items; `{}` is the parameter.
    pub way: String,
    /// The field of the request.
    pub parameter: Option<String>,
    /// The path of the items, unless the response is the list.
    pub items: Option<String>,
    /// The type of an item.
    pub item: Ty,
    /// Whether the document makes it certain.
    pub is_certain: bool,
}

/// Where a field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Spot {
    /// In the path.
    Path,
    /// In the query.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
    /// A member of the JSON body.
    Json,
    /// A member of the form.
    Form,
    /// A part of the multipart body.
    Part,
    /// The whole body.
    Body,
    /// Each parameter of a group where that says.
    Group,
}

impl Spot {
    /// Returns the word of the attribute.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Json => "json",
            Self::Form => "form",
            Self::Part => "part",
            Self::Body => "body",
            Self::Group => "flatten",
        }
    }
}

/// A field of an operation.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Input {
    /// The field.
    pub field: Field,
    /// Where it goes.
    pub spot: Spot,
    /// The options, such as `style = deep`; of a body its kind first.
    pub options: Vec<String>,
}

/// What all operations share.
#[derive(Debug, Clone)]
pub struct Group {
    /// The name of the type.
    pub name: String,
    /// The parameters.
    pub fields: Vec<Input>,
    /// The type of errors.
    pub error: Option<Ty>,
}

/// A module.
#[derive(Debug, Clone)]
pub struct Module {
    /// The name.
    pub name: String,
    /// What is in it.
    pub docs: String,
}
