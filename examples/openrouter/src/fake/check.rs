//! Who may make requests.

use api_request::{ApiRequest, Operation};
use axum::{
    extract::{Request, State},
    http::header::AUTHORIZATION,
    middleware::Next,
    response::Response,
};

use super::{
    prelude::Shared,
    refusal::{respond, unauthorized},
};
use crate::{credits::CreateCoinbaseCharge, oauth::ExchangeAuthCode};

/// The hash of the key that a request came with.
#[derive(Debug, Clone)]
pub(super) struct Caller(pub(super) String);

/// Lets a request in whose key is known and switched on. Two operations need none: one gives keys, one is no longer there.
pub(super) async fn key(
    State(shared): State<Shared>,
    mut request: Request,
    next: Next,
) -> Response {
    let open = [ExchangeAuthCode::OPERATION, CreateCoinbaseCharge::OPERATION].map(Operation::path);
    let header = request.headers().get(AUTHORIZATION);
    let key = header.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = match key {
        Some(key) => shared.hold().await.check_key(key),
        None if open.contains(&request.uri().path()) => Ok(String::new()),
        None => Err(unauthorized("the request has no key")),
    };
    match known {
        Ok(hash) => {
            request.extensions_mut().insert(Caller(hash));
            next.run(request).await
        }
        Err(error) => respond(error),
    }
}
