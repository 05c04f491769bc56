//! What every request has to be before an operation sees it: of a known key, and with a body as it is declared.

use api_request::{Client, Operation};
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, RawPathParams, Request, State},
    http::header::{AUTHORIZATION, CONTENT_TYPE},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use super::{ROOT, refusal::Refusal, state::Shared};
use crate::OPERATIONS;

/// How large a body may be, in bytes.
pub(super) const LIMIT: usize = 32 << 20;

/// Operations that need no key: one gives keys, one is no longer there.
const OPEN: [&str; 2] = ["/auth/keys", "/credits/coinbase"];

/// The hash of the key that a request came with.
#[derive(Debug, Clone)]
pub(super) struct Caller(pub(super) String);

/// Lets a request in whose key is known and switched on.
pub(super) async fn key(
    State(shared): State<Shared>,
    path: MatchedPath,
    mut request: Request,
    next: Next,
) -> Response {
    let path = path.as_str().trim_start_matches(ROOT);
    let header = request.headers().get(AUTHORIZATION);
    let key = header.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = match key {
        Some(key) => shared.lock().check_key(key),
        None if OPEN.contains(&path) => Ok(String::new()),
        None => Err(Refusal::unauthorized("the request has no key")),
    };
    match known {
        Ok(hash) => {
            request.extensions_mut().insert(Caller(hash));
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// Lets a request in whose JSON is of the declared type, with nothing that is not declared.
pub(super) async fn body(
    State(client): State<Client>,
    path: MatchedPath,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let Some(operation) = with_json(&path, &request) else {
        return next.run(request).await;
    };
    let (head, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, LIMIT).await else {
        return Refusal::bad_request("the body cannot be read").into_response();
    };
    let params: Map<String, Value> = params
        .iter()
        .map(|(name, value)| (name.to_owned(), value.into()))
        .collect();
    if let Err(refusal) = check(&client, operation.name(), &params, &bytes) {
        return refusal.into_response();
    }
    next.run(Request::from_parts(head, Body::from(bytes))).await
}

/// The operation of a request whose body is JSON.
fn with_json(path: &MatchedPath, request: &Request) -> Option<&'static Operation> {
    let content_type = request.headers().get(CONTENT_TYPE)?.to_str().ok()?;
    // The rest are parameters, such as `charset`.
    let media_type = content_type.split(';').next()?.trim_end();
    if !media_type.to_ascii_lowercase().ends_with("json") {
        return None;
    }
    let path = path.as_str().trim_start_matches(ROOT);
    let mut operations = OPERATIONS.iter().copied();
    operations.find(|operation| operation.method() == request.method() && operation.path() == path)
}

fn check(
    client: &Client,
    operation: &str,
    path: &Map<String, Value>,
    body: &[u8],
) -> Result<(), Refusal> {
    let refuse = |reason: &dyn std::fmt::Display| Refusal::bad_request(reason.to_string());
    let body: Value = serde_json::from_slice(body).map_err(|error| refuse(&error))?;
    let input = json!({"path": path, "body": body});
    let built = crate::build(client, operation, &input);
    built.map_err(|error| refuse(&error)).map(drop)
}
