//! What differs, and how it reads.

use std::fmt;

use api_request::Operation;

use super::{Allowance, Pair, matching::Near};
use crate::{
    Document, Sources,
    document::{self, Place},
};

/// What [`check`](crate::check()) found. Its text is a line for each difference.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Agreement {
    /// What differs, in the order of the document.
    pub differences: Vec<Difference>,
    /// What differs and is allowed, each with the reason.
    pub allowed: Vec<(Difference, String)>,
    /// What could not be compared.
    pub unchecked: Vec<Unchecked>,
}

/// Something in which a declaration and the document differ.
///
/// Its text is a line: ``openapi.yaml:123: `listKeys` (`ListKeys`): the query parameter `limit` is required, but not
/// declared``.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Difference {
    /// The file of the document and the line: `openapi.yaml:123`.
    pub place: String,
    /// The ID of the operation in the document.
    pub id: Option<String>,
    /// The name of the declaration; empty if there is none.
    pub operation: String,
    /// What differs: ``query parameter `limit` ``.
    pub at: String,
    /// How it differs.
    pub message: String,
}

/// Something that could not be compared, and why.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Unchecked {
    /// The name of the declaration.
    pub operation: String,
    /// What was not compared, and why.
    pub reason: String,
}

impl fmt::Display for Agreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for difference in &self.differences {
            writeln!(f, "{difference}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            place,
            id,
            operation,
            at,
            message,
        } = self;
        write!(f, "{place}: ")?;
        match id {
            Some(id) if operation.is_empty() || id == operation => write!(f, "`{id}`: ")?,
            Some(id) => write!(f, "`{id}` (`{operation}`): ")?,
            None if operation.is_empty() => {}
            None => write!(f, "`{operation}`: ")?,
        }
        let separator = if message.starts_with([':', ',']) {
            ""
        } else {
            " "
        };
        write!(f, "the {at}{separator}{message}")
    }
}

impl fmt::Display for Unchecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.operation, self.reason)
    }
}

impl Agreement {
    /// Moves what is allowed to the other list. An allowance of nothing is a difference.
    pub(super) fn allow(&mut self, allowance: &Allowance, sources: &Sources) {
        let Allowance {
            operation,
            at,
            reason,
        } = allowance;
        let is_allowed = |difference: &Difference| {
            let is_of_operation = operation == "*"
                || *operation == difference.operation
                || difference.id.as_ref() == Some(operation);
            is_of_operation && *at == difference.at
        };
        let (allowed, rest): (Vec<_>, Vec<_>) = self.differences.drain(..).partition(is_allowed);
        self.differences = rest;
        let is_repeated = || self.allowed.iter().any(|(other, _)| is_allowed(other));
        if allowed.is_empty() && !is_repeated() {
            self.differences.push(Difference {
                place: sources.name(0),
                id: None,
                operation: operation.clone(),
                at: at.clone(),
                message: format!("is allowed, but does not differ: remove the `allow`, whose reason is \"{reason}\""),
            });
        }
        let allowed = allowed.into_iter().map(|it| (it, reason.clone()));
        self.allowed.extend(allowed);
    }
}

/// What is found, as it comes.
#[derive(Default)]
pub(crate) struct Findings {
    found: Vec<Found>,
    unchecked: Vec<Unchecked>,
}

struct Found {
    /// The index of the operation in the document; none comes last.
    index: Option<usize>,
    /// None is the document itself.
    place: Option<Place>,
    operation: &'static str,
    at: String,
    message: String,
}

impl Findings {
    /// Adds a difference. `at` is what differs: ``query parameter `limit` ``; `message` says how: `is required, but not
    /// declared`. One that starts with a colon or a comma is put behind `at` without a space.
    pub(crate) fn add(
        &mut self,
        pair: &Pair<'_>,
        place: Place,
        at: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.found.push(Found {
            index: Some(pair.index),
            place: Some(place),
            operation: pair.declared.name(),
            at: at.into(),
            message: message.into(),
        });
    }

    /// The same, unless something is known to differ there.
    pub(crate) fn add_unless_known(
        &mut self,
        pair: &Pair<'_>,
        place: Place,
        at: impl Into<String>,
        message: impl Into<String>,
    ) {
        let at = at.into();
        let is_known = |found: &Found| found.operation == pair.declared.name() && found.at == at;
        if !self.found.iter().any(is_known) {
            self.add(pair, place, at, message);
        }
    }

    /// Says what could not be compared, and why.
    pub(crate) fn unchecked(&mut self, operation: &str, reason: impl Into<String>) {
        let unchecked = Unchecked {
            operation: operation.to_owned(),
            reason: reason.into(),
        };
        if !self.unchecked.contains(&unchecked) {
            self.unchecked.push(unchecked);
        }
    }

    pub(super) fn add_near(&mut self, declared: &'static Operation, near: Near) {
        self.found.push(Found {
            index: Some(near.index),
            place: Some(near.place),
            operation: declared.name(),
            at: near.at,
            message: near.message,
        });
    }

    pub(super) fn add_unmatched(&mut self, declared: &'static Operation) {
        self.found.push(Found {
            index: None,
            place: None,
            operation: declared.name(),
            at: format!("operation `{} {}`", declared.method(), declared.path()),
            message: "is not in the document".to_owned(),
        });
    }

    pub(super) fn add_undeclared(&mut self, index: usize, operation: &document::Operation) {
        self.found.push(Found {
            index: Some(index),
            place: Some(operation.place),
            operation: "",
            at: format!("operation `{} {}`", operation.method, operation.path),
            message: "is not declared".to_owned(),
        });
    }

    /// All differences, each once, in the order of the document.
    pub(super) fn agreement(mut self, document: &Document, sources: &Sources) -> Agreement {
        self.found.sort_by_key(|found| {
            let place = found.place.map(|place| (place.file, place.line));
            (found.index.unwrap_or(usize::MAX), place)
        });
        let mut differences: Vec<Difference> = Vec::new();
        for found in self.found {
            let operation = found.index.map(|index| &document.operations[index]);
            let difference = Difference {
                place: match found.place {
                    Some(place) => sources.place(place),
                    None => sources.name(0),
                },
                id: operation.and_then(|operation| operation.id.clone()),
                operation: found.operation.to_owned(),
                at: found.at,
                message: found.message,
            };
            // Declarations of one operation differ in the same way.
            if !differences.contains(&difference) {
                differences.push(difference);
            }
        }
        Agreement {
            differences,
            allowed: Vec::new(),
            unchecked: self.unchecked,
        }
    }
}
