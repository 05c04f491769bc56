//! What a strict crate denies does not fire in the expansion; clippy looks here too.
//!
//! Without the `allow(deprecated)` of the expansion, `Old` does not compile.
#![deny(warnings, missing_docs, unused_qualifications, unreachable_pub)]
#![deny(trivial_casts, trivial_numeric_casts, unused_results, unused_lifetimes)]
#![deny(single_use_lifetimes, missing_debug_implementations, rust_2018_idioms)]
#![deny(clippy::all, clippy::pedantic, clippy::nursery)]
#![deny(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)]
#![deny(clippy::allow_attributes_without_reason, clippy::std_instead_of_core)]
#![allow(dead_code, reason = "that it compiles is the test")]

use core::{marker::PhantomData, time::Duration};
use std::collections::BTreeMap;

use api_request::{
    ApiError, ApiRequest, ApiResponse, Body, ErrorBody, Nullable, OpenEnum, Part, Secret,
};
use serde::{Serialize, Serializer, de::DeserializeOwned};

/// A request without a body, with every place but those of bodies.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/{id}/{name}.json", response = Vec<u8>, validate = valid)]
#[api(header("X-Version" = "2"), query("beta" = "true"), auth = required)]
struct Parameters<'a> {
    id: u64,
    #[api(path(name = "name", allow_empty))]
    file: &'a str,
    #[api(query(style = deep))]
    created: Option<BTreeMap<&'a str, u8>>,
    #[api(query(flatten))]
    rest: BTreeMap<String, String>,
    #[api(header)]
    x_trace: Option<u64>,
    #[api(cookie = "sid", secret)]
    session: String,
    #[api(skip)]
    note: &'static str,
}

fn valid(request: &Parameters<'_>) -> Result<(), &'static str> {
    let is_valid = !request.file.is_empty();
    is_valid.then_some(()).ok_or("a file has a name")
}

/// The members of a JSON body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ApiRequest)]
#[api(method = POST, path = "/", fields = json, rename_all = "camelCase", response(text))]
#[api(events(item = Vec<u8>, flag = "stream", done = "[DONE]"))]
struct Members {
    key_name: Option<String>,
    #[api(json(null))]
    limit: Option<u32>,
    #[serde(with = "seconds")]
    timeout: Duration,
    #[serde(rename = "type", skip_serializing_if = "Vec::is_empty")]
    kinds: Vec<u8>,
    #[serde(flatten)]
    more: BTreeMap<String, u8>,
}

mod seconds {
    use super::{Duration, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u64(value.as_secs())
    }
}

/// The members of a form.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", fields = form, response(bytes))]
struct Form<const N: usize> {
    grant_type: &'static str,
    #[api(style = brackets)]
    audience: [u8; 2],
    #[api(skip)]
    note: [u8; N],
}

/// The parts of a multipart body.
#[derive(Debug, Clone, ApiRequest)]
#[api(method = POST, path = "/", fields = part)]
struct Parts<'a, T> {
    title: &'a str,
    #[api(filename = "a.png", content_type = "image/png")]
    images: Vec<Part>,
    value: Option<T>,
}

/// A whole body, of each kind.
#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/{0}", response(stream))]
struct Json<T: Serialize>(u8, #[api(body)] T);

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/", response(empty))]
struct Text<'a>(#[api(body(text, content_type = "text/csv"))] Option<&'a str>);

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/")]
struct Bytes(#[api(body = bytes)] Vec<u8>);

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/")]
struct Stream(#[api(body = stream)] Body);

/// No field at all.
#[derive(Debug, Clone, Copy, ApiRequest)]
#[api(method = GET, path = "/")]
struct Unit;

/// Type parameters in a field and in the response.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/{0}", response = T, events = Option<T>)]
struct Generic<'a, I, T>(I, #[api(query = "f")] &'a [I], #[api(skip)] PhantomData<T>)
where
    T: DeserializeOwned;

/// Secrets only.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/")]
struct Secrets {
    #[api(query)]
    key: Option<Secret<String>>,
}

/// A deprecated field, and one of a deprecated type.
#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}")]
struct Old {
    #[deprecated]
    id: u8,
    #[allow(
        deprecated,
        reason = "the user says so once, and the expansion repeats the type"
    )]
    #[api(query)]
    value: OldValue,
}

