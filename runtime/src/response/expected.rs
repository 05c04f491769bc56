//! What a call expects of its response, and the one place where that is decided: how much of the body is read, and
//! whether the response is an error. No I/O: the client and the functions that decode from memory ask the same questions.

#[cfg(feature = "client")]
use std::time::Duration;

use bytes::Bytes;
#[cfg(feature = "events")]
use http::{HeaderMap, header};
use http::{StatusCode, response};

use super::{
    claim::{Claim, Claimed, claimed, mark},
    decoder::{ResponseDecoder, undeclared},
    received::{Read, Received},
    stream::{ByteStream, body_length, missing},
    undecodable::Undecodable,
};
use crate::{
    Body, BoxError,
    error::{ErrorKind, Failure, Report, envelope::Envelope, rules::ErrorRules},
    operation::Operation,
    secrets::Secrets,
    trace::CallSpan,
};

/// What a call expects of its response.
#[derive(Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) operation: &'static Operation,
    /// The statuses that are a value.
    pub(crate) claims: &'static [Claim],
    /// What the declared error type says of the bodies that are errors.
    pub(crate) errors: &'static ErrorRules,
}

/// How much of a body is read.
pub(crate) enum Extent {
    /// All of it: more than the limit is an error.
    Whole,
    /// All of it, or nothing of a body larger than the limit for errors.
    Small,
    /// The start, up to the limit for errors, even if the body then breaks off.
    Start,
    /// Nothing.
    Nothing,
    /// Piece by piece, by whoever gets the stream.
    Stream,
}

impl Expected {
    /// What the response type says of a status, if that is a value.
    pub(crate) fn claimed(&self, status: StatusCode) -> Option<Claimed> {
        claimed(self.claims, status)
    }

    /// Marks the headers that the response type says are secret.
    pub(crate) fn mark(&self, head: &mut response::Parts) {
        mark(self.claims, head.status, &mut head.headers);
    }

    /// Says how much of the body to read, by the head of the response.
    pub(crate) fn extent(&self, head: &response::Parts) -> Extent {
        let Some(Claimed { read, .. }) = self.claimed(head.status) else {
            return Extent::Start;
        };
        match read {
            Read::Buffered => Extent::Whole,
            Read::Streamed => Extent::Stream,
            #[cfg(feature = "lines")]
            Read::Lines => Extent::Stream,
            // It may be an error.
            Read::Discarded if head.status.is_success() && self.errors.envelope.is_some() => {
                Extent::Small
            }
            // It may be retried, which its body may decide.
            Read::Discarded if !head.status.is_success() => Extent::Start,
            Read::Discarded => Extent::Nothing,
            #[cfg(feature = "events")]
            Read::Events if is_event_stream(head) => Extent::Stream,
            #[cfg(feature = "events")]
            Read::Events => Extent::Start,
        }
    }

    /// Fails with the error that the response is, if it is one. `secrets` were sent, and are not to be shown. A stream is
    /// not looked into.
    pub(crate) fn check(
        &self,
        head: response::Parts,
        body: Received,
        secrets: &Secrets,
    ) -> Result<RawResponse, Failure> {
        let Received::Buffered(bytes) = &body else {
            return Ok(RawResponse::new(head, body));
        };
        let claimed = self.claimed(head.status);
        let is_error = if head.status.is_success() {
            self.envelope(claimed).is_in(bytes)
        } else {
            claimed.is_none()
        };
        if is_error {
            let (operation, bytes) = (self.operation.name, bytes.clone());
            let report = Report::of_status(operation, head, bytes, *self.errors, secrets);
            return Err(Box::new(report));
        }
        if claimed.is_none() {
            let (kind, _) = undeclared(head.status).into_kind();
            let report = Report::new(self.operation.name, kind);
            return Err(Box::new(report.answered(head, Some(bytes.clone()))));
        }
        #[cfg(feature = "events")]
        if claimed.is_some_and(|claimed| claimed.read == Read::Events) {
            let message = match media_type(&head.headers) {
                Some(media_type) => {
                    format!("the media type is `{media_type}`, not `text/event-stream`")
                }
                None => "there is no media type, expected `text/event-stream`".to_owned(),
            };
            let path = None;
            let report = Report::new(self.operation.name, ErrorKind::Decode { path, message });
            return Err(Box::new(report.answered(head, Some(bytes.clone()))));
        }
        Ok(RawResponse::new(head, body))
    }

