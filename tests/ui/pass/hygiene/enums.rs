//! The expansion for an open enum names everything by its absolute path, whatever is called like it.
#![no_implicit_prelude]
#![deny(warnings)]
#![allow(dead_code, non_upper_case_globals, non_camel_case_types)]

mod core {}
mod std {}
mod serde {}
mod api_request_macros {}
static text: u8 = 1;
const index: u8 = 2;
const TEXTS: u8 = 3;
struct str;
struct usize;
struct String;
struct Result;
struct Ok;
struct Infallible;
trait OpenEnum {}
trait OtherText {}
trait Serialize {}
trait Serializer {}
trait Deserialize {}
trait Display {}
trait FromStr {}
trait From {}
trait AsRef {}
fn open_enum() {}
fn read_open_enum() {}

#[derive(::api_request::OpenEnum)]
enum r#type {
    r#fn,
    None,
    as_str,
    text,
    serialize,
    Err,
    Self_,
    #[deprecated]
    Old,
    #[cfg(any())]
    #[api(nonsense)]
    Gone(nonsense),
    #[api(other)]
    __other(::std::string::String),
}

#[derive(::api_request::OpenEnum)]
#[deprecated]
enum Error<const index: ::core::primitive::usize> {
    #[api(other)]
    Self_ { __text: ::std::string::String },
}

fn main() {
    let old: r#type = ::std::convert::From::from("Old");
    ::std::assert_eq!(old.as_str(), "Old");
    ::std::assert_eq!(r#type::r#fn.as_str(), "fn");
}
