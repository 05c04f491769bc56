//! From a response to the value of its declared type.
//!
//! Reading is sans-I/O: the client reads as much of a body as is [`expected`], then [`decode`] makes the value.

#[cfg(all(feature = "client", feature = "server"))]
mod any;
mod check;
#[cfg(feature = "server")]
mod chosen;
mod claim;
mod decoder;
mod deprecation;
mod expected;
mod fields;
mod format;
mod header;
mod json;
#[cfg(feature = "lines")]
mod lines;
mod locate;
#[cfg(feature = "server")]
mod made;
#[cfg(all(feature = "server", feature = "lines"))]
mod made_lines;
mod members;
mod names;
mod object;
#[cfg(all(feature = "server", feature = "lines"))]
mod pieces;
mod plain;
mod progress;
mod reader;
mod reason;
mod received;
mod route;
#[cfg(feature = "client")]
mod save;
mod settle;
mod stream;
mod track;
mod typed;
mod undecodable;

use std::{
    fmt,
    time::{Duration, SystemTime},
};
#[cfg(feature = "client")]
use std::{
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

#[cfg(all(feature = "client", feature = "server"))]
pub use self::any::AnyResponse;
#[cfg(all(feature = "client", feature = "server"))]
pub(crate) use self::any::{any, any_stream};
pub(crate) use self::check::check;
#[cfg(feature = "server")]
pub(crate) use self::chosen::choose;
#[cfg(feature = "events")]
pub(crate) use self::claim::EVENTS;
#[cfg(all(feature = "client", feature = "tracing"))]
pub(crate) use self::deprecation::warning;
#[cfg(any(feature = "client", feature = "events"))]
pub(crate) use self::expected::Extent;
#[cfg(feature = "events")]
pub(crate) use self::expected::is_of_events;
pub(crate) use self::expected::{Expected, RawResponse};
use self::format::Decode;
#[cfg(feature = "events")]
pub(crate) use self::json::explain;
#[cfg(feature = "lines")]
pub use self::lines::{Lines, LinesField, lines};
#[cfg(feature = "server")]
pub(crate) use self::locate::{locate, note_names};
#[cfg(feature = "server")]
pub(crate) use self::names::Notes;
#[cfg(all(feature = "client", feature = "server"))]
pub use self::names::{BodyNames, NamesKind};
#[cfg(any(feature = "client", feature = "events"))]
pub(crate) use self::received::Received;
#[cfg(feature = "server")]
pub(crate) use self::route::Position;
#[cfg(feature = "events")]
pub(crate) use self::settle::ErrorCheck;
#[cfg(feature = "client")]
pub(crate) use self::stream::{body_length, missing};
#[cfg(feature = "server")]
pub(crate) use self::track::Misfit;
#[cfg(feature = "events")]
pub(crate) use self::undecodable::undecoded;
pub use self::{
    claim::Claim,
    decoder::ResponseDecoder,
    deprecation::Deprecation,
    fields::{BodyField, body_field, json_text},
    format::{BYTES, EMPTY, Format, ResponseFormat, STREAM, TEXT},
    header::{HeaderDeserializer, HeadersField},
    json::JsonDeserializer,
    plain::{Raw, Text},
    progress::Progress,
    reader::ByteReader,
    received::Read,
    stream::ByteStream,
    typed::{ApiResponse, json},
    undecodable::Undecodable,
};
#[cfg(feature = "client")]
use crate::error::request_id;
use crate::{
    Error, ErrorFormat, Operation,
    error::{Failure, rules::ErrorRules},
    secrets::HIDDEN,
    sensitive::RedactedHeaders,
};

/// A decoded response with its status, headers and what the call took: what `Call::send_full` gives.
///
/// ```
/// # #[cfg(feature = "client")] {
/// use api_request::{
///     ApiRequest, Client,
///     testing::{Script, ScriptedResponse},
/// };
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/names", response = Vec<String>)]
/// struct ListNames;
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let api = Script::new()
///     .then(ScriptedResponse::new(503).header("retry-after", "0"))
///     .then(ScriptedResponse::new(200).header("etag", "\"7\"").json(&["ada"]));
/// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
/// let response = client.call(&ListNames).send_full().await?;
/// assert_eq!((response.status.as_u16(), response.attempts), (200, 2));
/// assert_eq!(response.headers["etag"], "\"7\"");
/// assert_eq!(response.body, ["ada"]);
/// # Ok::<(), api_request::Error>(())
/// # }).unwrap() }
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// The status: a 2xx, or one that the response type declares.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The decoded body.
    pub body: T,
    /// The number of attempts.
    pub attempts: u32,
    /// How long the API asked to wait before the last attempt.
    pub retry_after: Option<Duration>,
    /// The ID of the request in the API's logs: the header `x-request-id` or `request-id`.
    pub request_id: Option<String>,
}

impl<T> Response<T> {
    /// Returns what the header `Deprecation` ([RFC 9745](https://www.rfc-editor.org/rfc/rfc9745)) says, if the response has
    /// one. With the feature `tracing`, `Client` warns of it, too.
    ///
    /// ```
    /// # #[cfg(feature = "client")] {
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use std::time::{Duration, SystemTime};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/keys")]
    /// struct ListKeys;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let script = Script::new().then(ScriptedResponse::new(204).header("deprecation", "@1688169599"));
    /// let client = Client::builder("https://api.example.com").transport(script).build()?;
    /// let response = client.call(&ListKeys).send_full().await?;
    ///
    /// let deprecation = response.deprecation().unwrap();
    /// let june = SystemTime::UNIX_EPOCH + Duration::from_secs(1_688_169_599);
    /// assert_eq!(deprecation.since(), Some(june));
    /// # Ok::<(), api_request::Error>(())
    /// # }).unwrap() }
    /// ```
    #[must_use]
    pub fn deprecation(&self) -> Option<Deprecation> {
        deprecation::deprecation(&self.headers)
    }

