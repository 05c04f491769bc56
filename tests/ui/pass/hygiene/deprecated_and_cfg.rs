//! Deprecated types and fields are no news to the impl; fields that are configured out are never seen.
#![deny(warnings)]
use api_request::ApiRequest;

#[derive(serde::Serialize)]
#[deprecated]
pub struct OldValue(u8);

#[derive(ApiRequest)]
#[deprecated]
#[api(method = POST, path = "/{id}", events(item = u8, flag = "stream"))]
pub struct Old {
    #[deprecated]
    pub id: u8,
    #[cfg(any())]
    #[api(nonsense)]
    pub gone: u8,
    #[allow(deprecated)]
    #[api(json)]
    pub member: OldValue,
}

fn main() {}
