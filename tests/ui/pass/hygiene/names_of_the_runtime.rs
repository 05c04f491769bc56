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
