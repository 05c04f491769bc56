//! What reads a request names everything by its absolute path, whatever is called like it.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, non_upper_case_globals, non_camel_case_types)]

mod core {}
mod std {}
mod api_request_macros {}
static decoder: u8 = 1;
const members: u8 = 2;
struct Option;
struct Result;
struct Ok;
struct Err;
struct Decoder;
struct Refusal;
struct Default;
struct Some;
struct Passed;
struct NextPlace;
trait CutPages {}
trait FromHttp {}
trait FromValue {}
fn read_param() {}
fn read_json() {}

#[derive(::api_request::ApiGroup, ::api_request::FromHttp)]
#[api(path = "/{__decoder}")]
struct r#type {
    __decoder: ::core::primitive::u8,
}

#[derive(::api_request::ApiRequest, ::api_request::FromHttp)]
#[api(in = r#type, method = POST, path = "/{self_}", fields = json)]
struct Request {
    self_: ::core::primitive::u8,
    #[serde(default)]
    __members: ::core::primitive::u8,
    #[serde(alias = "decoder")]
    read_json: ::std::option::Option<::core::primitive::u8>,
    #[api(query(flatten))]
    r#fn: ::std::collections::BTreeMap<::std::string::String, ::std::string::String>,
    #[deprecated]
    #[api(skip)]
    skipped: ::core::primitive::u8,
    #[cfg(any())]
    #[api(nonsense)]
    gone: nonsense,
}

#[derive(Default, ::serde::Serialize, ::serde::Deserialize)]
struct Page {
    __page: ::std::vec::Vec<::core::primitive::u8>,
    __fill: ::std::option::Option<Meta>,
}

#[derive(Default, ::serde::Serialize, ::serde::Deserialize)]
struct Meta {
    __text: ::std::option::Option<::std::string::String>,
}

#[derive(Clone, ::api_request::ApiRequest, ::api_request::FromHttp)]
#[api(method = GET, path = "/", response = Page)]
#[api(paginate(
    cursor = __next, next = __fill?.__text, items = __page, item = ::core::primitive::u8,
))]
struct List {
    #[api(query)]
    __next: ::std::option::Option<::std::string::String>,
}

struct CallProbe;
struct Calls;
trait HasNoCalls {}

::api_request::operations! { static OPERATIONS: [Request, #[cfg(any())] Gone] }

fn main() {}
