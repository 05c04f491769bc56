//! Security: where the document requires credentials, they are sent.
//!
//! One direction alone hurts. A request without the credentials that the document requires is refused. Credentials where
//! the document requires none are not: they go to the origin of the API, which is theirs, and `auth = required` says no
//! more than that the client has them.

use api_request::{Auth, Location};

use super::{Pair, difference::Findings};
use crate::document::{self, Scheme};

pub(super) fn compare(pair: &Pair<'_>, findings: &mut Findings) {
    let operation = pair.operation;
    let is_required =
        !operation.security.is_empty() && operation.security.iter().all(|it| !it.is_empty());
    if pair.declared.auth() != Auth::None || !is_required {
        return;
    }
    let is_declared = |names: &Vec<String>| names.iter().all(|name| is_declared(pair, name));
    if operation.security.iter().any(is_declared) {
        return;
    }
    let message = format!(
        "is required ({}), but `auth = none` sends no credentials",
        alternatives(&operation.security)
    );
    findings.add(pair, operation.place, "security", message);
}

/// Whether a parameter of the request is the key of a scheme, or the header `Authorization`.
fn is_declared(pair: &Pair<'_>, scheme: &str) -> bool {
    let (location, name) = match pair.document.schemes.get(scheme) {
        Some(Scheme::Key { location, name }) => (*location, name.as_str()),
        _ => (document::Location::Header, "authorization"),
    };
    let is_it = |at: Location, other: &str| match (at, location) {
        (Location::Header, document::Location::Header) => other.eq_ignore_ascii_case(name),
        (Location::Query, document::Location::Query)
        | (Location::Cookie, document::Location::Cookie) => other == name,
        _ => false,
    };
    let declared = pair.declared;
    declared
        .params()
        .any(|param| is_it(param.location(), param.name()))
        || declared.constants().any(|it| is_it(it.location, it.name))
}

/// The schemes: `a` and `b`, or `c`.
fn alternatives(security: &[Vec<String>]) -> String {
    let quoted = |names: &Vec<String>| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(" and ")
    };
    let all: Vec<String> = security.iter().map(quoted).collect();
    all.join(", or ")
}
