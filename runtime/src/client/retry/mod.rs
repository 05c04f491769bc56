//! Whether a failed attempt is retried, and when: the rules, without sending or waiting.

mod seen;

use std::{fmt, sync::Arc, time::Duration};

use http::StatusCode;

pub use self::seen::{Decide, Seen};
use crate::{
    error::{ErrorKind, Report, Wait, should_retry},
    operation::Operation,
};

/// The rules by which a client retries requests that may succeed and are safe to repeat.
///
/// | failure | method |
/// |---|---|
/// | no connection | any |
/// | the server says that it has not processed the request ([HTTP/2](https://www.rfc-editor.org/rfc/rfc9113#section-8.7): `GOAWAY`, `REFUSED_STREAM`) | any |
/// | a timeout, a connection error, a body that was cut | idempotent |
/// | 408, 425, 429; 403 and 409 with the server's retry delay | any |
/// | 500, 502, 503, 504 | idempotent; 503 with the server's retry delay: any |
/// | 520 to 524, 529, 530, which proxies send | idempotent |
///
/// Idempotent requests are those with an idempotent method ([RFC 9110, section
/// 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)), and those that declare `idempotent` or
/// `idempotency_key`.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::{Client, Retry};
///
/// let retry = Retry::default().attempts(5).max_delay(Duration::from_secs(2));
/// let client = Client::builder("https://api.example.com/v1").retry(retry).build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
///
/// # Other rules
///
/// - A response with `x-should-retry: true` is retried and one with `false` is not, whatever the status and the method.
///   [`on`](Self::on), [`not_on`](Self::not_on) and [`when`](Self::when) change these rules, and beat `x-should-retry`.
/// - A body that can be sent only once is never sent again, and the timeout of a call ends its retries.
/// - A status that the response type declares as a value, by [`ApiResponse`](crate::ApiResponse), is retried by the same
///   rules, and is the value of the call if there is no other attempt.
/// - After a redirect, the request that failed is retried, by the rules for its own method, and not the one that was
///   answered with the redirect. A POST that was redirected to a GET by 303 is sent once, whatever becomes of the GET.
///
/// # Delays
///
/// - A request that was not processed because its connection closes is retried without a delay, on another connection.
/// - The backoff delay before any other retry *n*, counted from 0, is a random part of `base_delay`⋅2ⁿ, of `max_delay`
///   at most.
/// - The server's retry delay replaces it: `retry-after-ms`, or `Retry-After` in seconds, rounded up, or as a date, which
///   is compared with the `Date` of the response. If it is longer than `max_server_delay`, the call ends, and
///   [`Error::retry_after`](crate::Error::retry_after) returns the delay.
///
/// # Budget
///
/// A client has a budget of 500 tokens for each origin, which its clones share. Without tokens there are no retries.
///
/// | what | tokens |
/// |---|---|
/// | a retry | takes 5; 10 after a timeout; none if only the connection closes |
/// | a retry that succeeds, a call that is dropped before its retry | gives back what it took |
/// | a call that succeeds without a retry | adds 1 |
///
/// A declared status that is retried by the rules is not a success.
#[derive(Debug, Clone)]
#[must_use = "rules do nothing until they are given to a client or a call"]
pub struct Retry {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_server_delay: Duration,
    /// What the caller chose, if anything: shared, because each call takes a copy of its client's rules.
    chosen: Option<Arc<Chosen>>,
}

/// What the caller chose in place of the default rules.
#[derive(Clone, Default)]
struct Chosen {
    on: Vec<u16>,
    not_on: Vec<u16>,
    when: Option<When>,
}

type When = Arc<dyn Fn(&Seen<'_>) -> Decide + Send + Sync>;

impl Default for Retry {
    /// Returns 3 attempts; backoff delays of at most 500 ms, doubled each time up to 8 s; server's delays up to 60 s.
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_server_delay: Duration::from_secs(60),
            chosen: None,
        }
    }
}

impl Retry {
    /// Returns rules of one attempt: nothing is retried.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// Sets the most attempts, the first included; 0 is 1.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// Sets the longest backoff delay before the first retry.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// Sets the longest backoff delay before any retry.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// Sets the longest retry delay that the server may ask for; a longer one ends the call.
    pub const fn max_server_delay(mut self, delay: Duration) -> Self {
        self.max_server_delay = delay;
        self
    }

    /// Adds status codes that are retried if the request is idempotent.
    ///
    /// ```
    /// use api_request::Retry;
    ///
    /// // A write that met another one.
    /// let retry = Retry::default().on([409]).not_on([500]);
    /// ```
    pub fn on(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.choose().on.extend(statuses);
        self
    }

    /// Adds status codes that are not retried, whatever the method; they beat those of [`on`](Self::on).
    pub fn not_on(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.choose().not_on.extend(statuses);
        self
    }

