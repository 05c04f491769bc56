//! A response that is one JSON value a line: `application/x-ndjson`, `application/jsonl`, and `application/json-seq`.
//!
//! [`LineReader`] decides, whatever the items are, where a line ends and which lines are errors. Invariant: what comes out
//! depends on the bytes alone, not on the chunks; no more than one line and one chunk is kept; after an error nothing more
//! comes, and the connection is closed.

use std::{
    fmt,
    marker::PhantomData,
    mem,
    pin::Pin,
    str,
    task::{Context, Poll, Waker, ready},
};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use memchr::memchr;
use serde::de::{DeserializeOwned, IgnoredAny};

#[cfg(feature = "server")]
use super::pieces::Pieces;
use super::{
    claim::Claim,
    decoder::ResponseDecoder,
    format::Format,
    json::explain,
    received::Read,
    settle::ErrorCheck,
    stream::ByteStream,
    undecodable::{Undecodable, is_json, suffix},
};
#[cfg(feature = "server")]
use crate::Body;
use crate::{
    Error, ErrorBody, ErrorFormat,
    error::{ErrorKind, Failure, Report, envelope::Envelope, request_id, rules::ErrorRules},
    sensitive::RedactedHeaders,
};

/// How large a line may be where no client says so.
const LIMIT: usize = 8 << 20;

/// What [RFC 7464](https://www.rfc-editor.org/rfc/rfc7464) has before each value.
const RECORD_SEPARATOR: u8 = 0x1e;

/// A type that a line is decoded as: any that deserializes from JSON.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the item of a response of lines",
    label = "a line cannot be decoded as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime"
)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub trait LineItem: Sized {
    fn decode(line: &[u8]) -> Result<Self, Undecodable>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> LineItem for T {
    fn decode(line: &[u8]) -> Result<Self, Undecodable> {
        // A value that is passed over may have any bytes in it.
        let text = str::from_utf8(line).map_err(Undecodable::malformed)?;
        serde_json::from_str(text).map_err(|error| explain::<T>(line, &error))
    }
}

/// Lines of `T`.
#[must_use]
pub const fn lines<T: LineItem, E>() -> Format<Lines<T, E>> {
    Format {
        accept: "application/x-ndjson",
        claims: const { &[Claim::success(Read::Lines)] },
        decode: |response| Ok(Lines::of(response)),
    }
}

impl<T: LineItem, E> Lines<T, E> {
    fn of(response: &mut ResponseDecoder<'_>) -> Self {
        let mut reader = LineReader::new(response.stream(), response.errors);
        if let Some(check) = &mut response.check {
            check.failure = reader.check_all(check.errors, |line| T::decode(line).map(drop));
        }
        Self {
            reader: Box::new(reader),
            items: PhantomData,
        }
    }
}

/// The type of a field of lines.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`body = lines` is of the type `Lines<T>`, not `{Self}`",
    label = "not `Lines<T>`",
    note = "write `api_request::Lines<T>`, where `T` implements `serde::Deserialize`"
)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub trait LinesField: Sized {
    fn of(response: &mut ResponseDecoder<'_>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: LineItem, E> LinesField for Lines<T, E> {
    fn of(response: &mut ResponseDecoder<'_>) -> Self {
        Self::of(response)
    }
}

impl ResponseDecoder<'_> {
    /// The lines of the body, as they are received.
    ///
    /// # Errors
    ///
    /// None: the lines have their own.
    pub fn lines<L: LinesField>(&mut self) -> Result<L, Undecodable> {
        Ok(L::of(self))
    }
}

