//! One call, from the encoded request to a response in memory.
//!
//! A call is one or more attempts; an attempt is one request, and one more for each redirect hop. Invariant: a request
//! that was answered with a redirect is not sent again; a retry sends the last request.

mod authorize;
mod receive;
#[cfg(feature = "events")]
mod resume;
mod send;
mod state;

use std::{
    pin::Pin,
    sync::Arc,
    time::{Duration, Instant},
};

use http::{HeaderValue, Method, StatusCode, response};

#[cfg(feature = "events")]
pub(super) use self::resume::execute_resumable;
use self::state::{Exchange, Place, status};
use super::{
    auth::Provider,
    budget::{Cost, Held},
    receive::drain,
    redirect::{self, MAX_HOPS},
    resend::Resendable,
    retry::Decision,
    settings::Options,
    state::Inner,
};
use crate::{
    Operation, Phase,
    encoder::Encoded,
    error::{ErrorKind, Failure, Report},
    response::RawResponse,
    trace::CallSpan,
    transport::OtherUrl,
};

/// A call that was started.
pub(super) type CallFuture = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

/// Sends a request, retries it by the rules, and reads as much of the response as its format needs.
pub(super) fn execute(client: Arc<Inner>, request: Encoded, options: Options) -> CallFuture {
    // Outside of the future, which would hold it twice.
    let mut request = Resendable::new(request);
    Box::pin(async move {
        let place = Place::of(&client, request.whole());
        let span = CallSpan::new(options.expected.operation, place.base(&client));
        let mut exchange = Exchange::start(&client, &place, request.whole(), &options, &span);
        let unfinished = span.unfinished();
        let mut cost = None;
        let result = span.around(exchange.call(&mut request, &mut cost)).await;
        unfinished.ended(status(&result), exchange.attempts, exchange.resends);
        result
    })
}

impl<'a> Exchange<'a> {
    /// Sends a request until a response ends the call. `cost` is what the last retry took of the budget.
    async fn call(
        &mut self,
        request: &mut Resendable,
        cost: &mut Option<Cost>,
    ) -> Result<RawResponse, Failure> {
        loop {
            let mut failure = match self.attempt(request).await {
                Ok(response) => {
                    self.succeeded(*cost);
                    return Ok(response);
                }
                Err(failure) => failure,
            };
            let declared = self.declared.take();
            self.failed(&mut failure);
            self.hint = failure.retry_after();
            match self.prepare_next(request.whole(), &failure) {
                Ok(Some((delay, held))) => {
                    // It may be a stream, and hold a connection.
                    drop(declared);
                    self.span.retried(&failure, self.resends, delay);
                    self.resends += 1;
                    // `prepare_next` has checked that the call's timeout allows for it.
                    tokio::time::sleep(delay).await;
                    *cost = Some(held.spend());
                }
                given_up => {
                    let reason = given_up.err();
                    if let Some(declared) = declared {
                        let is_success =
                            reason.is_none() && !self.is_used_up(request.whole(), &failure);
                        return self.value(*declared, is_success, *cost);
                    }
                    if let Some(reason) = reason {
                        failure.given_up = Some(reason.into());
                    }
                    return Err(failure);
                }
            }
        }
    }

    /// Adds to the budget, unless the response has yet to show what it is worth.
    fn succeeded(&self, cost: Option<Cost>) {
        if !self.is_resumed {
            self.budget.success(cost);
        }
    }

    /// Takes note of a failure, or of what is one if it is the last.
    fn failed(&mut self, failure: &mut Failure) {
        self.reached = self.reached.max(failure.phase());
        failure.reached = self.reached;
        if self.attempts > 0 && failure.kind.is_silence() {
            self.client.transport.give_up(self.sent);
        }
    }

    /// Returns the value that a response is by its status. What would have been retried is not a success for the budget.
    fn value(
        &mut self,
        declared: Result<RawResponse, Failure>,
        is_success: bool,
        cost: Option<Cost>,
    ) -> Result<RawResponse, Failure> {
        match declared {
            Ok(response) => {
                if is_success {
                    self.succeeded(cost);
                }
                Ok(response)
            }
            Err(mut failure) => {
                self.failed(&mut failure);
                Err(failure)
            }
        }
    }

