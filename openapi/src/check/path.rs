//! Paths into a value, which are JSON pointers here: those that the library shows, and the schemas that they lead to.

use serde_json::Value as Json;

use crate::{
    document::{Document, Schema},
    instances::member,
};

/// How many schemas are looked at for one value.
const MAX_SCHEMAS: usize = 200;

/// The steps of a pointer.
pub(super) fn steps(pointer: &str) -> impl Iterator<Item = String> + '_ {
    let steps = pointer.split('/').skip(1);
    steps.map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// Adds a step to a pointer.
pub(super) fn join(pointer: &str, step: &str) -> String {
    let step = step.replace('~', "~0").replace('/', "~1");
    format!("{pointer}/{step}")
}

/// The pointer to what a value is in.
pub(super) fn parent(pointer: &str) -> &str {
    pointer.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Whether a pointer is that of `outer`, or of something in it.
pub(super) fn is_within(pointer: &str, outer: &str) -> bool {
    let rest = pointer.strip_prefix(outer);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The pointer of a path that the library shows, in which `*` is the key of a map.
pub(super) fn pointer_of(value: &Json, path: &str) -> String {
    let (mut pointer, mut at, mut rest) = (String::new(), value, path);
    loop {
        let (step, after) = match at {
            Json::Array(_) => {
                let end = rest.find(']').filter(|_| rest.starts_with('['));
                let Some(end) = end else { break };
                (rest[1..end].to_owned(), &rest[end + 1..])
            }
            Json::Object(members) => {
                let rest = rest.strip_prefix('.').unwrap_or(rest);
                // Names may have dots and brackets.
                let named = members.keys().filter(|name| starts_with(rest, name));
                match named.max_by_key(|name| name.len()) {
                    Some(name) => (name.clone(), &rest[name.len()..]),
                    None => match (starts_with(rest, "*"), members.keys().next()) {
                        (true, Some(name)) => (name.clone(), &rest[1..]),
                        _ => break,
                    },
                }
            }
            _ => break,
        };
        let next = join(&pointer, &step);
        let Some(inner) = value.pointer(&next) else {
            break;
        };
        (pointer, at, rest) = (next, inner, after);
    }
    pointer
}

/// Whether a path starts with that name.
fn starts_with(path: &str, name: &str) -> bool {
    let rest = path.strip_prefix(name).filter(|_| !name.is_empty());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The schemas that say something of a value, references and alternatives followed; those that refer come first.
pub(super) fn expand<'d>(document: &'d Document, schema: &'d Schema) -> Vec<&'d Schema> {
    let mut all = Vec::new();
    add(document, schema, None, &mut all);
    all
}

/// The same, without the alternatives that a value is not one of.
fn expand_for<'d>(
    document: &'d Document,
    schemas: &[&'d Schema],
    value: Option<&Json>,
) -> Vec<&'d Schema> {
    let mut all = Vec::new();
    for schema in schemas {
        add(document, schema, value, &mut all);
    }
    all
}

fn add<'d>(
    document: &'d Document,
    schema: &'d Schema,
    value: Option<&Json>,
    all: &mut Vec<&'d Schema>,
) {
    if all.len() >= MAX_SCHEMAS || all.iter().any(|known| std::ptr::eq(*known, schema)) {
        return;
    }
    all.push(schema);
    if let Some(target) = schema
        .reference
        .as_ref()
        .and_then(|id| document.schemas.get(id))
    {
        add(document, target, value, all);
    }
    for part in &schema.all_of {
        add(document, part, value, all);
    }
    let fits = |part: &&Schema| value.is_none_or(|value| may_be(document, part, value));
    let is_one = schema.any_of.iter().any(|part| fits(&part));
    for part in &schema.any_of {
        if fits(&part) || !is_one {
            add(document, part, value, all);
        }
    }
}

/// Whether a value may be one of an alternative, as far as its members tell.
fn may_be(document: &Document, schema: &Schema, value: &Json) -> bool {
    let mut all = Vec::new();
    add(document, schema, None, &mut all);
    let Json::Object(members) = value else {
        let is_object = all.iter().any(|schema| schema.is_object());
        return !is_object;
    };
    all.iter().all(|schema| {
        let has_required = schema.required.iter().all(|name| {
            let is_sent = all
                .iter()
                .filter_map(|schema| schema.properties.get(name))
                .all(|property| !property.read_only && !property.write_only);
            members.contains_key(name) || !is_sent
        });
        let has_values = schema.properties.iter().all(|(name, property)| {
            let Some(value) = members.get(name) else {
                return true;
            };
            property.values.is_empty() || property.values.contains(value) || value.is_null()
        });
        has_required && has_values
    })
}

/// The schemas at a pointer into a value of a schema, before references are followed. If nothing is said there, those
/// of what it is in.
pub(super) fn at<'d>(
    document: &'d Document,
    schema: &'d Schema,
    value: &Json,
    pointer: &str,
) -> Vec<&'d Schema> {
    let (mut found, mut value) = (vec![schema], Some(value));
    for step in steps(pointer) {
        let all = expand_for(document, &found, value);
        let inner: Vec<_> = all
            .iter()
            .flat_map(|schema| member(schema, &step))
            .collect();
        if inner.is_empty() {
            return found;
        }
        found = inner;
        value = match value {
            Some(Json::Array(items)) => step.parse().ok().and_then(|at: usize| items.get(at)),
            Some(value) => value.get(&step),
            None => None,
        };
    }
    found
}