/// A stream of the lines of a response, each decoded from JSON: what `response(lines = T)` gives.
///
/// It reads `application/x-ndjson`, `application/jsonl` and `application/json-seq`, and does not check the media type. A
/// line ends with a line feed; blank lines and the record separators of
/// [RFC 7464](https://www.rfc-editor.org/rfc/rfc7464) are passed over. The last line need not have an end. An error is the
/// last thing that comes:
///
/// - the body breaks off, or ends within a line;
/// - the API reports an error, in a line with a top-level member `error` that is not `null`, or the declared envelope:
///   [`Error::is_status`] is true, and [`Error::api`] has it;
/// - a line cannot be decoded, or is not UTF-8: [`Error::body`] has it;
/// - a line is larger than the limit, that of an event, or no data is received for as long as the read timeout.
///
/// Dropping the stream closes the connection. A program without async reads it by `blocking::Call::lines`.
///
/// ```
/// use api_request::{ApiRequest, Lines};
/// use futures_util::TryStreamExt;
///
/// #[derive(Debug, PartialEq, serde::Deserialize)]
/// struct Token {
///     response: String,
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = POST, path = "/api/generate", response(lines = Token))]
/// struct Generate {
///     #[api(json)]
///     prompt: &'static str,
/// }
///
/// # futures_util::FutureExt::now_or_never(async {
/// // What `client.send(&generate)` does with a response; this one is in memory.
/// let body = "{\"response\": \"Good \"}\n{\"response\": \"day\"}\n";
/// let mut tokens: Lines<Token> = Generate::decode(http::Response::new(body.into()))?;
/// let mut text = String::new();
/// while let Some(token) = tokens.try_next().await? {
///     text.push_str(&token.response);
/// }
/// assert_eq!(text, "Good day");
/// # Ok::<(), api_request::Error>(())
/// # }).unwrap().unwrap();
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct Lines<T, E = ErrorBody> {
    reader: Box<LineReader>,
    items: PhantomData<fn() -> (T, E)>,
}

impl<T, E> Lines<T, E> {
    /// The lines of a body that the program makes.
    #[cfg(feature = "server")]
    pub(super) fn made(body: ByteStream) -> Self
    where
        E: ErrorFormat,
    {
        Self {
            reader: Box::new(LineReader::new(body, E::RULES)),
            items: PhantomData,
        }
    }

    /// What was not read of the body.
    #[cfg(feature = "server")]
    pub(crate) fn into_body(self) -> Body {
        let LineReader {
            body,
            mut cut,
            chunk,
            ..
        } = *self.reader;
        cut.extend_from_slice(&chunk);
        if cut.is_empty() {
            return body.into();
        }
        Body::once(Pieces {
            first: cut.freeze(),
            rest: Some(body),
        })
    }

    /// Returns the status of the response.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.reader.body.context.status
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.reader.body.context.headers
    }

    /// Returns the ID of the request in the API's logs: the header `x-request-id` or `request-id` of the response.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }
}

impl<T: LineItem, E: ErrorFormat> Stream for Lines<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let reader = &mut self.reader;
        let Some(line) = ready!(reader.poll_line(context)) else {
            return Poll::Ready(None);
        };
        let item = line.and_then(|line| {
            T::decode(value(&line)).map_err(|error| reader.undecodable(line, error))
        });
        Poll::Ready(Some(item.map_err(Error::from_failure)))
    }
}

impl<T, E> fmt::Debug for Lines<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lines")
            .field("status", &self.status())
            .field("headers", &RedactedHeaders(self.headers()))
            .field("ended", &self.reader.is_ended)
            .finish_non_exhaustive()
    }
}

/// The lines of a body.
struct LineReader {
    body: ByteStream,
    /// The start of a line whose end was in none of the chunks that came.
    cut: BytesMut,
    /// What is left of the chunk that came last: a line within it is a slice of it.
    chunk: Bytes,
    limit: usize,
    /// The first line is still to come.
    is_start: bool,
    is_ended: bool,
    rules: ErrorRules,
    errors: Envelope,
}

impl LineReader {
    fn new(body: ByteStream, rules: ErrorRules) -> Self {
        Self {
            limit: body.context.item_limit.unwrap_or(LIMIT),
            body,
            cut: BytesMut::new(),
            chunk: Bytes::new(),
            is_start: true,
            is_ended: false,
            rules,
            errors: Envelope::of_items(rules),
        }
    }

