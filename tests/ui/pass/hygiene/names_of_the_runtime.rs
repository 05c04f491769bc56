//! Structs and items may be called like what the expansion uses.
#![deny(warnings)]
#![allow(dead_code, non_upper_case_globals, non_camel_case_types)]
use api_request::ApiRequest;

#[derive(serde::Deserialize)]
struct Event;
static encoder: u8 = 1;
const fields: u8 = 2;
struct serializer;
mod api_request_macros {}
fn param() {}
fn write<S: serde::Serializer>(_: &u8, s: S) -> Result<S::Ok, S::Error> { s.serialize_unit() }

macro_rules! requests {
    ($($name:ident)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/{self_}", header("A" = "b"), events = Event)]
            struct $name { self_: u8, #[api(header)] __headers: u8, #[serde(serialize_with = "write")] #[api(json)] a: u8 }
        )*
    };
}
requests! { Param Operation Error Encoder ErrorBody HeaderName Probe Response Format Body Events EventRequest }

/// Methods of all types, called like those of the expansion.
trait Everything {
    fn check(&self) {}
    fn types(&self) {}
    fn pair(&self) {}
}
impl<T> Everything for T {}
fn pair() {}
fn distinct() {}

#[derive(ApiRequest)]
#[api(method = GET, path = "", query("a"), meta = 1, meta = "a")]
struct META { #[api(query(json))] flag: u8, #[api(query(flag))] json: bool }
impl META { const META: u8 = 1; const OPERATION: u8 = 1; }

#[derive(serde::Deserialize)]
struct List { data: Vec<u8>, next: u64 }

macro_rules! pages {
    ($($name:ident)*) => {
        $(
            #[derive(Clone, ApiRequest)]
            #[api(method = POST, path = "/", fields = query, response = List)]
            #[api(paginate(cursor = __next, next = next, items = data, item = u8))]
            struct $name { __next: u64, __page: u8, __cursor: u8 }

            impl $name { fn next_page(&self) {} fn items() {} }
        )*
    };
}
pages! { Page Next Paginate PageItems Found Slot FoundDefaults SlotDefaults ListOf NextPage Number __Item }

fn main() {}
