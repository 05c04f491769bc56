//! Validates values by the JSON Schemas of a document.

use std::{
    cell::{OnceCell, RefCell},
    collections::BTreeMap,
    rc::Rc,
};

use jsonschema::{
    ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind},
};
use serde_json::{Map, Value as Json, json};

use crate::document::{Document, Place, Schema};

use super::{
    Direction, Misfit, Values,
    schema::{PLACE, Writer},
    walk::unescaped,
};

/// All schemas of a direction that operations name, in one validator: what they share is compiled once.
#[derive(Debug, Default)]
pub(super) struct Compiled {
    all: OnceCell<Rooted>,
    others: RefCell<BTreeMap<usize, Rc<Rooted>>>,
}

/// A validator of several schemas. An instance is the value of the member that is the index of its schema.
#[derive(Debug)]
struct Rooted {
    roots: BTreeMap<usize, usize>,
    schema: Json,
    validator: Option<Validator>,
}

impl<'a> Values<'a> {
    /// Returns what a schema does not allow of a value, without the value.
    #[must_use]
    pub fn misfits(&self, schema: &'a Schema, value: &Json) -> Vec<Misfit> {
        self.check(schema, value.clone()).1
    }

    /// Returns the value and what a schema does not allow of it. No part of it is copied.
    pub(super) fn check(&self, schema: &'a Schema, value: Json) -> (Json, Vec<Misfit>) {
        let address = std::ptr::from_ref(schema).addr();
        let all = self.compiled.all.get_or_init(|| {
            let roots = roots(self.document, self.direction);
            self.compile(roots)
        });
        if let Some(root) = all.roots.get(&address) {
            return all.check(*root, value, schema.place);
        }
        let known = self.compiled.others.borrow().get(&address).cloned();
        let other = known.unwrap_or_else(|| {
            let compiled = Rc::new(self.compile(vec![schema]));
            let mut others = self.compiled.others.borrow_mut();
            others.insert(address, Rc::clone(&compiled));
            compiled
        });
        other.check(0, value, schema.place)
    }

    /// Returns a schema of the document as JSON Schema 2020-12, with all that it refers to.
    #[must_use]
    pub fn json_schema(&self, schema: &'a Schema) -> Json {
        let writer = Writer::new(self.document, self.direction, &self.texts);
        let mut written = writer.write(schema);
        if let Some(all) = written.as_object_mut() {
            let version = "https://json-schema.org/draft/2020-12/schema";
            all.insert("$schema".to_owned(), version.into());
            all.insert("$defs".to_owned(), writer.definitions());
        }
        written
    }

    fn compile(&self, schemas: Vec<&'a Schema>) -> Rooted {
        let writer = Writer::new(self.document, self.direction, &self.texts);
        let mut properties = Map::new();
        let mut roots = BTreeMap::new();
        let mut by_reference = BTreeMap::new();
        for (index, schema) in schemas.into_iter().enumerate() {
            let written = writer.write(schema);
            // Many are the same reference.
            let is_reference = written.as_object().is_some_and(|it| it.len() == 2);
            let reference = written.get("$ref").filter(|_| is_reference);
            let index = match reference.and_then(Json::as_str) {
                Some(reference) => *by_reference.entry(reference.to_owned()).or_insert(index),
                None => index,
            };
            roots.insert(std::ptr::from_ref(schema).addr(), index);
            properties.entry(index.to_string()).or_insert(written);
        }
        let schema = json!({"properties": properties, "$defs": writer.definitions()});
        let validator = self.texts.options().build(&schema).ok();
        Rooted {
            roots,
            schema,
            validator,
        }
    }
}

impl Rooted {
    fn check(&self, root: usize, value: Json, place: Place) -> (Json, Vec<Misfit>) {
        let Some(validator) = &self.validator else {
            let misfit = Misfit {
                pointer: String::new(),
                message: "the schema cannot be compiled".to_owned(),
                place,
            };
            return (value, vec![misfit]);
        };
        let name = root.to_string();
        let instance = Json::Object(Map::from_iter([(name.clone(), value)]));
        let mut misfits = Vec::new();
        if !validator.is_valid(&instance) {
            let errors = validator.iter_errors(&instance);
            misfits.extend(errors.map(|error| self.misfit(deepest(&error))));
        }
        let Json::Object(mut members) = instance else {
            return (Json::Null, misfits);
        };
        (members.remove(&name).unwrap_or_default(), misfits)
    }

    fn misfit(&self, error: &ValidationError<'_>) -> Misfit {
        let pointer = error.instance_path().as_str();
        let inside = pointer.get(1..).and_then(|rest| rest.find('/'));
        Misfit {
            pointer: inside.map_or_else(String::new, |at| pointer[at + 1..].to_owned()),
            message: message(error),
            place: self.place(error.schema_path().as_str()),
        }
    }

