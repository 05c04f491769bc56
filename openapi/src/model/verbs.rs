//! The names of operations: what they do, and to what.

use super::names;
use crate::document;

/// Words that begin the names of operations.
pub(crate) const VERBS: [&str; 33] = [
    "Get", "List", "Create", "Update", "Delete", "Fetch", "Retrieve", "Find", "Search", "Read",
    "Show", "Add", "Set", "Put", "Post", "Patch", "Replace", "Query", "Describe", "Remove",
    "Check", "Index", "Destroy", "Cancel", "Start", "Stop", "Enable", "Disable", "Head", "Store",
    "Upsert", "Edit", "All",
];

/// What an operation is about: `Workspaces` of `ListWorkspaces`.
pub(crate) fn noun_of(name: &str, operation: &document::Operation) -> String {
    let verb = VERBS
        .iter()
        .filter_map(|verb| name.strip_prefix(verb))
        .find(|rest| !rest.starts_with(char::is_lowercase));
    match verb {
        Some("") | None => path_noun(operation),
        Some(rest) => rest.to_owned(),
    }
}

/// Adds what the operation is about to a name that is a verb alone.
pub(crate) fn with_noun(name: String, operation: &document::Operation) -> String {
    let noun = path_noun(operation);
    if VERBS.contains(&name.as_str()) && noun != name {
        format!("{name}{noun}")
    } else {
        name
    }
}

/// The last words of a path: one if a placeholder follows.
fn path_noun(operation: &document::Operation) -> String {
    let mut segments = operation
        .path
        .split('/')
        .filter(|segment| !segment.is_empty())
        .rev()
        .peekable();
    let mut is_one = operation.method == "POST";
    while segments.peek().is_some_and(|segment| segment.contains('{')) {
        segments.next();
        is_one = true;
    }
    let word = segments.next().map(names::field).unwrap_or_default();
    if word.is_empty() {
        return String::new();
    }
    names::pascal(&if is_one { names::singular(&word) } else { word })
}

/// The name of an operation without an ID: what the method does to what the path names.
pub(crate) fn name_of(operation: &document::Operation) -> String {
    let segments: Vec<&str> = operation
        .path
        .split(['/', '?', '#'])
        .filter(|segment| !segment.is_empty())
        .collect();
    let is_one = |index: usize| {
        segments
            .get(index)
            .is_some_and(|segment| segment.starts_with('{'))
    };
    let mut name = String::new();
    for (index, segment) in segments.iter().enumerate() {
        if segment.starts_with('{') && segment.ends_with('}') {
            continue;
        }
        let one = is_one(index + 1) || (operation.method == "POST" && index + 1 == segments.len());
        let word = names::field(segment);
        let word = if one { names::singular(&word) } else { word };
        name.push_str(&names::pascal(&word));
    }
    let ends_with_one = is_one(segments.len().saturating_sub(1));
    let is_list = segments
        .last()
        .is_some_and(|last| names::singular(last) != *last);
    let verb = match operation.method.as_str() {
        "GET" if !ends_with_one && is_list => "List",
        "GET" => "Get",
        "POST" if ends_with_one => "Post",
        "POST" => "Create",
        "PUT" => "Replace",
        "PATCH" => "Update",
        other => &names::pascal(&other.to_ascii_lowercase()),
    };
    format!("{verb}{name}")
}
