//! What a request has that its operation does not declare.
//!
//! A request is read and encoded again: what is lost on the way is what no field has. Messages have names, never values.

use std::{cmp::Reverse, collections::BTreeSet};

use bytes::Bytes;
use http::{HeaderMap, Request, header};
use serde_json::Value;
use url::form_urlencoded;

use crate::{
    Body, Location, Operation,
    operation::{Param, ParamKind},
    transport::Added,
};

/// Says what is not declared, each with the nearest name that is.
pub(super) fn undeclared(
    operation: &'static Operation,
    sent: &Request<Bytes>,
    again: &Request<Body>,
) -> Vec<String> {
    let by = By {
        operation,
        client: sent.extensions().get::<&'static Operation>().copied(),
        added: sent.extensions().get::<Added>(),
    };
    let mut found = Vec::new();
    let query = pairs(sent.uri().query().unwrap_or_default());
    let known = pairs(again.uri().query().unwrap_or_default());
    by.compare(Location::Query, &query, &known, &mut found);
    let names = |headers: &HeaderMap| {
        headers
            .keys()
            .map(|name| name.as_str().to_owned())
            .collect()
    };
    by.compare(
        Location::Header,
        &names(sent.headers()),
        &names(again.headers()),
        &mut found,
    );
    by.compare(
        Location::Cookie,
        &cookies(sent.headers()),
        &cookies(again.headers()),
        &mut found,
    );
    if let Some(body) = again.body().as_bytes() {
        by.body(sent.body(), body, &mut found);
    }
    found
}

struct By<'r> {
    operation: &'static Operation,
    /// What the client declares, if one of this crate sent the request.
    client: Option<&'static Operation>,
    added: Option<&'r Added>,
}

impl By<'_> {
    fn compare(
        &self,
        location: Location,
        sent: &BTreeSet<String>,
        known: &BTreeSet<String>,
        found: &mut Vec<String>,
    ) {
        let declared = self.declared(location);
        let is_known = |name: &String| {
            let same = |it: &&str| match location {
                Location::Header => it.eq_ignore_ascii_case(name),
                _ => it == name,
            };
            known.contains(name) || declared.iter().any(same)
        };
        let others = sent.iter().filter(|name| !is_known(name));
        for name in others.filter(|name| self.is_meant(location, name)) {
            let names = declared.iter().copied().chain(known.iter().map(|it| &**it));
            found.push(message(location, name, names));
        }
    }

    /// Whether a request says it, and not the client or the HTTP stack apart from it.
    fn is_meant(&self, location: Location, name: &str) -> bool {
        let Some(client) = self.client else {
            return location != Location::Header || !is_usual(name);
        };
        let is_added = self.added.is_some_and(|added| match location {
            Location::Query => added.query.iter().any(|it| it == name),
            Location::Cookie => added.headers.contains(&header::COOKIE),
            _ => added.headers.iter().any(|it| it == name) && !is_usual(name),
        });
        let is_declared = |param: &'static Param| {
            param.location() == location && param.name.eq_ignore_ascii_case(name)
        };
        is_added || client.params().any(is_declared)
    }

    /// The declared names of a location.
    fn declared(&self, location: Location) -> Vec<&'static str> {
        let members = self.operation.content.map_or(&[][..], |it| it.members);
        let params = self.operation.params().chain(members);
        let of_location = params
            .filter(|param| param.location() == location && !param.flatten && !is_group(param));
        let flag = self.operation.events.and_then(|events| events.flag());
        let flag = flag.filter(|_| location == Location::Body);
        let key = self.operation.idempotency_key();
        let key = key.filter(|_| location == Location::Header);
        of_location
            .map(|param| param.name)
            .chain(flag)
            .chain(key)
            .collect()
    }

    fn body(&self, sent: &[u8], again: &[u8], found: &mut Vec<String>) {
        let Some(media_type) = self.operation.content_type() else {
            return;
        };
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let names = |body| pairs(&String::from_utf8_lossy(body));
            let (sent, known) = (names(sent), names(again));
            let declared = self.declared(Location::Body);
            for name in sent.difference(&known) {
                if !declared.contains(&&**name) {
                    let names = declared.iter().copied().chain(known.iter().map(|it| &**it));
                    found.push(message(Location::Body, name, names));
                }
            }
        } else if let (Ok(sent), Ok(again)) =
            (serde_json::from_slice(sent), serde_json::from_slice(again))
        {
            let declared = self.declared(Location::Body);
            members("", &sent, &again, &declared, found);
        }
    }
}

