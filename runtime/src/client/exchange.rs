//! One call, from the encoded request to a response in memory.
//!
//! A call is one or more attempts; an attempt is one request, and one more for each redirect hop. Invariant: a request
//! that was answered with a redirect is not sent again; a retry sends the last request.

use std::{
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{Response, StatusCode, header::AUTHORIZATION, response};

use super::{
    auth::{CredentialSet, Grant, Provider, in_headers},
    budget::{Budget, Held},
    receive::{self, ReadError},
    redirect::{self, MAX_HOPS},
    resend::Resendable,
    retry::Decision,
    settings::Options,
    state::Inner,
    timer::Timer,
};
#[cfg(any(feature = "events", feature = "lines"))]
use crate::response::Read;
use crate::{
    BaseUrl, Body, BoxError, EncodeError, Phase,
    body::CannotOpen,
    encoder::Encoded,
    error::{ErrorKind, Failure, Report, SharedError, Wait},
    response::{ByteStream, Extent, RawResponse, Received, body_length},
    secrets::{SecretText, Secrets},
    trace::CallSpan,
    transport::{OtherUrl, Sending, error::classify, progress::Activity},
};

/// A call that was started.
pub(super) type CallFuture = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

/// The state of a call.
struct Exchange<'a> {
    client: &'a Arc<Inner>,
    /// The base URL whose origin the request is sent to.
    base: &'a BaseUrl,
    /// The client's credentials, if they are sent.
    of_client: Option<&'a CredentialSet>,
    budget: &'a Budget,
    options: Options,
    /// The provider of the request's `Authorization`, if it is from one.
    provider: Option<&'a Provider>,
    /// The fetch that returned the last `Authorization`.
    fetch: u64,
    /// The secrets that the provider added when it signed the last request.
    signed: Vec<SecretText>,
    /// Whether the credentials were refreshed after a 401.
    is_refreshed: bool,
    timer: Timer,
    attempts: u32,
    /// When this attempt began to be sent.
    sent: Instant,
    /// The server's retry delay before this attempt.
    hint: Option<Duration>,
    /// The number of requests after the first one: retries, redirect hops and the one after a refresh.
    resends: u32,
    hops: u32,
    /// The furthest that a request of the call got.
    reached: Phase,
    span: CallSpan,
}

/// Sends a request, retries it by the rules, and reads as much of the response as its format needs.
pub(super) fn execute(client: Arc<Inner>, request: Encoded, options: Options) -> CallFuture {
    Box::pin(async move {
        let of_client = client.credentials_for(options.expected.operation, &request);
        let origin = request.origin.clone();
        let base = origin.as_deref().unwrap_or(&client.base);
        let other = origin.as_deref().map(BaseUrl::origin);
        let other = other.filter(|origin| *origin != client.base.origin());
        let other = other.map(|origin| client.budgets.of(origin));
        let mut exchange = Exchange {
            client: &client,
            base,
            of_client,
            budget: other.as_deref().unwrap_or(&client.budgets.own),
            provider: of_client.and_then(|client| client.provider_for(&request)),
            fetch: 0,
            signed: Vec::new(),
            is_refreshed: false,
            timer: Timer::start(options.read_timeout, options.timeout),
            attempts: 0,
            sent: Instant::now(),
            hint: None,
            resends: 0,
            hops: 0,
            reached: Phase::NotSent,
            span: CallSpan::new(options.expected.operation, base),
            options,
        };
        let span = exchange.span.clone();
        let unfinished = span.unfinished();
        let result = span.around(exchange.call(Resendable::new(request))).await;
        let ended = result.as_ref().map(|response| response.head.status);
        let ended = ended.map_err(|failure| &**failure);
        unfinished.ended(ended, exchange.attempts, exchange.resends);
        result
    })
}

impl<'a> Exchange<'a> {
    async fn call(&mut self, mut request: Resendable) -> Result<RawResponse, Failure> {
        let mut cost = None;
        loop {
            let mut failure = match self.attempt(&mut request).await {
                Ok(response) => {
                    self.budget.success(cost);
                    return Ok(response);
                }
                Err(failure) => failure,
            };
            self.reached = self.reached.max(failure.phase());
            failure.reached = self.reached;
            if self.attempts > 0 && failure.kind.is_silence() {
                self.client.transport.give_up(self.sent);
            }
            self.hint = failure.retry_after();
            match self.prepare_next(request.whole(), &failure) {
                Ok(Some((delay, held))) => {
                    self.span.retried(&failure, self.resends, delay);
                    self.resends += 1;
                    // `prepare_next` has checked that the call's timeout allows for it.
                    tokio::time::sleep(delay).await;
                    cost = Some(held.spend());
                }
                Ok(None) => return Err(failure),
                Err(reason) => {
                    failure.given_up = Some(reason.into());
                    return Err(failure);
                }
            }
        }
    }

