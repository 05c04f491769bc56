//! Event streams that are asked for again after a break.
//!
//! Invariant: an exchange ends with the head of its response; what the next one has to know of it is in [`Resumable`].

use std::sync::Arc;

use http::{HeaderName, HeaderValue, header::AUTHORIZATION};

use super::state::{Exchange, Place, status};
use crate::{
    Phase,
    client::{budget::Cost, resend::Resendable, settings::Options, state::Inner, timer::Timer},
    encoder::Encoded,
    error::Failure,
    events::resume::{Break, Opening, Reopen},
    response::RawResponse,
    trace::CallSpan,
};

const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// Sends a request as `execute` does, for a stream that can be opened again.
pub(in crate::client) fn execute_resumable(
    client: Arc<Inner>,
    request: Encoded,
    options: Options,
) -> Opening {
    let mut request = Resendable::new(request);
    Box::pin(async move {
        let place = Place::of(&client, request.whole());
        let span = CallSpan::new(options.expected.operation, place.base(&client));
        let mut exchange = Exchange::start(&client, &place, request.whole(), &options, &span);
        let unfinished = span.unfinished();
        let mut cost = None;
        let result = span.around(exchange.call(&mut request, &mut cost)).await;
        unfinished.ended(status(&result), exchange.attempts, exchange.resends);
        let response = result?;
        exchange.forget_grant(&mut request);
        let (attempts, resends) = (exchange.attempts, exchange.resends);
        let resumable = Resumable {
            client,
            place,
            options,
            request,
            attempts,
            resends,
            cost: None,
            span,
        };
        Ok((response, Box::new(resumable) as Box<dyn Reopen>))
    })
}

/// What sends the request of a stream again.
struct Resumable {
    client: Arc<Inner>,
    place: Place,
    options: Options,
    /// The last request that was sent: what was answered with a redirect is not sent again.
    request: Resendable,
    /// The attempts since the last item.
    attempts: u32,
    resends: u32,
    /// What the last attempt since the last item took of the budget.
    cost: Option<Cost>,
    /// Of the whole call, until the stream is dropped.
    span: CallSpan,
}

impl Reopen for Resumable {
    #[inline]
    fn item_came(&mut self) {
        self.attempts = 1;
        if let Some(cost) = self.cost.take() {
            self.place.budget(&self.client).success(Some(cost));
        }
    }

    fn reopen(mut self: Box<Self>, broken: Break) -> Opening {
        Box::pin(async move {
            let response = self.resume(broken).await?;
            Ok((response, self as Box<dyn Reopen>))
        })
    }
}

impl Resumable {
    async fn resume(&mut self, broken: Break) -> Result<RawResponse, Failure> {
        let request = self.request.whole();
        let (client, place, options) = (&self.client, &self.place, &self.options);
        let mut exchange = Exchange::start(client, place, request, options, &self.span);
        exchange.attempts = self.attempts;
        exchange.resends = self.resends;
        exchange.reached = Phase::Answered;
        exchange.is_resumed = true;
        let unfinished = self.span.unfinished();
        let resumed = exchange.resume(&mut self.request, &mut self.cost, broken);
        let result = self.span.around(resumed).await;
        unfinished.ended(status(&result), exchange.attempts, exchange.resends);
        exchange.forget_grant(&mut self.request);
        (self.attempts, self.resends) = (exchange.attempts, exchange.resends);
        result
    }
}

impl Exchange<'_> {
    /// Waits after a break, and sends the request again.
    async fn resume(
        &mut self,
        request: &mut Resendable,
        cost: &mut Option<Cost>,
        broken: Break,
    ) -> Result<RawResponse, Failure> {
        let mut failure = broken.failure;
        failure.attempts = self.attempts;
        // The timeout of the call is for what follows the delay.
        self.timer = Timer::start(self.options.read_timeout, None);
        let Some(id) = header(&broken.last_event_id) else {
            failure.given_up = Some("the last event ID cannot be sent in a header".into());
            return Err(failure);
        };
        let operation = self.options.expected.operation;
        let next = self
            .retry()
            .after_break(&failure, operation, broken.reconnection);
        let (delay, held) = match self.prepare(next, request.whole(), &failure) {
            Ok(Some(next)) => next,
            Ok(None) => return Err(failure),
            Err(reason) => {
                failure.given_up = Some(reason.into());
                return Err(failure);
            }
        };
        self.span.retried(&failure, self.resends, delay);
        tokio::time::sleep(delay).await;
        *cost = Some(held.spend());
        self.resends += 1;
        self.reconnection = broken.reconnection;
        self.timer = Timer::start(self.options.read_timeout, self.options.timeout);
        request.whole().headers.insert(LAST_EVENT_ID, id);
        self.call(request, cost).await
    }

    /// Takes the provider's credentials off a request: another exchange gets them anew.
    fn forget_grant(&self, request: &mut Resendable) {
        if self.provider.is_some() {
            request.whole().headers.remove(AUTHORIZATION);
        }
    }
}

/// Returns an ID as the value of a header, if it arrives as it is.
fn header(id: &str) -> Option<HeaderValue> {
    let is_whole = !id.starts_with([' ', '\t']) && !id.ends_with([' ', '\t']);
    let value = HeaderValue::from_bytes(id.as_bytes()).ok();
    value.filter(|_| is_whole)
}
