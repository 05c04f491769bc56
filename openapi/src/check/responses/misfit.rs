//! What does not fit, and how people read it: one difference for each place, whatever number of values shows it.

use api_request::Error;
use serde_json::Value as Json;

use super::super::path;
use crate::{
    document::{Document, Place, Schema, Type},
    instances::spelled,
};

/// Why a response cannot be decoded, as the library says it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Reason {
    /// Where in the body, with `*` for the key of a map.
    path: String,
    /// A member of what is there that is missing.
    missing: Option<String>,
    /// What is expected in place of what is there.
    expected: Option<String>,
    /// What else is said.
    text: String,
}

impl Reason {
    /// What is wrong with the status or a header, whatever the body is.
    pub(super) fn about_the_head(&self) -> Option<String> {
        let text = &self.text;
        if text.starts_with("the response type does not declare the status") {
            return Some("is not a status that the response type declares".to_owned());
        }
        if text.starts_with("no variant has the status") {
            return Some("is not a status that the error type declares".to_owned());
        }
        self.header()
            .map(|_| format!(": cannot be decoded: {text}"))
    }

    /// The name of the header that is missing, or not valid.
    pub(super) fn header(&self) -> Option<String> {
        let rest = self.text.strip_prefix("the header `")?;
        rest.split('`').next().map(str::to_ascii_lowercase)
    }

    pub(super) fn new(error: &Error) -> Self {
        Self::read(&error.to_string())
    }

    /// Reads a message: "`GetKey`: 200 OK, but the body is not of the declared type: a.b: missing field `c` at line 1 …".
    fn read(message: &str) -> Self {
        let marks = ["the declared type: ", "the declared error type: "];
        let body = marks
            .iter()
            .find_map(|mark| message.split_once(mark))
            .map(|(_, body)| body);
        let Some(body) = body else {
            let (_, text) = message.split_once(", but ").unwrap_or(("", message));
            return Self {
                text: text.to_owned(),
                ..Self::default()
            };
        };
        let body = &body[..body.rfind(" at line ").unwrap_or(body.len())];
        let (path, text) = match body.split_once(": ") {
            Some((path, text)) if !path.contains(' ') => (path, text),
            _ => ("", body),
        };
        let quoted = |start: &str| {
            let rest = text.strip_prefix(start)?;
            rest.split('`').next().map(str::to_owned)
        };
        let expected = match text.split_once("expected ") {
            Some((before, after)) if before.is_empty() || before.ends_with(", ") => {
                after.split(", found ").next().map(str::to_owned)
            }
            _ => None,
        };
        Self {
            path: path.to_owned(),
            missing: quoted("missing field `").or_else(|| quoted("missing member `")),
            expected,
            text: text.to_owned(),
        }
    }
}

/// What a response is that does not fit, of all that are made of a schema.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tried<'a> {
    pub(super) schema: &'a Schema,
    pub(super) value: &'a Json,
    /// Where the value differs from the fullest.
    pub(super) changed: Option<&'a str>,
}

impl<'a> Tried<'a> {
    pub(super) fn new(schema: &'a Schema, value: &'a Json) -> Self {
        Self {
            schema,
            value,
            changed: None,
        }
    }
}

/// The places where values of a response do not fit.
#[derive(Debug, Default)]
pub(super) struct Misfits(Vec<Misfit>);

impl Misfits {
    /// Adds the place where a value does not fit, and returns the pointer to it. Fails with what is wrong with all
    /// values.
    pub(super) fn add(
        &mut self,
        document: &Document,
        tried: Tried<'_>,
        reason: Reason,
    ) -> Result<String, String> {
        if let Some(text) = reason.about_the_head() {
            return Err(text);
        }
        let misfit = Misfit::new(document, tried, reason);
        let pointer = misfit.pointer.clone();
        let is_there = |known: &&mut Misfit| known.shown == misfit.shown;
        match self.0.iter_mut().find(is_there) {
            Some(known) => known.add(misfit),
            None => self.0.push(misfit),
        }
        Ok(pointer)
    }

    /// Returns them, without those within a value that is like the one around it.
    pub(super) fn finish(self) -> Vec<Misfit> {
        let is_repeated = |misfit: &Misfit| {
            self.0.iter().any(|outer| {
                let around = misfit.shown.strip_suffix(&outer.shown);
                let is_inside = around.is_some_and(|it| it.ends_with(['.', ']']));
                is_inside && outer.place == misfit.place && outer.found == misfit.found
            })
        };
        let keep: Vec<bool> = self.0.iter().map(|misfit| !is_repeated(misfit)).collect();
        let all = self.0.into_iter().zip(keep);
        all.filter(|(_, keep)| *keep)
            .map(|(misfit, _)| misfit)
            .collect()
    }
}