    /// Returns the delay before the next attempt, and its cost to the budget; `None` if the failure is not retried, and
    /// the reason if it would be, but cannot.
    fn prepare_next(
        &self,
        request: &Encoded,
        failure: &Report,
    ) -> Result<Option<(Duration, Held<'a>)>, String> {
        let operation = self.options.expected.operation;
        // A redirect changes a method to GET or HEAD alone.
        let is_idempotent = operation.is_idempotent() || request.method != operation.method;
        let delay = match self.options.retry.next(failure, operation, is_idempotent) {
            Decision::GiveUp => return Ok(None),
            Decision::TooLong(delay) => {
                return Err(format!("the server's retry delay is {delay:?}"));
            }
            Decision::Wait(delay) => delay,
        };
        if request.body.try_clone().is_none() {
            return Err("the body can be sent only once".to_owned());
        }
        if !self.timer.has(delay) {
            return Err("the call's timeout would expire first".to_owned());
        }
        let budget = self.budget;
        let held = match failure.kind {
            // A server that closes a connection is not in trouble.
            ErrorKind::NotProcessed { closing: true } => Some(budget.nothing()),
            ErrorKind::Timeout(_) => budget.hold(true),
            _ => budget.hold(false),
        };
        match held {
            Some(held) => Ok(Some((delay, held))),
            None => Err("the client's retry budget is used up".to_owned()),
        }
    }

    /// Sends the request, and follows redirects: `request` is then the last that was sent.
    async fn attempt(&mut self, request: &mut Resendable) -> Result<RawResponse, Failure> {
        self.authorize(request.whole()).await?;
        self.attempts += 1;
        self.sent = Instant::now();
        loop {
            let (mut head, body) = self.send(request.share()).await?.into_parts();
            let secrets = self.secrets(request);
            secrets.mark(&mut head.headers);
            #[cfg(feature = "tracing")]
            (self.client.notices).warn(self.options.expected.operation, &head.headers, &self.span);
            if let Some(OtherUrl(origin)) = head.extensions.remove() {
                let reason = format!("the response came from another URL, at {origin}");
                let kind = ErrorKind::Redirect(secrets.hide(&reason));
                return Err(self.answered(kind, head, None));
            }
            if head.status == StatusCode::UNAUTHORIZED && !self.is_refreshed {
                if let Some(provider) = self.provider {
                    let request = request.whole();
                    let refused = self.refused(head, body, &secrets).await;
                    self.reached = Phase::Answered;
                    self.refresh(provider, request, refused).await?;
                    self.resends += 1;
                    continue;
                }
            }
            let Some(location) = redirect::location(&head) else {
                return self.receive(head, body, request, secrets).await;
            };
            let next = if self.hops == MAX_HOPS {
                Err(format!("the limit of {MAX_HOPS} redirects is reached"))
            } else {
                redirect::follow(request.share(), self.base, head.status, location)
            };
            let mut next = match next {
                Ok(next) => next,
                Err(reason) => {
                    let reason = format!("the redirect is not followed: {reason}");
                    let kind = ErrorKind::Redirect(secrets.hide(&reason));
                    return Err(self.answered(kind, head, None));
                }
            };
            // The `Location` does not repeat API keys of the query.
            for credentials in self.credentials() {
                credentials.add_to_query(&mut next.target);
            }
            *request = Resendable::new(next);
            receive::drain(body, self.client.limits.body, &self.timer).await;
            self.reached = Phase::Answered;
            self.hops += 1;
            self.resends += 1;
        }
    }

    /// Puts the provider's credentials on a request that needs them.
    async fn authorize(&mut self, request: &mut Encoded) -> Result<(), Failure> {
        let Some(provider) = self.provider else {
            return Ok(());
        };
        match self.grant(provider).await {
            Ok(Ok(grant)) => {
                self.put_on(request, grant);
                Ok(())
            }
            Ok(Err(error)) => {
                let report = self.report(ErrorKind::Credentials);
                Err(Box::new(report.source(BoxError::from(error))))
            }
            Err(wait) => Err(self.report(ErrorKind::Timeout(wait))),
        }
    }

    /// Replaces credentials that the API rejected; the error is that of the call.
    async fn refresh(
        &mut self,
        provider: &Provider,
        request: &mut Encoded,
        mut refused: Failure,
    ) -> Result<(), Failure> {
        self.is_refreshed = true;
        provider.refuse(self.fetch);
        if request.body.try_clone().is_none() {
            refused.given_up = Some("the body can be sent only once".into());
            return Err(refused);
        }
        match self.grant(provider).await {
            Ok(Ok(grant)) => {
                self.put_on(request, grant);
                return Ok(());
            }
            Ok(Err(error)) => {
                refused.given_up = Some("the provider of credentials failed".into());
                refused.source = Some(error.into());
            }
            Err(wait) => refused.kind = ErrorKind::Timeout(wait),
        }
        Err(refused)
    }