    fn envelope(&self, claimed: Option<Claimed>) -> Envelope {
        match claimed {
            #[cfg(feature = "events")]
            Some(Claimed {
                read: Read::Events, ..
            }) => Envelope::of_items(*self.errors),
            _ => Envelope::declared(*self.errors),
        }
    }

    /// Takes in a body that is in memory.
    pub(super) fn receive(&self, response: http::Response<Bytes>) -> Result<RawResponse, Failure> {
        let (mut head, bytes) = response.into_parts();
        self.mark(&mut head);
        let body = Body::from(bytes.clone());
        let body = match self.extent(&head) {
            Extent::Stream => ByteStream::new(body, self.operation, &head).into(),
            Extent::Whole | Extent::Small => {
                let length = body_length(&body, self.operation, &head);
                if let Some(reason) = missing(length, bytes.len() as u64) {
                    let report = Report::new(self.operation.name, ErrorKind::Transport);
                    let report = report.source(BoxError::from(reason));
                    return Err(Box::new(report.answered(head, None)));
                }
                Received::Buffered(bytes)
            }
            Extent::Start | Extent::Nothing => Received::Buffered(bytes),
        };
        self.check(head, body, &Secrets::default())
    }
}

/// A response, received as far as its format asks for, and not decoded.
pub(crate) struct RawResponse {
    pub(crate) head: response::Parts,
    pub(crate) body: Received,
    pub(crate) attempts: u32,
    /// How long the API asked to wait before the last attempt.
    #[cfg(feature = "client")]
    pub(crate) retry_after: Option<Duration>,
    pub(crate) span: CallSpan,
    /// Path and query of what was sent last; empty where it was not sent here.
    #[cfg(feature = "client")]
    pub(crate) target: Bytes,
}

impl RawResponse {
    /// A response of no call: the client adds what it knows of its own.
    pub(crate) fn new(head: response::Parts, body: Received) -> Self {
        Self {
            head,
            body,
            attempts: 0,
            #[cfg(feature = "client")]
            retry_after: None,
            span: CallSpan::default(),
            #[cfg(feature = "client")]
            target: Bytes::new(),
        }
    }

    /// What the response is decoded from, once.
    pub(super) fn decoder(
        &mut self,
        operation: &'static Operation,
        rules: &ErrorRules,
    ) -> ResponseDecoder<'_> {
        let body = self.body.take();
        ResponseDecoder::new(operation, *rules, &self.head, body)
    }

    /// The failure of a call whose response could not be decoded; `kept` is what it keeps of the body.
    pub(super) fn undecoded(
        self,
        operation: &'static Operation,
        kept: Option<Bytes>,
        error: Undecodable,
    ) -> Failure {
        let (kind, source) = error.explained(&self.head.headers).into_kind();
        let report = Report::new(operation.name, kind).attempts(self.attempts);
        let failure = Box::new(report.source(source).answered(self.head, kept));
        self.span.failed(&failure);
        failure
    }
}

/// Whether events can be read from a 2xx response: it is an event stream, or has no content.
#[cfg(feature = "events")]
fn is_event_stream(head: &response::Parts) -> bool {
    head.status == StatusCode::NO_CONTENT || is_of_events(&head.headers)
}

/// Whether the media type is that of an event stream.
#[cfg(feature = "events")]
pub(crate) fn is_of_events(headers: &HeaderMap) -> bool {
    let media_type = media_type(headers).map(|value| value.split(';').next().unwrap_or_default());
    media_type.is_some_and(|value| value.trim().eq_ignore_ascii_case("text/event-stream"))
}

#[cfg(feature = "events")]
fn media_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::CONTENT_TYPE)?.to_str().ok()
}
