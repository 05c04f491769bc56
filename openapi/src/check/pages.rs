//! Pages: what leads to the next page, and the items, are in the response.
//!
//! `paginate(…)` names Rust fields. A member of another name is known by its letters alone: `next_cursor` is `nextCursor`.

use api_request::Pagination;

use super::{
    Pair,
    difference::Findings,
    media::is_json,
    path,
    schema::{kinds, members},
};
use crate::document::{Document, Response, Schema, Status};

pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let Some(pagination) = pair.declared.pagination() else {
        return;
    };
    let responses = successes(&pair.operation.responses);
    let bodies = responses.iter().filter_map(|response| {
        let (_, media) = response.content.iter().find(|(name, _)| is_json(name))?;
        Some((response, media.schema.as_ref()?))
    });
    let bodies: Vec<_> = bodies.collect();
    let Some((first, _)) = bodies.first() else {
        return;
    };
    for (option, path) in paths(pagination) {
        let has_path = |schema: &Schema| has(pair.document, schema, path);
        if bodies.iter().any(|(_, schema)| has_path(schema)) {
            continue;
        }
        let message =
            format!("has no `{path}` in the document, which `paginate` names as `{option}`");
        findings.add(pair, first.place, at(first.status), message);
    }
}

/// The paths of fields of the response, by option.
fn paths(pagination: &Pagination) -> impl Iterator<Item = (&'static str, &'static str)> {
    let paths = [
        ("next", pagination.next()),
        ("items", pagination.items()),
        ("more", pagination.more()),
        ("total", pagination.total()),
        ("pages", pagination.pages()),
    ];
    let declared = |(option, path): (&'static str, Option<&'static str>)| Some((option, path?));
    paths.into_iter().filter_map(declared)
}

/// Whether a path of fields leads to a member. The first field may be that of an `ApiResponse` which is the body.
fn has(document: &Document, schema: &Schema, path: &str) -> bool {
    let steps: Vec<&str> = path.split('.').collect();
    leads(document, schema, &steps) || (steps.len() > 1 && leads(document, schema, &steps[1..]))
}

fn leads(document: &Document, schema: &Schema, steps: &[&str]) -> bool {
    let Some((name, rest)) = steps.split_first() else {
        return true;
    };
    if !kinds(document, schema).is_object {
        // `next = data.last.id`: of the last item.
        let schemas = path::expand(document, schema);
        let mut items = schemas.iter().filter_map(|schema| schema.items.as_deref());
        return *name == "last" && items.any(|item| leads(document, item, rest));
    }
    let members = members(document, schema);
    let letters = |text: &str| -> String {
        let letters = text.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let member = members
        .named
        .iter()
        .find(|(other, _)| letters(other) == letters(name));
    match member {
        Some((_, schema)) => leads(document, schema, rest),
        None => members.is_open,
    }
}

/// The responses with a 2xx status, or else the default.
fn successes(responses: &[Response]) -> Vec<&Response> {
    let of = |is_it: fn(Status) -> bool| -> Vec<&Response> {
        let responses = responses.iter();
        responses
            .filter(|response| is_it(response.status))
            .collect()
    };
    let successes = of(|it| matches!(it, Status::Code(200..=299) | Status::Class(2)));
    if successes.is_empty() {
        of(|it| it == Status::Default)
    } else {
        successes
    }
}

/// What a response is called in a difference.
fn at(status: Status) -> String {
    match status {
        Status::Code(code) => format!("response {code}"),
        Status::Class(class) => format!("response {class}XX"),
        Status::Default => "default response".to_owned(),
    }
}
