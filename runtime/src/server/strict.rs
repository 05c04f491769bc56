//! What a request has that its operation does not declare.
//!
//! A request is read and encoded again: what is lost on the way is what no field has. One that cannot be read has the
//! names that no declaration allows, whatever the types are. Messages have names, never values.

use std::{borrow::Cow, collections::BTreeSet};

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use serde_json::{Map, Value};

#[cfg(feature = "multipart")]
use super::multipart;
use super::{
    at::At,
    declared::{Declared, Names},
    handlers::{Again, Handlers},
    pairs::Pairs,
    refusal::Refusal,
    undeclared::{Undeclared, is_like},
};
use crate::{
    Body, json,
    operation::{Location, Operation, Param, ParamKind, Style},
};

/// How many names are in a message, and how many members are looked at again: what a request costs is bounded.
const MAX_FOUND: usize = 100;
const MAX_PROBES: usize = 16;

/// Why a request is not one of its operation.
pub(crate) enum Unfit {
    /// It cannot be read.
    #[cfg_attr(
        not(feature = "client"),
        allow(dead_code, reason = "the router's handlers say it")
    )]
    Unread(Refusal),
    /// It has what is not declared.
    Undeclared(Refusal),
}

impl<H> Handlers<H> {
    /// Refuses a request that has what its operation does not declare, all of it named at once. Parameters that are not
    /// `is_meant` are allowed.
    pub(crate) fn check(
        &self,
        operation: &'static Operation,
        request: &Request<Bytes>,
        is_meant: &dyn Fn(Location, &str) -> bool,
    ) -> Result<(), Unfit> {
        let mut check = Check {
            operation,
            request,
            is_meant,
            again: &self.again,
            probes: MAX_PROBES,
            found: Vec::new(),
        };
        let unread = match (self.again)(request.clone()) {
            Ok(again) => {
                check.all(again.as_ref());
                None
            }
            Err(unread) => {
                check.unread(&unread);
                Some(unread)
            }
        };
        match (check.found.as_slice(), unread) {
            ([], None) => Ok(()),
            ([], Some(unread)) => Err(Unfit::Unread(unread)),
            (found, unread) => Err(Unfit::Undeclared(Undeclared::refusal(
                found, operation, unread,
            ))),
        }
    }
}

/// Says what a request has that is not in the one that was encoded again. `reread` does that with another body.
#[cfg(feature = "client")]
pub(crate) fn undeclared(
    operation: &'static Operation,
    request: &Request<Bytes>,
    again: &Request<Body>,
    reread: &dyn Fn(Request<Bytes>) -> Again,
) -> Vec<String> {
    let mut check = Check {
        operation,
        request,
        is_meant: &|_, _| true,
        again: reread,
        probes: MAX_PROBES,
        found: Vec::new(),
    };
    check.all(Some(again));
    check.found.iter().map(ToString::to_string).collect()
}

/// Says what the body of a request has that its type does not read, where that is why it cannot be read.
#[cfg(feature = "client")]
pub(crate) fn misread(
    operation: &'static Operation,
    request: &Request<Bytes>,
    unread: &Refusal,
) -> Vec<String> {
    let mut check = Check {
        operation,
        request,
        is_meant: &|_, _| true,
        again: &|_| Ok(None),
        probes: 0,
        found: Vec::new(),
    };
    check.misread(unread);
    check.found.iter().map(ToString::to_string).collect()
}

struct Check<'r> {
    operation: &'static Operation,
    request: &'r Request<Bytes>,
    is_meant: &'r dyn Fn(Location, &str) -> bool,
    again: &'r dyn Fn(Request<Bytes>) -> Again,
    /// How many members may still be looked at again.
    probes: usize,
    found: Vec<Undeclared>,
}