/// A deprecated request, with impls beside that of `ApiRequest`, and what else is declared once.
#[derive(Debug, Clone, ApiRequest)]
#[api(method = GET, path = "", response = Vec<u8>, events = u8, paginate(offset = skip, item = u8))]
#[api(query("acl"), meta = Cost(3), meta = "slow", meta = 7_u8)]
#[deprecated(note = "use another")]
struct OldPages {
    #[api(query)]
    skip: u32,
    #[api(query(flag))]
    all: Option<bool>,
    #[api(query(json))]
    filters: BTreeMap<String, Vec<u8>>,
    #[api(header(json))]
    #[serde(with = "seconds")]
    timeout: Duration,
    #[api(query(style = dots))]
    page: Nullable<BTreeMap<String, u8>>,
}

/// What one call costs.
#[derive(Debug)]
struct Cost(u8);

/// What a field may still have as its type.
#[derive(Debug, Serialize)]
#[deprecated]
struct OldValue(u8);

/// A response with each kind of variant and of field, deprecated ones too.
#[derive(Debug, ApiResponse)]
#[api(fields = json, rename_all = "camelCase")]
enum Answer<T> {
    #[api(status = 200, status = "3xx")]
    Whole(T),
    #[api(status = 202)]
    Members {
        key_name: String,
        #[serde(default, deserialize_with = "plain")]
        count: u8,
        #[serde(flatten)]
        more: BTreeMap<String, T>,
        #[api(header = "X-Token")]
        token: Secret<String>,
        #[api(header(json))]
        limits: Option<Vec<u8>>,
        #[api(status)]
        status: u16,
        #[deprecated]
        #[api(skip)]
        old: u8,
    },
    #[deprecated]
    #[api(status = 204)]
    Gone,
    #[api(other)]
    Text(#[api(body = text)] String),
}

fn plain<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u8, D::Error> {
    serde::Deserialize::deserialize(deserializer)
}

/// An error with each kind of variant, a deprecated one too.
#[derive(Debug, ApiError)]
#[api(envelope = "error")]
enum Failure<T> {
    #[api(status = 400, status = "3xx")]
    Bad(T),
    #[api(status = 401, status = 403)]
    Denied { text: String },
    #[api(status = 404)]
    Gone,
    #[deprecated]
    #[api(status = 410)]
    LongGone {},
    #[api(status = "5xx")]
    Broken(),
    #[api(other)]
    Other(ErrorBody),
}

/// An error with nothing to choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ApiError)]
enum Anything {
    #[api(other)]
    Any,
}

/// An error that is deprecated itself, for one status.
#[derive(Debug, ApiError)]
#[deprecated]
enum OldFailure {
    #[api(status = 404)]
    #[allow(
        deprecated,
        reason = "the user says so once, and the expansion repeats the type"
    )]
    Gone(OldProblem),
}

/// What a variant may still hold.
#[derive(Debug, serde::Deserialize)]
#[deprecated]
struct OldProblem(u8);

/// An enum of texts, with a deprecated variant.
#[derive(Debug, Clone, OpenEnum)]
#[api(rename_all = "lowercase")]
enum State {
    /// Known.
    Known,
    #[deprecated]
    Old,
    /// Not yet known.
    #[api(other)]
    Other(String),
}

/// An enum that is deprecated itself, and knows no text.
#[derive(Debug, OpenEnum)]
#[deprecated]
enum OldState {
    #[api(other)]
    Other { text: String },
}

#[test]
fn it_compiles() {
    assert_eq!(Unit::OPERATION.name(), "Unit");
}