    /// Returns the provider's credentials, cached or fetched.
    async fn grant(&self, provider: &Provider) -> Result<Result<Grant, SharedError>, Wait> {
        match provider.cached() {
            Some(grant) => Ok(Ok(grant)),
            // Boxed, so that it does not enlarge the future of each call, most of which have no provider.
            None => self.timer.wait_to_end(Box::pin(provider.fetch())).await,
        }
    }

    fn put_on(&mut self, request: &mut Encoded, grant: Grant) {
        match grant.value {
            Some(value) => request.headers.insert(AUTHORIZATION, value),
            None => request.headers.remove(AUTHORIZATION),
        };
        self.fetch = grant.fetch;
    }

    /// Returns the credentials that are sent.
    fn credentials(&self) -> impl Iterator<Item = &CredentialSet> {
        [Some(&self.options.credentials), self.of_client]
            .into_iter()
            .flatten()
    }

    /// Lets the provider of the credentials sign a request.
    fn sign(&mut self, request: &mut Encoded) -> Result<(), Failure> {
        if let Some(provider) = self.provider {
            let signed = provider.sign(request, self.base);
            self.signed =
                signed.map_err(|error| self.report(ErrorKind::Credentials).source(error))?;
        }
        Ok(())
    }

    async fn send(&mut self, mut request: Encoded) -> Result<Response<Body>, Failure> {
        self.open(&mut request.body).await?;
        self.sign(&mut request)?;
        let progress = Activity::of(&mut request.body);
        let moves = || progress.as_ref().is_some_and(Activity::take);
        let transport = &self.client.transport;
        let sending = transport.send(request, self.base, progress.clone());
        #[cfg_attr(
            not(feature = "tower"),
            expect(
                clippy::infallible_destructuring_match,
                reason = "without services, no request is queued"
            )
        )]
        let response = match sending.map_err(|reason| self.report(ErrorKind::Unsendable(reason)))? {
            Sending::Started(response) => response,
            #[cfg(feature = "tower")]
            Sending::Queued(taken) => {
                let taken = self.timer.wait_for_service(taken).await;
                self.sent(taken, Phase::NotSent)?
            }
        };
        let response = self.timer.wait_while(moves, response).await;
        self.sent(response, Phase::MaybeSent)
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
    async fn open(&self, body: &mut Body) -> Result<(), Failure> {
        if !body.has_files() {
            return Ok(());
        }
        match self.timer.wait(body.open()).await {
            Ok(Ok(())) => Ok(()),
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

    async fn receive(
        &self,
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
            Extent::Start => {
                let (start, _) = receive::some(body, limits.error_body, &self.timer).await;
                Ok(Received::Buffered(start))
            }
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
                let stream = match expected.read {
                    Read::Streamed => stream,
                    _ => stream.of_items(limits.event, secrets.clone()),
                };
                Ok(Received::Streamed(stream))
            }
        };
        let body = match taken {
            Ok(body) => body,
            Err(error) => return Err(self.unread(error, head)),
        };
        match expected.check(head, body, &secrets) {
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
    async fn refused(&self, head: response::Parts, body: Body, secrets: &Secrets) -> Failure {
        // If the body is cut, the status is still the error.
        let limit = self.client.limits.error_body;
        let (bytes, cut) = receive::some(body, limit, &self.timer).await;
        if let Some(ReadError::TimedOut(_)) = cut {
            self.client.transport.give_up(self.sent);
        }
        self.error(head, bytes, secrets)
    }

    /// Returns the error of a response: a non-2xx status, or an error inside a 2xx.
    fn error(&self, head: response::Parts, body: Bytes, secrets: &Secrets) -> Failure {
        let report = Report::of_status(
            self.options.expected.operation.name,
            head,
            body,
            self.options.expected.errors,
            secrets,
        );
        Box::new(report.attempts(self.attempts))
    }

    /// Returns the secrets and credentials that were sent, which nothing may repeat.
    fn secrets(&self, sent: &Resendable) -> Secrets {
        let in_query = self.credentials().flat_map(CredentialSet::in_query);
        let in_headers = in_headers(sent.headers());
        let signed = self.signed.iter().cloned();
        sent.secrets().and(in_headers.chain(in_query).chain(signed))
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

    fn answered(&self, kind: ErrorKind, head: response::Parts, body: Option<Bytes>) -> Failure {
        Box::new(self.report(kind).answered(head, body))
    }

    fn report(&self, kind: ErrorKind) -> Failure {
        Box::new(Report::new(self.options.expected.operation.name, kind).attempts(self.attempts))
    }
}