impl Check<'_> {
    fn all(&mut self, again: Option<&Request<Body>>) {
        self.params(again);
        self.body(again.and_then(|again| again.body().as_bytes()));
    }

    /// Of a body of another media type nothing is known.
    fn unread(&mut self, unread: &Refusal) {
        self.params(None);
        if unread.status() != StatusCode::UNSUPPORTED_MEDIA_TYPE {
            self.body(None);
            self.misread(unread);
        }
    }

    /// Of a struct in a body that cannot be read, the members that are not its fields are known.
    fn misread(&mut self, unread: &Refusal) {
        let Some((pointer, fields)) = unread.misread() else {
            return;
        };
        let sent = serde_json::from_slice::<Value>(json::content(self.request.body()));
        let Ok(sent) = sent else { return };
        let Some(Value::Object(members)) = sent.pointer(pointer) else {
            return;
        };
        let at = At::of(pointer, &sent);
        let known: Vec<_> = fields.iter().map(|it| at.member(it).name).collect();
        for name in members.keys() {
            if !fields.contains(&name.as_str()) {
                let known = known.iter().map(String::as_str);
                self.find(Location::Body, &at.member(name).name, known);
            }
        }
    }

    fn params(&mut self, again: Option<&Request<Body>>) {
        let query = |uri: &http::Uri| names(uri.query().unwrap_or_default());
        let headers = |headers: &HeaderMap| {
            let names = headers.keys().map(|name| name.as_str().to_owned());
            names.collect::<BTreeSet<_>>()
        };
        let request = self.request;
        let known = again.map(|again| query(again.uri()));
        self.compare(Location::Query, query(request.uri()), known.as_ref());
        let known = again.map(|again| headers(again.headers()));
        self.compare(Location::Header, headers(request.headers()), known.as_ref());
        let known = again.map(|again| cookies(again.headers()));
        self.compare(Location::Cookie, cookies(request.headers()), known.as_ref());
    }

    /// Compares a body by its declared media type, or by that of the request where none is declared.
    fn body(&mut self, again: Option<&Bytes>) {
        let sent = self.request.body();
        let content = self.operation.content.as_ref();
        let again = again.filter(|_| content.is_some());
        let given = media_type(self.request);
        let declared = content.map_or(&*given, |content| content.media_type);
        let essence = declared.split(';').next().unwrap_or_default().trim();
        if essence.eq_ignore_ascii_case("multipart/form-data") {
            self.compare(Location::Body, parts(&given, sent), None);
        } else if essence.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            let names = |body: &[u8]| names(&String::from_utf8_lossy(body));
            let known = again.map(|again| names(again));
            self.compare(Location::Body, names(sent), known.as_ref());
        } else if let Ok(sent) = serde_json::from_slice(json::content(sent)) {
            match (again.map(|again| serde_json::from_slice(again)), &sent) {
                (Some(Ok(again)), _) => self.json(&sent, &At::default(), &sent, &again),
                (None, Value::Object(members)) => {
                    let names = members.keys().cloned().collect();
                    self.compare(Location::Body, names, None);
                }
                _ => {}
            }
        }
    }

    /// Compares the names that were sent with those that were encoded again, or else with those that may be there.
    fn compare(
        &mut self,
        location: Location,
        sent: BTreeSet<String>,
        known: Option<&BTreeSet<String>>,
    ) {
        let declared = self.declared(location);
        let known: Option<BTreeSet<_>> =
            known.map(|names| names.iter().map(|name| without_indices(name)).collect());
        for name in sent {
            let is_known = match &known {
                Some(known) => {
                    is_among(location, &declared, &name) || known.contains(&without_indices(&name))
                }
                None => self.may_have(location, &declared, &name),
            };
            let is_meant = || location == Location::Body || (self.is_meant)(location, &name);
            if !is_known && is_meant() {
                let known = known.iter().flatten().map(String::as_str);
                self.find(location, &name, declared.iter().copied().chain(known));
            }
        }
    }

    fn find<'n>(&mut self, location: Location, name: &str, names: impl Iterator<Item = &'n str>) {
        if self.found.len() < MAX_FOUND {
            self.found.push(Undeclared::new(location, name, names));
        }
    }

    /// Compares the members of JSON, nested ones too.
    fn json(&mut self, whole: &Value, at: &At, sent: &Value, again: &Value) {
        match (sent, again) {
            (Value::Object(sent), Value::Object(again)) => self.members(whole, at, sent, again),
            (Value::Array(sent), Value::Array(again)) => {
                for (index, (sent, again)) in sent.iter().zip(again).enumerate() {
                    self.json(whole, &at.item(index), sent, again);
                }
            }
            _ => {}
        }
    }

    fn members(
        &mut self,
        whole: &Value,
        at: &At,
        sent: &Map<String, Value>,
        again: &Map<String, Value>,
    ) {
        let is_top = at.pointer.is_empty();
        let mut known = Vec::new();
        if is_top {
            known.extend(self.declared(Location::Body));
        }
        // The names of the members of other types are those that they read.
        let mut is_closed = is_top && !self.is_open(Location::Body);
        let is_known = |name: &String| again.contains_key(name) || known.contains(&name.as_str());
        if !is_closed && !sent.keys().all(is_known) {
            if let Some(fields) = self.fields(whole, at) {
                known.extend(fields);
                is_closed = true;
            }
        }
        let mut lost = Vec::new();
        for (name, value) in sent {
            if let Some(again) = again.get(name) {
                self.json(whole, &at.member(name), value, again);
            } else if !is_among(Location::Body, &known, name) {
                if !is_closed && self.is_read(whole, &at.member(name), value) {
                    known.push(name);
                } else {
                    lost.push(name);
                }
            }
        }
        known.extend(again.keys().map(String::as_str));
        for name in lost {
            // Of a type that is not a struct, only the members that were sent are known: the nearest may be another.
            let is_near = |it: &&&str| is_closed || is_like(it, name);
            let names: Vec<_> = known
                .iter()
                .filter(is_near)
                .map(|it| at.member(it).name)
                .collect();
            let names = names.iter().map(String::as_str);
            self.find(Location::Body, &at.member(name).name, names);
        }
    }

    /// The fields of the struct that reads an object: what else is there in its place is refused by that struct, which
    /// names them.
    fn fields(&mut self, whole: &Value, at: &At) -> Option<&'static [&'static str]> {
        self.probes = self.probes.checked_sub(1)?;
        let depth = at.pointer.matches('/').count();
        let unread = self.probe(whole, at, Value::from(true)).err()?;
        unread.fields_at(depth)
    }

    /// Reads and encodes the request once more, with another value of a member.
    fn probe(&self, whole: &Value, at: &At, value: Value) -> Again {
        let mut body = whole.clone();
        if let Some(member) = body.pointer_mut(&at.pointer) {
            *member = value;
        }
        let body = Bytes::from(body.to_string());
        (self.again)(self.request.clone().map(|_| body))
    }

    /// Whether a member that is not encoded again, as a `None` may be, is read: the type refuses another value, or encodes
    /// that one.
    fn is_read(&mut self, whole: &Value, at: &At, value: &Value) -> bool {
        let Some(left) = self.probes.checked_sub(1) else {
            return value.is_null();
        };
        self.probes = left;
        [Value::from("x"), Value::from(7)].into_iter().any(|probe| {
            match self.probe(whole, at, probe) {
                Ok(Some(again)) => {
                    let again = again.body().as_bytes();
                    let again = again.and_then(|it| serde_json::from_slice::<Value>(it).ok());
                    again.is_none_or(|again| again.pointer(&at.pointer).is_some())
                }
                Ok(None) | Err(_) => true,
            }
        })
    }

    /// The declared names of a location.
    fn declared(&self, location: Location) -> Vec<&'static str> {
        let members = self.operation.content.map_or(&[][..], |it| it.members);
        let params = self.operation.params().chain(members);
        let is_group = |param: &Param| matches!(param.kind, ParamKind::Group(_));
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

    /// Whether the names of a location are more than the declared ones: those of a map or a struct.
    fn is_open(&self, location: Location) -> bool {
        let members = self.operation.content.map_or(&[][..], |it| it.members);
        let mut params = self.operation.declared().chain(members);
        let is_open = |param: &Param| {
            param.flatten
                || matches!(
                    param.kind,
                    ParamKind::Query {
                        style: Style::Form,
                        explode: true
                    } | ParamKind::Form {
                        style: Style::Form,
                        explode: true
                    }
                )
        };
        let is_whole = self
            .operation
            .content
            .is_some_and(|it| it.field().is_some());
        params.any(|param| param.location() == location && is_open(param))
            || (location == Location::Body && is_whole)
    }

    /// Whether a name is declared, or one that a declared name starts, or may be.
    fn may_have(&self, location: Location, declared: &[&str], name: &str) -> bool {
        let has = |names| {
            let own = None;
            let operation = Some(self.operation);
            Declared {
                operation,
                names,
                own,
            }
            .has(name)
        };
        let is_numbered = |pattern: &&str| {
            let ends = pattern.split_once("{n}");
            let index =
                ends.and_then(|(before, after)| name.strip_prefix(before)?.strip_suffix(after));
            index.is_some_and(|index| index.bytes().all(|byte| byte.is_ascii_digit()))
        };
        is_among(location, declared, name)
            || self.is_open(location)
            || match location {
                Location::Query => has(Names::Query),
                Location::Header => has(Names::Header),
                Location::Body => has(Names::Form) || declared.iter().any(is_numbered),
                _ => false,
            }
    }
}

