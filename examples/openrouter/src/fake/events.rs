//! Bodies that come piece by piece: streams of server-sent events, and of bytes.

use std::convert::Infallible;

use axum::{
    body::{Body, Bytes},
    http::{
        HeaderValue,
        header::{CACHE_CONTROL, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use futures_util::stream;
use serde_json::Value;

/// The event that ends a stream.
pub(super) const DONE: &str = "data: [DONE]\n\n";

/// An event without a type, with its data.
pub(super) fn event(data: &Value) -> String {
    format!("data: {data}\n\n")
}

/// An event whose type is the member `type` of its data.
pub(super) fn typed(data: &Value) -> String {
    let kind = data["type"].as_str().unwrap_or("message");
    format!("event: {kind}\n{}", event(data))
}

/// A stream of these events, after a comment as the API sends them while a model thinks.
pub(super) fn stream_of(events: Vec<String>) -> Response {
    let comment = ": OPENROUTER PROCESSING\n\n".to_owned();
    let mut response = bytes(
        "text/event-stream",
        std::iter::once(comment).chain(events).map(Bytes::from),
    );
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// A body of these chunks.
pub(super) fn bytes<I>(content_type: &'static str, chunks: I) -> Response
where
    I: IntoIterator<Item = Bytes>,
    I::IntoIter: Send + 'static,
{
    let chunks = chunks.into_iter().map(Ok::<_, Infallible>);
    let body = Body::from_stream(stream::iter(chunks));
    ([(CONTENT_TYPE, content_type)], body).into_response()
}
