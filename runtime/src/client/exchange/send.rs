//! One request, handed to the transport.

use std::{mem, pin::pin};

use http::Response;

use super::state::Exchange;
use crate::{
    Body, BoxError, EncodeError, Phase,
    body::CannotOpen,
    client::resend::Resendable,
    encoder::Encoded,
    error::{ErrorKind, Failure, Wait},
    transport::{Sending, error::classify, progress::Activity},
};

impl<'a> Exchange<'a> {
    pub(super) async fn send(
        &mut self,
        request: &mut Resendable,
    ) -> Result<Response<Body>, Failure> {
        // What is borrowed here has room in the future of each call, so the request is handed on.
        let request = if request.has_files() {
            Box::pin(self.open(request.share())).await?
        } else {
            request.share()
        };
        let (sending, progress) = self.hand_over(request)?;
        #[cfg_attr(
            not(feature = "tower"),
            expect(
                clippy::infallible_destructuring_match,
                reason = "without services, no request is queued"
            )
        )]
        let response = match sending {
            Sending::Started(response) => response,
            #[cfg(feature = "tower")]
            Sending::Queued(taken) => {
                let taken = self.timer.wait_for_service(taken).await;
                self.sent(taken, Phase::NotSent)?
            }
        };
        let moves = || progress.as_ref().is_some_and(Activity::take);
        let response = self.timer.wait_while(moves, response).await;
        self.sent(response, Phase::MaybeSent)
    }

    /// Hands a request to the transport, which says how far its body is where that takes long.
    fn hand_over(
        &mut self,
        mut request: Encoded,
    ) -> Result<(Sending<'a>, Option<Activity>), Failure> {
        self.sign(&mut request)?;
        if let Some(on_upload) = &self.options.on_upload {
            request.body = on_upload.watch(mem::take(&mut request.body));
        }
        let progress = Activity::of(&mut request.body);
        let transport = &self.client.transport;
        let sending = transport.send(request, self.base, progress.clone());
        let sending = sending.map_err(|reason| self.report(ErrorKind::Unsendable(reason)))?;
        Ok((sending, progress))
    }

    /// Returns what the transport returned, its errors classified. `phase` is how far the request got if nothing more is
    /// known than that it timed out.
    fn sent<T>(
        &self,
        result: Result<Result<T, BoxError>, Wait>,
        phase: Phase,
    ) -> Result<T, Failure> {
        let (kind, source) = match result {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => classify(error, self.base.origin()),
            Err(wait) => (ErrorKind::Timeout(wait), None),
        };
        let mut report = self.report(kind);
        if let ErrorKind::Timeout(_) = report.kind {
            report.reached = phase;
        }
        report.source = source;
        Err(report)
    }

    /// Opens the files of a body, so that a missing one is an error before anything is sent.
    async fn open(&mut self, mut request: Encoded) -> Result<Encoded, Failure> {
        let opened = self.timer.wait(pin!(request.body.open())).await;
        match opened {
            Ok(Ok(())) => Ok(request),
            Ok(Err(error)) => Err(self.cannot_open(error)),
            Err(wait) => Err(self.report(ErrorKind::Timeout(wait))),
        }
    }

    fn cannot_open(&self, error: CannotOpen) -> Failure {
        let CannotOpen { field, path, error } = error;
        let whole = self
            .options
            .expected
            .operation
            .content
            .map(|content| content.field);
        let reason = format!("holds the file `{path}`, which cannot be opened");
        let error_of_field = EncodeError::new(
            self.options.expected.operation.name,
            field.or(whole),
            reason,
        );
        let mut report = self.report(ErrorKind::Encode(error_of_field));
        report.source = Some(error.into());
        report
    }
}
