//! Parameters: what the document requires is declared and always sent, what is sent is in the document, and is written as
//! it says there.
//!
//! `allowReserved` is not compared: a value that is percent-encoded is the same value.

use api_request::{Location, Param};

use super::{
    Pair,
    difference::Findings,
    matching::{distance, placeholders, query},
    schema::{accepts, kinds, members, percent_decoded},
    wire::{Styled, mismatch},
};
use crate::document::{self, Parameter, Scheme};

/// Headers that are sent by the client, or are said elsewhere in the document.
const OF_CLIENT: [&str; 13] = [
    "accept",
    "accept-encoding",
    "authorization",
    "connection",
    "content-length",
    "content-type",
    "cookie",
    "host",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "user-agent",
];

pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let compared = Compared {
        pair,
        sent: sent(pair),
    };
    compared.path(findings);
    for parameter in &pair.operation.parameters {
        if parameter.location != document::Location::Path {
            compared.parameter(parameter, findings);
        }
    }
    for sent in &compared.sent {
        compared.is_accepted(sent, findings);
    }
}

/// A parameter that a declaration sends.
struct Sent {
    location: document::Location,
    name: String,
    value: Value,
}

enum Value {
    /// That of a field.
    Field(&'static Param),
    /// Always the same.
    Constant(Option<String>),
}

/// What is declared beside what the document has.
struct Compared<'a> {
    pair: &'a Pair<'a>,
    sent: Vec<Sent>,
}

fn sent(pair: &Pair<'_>) -> Vec<Sent> {
    let fields = pair.declared.params().filter_map(|param| {
        Some(Sent {
            location: location(param.location())?,
            name: param.name().to_owned(),
            value: Value::Field(param),
        })
    });
    let constants = pair.declared.constants().filter_map(|constant| {
        let is_query = constant.location == Location::Query;
        let plain = |text: &'static str| {
            if is_query {
                percent_decoded(text).into_owned()
            } else {
                text.to_owned()
            }
        };
        Some(Sent {
            location: location(constant.location)?,
            name: plain(constant.name),
            value: Value::Constant(constant.value.map(plain)),
        })
    });
    fields.chain(constants).collect()
}

fn location(location: Location) -> Option<document::Location> {
    match location {
        Location::Path => Some(document::Location::Path),
        Location::Query => Some(document::Location::Query),
        Location::Header => Some(document::Location::Header),
        Location::Cookie => Some(document::Location::Cookie),
        _ => None,
    }
}

/// What a parameter is called in a difference.
fn noun(location: document::Location) -> &'static str {
    match location {
        document::Location::Path => "path parameter",
        document::Location::Query => "query parameter",
        document::Location::Header => "header",
        document::Location::Cookie => "cookie",
    }
}

fn is_same_name(location: document::Location, a: &str, b: &str) -> bool {
    match location {
        document::Location::Header => a.eq_ignore_ascii_case(b),
        _ => a == b,
    }
}

