//! One call, from the encoded request to an answer in memory.
//!
//! A call is one attempt or several; an attempt is one request, and more where the answers redirect it.

use std::{
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header::AUTHORIZATION, response};

use super::{
    auth::{CredentialSet, Grant, Provider, SharedError, in_headers},
    budget::Cost,
    receive::{self, Cut},
    redirect::{self, MAX_HOPS},
    resend::Resendable,
    retry::{Next, Retry},
    state::Inner,
    timer::Timer,
};
use crate::{
    Body, BoxError, EncodeError,
    body::CannotOpen,
    encoder::Encoded,
    error::{Failure, Kind, Report, Wait, envelope::Envelope},
    operation::Operation,
    response::{Answer, ByteStream, Read, Received},
    trace::CallSpan,
    transport::{self, OtherUrl, Sending, error::classify, progress::Progress},
};
#[cfg(feature = "events")]
use crate::{
    Secret,
    events::EventDecoder,
    response::{Source, is_event_stream},
};

/// A request that is ready, and what its call asks for.
pub(super) struct Prepared {
    pub(super) request: Encoded,
    pub(super) operation: &'static Operation,
    pub(super) read: Read,
    /// The member that makes an error of a 2xx answer.
    pub(super) envelope: Option<&'static str>,
    pub(super) timeout: Option<Duration>,
    /// The client's if there is none.
    pub(super) retry: Option<Retry>,
    /// The call's own, which the request already has.
    pub(super) credentials: CredentialSet,
}

/// A call under way.
pub(super) type Exchanging = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send>>;

/// The state of a call.
struct Exchange<'a> {
    client: &'a Inner,
    credentials: CredentialSet,
    /// Where the request's `Authorization` is from, if it is from a provider.
    provider: Option<&'a Provider>,
    /// The fetch that the last `Authorization` is from.
    fetch: u64,
    /// Whether others were got after a 401.
    is_refreshed: bool,
    operation: &'static Operation,
    read: Read,
    envelope: Option<&'static str>,
    retry: Retry,
    timer: Timer,
    attempts: u32,
    /// When this attempt began to be sent.
    sent: Instant,
    /// How long the API asked to wait before this attempt.
    hint: Option<Duration>,
    /// How many requests were sent after the first one, whatever the reason.
    resends: u32,
    span: CallSpan,
}

/// Sends a request, again where that has a chance, and takes in as much of the answer as its format asks for.
pub(super) fn execute(client: Arc<Inner>, prepared: Prepared) -> Exchanging {
    Box::pin(async move {
        let Prepared {
            request,
            operation,
            read,
            envelope,
            timeout,
            retry,
            credentials,
        } = prepared;
        let of_client = client.credentials_for(operation);
        let mut exchange = Exchange {
            client: &client,
            credentials,
            provider: of_client.and_then(|client| client.provider_for(&request)),
            fetch: 0,
            is_refreshed: false,
            operation,
            read,
            envelope,
            retry: retry.unwrap_or(client.retry),
            timer: Timer::start(client.read_timeout, timeout.or(client.timeout)),
            attempts: 0,
            sent: Instant::now(),
            hint: None,
            resends: 0,
            span: CallSpan::new(operation, &client.base),
        };
        let span = exchange.span.clone();
        let unfinished = span.unfinished();
        let result = span.around(exchange.call(Resendable::new(request))).await;
        let ended = result.as_ref().map(|answer| answer.head.status);
        let ended = ended.map_err(|failure| &**failure);
        unfinished.ended(ended, exchange.attempts, exchange.resends);
        result
    })
}

/// Whether the server, or what is on the way to it, was waited for in vain.
fn is_silence(kind: &Kind) -> bool {
    matches!(
        kind,
        Kind::Timeout(Wait::Read(_) | Wait::Total(_) | Wait::Transport)
    )
}

