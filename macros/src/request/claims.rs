//! The names that are taken: nothing else in the same location may have one of them.
//!
//! Input: a name on the wire, and the tokens that an error about it points at. Invariant: a name that is taken is valid in
//! its location.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;

use crate::{diag::Diag, wire, words::Location};

/// Headers that belong to the transport.
const FRAMING: &[&str] = &["content-length", "host", "transfer-encoding", "connection"];

/// Each name with the tokens that took it.
#[derive(Default)]
pub(crate) struct Claims {
    taken: BTreeMap<(Location, String), TokenStream>,
    /// The names of parts by what is around a number in them: those with a `{n}`, and all.
    parts: [BTreeMap<(String, String), Vec<String>>; 2],
    /// The names are those of a response, which is read.
    is_response: bool,
}

impl Claims {
    pub(crate) fn of_response() -> Self {
        Self {
            is_response: true,
            ..Self::default()
        }
    }

    /// Takes a name; reports one that is not valid, or is taken already. Returns whether it is valid.
    pub(crate) fn claim(
        &mut self,
        location: Location,
        name: &str,
        at: TokenStream,
        diag: &mut Diag,
    ) -> bool {
        if let Some(message) = invalid(location, name, self.is_response) {
            diag.error(at, message);
            return false;
        }
        if location == Location::Part {
            self.check_number(name, &at, diag);
        }
        let Some(first) = self.taken.get(&key(location, name)) else {
            self.taken.insert(key(location, name), at);
            return true;
        };
        let (second_time, first_time) = match location {
            Location::Path => ("is filled by two fields", "is filled here first"),
            _ => ("is declared twice", "is declared here first"),
        };
        let what = format!("the {} `{name}`", location.noun());
        diag.error(at, format!("{what} {second_time}"));
        diag.error(first, format!("{what} {first_time}"));
        true
    }

    /// The index of an item in the name of a part may make it the name of another.
    fn check_number(&mut self, name: &str, at: &TokenStream, diag: &mut Diag) {
        let is_numbered = wire::around_number(name).is_some();
        let [numbered, all] = &mut self.parts;
        let mut same = None;
        for key in wire::around_digits(name) {
            let others = if is_numbered { &*all } else { &*numbered };
            let mut others = others.get(&key).into_iter().flatten();
            let other = others.find(|other| *other != name && wire::may_be_same(name, other));
            same = same.or_else(|| other.cloned());
            if is_numbered {
                numbered
                    .entry(key.clone())
                    .or_default()
                    .push(name.to_owned());
            }
            all.entry(key).or_default().push(name.to_owned());
        }
        let Some(other) = same else { return };
        let message = |one: &str, other: &str| {
            format!("the part `{one}` may get the name of the part `{other}`, rename one of them")
        };
        diag.error(at, message(name, &other));
        let first = self.taken_by(Location::Part, &other);
        diag.error(first, message(&other, name));
    }

    pub(crate) fn taken_by(&self, location: Location, name: &str) -> Option<&TokenStream> {
        self.taken.get(&key(location, name))
    }
}

/// Header names are the same in any case.
fn key(location: Location, name: &str) -> (Location, String) {
    match location {
        Location::Header => (location, name.to_ascii_lowercase()),
        _ => (location, name.to_owned()),
    }
}

/// Why `name` cannot be a name in the location, if that is so.
fn invalid(location: Location, name: &str, is_response: bool) -> Option<String> {
    let noun = location.noun();
    if name.is_empty() {
        return Some(format!("the name of the {noun} is empty"));
    }
    let bad = wire::not_token_char(name);
    let control = name.chars().find(|c| c.is_control());
    if let (Location::Part, Some(c)) = (location, control) {
        return Some(format!("{c:?} is not allowed in the name of a {noun}"));
    }
    if let (Location::Part, Some(message)) = (location, wire::wrong_braces(name)) {
        return Some(message);
    }
    match (location, bad, name.to_ascii_lowercase().as_str()) {
        (Location::Header | Location::Cookie, Some(c), _) => {
            let meant = wire::meant_token(name).filter(|_| location == Location::Header);
            let meant = meant.map_or_else(String::new, |name| format!("\ndid you mean `{name}`?"));
            Some(format!(
                "{c:?} is not allowed in the name of a {noun}{meant}"
            ))
        }
        (Location::Header, _, "cookie") if is_response => {
            Some("`Cookie` is a header of requests, a response has `Set-Cookie`".to_owned())
        }
        (Location::Header, _, "content-length") if is_response => None,
        (Location::Header, _, "cookie") => Some(
            "the header `Cookie` cannot be declared, declare each cookie with `#[api(cookie)]`"
                .to_owned(),
        ),
        (Location::Header, _, lower) if FRAMING.contains(&lower) => Some(format!(
            "the header `{name}` is set by the transport and cannot be declared"
        )),
        _ => None,
    }
}
