//! Each kind of response type, of variant and of field, with generics, `crate =`, raw identifiers and macros.
#![allow(dead_code, non_camel_case_types)]
use api_request::{ApiRequest, ApiResponse, ByteStream, Lines, Secret};
use http::{HeaderMap, StatusCode};
use std::{collections::BTreeMap, fmt::Debug, marker::PhantomData};

pub mod reexported {
    pub use api_request as http_api;
}

#[derive(ApiResponse)]
struct Unit;

#[derive(ApiResponse)]
#[api(status = 204)]
struct Empty {}

#[derive(ApiResponse)]
struct Newtype(Vec<u8>);

#[derive(ApiResponse)]
struct Named { value: Vec<u8> }

#[derive(ApiResponse)]
#[api(status = 200, status = "3xx", other)]
struct Tuple(#[api(header = "a")] u8, #[api(status)] StatusCode, #[api(body)] Option<u8>, #[api(skip)] bool);

#[derive(ApiResponse)]
enum r#enum<T: Debug, U = u8, const N: usize = 2>
where
    U: Clone,
{
    #[api(status = 200, fields = json)]
    r#Members { r#type: T, #[serde(flatten)] rest: BTreeMap<String, U>, #[serde(default)] with_default: U, #[serde(skip)] of: PhantomData<T> },
    #[api(status = 201)]
    Body { #[api(body)] body: [U; N], #[api(header(json))] header: T, #[api(header(flatten))] all: HeaderMap },
    #[api(status = 202)]
    Value(T),
    #[api(status = 203, fields = header)]
    Headers { r#fn: T, all: Vec<U>, #[api(header(flatten))] map: BTreeMap<String, T> },
    #[api(status = 204)]
    Nothing,
    #[api(status = 206)]
    Stream(#[api(body = stream)] ByteStream),
    #[api(status = 207)]
    Lines(#[api(body = lines)] Lines<T>),
    #[api(status = 404)]
    Text { #[api(body = text)] text: Secret<String>, #[api(header(secret))] token: U },
    #[api(other)]
    Bytes(#[api(body(bytes))] Vec<u8>),
}

#[derive(reexported::http_api::ApiResponse)]
#[api(crate = crate::reexported::http_api)]
struct Elsewhere { #[api(header)] etag: u8 }

#[macro_export]
macro_rules! response {
    ($name:ident, $status:literal, $header:literal, $variant:ident, $field:ident: $ty:ty) => {
        #[derive($crate::reexported::http_api::ApiResponse)]
        #[api(crate = $crate::reexported::http_api)]
        enum $name {
            #[api(status = $status)]
            $variant { #[api(header = $header)] $field: $ty },
            #[api(other)]
            Other($ty),
        }
    };
}

response!(Exact, 404, "ETag", NotFound, etag: Option<u8>);
response!(Class, "5xx", "Retry-After", Broken, after: u8);

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = r#enum<u8>)]
struct Get;

fn check<R: ApiResponse>() {}

fn main() {
    check::<Unit>();
    check::<Empty>();
    check::<Newtype>();
    check::<Named>();
    check::<Tuple>();
    check::<r#enum<u8>>();
    check::<r#enum<String, u16, 7>>();
    check::<Elsewhere>();
    check::<Exact>();
    check::<Class>();
    let response = http::Response::new(r#"{"type": 7, "a": 1}"#.into());
    assert!(matches!(Get::decode(response), Ok(r#enum::r#Members { r#type: 7, .. })));
}
