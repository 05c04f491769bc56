//! The expansion for an error names everything by its absolute path, whatever is called like it.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, non_upper_case_globals, non_camel_case_types)]

mod core {}
mod std {}
mod api_request_macros {}
static status: u8 = 1;
const body: u8 = 2;
struct Option;
struct Some;
struct StatusCode;
struct HeaderMap;
trait ErrorFormat {}
fn error_status() {}

#[derive(::std::fmt::Debug, ::serde::Deserialize)]
struct str(u8);

struct String;
struct ErrorRules;
struct EnvelopeMark;
struct MessageStep;
fn message() {}

#[derive(::api_request::ApiError)]
#[api(envelope("error" != 0), message = error[0].r#type)]
enum r#type {
    #[api(status = 404)]
    r#fn { r#type: str },
    #[api(status = "5xx")]
    None(u8),
    #[deprecated]
    #[api(status = 410)]
    Err,
    #[cfg(any())]
    #[api(nonsense)]
    Gone(nonsense),
    #[api(other)]
    __body(::api_request::ErrorBody),
}

#[derive(::api_request::ApiError)]
#[api(envelope(unless = "ok"))]
#[deprecated]
enum Error<headers> {
    #[api(status = 404)]
    Self_(headers),
}

fn main() {
    fn check<E: ::api_request::ErrorFormat>() {}
    check::<r#type>();
}