/// Whether a name is declared; those of headers are the same in any case.
fn is_among(location: Location, declared: &[&str], name: &str) -> bool {
    declared.iter().any(|it| match location {
        Location::Header => it.eq_ignore_ascii_case(name),
        _ => *it == name,
    })
}

/// The names of a query or a form.
fn names(text: &str) -> BTreeSet<String> {
    let pairs = Pairs::cut(text);
    let names = pairs.all().iter().map(|pair| pair.name.to_string());
    names.collect()
}

/// The items of a list may be numbered, `tag[0]`, or not, `tag[]`.
fn without_indices(name: &str) -> String {
    let keys = name.split('[').map(|key| match key.strip_suffix(']') {
        Some(index) if index.bytes().all(|byte| byte.is_ascii_digit()) => "]",
        _ => key,
    });
    keys.collect::<Vec<_>>().join("[")
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

/// The names of the parts of a body.
#[cfg(feature = "multipart")]
fn parts(media_type: &str, body: &Bytes) -> BTreeSet<String> {
    let parts = multipart::cut(media_type, body).unwrap_or_default();
    let names = parts.into_iter().map(|part| part.name.into_owned());
    names.collect()
}

#[cfg(not(feature = "multipart"))]
fn parts(_: &str, _: &Bytes) -> BTreeSet<String> {
    BTreeSet::new()
}

fn media_type(request: &Request<Bytes>) -> Cow<'_, str> {
    let given = request.headers().get(header::CONTENT_TYPE);
    String::from_utf8_lossy(given.map_or(&[], |given| given.as_bytes()))
}

/// Whether HTTP stacks, clients and proxies add a header to any request.
pub(crate) fn is_usual(name: &str) -> bool {
    const PREFIXES: [&str; 4] = ["accept", "content-", "sec-", "x-forwarded-"];
    const NAMES: [&str; 23] = [
        "authorization",
        "cache-control",
        "connection",
        "cookie",
        "date",
        "dnt",
        "expect",
        "forwarded",
        "host",
        "keep-alive",
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
        "upgrade-insecure-requests",
        "user-agent",
        "via",
    ];
    NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}
