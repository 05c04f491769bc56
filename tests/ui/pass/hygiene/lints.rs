//! What a strict user denies does not fire in the expansion, which asks no default of a probe here.
#![deny(warnings, missing_docs, unused_qualifications, trivial_casts, unused_results)]
#![deny(unused_lifetimes, single_use_lifetimes, missing_debug_implementations, rust_2018_idioms)]
use api_request::{ApiRequest, Secret};

/// A request.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", validate = valid)]
pub struct Request {
    /// A key.
    #[api(query)]
    pub key: Option<Secret<String>>,
    /// A member.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[api(json)]
    pub member: Option<Secret<String>>,
}

fn valid(_: &Request) -> Result<(), &'static str> {
    Ok(())
}

fn main() {}