impl Compared<'_> {
    /// Placeholders are compared by their positions.
    fn path(&self, findings: &mut Findings) {
        let Pair {
            declared,
            operation,
            ..
        } = self.pair;
        let names = placeholders(&operation.path).zip(placeholders(declared.path()));
        for (said, name) in names {
            let bare = |name: &str| name.trim_matches(['*', '+']).to_owned();
            let parameter = operation.parameters.iter().find(|parameter| {
                parameter.location == document::Location::Path
                    && bare(&parameter.name) == bare(said)
            });
            let param = declared
                .params()
                .find(|param| param.location() == Location::Path && param.name() == name);
            if let (Some(parameter), Some(param)) = (parameter, param) {
                self.is_written_as(parameter, param, findings);
            }
        }
    }

    /// A parameter that the document has.
    fn parameter(&self, parameter: &Parameter, findings: &mut Findings) {
        let Parameter { location, name, .. } = parameter;
        let at = format!("{} `{name}`", noun(*location));
        let sent = self
            .sent
            .iter()
            .find(|sent| sent.location == *location && is_same_name(*location, &sent.name, name));
        match sent.map(|sent| &sent.value) {
            Some(Value::Field(param)) => {
                if parameter.required && !param.required() {
                    let message = "is required, but may be left out";
                    findings.add(self.pair, parameter.place, at, message);
                }
                self.is_written_as(parameter, param, findings);
            }
            Some(Value::Constant(value)) => {
                let value = value.as_deref().unwrap_or_default();
                if !accepts(self.pair.document, &parameter.schema, value) {
                    let message = format!("is always `{value}`, which the document does not allow");
                    findings.add(self.pair, parameter.place, at, message);
                }
            }
            None if parameter.required && !self.is_sent_otherwise(parameter, findings) => {
                let message = "is required, but not declared";
                findings.add(self.pair, parameter.place, at, message);
            }
            None => {}
        }
    }

    /// Whether a required parameter is sent, although nothing of its name is declared, or is said elsewhere not to be.
    fn is_sent_otherwise(&self, parameter: &Parameter, findings: &mut Findings) -> bool {
        let Parameter { location, name, .. } = parameter;
        let declared = self.pair.declared;
        let is_of_client = *location == document::Location::Header
            && (is_of_client(name)
                || declared
                    .idempotency_key()
                    .is_some_and(|key| key.eq_ignore_ascii_case(name)));
        // It is the other parameter that is in the wrong location.
        let is_elsewhere = || {
            let mut sent = self.sent.iter();
            sent.any(|sent| sent.name == *name && self.said_elsewhere(sent).is_some())
        };
        if is_of_client || self.is_key(*location, name) || is_elsewhere() {
            return true;
        }
        // The members are sent, without the name, or with it before them.
        let is_member =
            |sent: &Sent| sent.location == *location && self.is_member(parameter, &sent.name);
        if self.sent.iter().any(is_member) {
            return true;
        }
        let flattened = declared
            .flattened()
            .find(|param| location_of(param) == Some(*location));
        if let Some(param) = flattened {
            findings.unchecked(
                declared.name(),
                format!(
                    "whether the {} `{name}` is sent depends on the value of `{}`",
                    noun(*location),
                    param.field()
                ),
            );
        }
        flattened.is_some()
    }

    /// Whether it is a header that may be left out, and that other operations of the document have: it is declared for
    /// all of them, in their group. A server ignores headers that it does not know (RFC 9110, section 5.1).
    fn is_shared_header(&self, sent: &Sent) -> bool {
        let Sent {
            location,
            name,
            value,
        } = sent;
        let may_be_left_out = matches!(value, Value::Field(param) if !param.required());
        let mut all = self
            .pair
            .document
            .operations
            .iter()
            .flat_map(|it| &it.parameters);
        *location == document::Location::Header
            && may_be_left_out
            && all.any(|it| it.location == *location && is_same_name(*location, &it.name, name))
    }

    /// A parameter that is declared has to be in the document.
    fn is_accepted(&self, sent: &Sent, findings: &mut Findings) {
        let Sent { location, name, .. } = sent;
        if *location == document::Location::Path {
            return;
        }
        let operation = self.pair.operation;
        let is_of_client = *location == document::Location::Header && is_of_client(name);
        let is_said = operation.parameters.iter().any(|parameter| {
            parameter.location == *location
                && (is_same_name(*location, &parameter.name, name)
                    || self.is_member(parameter, name)
                    || is_of_brackets(sent, &parameter.name))
        });
        let is_in_path = *location == document::Location::Query
            && query(&operation.path)
                .iter()
                .any(|(other, _)| other == name);
        if is_of_client || is_said || is_in_path || self.is_key(*location, name) {
            return;
        }
        if self.is_shared_header(sent) {
            return;
        }
        let at = format!("{} `{name}`", noun(*location));
        let (place, message) = match self.said_elsewhere(sent) {
            Some(parameter) => (
                parameter.place,
                format!(
                    "is in the wrong location: in the document, it is a {}",
                    noun(parameter.location)
                ),
            ),
            None => (
                operation.place,
                format!("is not in the document{}", self.nearest(sent)),
            ),
        };
        findings.add(self.pair, place, at, message);
    }

    /// The parameter of the same name that the document has at another location, and nothing is declared for there.
    fn said_elsewhere(&self, sent: &Sent) -> Option<&Parameter> {
        let has = |location, name: &str| {
            let mut all = self.sent.iter();
            all.any(|sent| sent.location == location && is_same_name(location, &sent.name, name))
        };
        let parameters = &self.pair.operation.parameters;
        let is_same = |parameter: &&Parameter| {
            parameter.location == sent.location
                && is_same_name(sent.location, &parameter.name, &sent.name)
        };
        if parameters.iter().any(|parameter| is_same(&parameter)) {
            return None;
        }
        parameters.iter().find(|parameter| {
            parameter.location != document::Location::Path
                && parameter.location != sent.location
                && parameter.name.eq_ignore_ascii_case(&sent.name)
                && !has(parameter.location, &parameter.name)
        })
    }

    /// The name that is probably meant.
    fn nearest(&self, sent: &Sent) -> String {
        let names = self.pair.operation.parameters.iter();
        let names = names.filter(|parameter| parameter.location == sent.location);
        let near = names.filter_map(|parameter| {
            let distance = distance(&parameter.name, &sent.name)?;
            Some((distance, &parameter.name))
        });
        near.min().map_or_else(String::new, |(_, name)| {
            format!(": the nearest is `{name}`")
        })
    }

    /// Whether a name is that of a member of a parameter that is an object, as it is written.
    fn is_member(&self, parameter: &Parameter, name: &str) -> bool {
        let document = self.pair.document;
        if parameter.location != document::Location::Query || parameter.is_content {
            return false;
        }
        if !kinds(document, &parameter.schema).is_object_only() {
            return false;
        }
        match parameter.style.as_deref().unwrap_or("form") {
            "form" if parameter.explode != Some(false) => {
                let members = members(document, &parameter.schema);
                members.is_open || members.named.contains_key(name)
            }
            "deepObject" => name
                .strip_prefix(parameter.name.as_str())
                .is_some_and(|rest| rest.starts_with('[')),
            _ => false,
        }
    }

    /// Whether credentials are sent there.
    fn is_key(&self, location: document::Location, name: &str) -> bool {
        self.pair
            .document
            .schemes
            .values()
            .any(|scheme| match scheme {
                Scheme::Key {
                    location: other,
                    name: key,
                } => *other == location && is_same_name(location, key, name),
                Scheme::Other => false,
            })
    }

    fn is_written_as(&self, parameter: &Parameter, param: &Param, findings: &mut Findings) {
        if let Some(message) = self.differently_written(parameter, param) {
            let name = match parameter.location {
                document::Location::Path => param.name(),
                _ => parameter.name.as_str(),
            };
            let at = format!("{} `{name}`", noun(parameter.location));
            findings.add(self.pair, parameter.place, at, message);
        }
    }

    fn differently_written(&self, parameter: &Parameter, param: &Param) -> Option<String> {
        let document = self.pair.document;
        let schema = &parameter.schema;
        let kinds = kinds(document, schema);
        let is_json = param.content_type().is_some();
        let (is_simple, word) = match parameter.location {
            document::Location::Path => (true, "path"),
            document::Location::Header => (true, "header"),
            document::Location::Query => (false, "query"),
            // Lists and objects are errors in a cookie.
            document::Location::Cookie => return None,
        };
        if parameter.location != document::Location::Path && parameter.is_content != is_json {
            // JSON may be described as a text.
            let may_be_text = is_json && (kinds.is_text || kinds.is_boolean);
            let message = if parameter.is_content {
                format!("is JSON text in the document: write `{word}(json)`")
            } else {
                "is not JSON text in the document: leave out `json`".to_owned()
            };
            return (!may_be_text).then_some(message);
        }
        if is_json {
            return None;
        }
        if param.is_flag() && kinds.is_boolean_only() && !parameter.allow_empty {
            let message = "is sent without a value, and is `true` or `false` in the document: leave out `flag`";
            return Some(message.to_owned());
        }
        let said = Styled {
            style: parameter.style.as_deref(),
            explode: parameter.explode,
            is_simple,
        };
        let declared = Styled::of(param, is_simple);
        mismatch(document, schema, &parameter.name, said, declared)
    }
}

/// Whether a name of the document is one of those that a value in the styles `brackets`, `deep` and `dots` has.
fn is_of_brackets(sent: &Sent, name: &str) -> bool {
    let Value::Field(param) = &sent.value else {
        return false;
    };
    let rest = name.strip_prefix(sent.name.as_str());
    match param.style() {
        Some("brackets" | "deepObject") => rest.is_some_and(|rest| rest.starts_with('[')),
        Some("dots") => rest.is_some_and(|rest| rest.starts_with('.')),
        _ => false,
    }
}

fn is_of_client(name: &str) -> bool {
    OF_CLIENT
        .iter()
        .any(|header| header.eq_ignore_ascii_case(name))
}

fn location_of(param: &Param) -> Option<document::Location> {
    location(param.location())
}