impl Exchange<'_> {
    async fn call(&mut self, mut request: Resendable) -> Result<Answer, Failure> {
        let mut cost = None;
        loop {
            let mut failure = match self.attempt(&mut request).await {
                Ok(answer) => {
                    self.client.budget.success(cost);
                    return Ok(answer);
                }
                Err(failure) => failure,
            };
            if self.attempts > 0 && is_silence(&failure.kind) {
                self.client.transport.give_up(self.sent);
            }
            self.hint = failure.hint();
            match self.prepare_next(request.whole(), &failure) {
                Ok(Some((delay, taken))) => {
                    cost = Some(taken);
                    self.span.retried(&failure, self.resends, delay);
                    self.resends += 1;
                    // The call's timeout was asked before.
                    tokio::time::sleep(delay).await;
                }
                Ok(None) => return Err(failure),
                Err(reason) => {
                    failure.given_up = Some(reason.into());
                    return Err(failure);
                }
            }
        }
    }

    /// How long to wait for the next attempt, and what that took from the budget. None if another attempt has no
    /// chance; the reason if it had one and there is none nevertheless.
    fn prepare_next(
        &self,
        request: &Encoded,
        failure: &Report,
    ) -> Result<Option<(Duration, Cost)>, String> {
        let is_idempotent = self.operation.is_idempotent();
        let delay = match self.retry.next(failure, is_idempotent) {
            Next::GiveUp => return Ok(None),
            Next::TooLong(hint) => return Err(format!("the API asks to wait for {hint:?}")),
            Next::Wait(delay) => delay,
        };
        if request.body.try_clone().is_none() {
            return Err("its body can be sent only once".to_owned());
        }
        if !self.timer.has(delay) {
            return Err("the call's timeout would be over".to_owned());
        }
        let cost = match failure.kind {
            // A server that closes a connection is not in trouble.
            Kind::NotProcessed { closing: true } => Some(Cost::default()),
            Kind::Timeout(_) => self.client.budget.take(true),
            _ => self.client.budget.take(false),
        };
        match cost {
            Some(cost) => Ok(Some((delay, cost))),
            None => Err("the client's budget for retries is used up".to_owned()),
        }
    }

    /// Sends the request once, and again to wherever the answer points.
    async fn attempt(&mut self, request: &mut Resendable) -> Result<Answer, Failure> {
        self.authorize(request.whole()).await?;
        self.attempts += 1;
        self.sent = Instant::now();
        let mut redirected = None;
        let mut hops = 0;
        loop {
            let request = redirected.as_mut().unwrap_or(&mut *request);
            let (mut head, body) = self.send(request.share()).await?.into_parts();
            if let Some(OtherUrl(origin)) = head.extensions.remove() {
                let reason = format!("the response came from another URL, at {origin}");
                return Err(self.answered(Kind::Redirect(reason), head, None));
            }
            if head.status == StatusCode::UNAUTHORIZED && !self.is_refreshed {
                if let Some(provider) = self.provider {
                    let request = request.whole();
                    let refused = self.refused(head, body, &request.headers).await;
                    self.refresh(provider, request, refused).await?;
                    self.resends += 1;
                    continue;
                }
            }
            let Some(location) = redirect::location(&head) else {
                return self.receive(head, body, request).await;
            };
            let next = if hops == MAX_HOPS {
                Err(format!("there were {MAX_HOPS} before it"))
            } else {
                redirect::follow(request.share(), &self.client.base, head.status, location)
            };
            let mut next = match next {
                Ok(next) => next,
                Err(reason) => {
                    let reason = format!("the redirect is not followed: {reason}");
                    return Err(self.answered(Kind::Redirect(reason), head, None));
                }
            };
            // A redirect leaves them out.
            for credentials in self.credentials() {
                credentials.add_to_query(&mut next.target);
            }
            redirected = Some(Resendable::new(next));
            receive::drain(body, self.client.limits.body, &self.timer).await;
            hops += 1;
            self.resends += 1;
        }
    }

    /// Puts the provider's credentials on a request, if they are what it needs.
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
                let report = self.report(Kind::Credentials);
                Err(Box::new(report.source(BoxError::from(error))))
            }
            Err(wait) => Err(self.report(Kind::Timeout(wait))),
        }
    }

    /// Gets others in place of those that the API refused, or says why the request is not sent with them.
    async fn refresh(
        &mut self,
        provider: &Provider,
        request: &mut Encoded,
        mut refused: Failure,
    ) -> Result<(), Failure> {
        self.is_refreshed = true;
        provider.refuse(self.fetch);
        if request.body.try_clone().is_none() {
            refused.given_up = Some("its body can be sent only once".into());
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
            Err(wait) => refused.kind = Kind::Timeout(wait),
        }
        Err(refused)
    }

    /// The provider's credentials.
    async fn grant(&self, provider: &Provider) -> Result<Result<Grant, SharedError>, Wait> {
        match provider.cached() {
            Some(grant) => Ok(Ok(grant)),
            // Boxed, so that the future of a call without a provider is no larger for it.
            None => self.timer.wait_to_end(Box::pin(provider.fetch())).await,
        }
    }

    fn put_on(&mut self, request: &mut Encoded, grant: Grant) {
        request.headers.insert(AUTHORIZATION, grant.value);
        self.fetch = grant.fetch;
    }

    /// The credentials that go along.
    fn credentials(&self) -> impl Iterator<Item = &CredentialSet> {
        let client = self.client.credentials_for(self.operation);
        [Some(&self.credentials), client].into_iter().flatten()
    }

    async fn send(&self, mut request: Encoded) -> Result<Response<Body>, Failure> {
        self.open(&mut request.body).await?;
        let progress = Progress::of(&mut request.body);
        let moves = || progress.as_ref().is_some_and(Progress::take);
        let base = &self.client.base;
        let sending = self.client.transport.send(request, base, progress.clone());
        #[cfg_attr(
            not(feature = "tower"),
            expect(
                clippy::infallible_destructuring_match,
                reason = "without services, no request is queued"
            )
        )]
        let response = match sending.map_err(|reason| self.report(Kind::Unsendable(reason)))? {
            Sending::Started(response) => response,
            #[cfg(feature = "tower")]
            Sending::Queued(taken) => self.sent(self.timer.wait_for_service(taken).await)?,
        };
        self.sent(self.timer.wait_while(moves, response).await)
    }

    /// What came of handing the request to the transport.
    fn sent<T>(&self, result: Result<Result<T, BoxError>, Wait>) -> Result<T, Failure> {
        match result {
            Ok(Ok(value)) => Ok(value),
            Ok(Err(error)) => {
                let (kind, source) = classify(error, self.client.base.origin());
                let mut report = self.report(kind);
                report.source = source;
                Err(report)
            }
            Err(wait) => Err(self.report(Kind::Timeout(wait))),
        }
    }

    /// Opens the files of a body: what is missing is to be known before anything is sent.
    async fn open(&self, body: &mut Body) -> Result<(), Failure> {
        if !body.has_files() {
            return Ok(());
        }
        match self.timer.wait(body.open()).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(self.cannot_open(error)),
            Err(wait) => Err(self.report(Kind::Timeout(wait))),
        }
    }

    fn cannot_open(&self, error: CannotOpen) -> Failure {
        let CannotOpen { field, path, error } = error;
        let whole = self.operation.content.map(|content| content.field);
        let reason = format!("holds the file `{path}`, which cannot be opened");
        let error_of_field = EncodeError::new(self.operation.name, field.or(whole), reason);
        let mut report = self.report(Kind::Encode(error_of_field));
        report.source = Some(error.into());
        report
    }

    async fn receive(
        &self,
        head: response::Parts,
        body: Body,
        request: &mut Resendable,
    ) -> Result<Answer, Failure> {
        let limits = self.client.limits;
        if !head.status.is_success() {
            return Err(self.refused(head, body, &request.whole().headers).await);
        }
        let is_error = |bytes: &Bytes| Envelope::declared(self.envelope).is_in(bytes);
        let body = match self.read {
            Read::Buffered => match receive::all(body, limits.body, &self.timer).await {
                Ok(bytes) if is_error(&bytes) => {
                    return Err(self.error(head, bytes, &request.whole().headers));
                }
                Ok(bytes) => Received::Buffered(bytes),
                Err(cut) => return Err(self.cut(cut, head)),
            },
            Read::Streamed => {
                let stream = ByteStream::new(body, self.operation, &head);
                Received::Streamed(stream.sent(self.attempts, self.client.read_timeout))
            }
            // It may be an error, so it is not quite unwanted.
            Read::Discarded if self.envelope.is_some() => {
                match receive::all(body, limits.error_body, &self.timer).await {
                    Ok(bytes) if is_error(&bytes) => {
                        return Err(self.error(head, bytes, &request.whole().headers));
                    }
                    Ok(_) | Err(Cut::TooLarge) => Received::Discarded,
                    Err(cut) => return Err(self.cut(cut, head)),
                }
            }
            Read::Discarded => {
                receive::drain(body, limits.body, &self.timer).await;
                Received::Discarded
            }
            #[cfg(feature = "events")]
            Read::Events => Received::Events(Source {
                body: if is_event_stream(&head) {
                    let stream = ByteStream::new(body, self.operation, &head);
                    Ok(stream.sent(self.attempts, self.client.read_timeout))
                } else {
                    Err(receive::some(body, limits.error_body, &self.timer).await.0)
                },
                decoder: EventDecoder::with_limit(limits.event),
                secrets: self
                    .secrets(&request.whole().headers)
                    .map(Secret::from)
                    .collect(),
            }),
        };
        Ok(Answer {
            head,
            body,
            attempts: self.attempts,
            hint: self.hint,
            span: self.span.clone(),
            target: request.target(),
        })
    }

    /// The error of a status that is no 2xx.
    async fn refused(&self, head: response::Parts, body: Body, sent: &HeaderMap) -> Failure {
        // Whatever happens to the body, the status is the news.
        let limit = self.client.limits.error_body;
        let (bytes, cut) = receive::some(body, limit, &self.timer).await;
        if let Some(Cut::Late(_)) = cut {
            self.client.transport.give_up(self.sent);
        }
        self.error(head, bytes, sent)
    }

    /// What the API answered instead of what was asked for.
    fn error(&self, head: response::Parts, body: Bytes, sent: &HeaderMap) -> Failure {
        let secrets: Vec<&str> = self.secrets(sent).collect();
        let report = Report::of_status(self.operation.name, head, body, self.envelope, &secrets);
        Box::new(report.attempts(self.attempts))
    }

    /// What let the client in, which no message may repeat.
    fn secrets<'s>(&'s self, sent: &'s HeaderMap) -> impl Iterator<Item = &'s str> {
        let in_query = self.credentials().flat_map(CredentialSet::in_query);
        in_headers(sent).chain(in_query)
    }

    fn cut(&self, cut: Cut, head: response::Parts) -> Failure {
        let (kind, source) = match cut {
            Cut::TooLarge => (Kind::TooLarge(self.client.limits.body), None),
            Cut::Late(wait) => (Kind::Timeout(wait), None),
            Cut::Failed(error) => (Kind::of_body(&error), Some(transport::without_url(error))),
        };
        let mut report = self.answered(kind, head, None);
        report.source = source;
        report
    }

    fn answered(&self, kind: Kind, head: response::Parts, body: Option<Bytes>) -> Failure {
        Box::new(self.report(kind).answered(head, body))
    }

    fn report(&self, kind: Kind) -> Failure {
        Box::new(Report::new(self.operation.name, kind).attempts(self.attempts))
    }
}