    /// Whether the failure would be retried if there was an attempt left.
    fn is_used_up(&self, request: &Encoded, failure: &Report) -> bool {
        let operation = self.options.expected.operation;
        let is_idempotent = is_idempotent(operation, &request.method);
        self.retry().is_used_up(failure, operation, is_idempotent)
    }

    /// Returns the delay before the next attempt, and its cost to the budget; `None` if the failure is not retried, and
    /// the reason if it would be, but cannot.
    fn prepare_next(
        &self,
        request: &Encoded,
        failure: &Report,
    ) -> Result<Option<(Duration, Held<'a>)>, String> {
        let operation = self.options.expected.operation;
        let is_idempotent = is_idempotent(operation, &request.method);
        let retry = self.retry();
        let next = retry.next(failure, operation, is_idempotent, self.reconnection);
        self.prepare(next, request, failure)
    }

    fn prepare(
        &self,
        next: Decision,
        request: &Encoded,
        failure: &Report,
    ) -> Result<Option<(Duration, Held<'a>)>, String> {
        let delay = match next {
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
            let (mut head, mut body) = self.send(request).await?.into_parts();
            let secrets = self.secrets(request);
            secrets.mark(&mut head.headers);
            self.options.expected.mark(&mut head);
            #[cfg(feature = "tracing")]
            (self.client.notices).warn(self.options.expected.operation, &head.headers, self.span);
            if let Some(OtherUrl(origin)) = head.extensions.remove() {
                let reason = format!("the response came from another URL, at {origin}");
                let kind = ErrorKind::Redirect(secrets.hide(&reason));
                return Err(self.answered(kind, head, None));
            }
            if let Some(provider) = self.refusing(head.status, request) {
                let (request, response) = (request.whole(), (head, body));
                // Boxed, so that it does not enlarge the future of each call.
                Box::pin(self.refresh(provider, request, response, &secrets)).await?;
            } else if let Some(location) = self.location(&head) {
                if let Err(reason) = self.redirect(head.status, location, request) {
                    let reason = format!("the redirect is not followed: {reason}");
                    let kind = ErrorKind::Redirect(secrets.hide(&reason));
                    return Err(self.answered(kind, head, None));
                }
                drain(&mut body, self.client.limits.body, &self.timer).await;
                self.reached = Phase::Answered;
                self.hops += 1;
            } else {
                let body = self.read(&head, &mut body, &secrets).await;
                return self.received(head, body, request, &secrets);
            }
            self.resends += 1;
        }
    }

    /// Returns the provider of credentials that a response rejects, if there is another request with new ones.
    fn refusing(&self, status: StatusCode, request: &mut Resendable) -> Option<&'a Provider> {
        let provider = self.provider?;
        if status != StatusCode::UNAUTHORIZED || self.is_refreshed {
            return None;
        }
        let is_value = self.options.expected.claimed(status).is_some();
        if is_value && request.whole().body.try_clone().is_none() {
            // The request cannot be sent again, so the status is the value of the call.
            provider.refuse(self.fetch);
            return None;
        }
        Some(provider)
    }

    /// Returns where a redirect leads. One that the response type names is a value.
    fn location<'h>(&self, head: &'h response::Parts) -> Option<&'h HeaderValue> {
        let is_named = || {
            let claimed = self.options.expected.claimed(head.status);
            claimed.is_some_and(|claimed| claimed.is_named)
        };
        redirect::location(head).filter(|_| !is_named())
    }

    /// Makes the request that follows a redirect, or says why it is not followed.
    fn redirect(
        &self,
        status: StatusCode,
        location: &HeaderValue,
        request: &mut Resendable,
    ) -> Result<(), String> {
        if self.hops == MAX_HOPS {
            return Err(format!("the limit of {MAX_HOPS} redirects is reached"));
        }
        let mut next = redirect::follow(request.share(), self.base, status, location)?;
        // The `Location` does not repeat API keys of the query.
        for credentials in self.credentials() {
            credentials.add_to_query(&mut next.target);
        }
        *request = Resendable::new(next);
        Ok(())
    }
}

/// Whether the request may be sent twice. A redirect changes a method to GET or HEAD alone.
fn is_idempotent(operation: &Operation, method: &Method) -> bool {
    operation.is_idempotent() || *method != operation.method
}
