//! Fields may be called like what the expansion uses, and be keywords.
#![deny(warnings)]
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/{encoder}/{type}", validate = encoder)]
struct Request {
    encoder: u8,
    r#type: u8,
    #[api(query)]
    fields: u8,
    #[api(query)]
    r#fn: u8,
    #[serde(serialize_with = "serializer")]
    #[api(json)]
    serializer: u8,
}

fn encoder(_: &Request) -> Result<(), &'static str> { Ok(()) }
fn serializer<S: serde::Serializer>(_: &u8, s: S) -> Result<S::Ok, S::Error> { s.serialize_unit() }

fn main() {
    assert_eq!(Request::OPERATION.params().nth(3).unwrap().name(), "fn");
}