    /// Where in the document the schema at a path is.
    fn place(&self, path: &str) -> Place {
        let mut place = Place::default();
        let mut here = &self.schema;
        for step in path.split('/').skip(1) {
            let next = match here {
                Json::Object(members) => members.get(&unescaped(step)),
                Json::Array(items) => step.parse().ok().and_then(|at: usize| items.get(at)),
                _ => None,
            };
            let Some(next) = next else { break };
            here = next;
            if let Some(Json::Array(at)) = here.get(PLACE) {
                let number =
                    |index: usize| at.get(index).and_then(Json::as_u64).unwrap_or_default();
                place = Place {
                    file: usize::try_from(number(0)).unwrap_or_default(),
                    line: u32::try_from(number(1)).unwrap_or_default(),
                };
            }
        }
        place
    }
}

/// The schemas that the operations of a document name, in one direction.
fn roots(document: &Document, direction: Direction) -> Vec<&Schema> {
    let mut roots = Vec::new();
    for operation in &document.operations {
        let contents: Vec<_> = match direction {
            Direction::Request => {
                roots.extend(operation.parameters.iter().map(|it| &it.schema));
                operation.body.iter().map(|it| &it.content).collect()
            }
            Direction::Response => operation.responses.iter().map(|it| &it.content).collect(),
        };
        for media in contents.into_iter().flat_map(|content| content.values()) {
            roots.extend(media.schema.iter().chain(&media.item_schema));
        }
    }
    roots
}

/// The error that says most: of alternatives, that of the one that got furthest.
fn deepest<'e>(error: &'e ValidationError<'e>) -> &'e ValidationError<'e> {
    let (ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context }) =
        error.kind()
    else {
        return error;
    };
    let depth = |error: &ValidationError<'_>| error.instance_path().as_str().matches('/').count();
    let mut best = error;
    for error in context.iter().filter_map(|errors| errors.first()) {
        let inner = deepest(error);
        if depth(inner) > depth(best) {
            best = inner;
        }
    }
    best
}

/// What is wrong, without the value.
fn message(error: &ValidationError<'_>) -> String {
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            format!(
                "the member `{}` is missing",
                property.as_str().unwrap_or_default()
            )
        }
        ValidationErrorKind::Type { kind } => {
            let names = match kind {
                TypeKind::Single(kind) => kind.to_string(),
                TypeKind::Multiple(kinds) => {
                    let names: Vec<String> = kinds.iter().map(|kind| kind.to_string()).collect();
                    names.join("` or `")
                }
            };
            format!("the value is not of the type `{names}`")
        }
        ValidationErrorKind::Enum { .. } | ValidationErrorKind::Constant { .. } => {
            "the value is none of those that the schema lists".to_owned()
        }
        ValidationErrorKind::AdditionalProperties { unexpected } => {
            format!(
                "the schema does not have the member `{}`",
                unexpected.join("`, `")
            )
        }
        ValidationErrorKind::AnyOf { .. } => {
            "no alternative of the schema allows the value".to_owned()
        }
        ValidationErrorKind::Format { format } => {
            format!("the value is not of the format `{format}`")
        }
        ValidationErrorKind::Pattern { pattern } => format!("the value does not match `{pattern}`"),
        ValidationErrorKind::MaxLength { limit } => {
            format!("the value has more than {limit} characters")
        }
        ValidationErrorKind::MinLength { limit } => {
            format!("the value has less than {limit} characters")
        }
        ValidationErrorKind::MaxItems { limit } => format!("the list has more than {limit} items"),
        ValidationErrorKind::MinItems { limit } => format!("the list has less than {limit} items"),
        ValidationErrorKind::Maximum { limit } => format!("the value is greater than {limit}"),
        ValidationErrorKind::Minimum { limit } => format!("the value is less than {limit}"),
        ValidationErrorKind::ExclusiveMaximum { limit } => {
            format!("the value is not less than {limit}")
        }
        ValidationErrorKind::ExclusiveMinimum { limit } => {
            format!("the value is not greater than {limit}")
        }
        ValidationErrorKind::MaxProperties { limit } => {
            format!("the object has more than {limit} members")
        }
        ValidationErrorKind::MinProperties { limit } => {
            format!("the object has less than {limit} members")
        }
        ValidationErrorKind::UniqueItems => "items of the list are the same".to_owned(),
        ValidationErrorKind::Not { .. } => "the value is one that the schema excludes".to_owned(),
        _ => error.masked_with("the value").to_string(),
    }
}