/// A place where values do not fit.
#[derive(Debug)]
pub(super) struct Misfit {
    /// The pointer to it.
    pub(super) pointer: String,
    /// The path, as people read it.
    pub(super) shown: String,
    pub(super) place: Place,
    is_missing: bool,
    /// What was there.
    found: Vec<String>,
    reason: Reason,
}

impl Misfit {
    pub(super) fn new(document: &Document, tried: Tried<'_>, reason: Reason) -> Self {
        let Tried {
            schema,
            value,
            changed,
        } = tried;
        let mut pointer = path::pointer_of(value, &reason.path);
        if let Some(missing) = &reason.missing {
            pointer = path::join(&pointer, missing);
        }
        // Types that read a value twice do not know where in it.
        if let Some(changed) = changed
            && path::is_within(changed, &pointer)
        {
            changed.clone_into(&mut pointer);
        }
        let schemas = path::at(document, schema, value, &pointer);
        let found = value.pointer(&pointer);
        let all: Vec<_> = schemas
            .iter()
            .flat_map(|schema| path::expand(document, schema))
            .collect();
        Self {
            shown: spelled(&pointer),
            place: schemas.first().map_or(schema.place, |it| it.place),
            is_missing: found.is_none(),
            found: found.map(|found| kind(found, &all)).into_iter().collect(),
            pointer,
            reason,
        }
    }

    /// Takes another value at the same place.
    fn add(&mut self, other: Self) {
        for found in other.found {
            if !self.found.contains(&found) {
                self.found.push(found);
            }
        }
    }

    /// What is wrong, after the place.
    pub(super) fn text(&self) -> String {
        if self.is_missing {
            return "may be missing, but is declared as required".to_owned();
        }
        let found = match self.found.as_slice() {
            [first, .., last] if self.found.len() > 4 => {
                format!("{first}, … or {last}")
            }
            [others @ .., last] if !others.is_empty() => {
                format!("{} or {last}", others.join(", "))
            }
            all => all.concat(),
        };
        let text = format!("cannot be decoded from {found}, which the schema allows");
        let is_known = self.found.iter().all(|found| found.starts_with('`'));
        match &self.reason {
            _ if is_known => text,
            Reason {
                expected: Some(expected),
                ..
            } => format!("{text}: expected {expected}"),
            Reason { text: reason, .. } if reason == "invalid value" => text,
            Reason { text: reason, .. } => format!("{text}: {reason}"),
        }
    }
}

/// What a value is, without the value, unless it is one that the document lists.
fn kind(value: &Json, schemas: &[&Schema]) -> String {
    let is_listed = schemas.iter().any(|schema| schema.values.contains(value));
    if is_listed || value.is_null() {
        return format!("`{value}`");
    }
    let format = schemas.iter().find_map(|schema| schema.format.as_deref());
    let has_numbers = schemas
        .iter()
        .any(|schema| schema.types.contains(&Type::Number));
    match (value, format) {
        (Json::String(_), Some(format)) => format!("a string of the format `{format}`"),
        (Json::String(_), None) => "a string".to_owned(),
        (Json::Number(number), _) if !number.is_f64() && !has_numbers => "an integer".to_owned(),
        (Json::Number(_), _) => "a number".to_owned(),
        (Json::Bool(_), _) => "a boolean".to_owned(),
        (Json::Array(_), _) => "a list".to_owned(),
        (Json::Object(_) | Json::Null, _) => "an object".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_read() {
        let reason = |path: &str, missing: Option<&str>, expected: Option<&str>| {
            (
                path.to_owned(),
                missing.map(str::to_owned),
                expected.map(str::to_owned),
            )
        };
        for (message, expected) in [
            (
                "`A`: 200 OK, but the body is not of the declared type: a[0].b: missing field `c` at line 1 column 2",
                reason("a[0].b", Some("c"), None),
            ),
            (
                "`A`: 404 Not Found, but the body is not of the declared error type: a: expected u32, found a string at line 1 column 2",
                reason("a", None, Some("u32")),
            ),
            (
                "`A`: 200 OK, but the body is not of the declared type: invalid type: null, expected a string at line 1 column 2",
                reason("", None, Some("a string")),
            ),
            (
                "`A`: 202 Accepted, but the response type does not declare the status 202",
                reason("", None, None),
            ),
        ] {
            let Reason {
                path,
                missing,
                expected: wanted,
                ..
            } = Reason::read(message);
            assert_eq!((path, missing, wanted), expected, "{message}");
        }
    }
}
