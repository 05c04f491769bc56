//! Walks through schemas: what holds at once, and what holds at a JSON pointer.

use crate::document::{Additional, Document, Place, Schema};

use super::Direction;

/// A schema and all that hold with it: what it refers to, and the parts of `allOf`. With `any`, alternatives too.
pub(super) fn parts<'a>(
    document: &'a Document,
    schemas: impl IntoIterator<Item = &'a Schema>,
    any: bool,
) -> Vec<&'a Schema> {
    let mut found: Vec<&Schema> = Vec::new();
    // The first is taken first, so that parts are in the order of the document.
    let mut waiting: Vec<&Schema> = schemas.into_iter().collect();
    waiting.reverse();
    while let Some(schema) = waiting.pop() {
        if found.iter().any(|other| std::ptr::eq(*other, schema)) {
            continue;
        }
        found.push(schema);
        if any {
            let condition = schema.condition.iter();
            let branches = condition.flat_map(|it| it.otherwise.iter().chain(&it.then));
            waiting.extend(branches);
            waiting.extend(schema.any_of.iter().rev());
        }
        waiting.extend(schema.all_of.iter().rev());
        let target = schema.reference.as_ref();
        waiting.extend(target.and_then(|id| document.schemas.get(id)));
    }
    found
}

/// Returns the schemas that say something about the value at a JSON pointer, alternatives too.
///
/// ```
/// use api_request_openapi::{Document, Sources, instances::at};
///
/// let text = r##"{"openapi": "3.1.0", "paths": {"/keys": {"get": {"responses": {"200": {"content": {"application/json":
///     {"schema": {"type": "array", "items": {"properties": {"id": {"type": "string", "format": "uuid"}}}}}}}}}}}}"##;
/// let document = Document::new(&Sources::from_text("keys.json", text)?)?;
/// let schema = document.operations[0].responses[0].content[0].schema.as_ref();
/// let found = at(&document, schema.expect("it has a schema"), "/0/id");
/// assert_eq!(found[0].format.as_deref(), Some("uuid"));
/// # Ok::<(), api_request_openapi::Error>(())
/// ```
#[must_use]
pub fn at<'a>(document: &'a Document, schema: &'a Schema, pointer: &str) -> Vec<&'a Schema> {
    let mut here = parts(document, [schema], true);
    for step in pointer.split('/').skip(1) {
        let name = unescaped(step);
        let below = here.iter().flat_map(|schema| member(schema, &name));
        here = parts(document, below.collect::<Vec<_>>(), true);
    }
    here
}

/// Returns where the document says what the value at a JSON pointer is; if it says nothing, where it says what the value
/// around it is.
#[must_use]
pub fn place_at(document: &Document, schema: &Schema, pointer: &str) -> Place {
    let mut pointer = pointer;
    loop {
        if let Some(found) = at(document, schema, pointer).first() {
            return found.place;
        }
        match pointer.rsplit_once('/') {
            Some((around, _)) => pointer = around,
            None => return schema.place,
        }
    }
}

/// What a schema itself says about a member of an object, or an item of a list.
pub(crate) fn member<'a>(schema: &'a Schema, name: &str) -> Vec<&'a Schema> {
    let mut found: Vec<&Schema> = schema.properties.get(name).into_iter().collect();
    if found.is_empty() {
        found.extend(schema.pattern_properties.values());
        if let Additional::Of(values) = &schema.additional {
            found.push(values);
        }
    }
    if let Ok(index) = name.parse::<usize>() {
        let item = schema.prefix_items.get(index).or(schema.items.as_deref());
        found.extend(item);
    }
    found
}

/// The members that a schema requires and forbids at once. The documents that do so have them under another name.
pub(super) fn contradictions<'a>(document: &'a Document, schema: &'a Schema) -> Vec<&'a str> {
    if !matches!(schema.additional, Additional::Forbidden) || !schema.pattern_properties.is_empty()
    {
        return Vec::new();
    }
    let parts = parts(document, [schema], true);
    let is_listed = |name: &&str| parts.iter().any(|it| it.properties.contains_key(*name));
    let required = schema.required.iter().map(String::as_str);
    required.filter(|name| !is_listed(name)).collect()
}

/// Whether a member is not sent in a direction.
pub(super) fn is_hidden(document: &Document, direction: Direction, member: &Schema) -> bool {
    let is_here = |schema: &Schema| match direction {
        Direction::Request => schema.read_only,
        Direction::Response => schema.write_only,
    };
    // Most members are scalars.
    is_here(member)
        || ((member.reference.is_some() || !member.all_of.is_empty())
            && parts(document, [member], false).into_iter().any(is_here))
}

/// A step of a JSON pointer as a name.
pub(super) fn unescaped(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

/// A name as a step of a JSON pointer.
pub(super) fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Returns a JSON pointer as people write it: `data[0].owner`.
#[must_use]
pub fn spelled(pointer: &str) -> String {
    let mut text = String::new();
    for step in pointer.split('/').skip(1) {
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) {
            text.extend(["[", step, "]"]);
        } else {
            if !text.is_empty() {
                text.push('.');
            }
            text.push_str(&unescaped(step));
        }
    }
    text
}
