//! What is answered instead of what was asked for.

use api_request::{FromHttp, Refusal};
use axum::response::Response;
use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::prelude::*;
use crate::{
    api_keys::GetCurrentKey,
    error::{ErrorBody, ErrorCode},
};

/// Makes a function for each error that the stand-in answers with.
macro_rules! errors {
    ($($name:ident: $variant:ident = $code:literal,)+) => {
        $(
            pub(super) fn $name(message: impl Into<String>) -> OpenRouterError {
                OpenRouterError::$variant(body($code, message))
            }
        )+
    };
}

errors! {
    bad_request: BadRequest = 400,
    unauthorized: Unauthorized = 401,
    payment_required: PaymentRequired = 402,
    forbidden: Forbidden = 403,
    not_found: NotFound = 404,
    conflict: Conflict = 409,
    gone: Gone = 410,
    internal: InternalServer = 500,
    bad_gateway: BadGateway = 502,
}

fn body(code: i64, message: impl Into<String>) -> ErrorBody {
    let mut body = ErrorBody::default();
    body.error.code = Some(ErrorCode::Status(code));
    body.error.message = message.into();
    body
}

/// Refuses a request that makes no sense.
pub(super) fn ensure(makes_sense: bool, otherwise: impl Into<String>) -> Result {
    if makes_sense {
        return Ok(());
    }
    Err(bad_request(otherwise))
}

/// A value of a type with more members than are worth a struct expression: the rest are absent.
pub(super) fn typed<T: DeserializeOwned>(members: Value) -> Result<T> {
    serde_json::from_value(members).map_err(|error| internal(error.to_string()))
}

/// An error outside of an operation, in the form that all operations but one have.
pub(super) fn respond(error: OpenRouterError) -> Response {
    GetCurrentKey::respond(Err(error)).map(axum::body::Body::new)
}

/// Gives the form of the API to what is refused before a handler sees it, where JSON that does not fit has no status of its
/// own.
pub(super) fn rephrase(refusal: &Refusal) -> http::Response<Body> {
    let status = match refusal.status() {
        StatusCode::UNPROCESSABLE_ENTITY => StatusCode::BAD_REQUEST,
        status => status,
    };
    let error = body(status.as_u16().into(), refusal.to_string());
    let mut response = GetCurrentKey::respond(Err(OpenRouterError::Other(error)));
    *response.status_mut() = status;
    response
}
