//! Responses of which no type is known.

use std::{fmt, str};

use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::{
    decoder::ResponseDecoder,
    format::{Format, STREAM},
    json::decode,
    received::Received,
    stream::ByteStream,
    undecodable::Undecodable,
};

/// The response to an operation that is called by its name: what [`AnyOperation::send`](crate::AnyOperation::send) gives,
/// with an example there.
#[non_exhaustive]
pub enum AnyResponse {
    /// The JSON of the body; `null` if there is none. Text is a string, and lines are a list.
    Json(Value),
    /// The body as it is received, of `response(stream)`, `response(bytes)` and `response(with = F)`.
    Bytes(ByteStream),
}

impl fmt::Debug for AnyResponse {
    /// Does not show the body: there may be secrets in it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json(_) => "Json(..)",
            Self::Bytes(_) => "Bytes(..)",
        })
    }
}

/// What a `T` is decoded from: JSON, or what else its variants have.
pub(crate) fn any<T>(format: &Format<T>) -> Format<AnyResponse> {
    let decode: fn(&mut ResponseDecoder<'_>) -> _ = match format.accept {
        "application/json" => |response| decode_any(response, false),
        _ => |response| decode_any(response, true),
    };
    Format {
        accept: format.accept,
        claims: format.claims,
        decode,
    }
}

fn decode_any(
    response: &mut ResponseDecoder<'_>,
    may_be_text: bool,
) -> Result<AnyResponse, Undecodable> {
    if matches!(response.body, Received::Streamed(_)) {
        return Ok(AnyResponse::Bytes(response.stream()));
    }
    let bytes = response.bytes();
    if bytes.trim_ascii().is_empty() {
        return Ok(AnyResponse::Json(Value::Null));
    }
    let content_type = response.head.headers.get(CONTENT_TYPE);
    let content_type = content_type.and_then(|value| value.to_str().ok());
    if may_be_text && content_type.is_some_and(|it| !it.contains("json")) {
        let text = str::from_utf8(&bytes).map_err(Undecodable::malformed)?;
        return Ok(AnyResponse::Json(text.into()));
    }
    decode(&bytes).map(AnyResponse::Json)
}

/// What a `T` is decoded from, as bytes.
pub(crate) fn any_stream<T>(format: &Format<T>) -> Format<ByteStream> {
    let accept = format.accept;
    Format { accept, ..STREAM }
}
