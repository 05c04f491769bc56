//! Without async, and without the client.

use api_request::{
    ApiRequest, BaseUrl, Error, blocking,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;

use crate::Outcome;

// ANCHOR: blocking
#[derive(ApiRequest)]
#[api(method = GET, path = "/names/{id}", response = String)]
struct GetName {
    id: u64,
}

fn name(client: &blocking::Client) -> Result<String, Error> {
    client.send(&GetName { id: 7 })
}
// ANCHOR_END: blocking

#[test]
fn a_blocking_client_has_the_same_rules() -> Outcome {
    let api = Script::new()
        .then(ScriptedResponse::new(503).header("retry-after", "0"))
        .then(ScriptedResponse::new(200).json("ada"));
    let client = blocking::Client::builder("https://api.example.com/v1")
        .transport(api)
        .build()?;
    assert_eq!(name(&client)?, "ada");
    Ok(())
}

// ANCHOR: sans_io
/// Sends a request over any function that sends an `http::Request`.
fn send<R: ApiRequest>(
    request: &R,
    base: &BaseUrl,
    stack: impl FnOnce(http::Request<Bytes>) -> http::Response<Bytes>,
) -> Result<R::Response, Error<R::Error>> {
    let http = request.to_http(base)?;
    let http = http.map(|body| body.as_bytes().cloned().unwrap_or_default());
    R::decode(stack(http))
}
// ANCHOR_END: sans_io

#[test]
fn any_stack_will_do() -> Outcome {
    let base: BaseUrl = "https://api.example.com/v1".parse()?;
    let name = send(&GetName { id: 7 }, &base, |request| {
        assert_eq!(request.uri().path(), "/v1/names/7");
        http::Response::new(r#""ada""#.into())
    })?;
    assert_eq!(name, "ada");
    Ok(())
}
