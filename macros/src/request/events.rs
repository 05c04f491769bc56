//! Lowers `events`: what it says has to fit the rest of the declaration.

use std::collections::BTreeMap;

use quote::ToTokens as _;
use syn::Ident;

use super::{
    attr::Method,
    field::Lowering,
    model::{Events, Idempotency},
};
use crate::{diag::Diag, words::Location};

const IDEMPOTENT: &[&str] = &["GET", "HEAD", "QUERY", "PUT", "DELETE", "OPTIONS", "TRACE"];

/// The flag is a member of a JSON body, and nothing else has its name.
pub(crate) fn check_events(idempotency: &Idempotency, cx: &mut Lowering<'_, '_>) {
    let Some(events) = cx.attrs.events.get() else {
        return;
    };
    if let (Some(resume), Idempotency::OfMethod) = (&events.resume, idempotency) {
        check_resume(resume, cx.attrs.method.get(), cx.diag);
    }
    if let Some(done) = events.done.as_ref().filter(|done| done.value().is_empty()) {
        let message =
            "the sentinel is empty: write the data of the last event, or leave out `done`";
        cx.diag.error(done, message);
    }
    check_event_types(events, cx.diag);
    let Some(flag) = &events.flag else { return };
    let is_json = |(location, _): &(Location, _)| match location {
        Location::Json => true,
        Location::Body => cx.has_json_body(),
        _ => false,
    };
    if cx.is_complete && !cx.bodies.iter().any(is_json) {
        let message = "`flag` needs a JSON body, and the request has none\nwrite `#[api(json)]` or `#[api(body)]` on a field, or leave out the flag";
        cx.diag.error(flag, message);
    }
    cx.claim(Location::Json, &flag.value(), flag.to_token_stream());
}

/// Types that events can have, each chosen or passed over, and once.
fn check_event_types(events: &Events, diag: &mut Diag) {
    let mut seen = BTreeMap::new();
    let only = events.only.iter().map(|literal| (literal, "only"));
    let ignore = events.ignore.iter().map(|literal| (literal, "ignore"));
    for (literal, word) in only.chain(ignore) {
        let name = literal.value();
        if name.is_empty() || name.contains(['\r', '\n']) {
            let message = "the type of an event is one line that is not empty; an event without a type is a `message`";
            diag.error(literal, message);
        }
        match seen.insert(name.clone(), word) {
            None => {}
            Some(first) if first == word => {
                diag.error(literal, format!("`{name}` is given twice in `{word}`"));
            }
            Some(_) => {
                let message = format!("`{name}` is in `only` too, keep one of the two");
                diag.error(literal, message);
            }
        }
    }
}

/// A stream that breaks off is asked for again only if that is safe. A method that is not valid is reported elsewhere.
fn check_resume(resume: &Ident, method: Option<&Method>, diag: &mut Diag) {
    let method = match method {
        Some(Method::Known(method)) if method == "POST" || method == "PATCH" => method.to_string(),
        Some(Method::Other(method)) => method.value(),
        _ => return,
    };
    if !IDEMPOTENT.contains(&method.to_ascii_uppercase().as_str()) {
        let message = format!(
            "`resume` sends the request again, and `{method}` is not idempotent\nwrite `idempotent` or `idempotency_key = \"Idempotency-Key\"` on the struct, or leave out `resume`"
        );
        diag.error(resume, message);
    }
}
