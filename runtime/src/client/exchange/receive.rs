//! The body of a response, read as far as its format needs it.

use std::sync::Arc;

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
    /// Reads as much of the body as the response type asks for. A status that is a value, but not a 2xx, is a failure as
    /// well, which may be retried: the value is put aside.
    pub(super) async fn receive(
        &mut self,
        head: response::Parts,
        body: Body,
        request: &Resendable,
        secrets: Secrets,
    ) -> Result<RawResponse, Failure> {
        let limits = self.client.limits;
        let expected = self.options.expected;
        let length = body_length(&body, expected.operation, &head);
        let taken = match expected.extent(&head) {
            Extent::Whole => receive::all(body, limits.body, length, &self.timer)
                .await
                .map(Received::Buffered),
            Extent::Small => {
                match receive::all(body, limits.error_body, length, &self.timer).await {
                    Err(ReadError::TooLarge) => Ok(Received::Buffered(Bytes::new())),
                    taken => taken.map(Received::Buffered),
                }
            }
            Extent::Start => Ok(Received::Buffered(self.start_of(body).await)),
            Extent::Nothing => {
                receive::drain(body, limits.body, &self.timer).await;
                Ok(Received::Buffered(Bytes::new()))
            }
            Extent::Stream => {
                let stream = ByteStream::new(body, expected.operation, &head);
                let (client, sent) = (Arc::clone(self.client), self.sent);
                let give_up = Box::new(move || client.transport.give_up(sent));
                let stream = stream.sent(self.attempts, self.options.read_timeout, give_up);
                #[cfg(any(feature = "events", feature = "lines"))]
                let stream = match expected.claimed(head.status) {
                    Some(claimed) if claimed.read == Read::Streamed => stream,
                    _ => stream.of_items(limits.event, secrets.clone()),
                };
                Ok(Received::Streamed(stream))
            }
        };
        let failure = self.failure_of_value(&head, taken.as_ref().ok(), &secrets);
        let received = self.received(head, taken, request, &secrets);
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

    fn received(
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
        &self,
        head: response::Parts,
        body: Body,
        secrets: &Secrets,
    ) -> Failure {
        let start = self.start_of(body).await;
        self.error(head, start, secrets)
    }

    /// Reads as much of the body of an error as is kept. If it is cut, the status is still the error.
    async fn start_of(&self, body: Body) -> Bytes {
        let limit = self.client.limits.error_body;
        let (start, cut) = receive::some(body, limit, &self.timer).await;
        if let Some(ReadError::TimedOut(_)) = cut {
            self.client.transport.give_up(self.sent);
        }
        start
    }

    pub(super) fn unread(&self, error: ReadError, head: response::Parts) -> Failure {
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
