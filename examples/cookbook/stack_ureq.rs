//! Sends declared requests with `ureq`, which is blocking and needs no runtime: `to_http` builds the request, and
//! `decode` reads the response.
//!
//! ```console
//! cargo run -p api-request-cookbook --example stack_ureq
//! ```
//!
//! A program that does only this depends on `api-request` with `default-features = false`. The client's rules (retries,
//! redirects by origin, limits, credentials) are then those of the stack. The server runs in this program, on loopback.

mod server;

use std::error::Error;

use api_request::{ApiRequest, BaseUrl};
use axum::{
    Json, Router,
    extract::Path,
    http::StatusCode,
    routing::{get, post},
};
use serde::{Deserialize, Serialize};
use tokio::runtime::Runtime;

/// Gets a key.
#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{hash}", response = Key)]
struct GetKey<'a> {
    hash: &'a str,
}

/// Creates a key.
#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", fields = json, response = Key)]
struct CreateKey<'a> {
    label: &'a str,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Key {
    label: String,
}

// ANCHOR: send
/// Sends a request over ureq, with a body in memory. Streams and files are for the client.
fn send<R: ApiRequest<Error = api_request::ErrorBody>>(
    agent: &ureq::Agent,
    base: &BaseUrl,
    request: &R,
) -> Result<R::Response, Box<dyn Error>> {
    let (parts, body) = request.to_http(base)?.into_parts();
    let body = body.as_bytes().ok_or("the body is a stream")?.to_vec();
    let (head, mut body) = agent
        .run(http::Request::from_parts(parts, body))?
        .into_parts();
    let body = body.read_to_vec()?;
    Ok(R::decode(http::Response::from_parts(head, body.into()))?)
}

/// Makes an agent that leaves statuses to `decode`, and follows no redirects: the program says
/// where a secret may go.
fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .build();
    config.into()
}
// ANCHOR_END: send

fn main() -> Result<(), Box<dyn Error>> {
    let get_key = async |Path(hash): Path<String>| match &*hash {
        "a/b" => Ok(Json(Key { label: "ci".into() })),
        _ => Err((StatusCode::NOT_FOUND, r#"{"message": "no such key"}"#)),
    };
    let api = Router::new()
        .route("/keys/{hash}", get(get_key))
        .route("/keys", post(async |key: Json<Key>| key));
    let runtime = Runtime::new()?;
    let base: BaseUrl = runtime.block_on(server::start(api))?.parse()?;

    let agent = agent();
    let key = send(&agent, &base, &GetKey { hash: "a/b" })?;
    assert_eq!(key.label, "ci");
    let created = send(&agent, &base, &CreateKey { label: "docs" })?;
    println!("{key:?}, and created: {created:?}");
    assert_eq!(created.label, "docs");

    let error = send(&agent, &base, &GetKey { hash: "c" }).expect_err("there is no such key");
    println!("{error}");
    assert_eq!(error.to_string(), "`GetKey`: 404 Not Found: no such key");
    Ok(())
}
