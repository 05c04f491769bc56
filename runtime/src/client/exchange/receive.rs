//! The body of a response, read as far as its format needs it.

use std::{mem, sync::Arc};

use bytes::Bytes;
use http::response;

use super::state::Exchange;
#[cfg(any(feature = "events", feature = "lines"))]
use crate::response::Read;
use crate::{
    Body, ByteStream,
    client::{
        receive::{self, ReadError},
        resend::Resendable,
    },
    error::{ErrorKind, Failure},
    response::{Extent, RawResponse, Received, body_length},
    secrets::Secrets,
};

impl Exchange<'_> {
    /// Reads as much of the body as the response type asks for.
    pub(super) async fn read(
        &mut self,
        head: &response::Parts,
        body: &mut Body,
        secrets: &Secrets,
    ) -> Result<Received, ReadError> {
        let limits = self.client.limits;
        let expected = self.options.expected;
        let extent = expected.extent(head);
        let limit = match extent {
            Extent::Whole => limits.body,
            Extent::Small | Extent::Start => limits.error_body,
            Extent::Stream => return Ok(self.stream(head, mem::take(body), secrets)),
            Extent::Nothing => {
                receive::drain(body, limits.body, &self.timer).await;
                return Ok(Received::Buffered(Bytes::new()));
            }
        };
        let length = body_length(body, expected.operation, head);
        let is_start = matches!(extent, Extent::Start);
        let taken = if !is_start && receive::is_larger(body, limit) {
            Err(ReadError::TooLarge)
        } else {
            let (bytes, cut) = receive::some(body, limit, &mut self.timer).await;
            if is_start {
                self.note_cut(cut.as_ref());
                Ok(bytes)
            } else {
                receive::whole(bytes, cut, length)
            }
        };
        match (extent, taken) {
            (Extent::Small, Err(ReadError::TooLarge)) => Ok(Received::Buffered(Bytes::new())),
            (_, taken) => taken.map(Received::Buffered),
        }
    }

    fn stream(&self, head: &response::Parts, body: Body, secrets: &Secrets) -> Received {
        let expected = self.options.expected;
        let stream = ByteStream::new(body, expected.operation, head);
        let (client, sent) = (Arc::clone(self.client), self.sent);
        let give_up = Box::new(move || client.transport.give_up(sent));
        let stream = stream.sent(self.attempts, self.options.read_timeout, give_up);
        #[cfg(any(feature = "events", feature = "lines"))]
        let stream = match expected.claimed(head.status) {
            Some(claimed) if claimed.read == Read::Streamed => stream,
            _ => stream.of_items(self.client.limits.event, secrets.clone()),
        };
        #[cfg(not(any(feature = "events", feature = "lines")))]
        let _ = secrets;
        stream.into()
    }

    /// Returns the response, or the error that it is. A status that is a value, but not a 2xx, is a failure as well, which
    /// may be retried: the value is put aside.
    pub(super) fn received(
        &mut self,
        head: response::Parts,
        body: Result<Received, ReadError>,
        request: &Resendable,
        secrets: &Secrets,
    ) -> Result<RawResponse, Failure> {
        let failure = self.failure_of_value(&head, body.as_ref().ok(), secrets);
        let received = self.checked(head, body, request, secrets);
        let Some(failure) = failure else {
            return received;
        };
        self.declared = Some(Box::new(received));
        Err(failure)
    }

    /// What a response is to the rules for retries if its status is a value, but not a 2xx.
    fn failure_of_value(
        &self,
        head: &response::Parts,
        body: Option<&Received>,
        secrets: &Secrets,
    ) -> Option<Failure> {
        if head.status.is_success() || self.options.expected.claimed(head.status).is_none() {
            return None;
        }
        let mut start = body.and_then(Received::kept).unwrap_or_default();
        start.truncate(self.client.limits.error_body);
        Some(self.error(head.clone(), start, secrets))
    }

    fn checked(
        &self,
        head: response::Parts,
        body: Result<Received, ReadError>,
        request: &Resendable,
        secrets: &Secrets,
    ) -> Result<RawResponse, Failure> {
        let body = match body {
            Ok(body) => body,
            Err(error) => return Err(self.unread(error, head)),
        };
        match self.options.expected.check(head, body, secrets) {
            Ok(response) => Ok(RawResponse {
                attempts: self.attempts,
                retry_after: self.hint,
                span: self.span.clone(),
                target: request.target(),
                ..response
            }),
            Err(mut failure) => {
                failure.attempts = self.attempts;
                Err(failure)
            }
        }
    }

    /// Reads the body of a non-2xx response and returns its error.
    pub(super) async fn refused(
        &mut self,
        head: response::Parts,
        mut body: Body,
        secrets: &Secrets,
    ) -> Failure {
        let limit = self.client.limits.error_body;
        let (start, cut) = receive::some(&mut body, limit, &mut self.timer).await;
        self.note_cut(cut.as_ref());
        self.error(head, start, secrets)
    }

    /// Takes note of why the body of an error was cut. The status is still the error.
    fn note_cut(&self, cut: Option<&ReadError>) {
        if let Some(ReadError::TimedOut(_)) = cut {
            self.client.transport.give_up(self.sent);
        }
    }

    fn unread(&self, error: ReadError, head: response::Parts) -> Failure {
        let (kind, source) = match error {
            ReadError::TooLarge => (ErrorKind::TooLarge(self.client.limits.body), None),
            ReadError::TimedOut(wait) => (ErrorKind::Timeout(wait), None),
            ReadError::Failed(error) => ErrorKind::of_body(error),
        };
        let mut report = self.answered(kind, head, None);
        report.source = source;
        report
    }
}