fn is_group(param: &Param) -> bool {
    matches!(param.kind, ParamKind::Group(_))
}

/// Compares the members of JSON, nested ones too. A `null` is a member that is left out.
fn members(path: &str, sent: &Value, again: &Value, declared: &[&str], found: &mut Vec<String>) {
    match (sent, again) {
        (Value::Object(sent), Value::Object(again)) => {
            for (name, value) in sent {
                let inner = format!("{path}{name}");
                match again.get(name) {
                    Some(known) => members(&format!("{inner}."), value, known, &[], found),
                    None if value.is_null() || declared.contains(&&**name) => {}
                    None => {
                        let names = declared.iter().copied().chain(again.keys().map(|it| &**it));
                        let names: Vec<_> = names.map(|it| format!("{path}{it}")).collect();
                        let names = names.iter().map(|it| &**it);
                        found.push(message(Location::Body, &inner, names));
                    }
                }
            }
        }
        (Value::Array(sent), Value::Array(again)) => {
            for (at, (sent, again)) in sent.iter().zip(again).enumerate() {
                let path = format!("{}[{at}].", path.trim_end_matches('.'));
                members(&path, sent, again, &[], found);
            }
        }
        _ => {}
    }
}

fn message<'n>(location: Location, name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let noun = match location {
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
        _ => "member of the body",
    };
    let name = name.escape_debug();
    match nearest(&name.to_string(), names) {
        Some(near) => format!("the {noun} `{name}` is not declared: the nearest is `{near}`"),
        None => format!("the {noun} `{name}` is not declared"),
    }
}

/// The name that takes the fewest changes, if there is any.
pub(super) fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let shared = |it: &str| {
        let pairs = it.chars().zip(name.chars());
        pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    names.min_by_key(|it| (distance(name, it), Reverse(shared(it))))
}

/// How many characters have to be added, left out or replaced; case does not matter.
pub(super) fn distance(from: &str, to: &str) -> usize {
    strsim::levenshtein(&from.to_lowercase(), &to.to_lowercase())
}

/// The names of a query or a form.
fn pairs(text: &str) -> BTreeSet<String> {
    let pairs = form_urlencoded::parse(text.as_bytes());
    pairs.map(|(name, _)| name.into_owned()).collect()
}

fn cookies(headers: &HeaderMap) -> BTreeSet<String> {
    let lines = headers.get_all(header::COOKIE).into_iter();
    let lines = lines.map(|line| String::from_utf8_lossy(line.as_bytes()));
    let mut names = BTreeSet::new();
    for line in lines {
        let pairs = line.split(';').filter_map(|pair| pair.split_once('='));
        names.extend(pairs.map(|(name, _)| name.trim().to_owned()));
    }
    names
}

/// A header that HTTP stacks, clients and proxies add to any request.
fn is_usual(name: &str) -> bool {
    const PREFIXES: [&str; 4] = ["accept", "content-", "sec-", "x-forwarded-"];
    const NAMES: [&str; 19] = [
        "authorization",
        "cache-control",
        "connection",
        "cookie",
        "date",
        "expect",
        "forwarded",
        "host",
        "last-event-id",
        "origin",
        "pragma",
        "priority",
        "proxy-authorization",
        "referer",
        "te",
        "traceparent",
        "tracestate",
        "transfer-encoding",
        "user-agent",
    ];
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