/// Removes what is at a pointer.
pub(super) fn remove(value: &mut Json, pointer: &str) -> bool {
    let Some(name) = steps(pointer).last() else {
        return false;
    };
    match value.pointer_mut(parent(pointer)) {
        Some(Json::Object(members)) => members.remove(&name).is_some(),
        Some(Json::Array(items)) => match name.parse() {
            Ok(index) if index < items.len() => {
                items.remove(index);
                true
            }
            _ => false,
        },
        _ => false,
    }
}

/// Puts a value at a pointer, unless it is there, or there is nothing to put it into.
pub(super) fn insert(value: &mut Json, pointer: &str, new: &Json) -> bool {
    let Some(name) = steps(pointer).last() else {
        return false;
    };
    match value.pointer_mut(parent(pointer)) {
        Some(Json::Object(members)) if members.get(&name) != Some(new) => {
            members.insert(name, new.clone());
            true
        }
        _ => false,
    }
}

/// Removes what is at a pointer, or what it is in, if the schema allows that. Returns the pointer of what is removed.
pub(super) fn without(
    document: &Document,
    schema: &Schema,
    value: &mut Json,
    pointer: &str,
) -> Option<String> {
    let mut pointer = pointer;
    while !pointer.is_empty() {
        let outer = parent(pointer);
        let name = steps(pointer).last()?;
        let is_required = value.pointer(outer).is_some_and(Json::is_object)
            && at(document, schema, value, outer)
                .iter()
                .flat_map(|schema| expand(document, schema))
                .any(|schema| schema.required.contains(&name));
        if !is_required && remove(value, pointer) {
            return Some(pointer.to_owned());
        }
        pointer = outer;
    }
    None
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_path_is_read_and_shown() {
        let value = json!({"data": [{"owner": {"a.b": 1}, "by": {"k": [2]}}]});
        for (path, pointer) in [
            ("", ""),
            ("data", "/data"),
            ("data[0].owner", "/data/0/owner"),
            ("data[0].owner.a.b", "/data/0/owner/a.b"),
            ("data[0].by.*[0]", "/data/0/by/k/0"),
            ("data[7]", "/data"),
            ("else", ""),
        ] {
            assert_eq!(pointer_of(&value, path), pointer, "{path}");
        }
        assert!(is_within("/a/b", "/a") && is_within("/a", "/a") && !is_within("/ab", "/a"));
    }
}