    /// The next line that is not blank, or an error.
    fn poll_line(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Failure>>> {
        loop {
            if self.is_ended {
                return Poll::Ready(None);
            }
            let end = memchr(b'\n', &self.chunk);
            let length = end.unwrap_or(self.chunk.len());
            if self.cut.len() + length > self.limit {
                let kind = ErrorKind::LineTooLarge(self.limit);
                return Poll::Ready(Some(Err(self.fail(kind, None))));
            }
            if end.is_some() {
                let line = self.take(length + 1);
                if !value(&line).is_empty() {
                    return Poll::Ready(Some(self.check(line)));
                }
                continue;
            }
            self.cut.extend_from_slice(&mem::take(&mut self.chunk));
            match ready!(self.body.poll_piece(context)) {
                Some(Ok(bytes)) => self.chunk = bytes,
                Some(Err(failure)) => {
                    self.close();
                    return Poll::Ready(Some(Err(failure)));
                }
                None => return Poll::Ready(self.last()),
            }
        }
    }

    /// The line at the end of the body, if it is whole.
    fn last(&mut self) -> Option<Result<Bytes, Failure>> {
        let line = self.take(0);
        self.is_ended = true;
        match value(&line) {
            [] => None,
            rest if is_cut(rest) => {
                let kind = ErrorKind::Truncated("the last line is not complete".to_owned());
                Some(Err(self.fail(kind, Some(line))))
            }
            _ => Some(self.check(line)),
        }
    }

    /// What was cut, and so many bytes of the chunk.
    fn take(&mut self, length: usize) -> Bytes {
        let mut line = self.chunk.split_to(length);
        if !self.cut.is_empty() {
            self.cut.extend_from_slice(&line);
            line = self.cut.split().freeze();
        }
        if mem::take(&mut self.is_start) {
            let bom = "\u{feff}".as_bytes();
            return line.slice(if line.starts_with(bom) { bom.len() } else { 0 }..);
        }
        line
    }

    fn check(&mut self, line: Bytes) -> Result<Bytes, Failure> {
        if !self.errors.is_in(value(&line)) {
            return Ok(line);
        }
        let context = &self.body.context;
        let report = Report::of_status(
            context.operation,
            context.head(),
            line.slice_ref(value(&line)),
            self.rules,
            &context.secrets,
        );
        let report = report.attempts(context.attempts);
        self.close();
        Err(Box::new(report))
    }

    /// Reads all lines of a body that is in memory, and returns what a call would fail with.
    #[cold]
    fn check_all(
        &mut self,
        errors: ErrorCheck,
        decode: fn(&[u8]) -> Result<(), Undecodable>,
    ) -> Option<Failure> {
        let mut context = Context::from_waker(Waker::noop());
        while let Poll::Ready(Some(line)) = self.poll_line(&mut context) {
            let item = match line {
                Ok(line) => decode(value(&line)).map_err(|error| self.undecodable(line, error)),
                Err(failure) => errors.settle(failure),
            };
            if let Err(failure) = item {
                return Some(failure);
            }
        }
        None
    }

    fn undecodable(&mut self, line: Bytes, error: Undecodable) -> Failure {
        let headers = &self.body.context.headers;
        let (kind, source) = error.explained_unless(is_lines, headers).into_kind();
        let mut report = self.fail(kind, Some(line));
        report.source = source;
        report
    }

    fn fail(&mut self, kind: ErrorKind, line: Option<Bytes>) -> Failure {
        let mut report = self.body.fail(kind, None);
        if let Some(response) = &mut report.response {
            response.body = line.map(|line| line.slice_ref(value(&line)));
        }
        self.close();
        report
    }

    /// Lets go of the connection and of what is left.
    fn close(&mut self) {
        self.body.close();
        self.cut = BytesMut::new();
        self.chunk = Bytes::new();
        self.is_ended = true;
    }
}

/// Whether a body of that `Content-Type` is JSON, one value or many.
fn is_lines(media_type: &str) -> bool {
    let is = |name| suffix(media_type).eq_ignore_ascii_case(name);
    let names = ["x-ndjson", "ndjson", "jsonl", "x-jsonlines", "json-seq"];
    is_json(media_type) || names.into_iter().any(is)
}

/// The value in a line: without the record separators before it, and white space.
fn value(line: &[u8]) -> &[u8] {
    let is_before = |byte: &u8| *byte == RECORD_SEPARATOR || byte.is_ascii_whitespace();
    let start = line.iter().position(|byte| !is_before(byte));
    line[start.unwrap_or(line.len())..].trim_ascii_end()
}

/// Whether the JSON is the start of a value.
fn is_cut(json: &[u8]) -> bool {
    match str::from_utf8(json) {
        Ok(text) => serde_json::from_str::<IgnoredAny>(text).is_err_and(|error| error.is_eof()),
        Err(error) => error.error_len().is_none(),
    }
}
