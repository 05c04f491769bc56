//! The state of a call, and the errors that are made of it.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, StatusCode, response};

use crate::{
    BaseUrl, Phase,
    client::{
        auth::{CredentialSet, Provider, in_headers},
        budget::Budget,
        resend::Resendable,
        retry::Retry,
        settings::Options,
        state::Inner,
        timer::Timer,
    },
    encoder::Encoded,
    error::{ErrorKind, Failure, Report},
    response::RawResponse,
    secrets::{SecretText, Secrets},
    trace::CallSpan,
};

/// The state of a call.
pub(super) struct Exchange<'a> {
    pub(super) client: &'a Arc<Inner>,
    /// The base URL whose origin the request is sent to.
    pub(super) base: &'a BaseUrl,
    /// The client's credentials, if they are sent.
    pub(super) of_client: Option<&'a CredentialSet>,
    pub(super) budget: &'a Budget,
    pub(super) options: &'a Options,
    /// The provider of the request's `Authorization`, if it is from one.
    pub(super) provider: Option<&'a Provider>,
    /// The fetch that returned the last `Authorization`.
    pub(super) fetch: u64,
    /// The secrets that the provider added when it signed the last request.
    pub(super) signed: Vec<SecretText>,
    /// Whether the credentials were refreshed after a 401.
    pub(super) is_refreshed: bool,
    pub(super) timer: Timer,
    pub(super) attempts: u32,
    /// When this attempt began to be sent.
    pub(super) sent: Instant,
    /// The server's retry delay before this attempt.
    pub(super) hint: Option<Duration>,
    /// The delay that an event stream has set for what is sent again.
    pub(super) reconnection: Option<Duration>,
    /// The number of requests after the first one: retries, redirect hops and the one after a refresh.
    pub(super) resends: u32,
    pub(super) hops: u32,
    /// The value that the last response is by its status, in case the status is not retried. Boxed, so that it does not
    /// enlarge the future of each call.
    pub(super) declared: Option<Box<Result<RawResponse, Failure>>>,
    /// The furthest that a request of the call got.
    pub(super) reached: Phase,
    /// Whether it goes on with a stream, whose next item is the success.
    pub(super) is_resumed: bool,
    pub(super) span: &'a CallSpan,
}

/// Returns what is recorded of a call that ended.
pub(super) fn status(result: &Result<RawResponse, Failure>) -> Result<StatusCode, &Report> {
    let response = result.as_ref();
    response
        .map(|response| response.head.status)
        .map_err(|failure| &**failure)
}

/// Where a request goes, if not to the base URL of the client.
pub(super) struct Place {
    origin: Option<Arc<BaseUrl>>,
    budget: Option<Arc<Budget>>,
}

impl Place {
    pub(super) fn of(client: &Inner, request: &Encoded) -> Self {
        let origin = request.origin.clone();
        let other = origin.as_deref().map(BaseUrl::origin);
        let other = other.filter(|origin| *origin != client.base.origin());
        let budget = other.map(|origin| client.budgets.of(origin));
        Self { origin, budget }
    }

    pub(super) fn base<'p>(&'p self, client: &'p Inner) -> &'p BaseUrl {
        self.origin.as_deref().unwrap_or(&client.base)
    }

    pub(super) fn budget<'p>(&'p self, client: &'p Inner) -> &'p Budget {
        self.budget.as_deref().unwrap_or(&client.budgets.own)
    }
}

impl<'a> Exchange<'a> {
    pub(super) fn start(
        client: &'a Arc<Inner>,
        place: &'a Place,
        request: &Encoded,
        options: &'a Options,
        span: &'a CallSpan,
    ) -> Self {
        let of_client = client.credentials_for(options.expected.operation, request);
        Self {
            client,
            base: place.base(client),
            of_client,
            budget: place.budget(client),
            provider: of_client.and_then(|client| client.provider_for(request)),
            fetch: 0,
            signed: Vec::new(),
            is_refreshed: false,
            timer: Timer::start(options.read_timeout, options.timeout),
            attempts: 0,
            sent: Instant::now(),
            hint: None,
            reconnection: None,
            resends: 0,
            hops: 0,
            reached: if options.is_answered {
                Phase::Answered
            } else {
                Phase::NotSent
            },
            declared: None,
            is_resumed: false,
            span,
            options,
        }
    }
}

impl Exchange<'_> {
    /// Returns the rules of the call, which are the client's unless it has its own.
    pub(super) fn retry(&self) -> &Retry {
        self.options.retry.as_deref().unwrap_or(&self.client.retry)
    }

    /// Returns the credentials that are sent.
    pub(super) fn credentials(&self) -> impl Iterator<Item = &CredentialSet> {
        let own = self.options.credentials.as_deref();
        own.into_iter().chain(self.of_client)
    }

    /// Returns the secrets and credentials that were sent, which nothing may repeat.
    pub(super) fn secrets(&self, sent: &Resendable) -> Secrets {
        let is_other = |&(name, value): &(&HeaderName, &HeaderValue)| {
            value.is_sensitive() && !self.of_client.is_some_and(|it| it.has(name, value))
        };
        let own = self.options.credentials.as_deref();
        // Mostly there are none but the client's, which are made once.
        let has_others = own.is_some() || !self.signed.is_empty();
        let secrets = if has_others || sent.headers().any(|header| is_other(&header)) {
            let in_headers = in_headers(sent.headers().filter(is_other));
            let in_query = own.into_iter().flat_map(CredentialSet::in_query);
            let signed = self.signed.iter().cloned();
            sent.secrets().and(in_headers.chain(in_query).chain(signed))
        } else {
            sent.secrets().clone()
        };
        match self.of_client {
            Some(of_client) => secrets.with(of_client.secrets()),
            None => secrets,
        }
    }

    /// Returns the error of a response: a non-2xx status, or an error inside a 2xx.
    pub(super) fn error(&self, head: response::Parts, body: Bytes, secrets: &Secrets) -> Failure {
        let report = Report::of_status(
            self.options.expected.operation.name,
            head,
            body,
            *self.options.expected.errors,
            secrets,
        );
        Box::new(report.attempts(self.attempts))
    }

    pub(super) fn answered(
        &self,
        kind: ErrorKind,
        head: response::Parts,
        body: Option<Bytes>,
    ) -> Failure {
        Box::new(self.report(kind).answered(head, body))
    }

    pub(super) fn report(&self, kind: ErrorKind) -> Failure {
        Box::new(Report::new(self.options.expected.operation.name, kind).attempts(self.attempts))
    }
}
