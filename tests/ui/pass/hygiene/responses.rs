//! The expansion for a response names everything by its absolute path, whatever is called like it.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, non_upper_case_globals, non_camel_case_types)]

mod core {}
mod std {}
mod serde {}
mod api_request_macros {}
static response: u8 = 1;
const value: u8 = 2;
const STATUSES: u8 = 3;
const ACCEPT: u8 = 4;
struct str;
struct Option;
struct Some;
struct String;
struct Result;
struct Ok;
struct Err;
struct StatusCode;
struct Claim;
struct Read;
struct ResponseDecoder;
struct Undecodable;
trait ApiResponse {}
trait DeserializeOwned {}
trait Default {}
trait From {}
fn accept() {}
fn json_text() {}
fn body_field() {}

/// Methods of all types, called like those of the expansion.
trait Everything {
    fn header(&self) {}
    fn member(&self) {}
    fn claimed(&self) {}
    fn decode(&self) {}
    fn secret(&self) {}
    fn status(&self) {}
    fn from(&self) {}
}
impl<T> Everything for T {}

mod m {
    pub fn deserialize<'de, D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<u8, D::Error> {
        ::serde::Deserialize::deserialize(deserializer)
    }
}

#[derive(::api_request::ApiResponse)]
#[api(fields = json)]
enum r#type {
    #[api(status = 200)]
    r#fn {
        r#type: u8,
        #[serde(default)]
        __response: u8,
        #[serde(with = "m", default)]
        __value: u8,
        #[serde(flatten)]
        rest: ::std::collections::BTreeMap<::std::string::String, u8>,
        #[api(header = "A", secret)]
        token: ::std::option::Option<u8>,
        #[api(header(name = "B", json))]
        b: ::api_request::Secret<::std::string::String>,
        #[api(header(flatten))]
        all: ::http::HeaderMap,
        #[api(status)]
        status: ::http::StatusCode,
        #[api(skip)]
        skipped: u8,
    },
    #[api(status = "5xx")]
    None(#[api(body = text)] ::std::string::String),
    #[deprecated]
    #[api(status = 410)]
    Err,
    #[cfg(any())]
    #[api(nonsense)]
    Gone(nonsense),
    #[api(other)]
    Self_(#[api(body)] ::std::vec::Vec<u8>),
}

#[derive(::api_request::ApiResponse)]
#[deprecated]
struct Listed<response>(#[api(header = "A")] response, #[api(body(with = Csv))] u8);

struct Csv;

impl ::api_request::ResponseFormat for Csv {
    type Output = u8;

    fn decode(_: ::http::Response<::bytes::Bytes>) -> ::std::result::Result<u8, ::api_request::BoxError> {
        ::std::result::Result::Ok(1)
    }
}

#[derive(::api_request::ApiRequest)]
#[api(method = GET, path = "/", response = r#type)]
struct Get;

fn main() {
    fn check<R: ::api_request::ApiResponse>() {}
    check::<r#type>();
}