    /// Sets a rule that is asked first, about each attempt that failed with a response or in the transport, and
    /// about an event stream that broke off and is to be resumed, see [`Seen`].
    /// The last rule that is set counts.
    ///
    /// The rule is not asked about what another attempt cannot change: a request that cannot be encoded, a timeout of the
    /// whole call, a redirect that is not followed, or a body that is too large or is not of the declared type.
    pub fn when(mut self, rule: impl Fn(&Seen<'_>) -> Decide + Send + Sync + 'static) -> Self {
        self.choose().when = Some(Arc::new(rule));
        self
    }

    fn choose(&mut self) -> &mut Chosen {
        Arc::make_mut(self.chosen.get_or_insert_default())
    }

    /// Returns what to do after an attempt of the operation that failed. `reconnection` is the delay where the server has
    /// asked for none.
    pub(super) fn next(
        &self,
        failure: &Report,
        operation: &'static Operation,
        is_idempotent: bool,
        reconnection: Option<Duration>,
    ) -> Decision {
        if failure.attempts >= self.attempts || !self.is_retried(failure, operation, is_idempotent)
        {
            return Decision::GiveUp;
        }
        if let ErrorKind::NotProcessed { closing: true } = failure.kind {
            return Decision::Wait(Duration::ZERO);
        }
        self.wait(failure.attempts, failure.retry_after().or(reconnection))
    }

    /// Returns what to do after an event stream broke off that is to be resumed.
    #[cfg(feature = "events")]
    pub(super) fn after_break(
        &self,
        failure: &Report,
        operation: &'static Operation,
        reconnection: Option<Duration>,
    ) -> Decision {
        let chosen = self.chosen.as_ref();
        let chosen = chosen.map(|chosen| chosen.decide(failure, operation));
        if failure.attempts >= self.attempts || chosen == Some(Decide::No) {
            return Decision::GiveUp;
        }
        self.wait(failure.attempts, reconnection)
    }

    fn wait(&self, attempts: u32, server: Option<Duration>) -> Decision {
        match server {
            None => Decision::Wait(self.delay(attempts, fastrand::f64())),
            Some(delay) if delay > self.max_server_delay => Decision::TooLong(delay),
            Some(delay) => Decision::Wait(delay),
        }
    }

    /// Returns whether the failure is one that is retried, but for the number of attempts.
    pub(super) fn is_used_up(
        &self,
        failure: &Report,
        operation: &'static Operation,
        is_idempotent: bool,
    ) -> bool {
        failure.attempts >= self.attempts && self.is_retried(failure, operation, is_idempotent)
    }

    fn is_retried(
        &self,
        failure: &Report,
        operation: &'static Operation,
        is_idempotent: bool,
    ) -> bool {
        let by_default = match (&failure.kind, &failure.response) {
            (ErrorKind::Connect { .. } | ErrorKind::NotProcessed { .. }, _) => true,
            (ErrorKind::Timeout(Wait::Read(_) | Wait::Transport) | ErrorKind::Transport, _) => {
                is_idempotent
            }
            (ErrorKind::Status(_), Some(response)) => {
                let status = response.status;
                let of_status = || {
                    let has_delay = failure.retry_after().is_some();
                    should_retry(&response.headers)
                        .unwrap_or_else(|| is_retried_status(status, is_idempotent, has_delay))
                };
                let chosen = self.chosen.as_ref();
                let chosen = chosen.and_then(|chosen| chosen.status(status, is_idempotent));
                chosen.unwrap_or_else(of_status)
            }
            // Another attempt would not change it.
            _ => return false,
        };
        let chosen = self.chosen.as_ref();
        match chosen.map_or(Decide::Default, |chosen| chosen.decide(failure, operation)) {
            Decide::Yes => true,
            Decide::No => false,
            Decide::Default => by_default,
        }
    }

    /// Returns the backoff delay after so many attempts: a `share`, from 0 to 1, of the longest.
    fn delay(&self, attempts: u32, share: f64) -> Duration {
        let factor = 1_u32
            .checked_shl(attempts.saturating_sub(1))
            .unwrap_or(u32::MAX);
        let most = self.base_delay.saturating_mul(factor).min(self.max_delay);
        most.mul_f64(share)
    }
}

/// What to do after an attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    GiveUp,
    /// The server's retry delay is longer than is allowed.
    TooLong(Duration),
    Wait(Duration),
}

impl Chosen {
    fn decide(&self, failure: &Report, operation: &'static Operation) -> Decide {
        let seen = Seen { failure, operation };
        self.when
            .as_ref()
            .map_or(Decide::Default, |rule| rule(&seen))
    }

    /// Returns whether the status is retried, if the caller chose that.
    fn status(&self, status: StatusCode, is_idempotent: bool) -> Option<bool> {
        let status = status.as_u16();
        if self.not_on.contains(&status) {
            Some(false)
        } else {
            (is_idempotent && self.on.contains(&status)).then_some(true)
        }
    }
}

impl fmt::Debug for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chosen")
            .field("on", &self.on)
            .field("not_on", &self.not_on)
            .field("when", &self.when.is_some())
            .finish()
    }
}

fn is_retried_status(status: StatusCode, is_idempotent: bool, has_retry_delay: bool) -> bool {
    match status.as_u16() {
        408 | 425 | 429 => true,
        403 | 409 => has_retry_delay,
        503 => is_idempotent || has_retry_delay,
        500 | 502 | 504 | 520..=524 | 529 | 530 => is_idempotent,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Retry;

    #[test]
    fn waits_double_up_to_the_longest() {
        let retry = Retry::default();
        let most: Vec<u128> = (1..=7).map(|n| retry.delay(n, 1.0).as_millis()).collect();
        assert_eq!(most, [500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
        assert_eq!(retry.delay(u32::MAX, 1.0), Duration::from_secs(8));
        assert_eq!(retry.delay(3, 0.25), Duration::from_millis(500));
        assert_eq!(retry.delay(3, 0.0), Duration::ZERO);
    }
}
