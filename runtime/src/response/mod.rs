//! What a call's answer is read as.
//!
//! Reading is sans-I/O: the client collects as much of a body as the format asks for, then [`decode`] makes the value.

#[cfg(feature = "events")]
mod event_stream;
#[cfg(feature = "events")]
mod events;
mod format;
mod json;
mod progress;
mod reader;
#[cfg(feature = "client")]
mod save;
mod stream;

use std::{fmt, time::Duration};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, response};

#[cfg(feature = "events")]
pub(crate) use event_stream::EventItem;
#[cfg(feature = "events")]
pub use event_stream::{EventStream, OpenEvents, WithEvent};
#[cfg(all(feature = "client", feature = "events"))]
pub(crate) use events::is_event_stream;
#[cfg(feature = "events")]
pub(crate) use events::{Source, receive_events};
pub use format::{Custom, Empty, Raw, ResponseFormat, Stream, Text};
pub(crate) use format::{Format, Read, Received};
pub use json::Json;
pub(crate) use json::read as read_json;
pub use progress::Progress;
pub use reader::ByteReader;
pub use stream::ByteStream;

use format::Undecodable;

use crate::{
    ApiRequest, Body, Error, ErrorFormat, Operation,
    error::{Failure, Kind, Report, envelope::Envelope, request_id},
    trace::CallSpan,
};

/// A decoded answer with all that came along: what `Call::send_full` gives.
///
/// ```no_run
/// # use api_request::{ApiRequest, Client};
/// # #[derive(ApiRequest)]
/// # #[api(method = GET, path = "/keys")]
/// # struct ListKeys;
/// # async fn run(client: Client) -> Result<(), api_request::Error> {
/// let response = client.call(&ListKeys).send_full().await?;
/// println!("{} after {} attempts", response.status, response.attempts);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The status, a 2xx.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
    /// How often the request was sent.
    pub attempts: u32,
    /// How long the API asked to wait before the last attempt.
    pub retry_after: Option<Duration>,
    /// What the API calls this call in its logs: its `x-request-id` or `request-id` header.
    pub request_id: Option<String>,
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &ShownHeaders(&self.headers))
            .field("body", &self.body)
            .field("attempts", &self.attempts)
            .field("retry_after", &self.retry_after)
            .field("request_id", &self.request_id)
            .finish()
    }
}

/// Headers without the values that may let somebody in.
pub(crate) struct ShownHeaders<'a>(pub(crate) &'a HeaderMap);

impl fmt::Debug for ShownHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (name, value) in self.0 {
            if value.is_sensitive() || may_let_in(name.as_str()) {
                map.entry(&name.as_str(), &format_args!("(hidden)"));
            } else {
                map.entry(&name.as_str(), value);
            }
        }
        map.finish()
    }
}

/// Whether a header's name says that its value is a credential, or a URL that may hold one.
pub(crate) fn may_let_in(name: &str) -> bool {
    [
        "auth", "cookie", "key", "location", "password", "secret", "token",
    ]
    .iter()
    .any(|part| name.contains(part))
}

/// An answer, received as far as its format asks for.
pub(crate) struct Answer {
    pub(crate) head: response::Parts,
    pub(crate) body: Received,
    pub(crate) attempts: u32,
    pub(crate) hint: Option<Duration>,
    pub(crate) span: CallSpan,
    /// Path and query of what was sent last; empty where it was not sent here.
    #[cfg(feature = "client")]
    pub(crate) target: Bytes,
}

/// Makes the declared value of an answer, or the declared error.
pub(crate) fn decode<R: ApiRequest>(
    answer: Result<Answer, Failure>,
) -> Result<Response<R::Response>, Error<R::Error>> {
    decode_as::<R::Format, _>(R::OPERATION, answer)
}

/// Makes a value of an answer in a format that need not be the declared one.
pub(crate) fn decode_as<F: Format, E: ErrorFormat>(
    operation: &'static Operation,
    answer: Result<Answer, Failure>,
) -> Result<Response<F::Output>, Error<E>> {
    let Answer {
        head,
        body,
        attempts,
        hint,
        span,
        ..
    } = answer.map_err(Error::from_failure)?;
    let kept = body.kept();
    match F::decode(&head, body) {
        Ok(body) => Ok(Response {
            status: head.status,
            request_id: request_id(&head.headers).map(str::to_owned),
            headers: head.headers,
            body,
            attempts,
            retry_after: hint,
        }),
        Err(error) => {
            let failure = undecodable(operation.name, error, head, kept, attempts);
            span.failed(&failure);
            Err(Error::from_failure(failure))
        }
    }
}

fn undecodable(
    operation: &'static str,
    error: Undecodable,
    head: response::Parts,
    body: Option<Bytes>,
    attempts: u32,
) -> Failure {
    let Undecodable {
        path,
        message,
        source,
    } = error;
    let report = Report::new(operation, Kind::Decode { path, message });
    Box::new(
        report
            .attempts(attempts)
            .source(source)
            .answered(head, body),
    )
}

/// Reads an answer that is already in memory.
pub(crate) fn read<R: ApiRequest>(
    response: http::Response<Bytes>,
) -> Result<R::Response, Error<R::Error>> {
    let answer = receive(
        R::OPERATION,
        <R::Format as Format>::READ,
        <R::Error as ErrorFormat>::ENVELOPE,
        response,
    );
    decode::<R>(answer).map(|response| response.body)
}

fn receive(
    operation: &'static Operation,
    read: Read,
    envelope: Option<&'static str>,
    response: http::Response<Bytes>,
) -> Result<Answer, Failure> {
    let (head, body) = response.into_parts();
    // What is declared as a stream is not looked into, here as in the client.
    let in_2xx = Envelope::declared(envelope.filter(|_| read != Read::Streamed));
    if !head.status.is_success() || in_2xx.is_in(&body) {
        let report = Report::of_status(operation.name, head, body, envelope, &[]);
        return Err(Box::new(report));
    }
    let body = match read {
        Read::Buffered => Received::Buffered(body),
        Read::Streamed => Received::Streamed(ByteStream::new(Body::from(body), operation, &head)),
        Read::Discarded => Received::Discarded,
        #[cfg(feature = "events")]
        Read::Events => {
            let stream = ByteStream::new(Body::from(body), operation, &head);
            Received::Events(Source::new(Ok(stream)))
        }
    };
    Ok(Answer {
        head,
        body,
        attempts: 0,
        hint: None,
        span: CallSpan::default(),
        #[cfg(feature = "client")]
        target: Bytes::new(),
    })
}
