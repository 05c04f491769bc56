//! Values that the schemas of a document allow, and what they do not allow of a value.
//!
//! [`Values::instances`] makes values: the smallest, the fullest, and what differs from that in one place.
//! [`Values::misfits`] validates values by JSON Schema. Both know the direction: a member that is in responses alone is
//! not in requests.

mod choice;
mod make;
mod number;
mod pattern;
mod schema;
mod shape;
mod texts;
mod undeclared;
mod validator;
mod vary;
mod walk;

use std::{cell::RefCell, collections::BTreeMap};

use serde_json::Value as Json;

use crate::document::{Document, Place};

pub(crate) use walk::member;
pub use walk::{at, place_at, spelled};

/// Who sends a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The client: members that are `readOnly` are not sent.
    Request,
    /// The server: members that are `writeOnly` are not sent.
    Response,
}

/// The values that the schemas of a document allow, in one direction.
///
/// ```
/// use api_request_openapi::{Document, Sources, instances::{Direction, Values}};
///
/// let text = r##"{"openapi": "3.1.0", "paths": {"/keys": {"get": {"responses": {"200": {"content": {"application/json":
///     {"schema": {"type": "object", "required": ["id"], "properties": {
///         "id": {"type": "integer"}, "state": {"enum": ["active", "on_hold"]}}}}}}}}}}}"##;
/// let document = Document::new(&Sources::from_text("keys.json", text)?)?;
/// let schema = document.operations[0].responses[0].content[0].schema.as_ref().expect("it has a schema");
///
/// let values = Values::new(&document, Direction::Response);
/// let instances: Vec<String> = values
///     .instances(schema)
///     .all
///     .iter()
///     .map(|it| format!("{}: {}", it.what, it.value))
///     .collect();
/// assert_eq!(
///     instances,
///     [
///         r#"the smallest: {"id":1}"#,
///         r#"the fullest: {"id":1,"state":"active"}"#,
///         r#"`state` = "on_hold": {"id":1,"state":"on_hold"}"#,
///     ]
/// );
/// let misfits = values.misfits(schema, &serde_json::json!({"state": 1}));
/// assert_eq!(misfits[0].message, "the member `id` is missing");
/// # Ok::<(), api_request_openapi::Error>(())
/// ```
#[derive(Debug)]
pub struct Values<'a> {
    document: &'a Document,
    direction: Direction,
    texts: texts::Texts,
    compiled: validator::Compiled,
    /// The smallest values that were made, by the addresses of the schemas that hold for them.
    smallest: RefCell<BTreeMap<Vec<usize>, Json>>,
}

impl<'a> Values<'a> {
    /// Prepares the schemas of a document. They are compiled when they are used first.
    #[must_use]
    pub fn new(document: &'a Document, direction: Direction) -> Self {
        Self {
            document,
            direction,
            texts: texts::Texts::default(),
            compiled: validator::Compiled::default(),
            smallest: RefCell::default(),
        }
    }
}

/// Instances of a schema.
#[derive(Debug, Clone, Default)]
pub struct Instances {
    /// Those that the schema allows: the smallest first, then the fullest, then variations of that. There are none where
    /// no value is found, for example because each one contains another one.
    pub all: Vec<Instance>,
    /// Those that were made, but that the schema does not allow, each with one reason.
    pub refused: Vec<(Instance, Misfit)>,
}

impl Instances {
    /// Returns the first instance of a kind.
    #[must_use]
    pub fn get(&self, kind: Kind) -> Option<&Instance> {
        self.all.iter().find(|instance| instance.kind == kind)
    }
}

/// What an instance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Members that are required, and the shortest lists.
    Smallest,
    /// All members, and an item in each list.
    Fullest,
    /// A value that the document shows.
    Example,
    /// The fullest with something else in one place.
    Variation,
}

/// A value that a schema allows.
#[derive(Debug, Clone)]
pub struct Instance {
    /// What it is.
    pub kind: Kind,
    /// What it is, for messages: `the smallest`, or the place and the value that differ from the fullest.
    pub what: String,
    /// The JSON pointer of what differs from the fullest.
    pub pointer: String,
    /// The value.
    pub value: Json,
    /// The JSON pointers of texts for which no match of the pattern was found.
    pub unsure: Vec<String>,
}

/// What a schema does not allow of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The JSON pointer of what is not allowed.
    pub pointer: String,
    /// What is wrong, without the value.
    pub message: String,
    /// Where the document says so.
    pub place: Place,
}