    /// Returns when the operation stops working, by the header `Sunset`
    /// ([RFC 8594](https://www.rfc-editor.org/rfc/rfc8594)), if the response has one. With the feature `tracing`,
    /// `Client` warns of it, too.
    ///
    /// ```
    /// # #[cfg(feature = "client")] {
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use std::time::{Duration, SystemTime};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/keys")]
    /// struct ListKeys;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
    /// let response = ScriptedResponse::new(204).header("sunset", "Sat, 31 Dec 2033 23:59:59 GMT");
    /// let script = Script::new().then(response);
    /// let client = Client::builder("https://api.example.com").transport(script).build()?;
    /// let response = client.call(&ListKeys).send_full().await?;
    ///
    /// let end_of_2033 = SystemTime::UNIX_EPOCH + Duration::from_secs(2_019_686_399);
    /// assert_eq!(response.sunset(), Some(end_of_2033));
    /// # Ok::<(), api_request::Error>(())
    /// # }).unwrap() }
    /// ```
    #[must_use]
    pub fn sunset(&self) -> Option<SystemTime> {
        deprecation::sunset(&self.headers)
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &RedactedHeaders(&self.headers))
            .field("body", &self.body)
            .field("attempts", &self.attempts)
            .field("retry_after", &self.retry_after)
            .field("request_id", &RedactedId(self))
            .finish()
    }
}

/// The ID of a request for `Debug`, unless its header repeats a secret.
struct RedactedId<'a, T>(&'a Response<T>);

impl<T> fmt::Debug for RedactedId<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(response) = self;
        let mut values = response.headers.values();
        let id = response.request_id.as_deref();
        if values.any(|value| value.is_sensitive() && value.to_str().ok() == id) {
            return f.write_str(HIDDEN);
        }
        id.fmt(f)
    }
}

/// Decodes a response in a format, which need not be the declared one.
#[cfg(feature = "client")]
pub(crate) fn decode<T, E: ErrorFormat>(
    operation: &'static Operation,
    format: &Format<T>,
    response: Result<RawResponse, Failure>,
) -> Result<Response<T>, Error<E>> {
    let response = response.map_err(Error::from_failure)?;
    let (attempts, retry_after) = (response.attempts, response.retry_after);
    let decoded = decode_apart(operation, &E::RULES, format.decode, response);
    let (body, RawResponse { head, .. }) = decoded.map_err(Error::from_failure)?;
    Ok(Response {
        status: head.status,
        request_id: request_id(&head.headers).map(str::to_owned),
        headers: head.headers,
        body,
        attempts,
        retry_after,
    })
}

/// The value that a response is decoded as, without a look at the headers.
#[cfg(feature = "client")]
pub(crate) fn decoding<T, E>(
    operation: &'static Operation,
    format: &Format<T>,
    response: Receiving,
) -> Decoding<T, E> {
    Decoding {
        response,
        operation,
        decode: format.decode,
        error: PhantomData,
    }
}

/// A response that is being received.
#[cfg(feature = "client")]
type Receiving = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

/// What [`decoding`] returns. By hand, because what the compiler makes of `async` is several times as much code, for each
/// type.
#[cfg(feature = "client")]
pub(crate) struct Decoding<T, E> {
    response: Receiving,
    operation: &'static Operation,
    decode: Decode<T>,
    error: PhantomData<fn() -> E>,
}

#[cfg(feature = "client")]
impl<T, E: ErrorFormat> Future for Decoding<T, E> {
    type Output = Result<T, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.response.as_mut().poll(cx));
        Poll::Ready(decode_body(self.operation, self.decode, response))
    }
}

fn decode_body<T, E: ErrorFormat>(
    operation: &'static Operation,
    decode: Decode<T>,
    response: Result<RawResponse, Failure>,
) -> Result<T, Error<E>> {
    let mut value = None;
    let decoded = decode_into(operation, &E::RULES, response, &mut |decoder| {
        value = Some(decode(decoder)?);
        Ok(())
    });
    match decoded {
        Ok(()) => Ok(value.expect("what is decoded is a value")),
        Err(failure) => Err(Error::from_failure(failure)),
    }
}

/// Hands a response to what decodes it. It is not of any type, so that it is compiled once.
fn decode_into(
    operation: &'static Operation,
    rules: &'static ErrorRules,
    response: Result<RawResponse, Failure>,
    decode: &mut dyn FnMut(&mut ResponseDecoder<'_>) -> Result<(), Undecodable>,
) -> Result<(), Failure> {
    decode_apart(operation, rules, decode, response?).map(|_| ())
}

/// Decodes the value, and returns it with the head of the response.
fn decode_apart<T>(
    operation: &'static Operation,
    rules: &'static ErrorRules,
    decode: impl FnOnce(&mut ResponseDecoder<'_>) -> Result<T, Undecodable>,
    mut response: RawResponse,
) -> Result<(T, RawResponse), Failure> {
    let kept = response.body.kept();
    match decode(&mut response.decoder(operation, rules)) {
        Ok(value) => Ok((value, response)),
        Err(error) => Err(response.undecoded(operation, kept, error)),
    }
}

/// Decodes a response that is already in memory.
pub(crate) fn read<T, E: ErrorFormat>(
    operation: &'static Operation,
    format: &Format<T>,
    response: http::Response<Bytes>,
) -> Result<T, Error<E>> {
    let expected = Expected {
        operation,
        claims: format.claims,
        errors: &E::RULES,
    };
    decode_body(operation, format.decode, expected.receive(response))
}
