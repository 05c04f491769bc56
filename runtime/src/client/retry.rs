//! Whether a failed attempt is followed by another, and when. Decides, and does nothing.

use std::time::Duration;

use http::StatusCode;

use crate::error::{Kind, Report, Wait, should_retry};

/// How often a call is tried again, and how long it waits before.
///
/// What is tried again:
///
/// | what failed | method |
/// |---|---|
/// | the connection could not be made | any |
/// | the server says that it has not processed the request (HTTP/2: `GOAWAY`, `REFUSED_STREAM`) | any |
/// | a timeout, a connection that broke, a body that broke off | idempotent |
/// | 408, 429 | any |
/// | 500, 502, 503, 504 | idempotent; 503 with a hint when to come back: any |
///
/// Idempotent are the methods that [RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2) says
/// are, and requests that declare `idempotent` or `idempotency_key`. An answer with `x-should-retry: true` is followed
/// by another attempt and one with `false` is not, whatever its status and the method. A body that can be sent only
/// once is never sent again, and the timeout of a call ends it.
///
/// A request that was not processed because its connection closes is sent again at once, on another connection.
/// The wait before any other retry *n*, counted from 0, is a random part of `base_delay`⋅2ⁿ, of `max_delay` at most. A hint
/// of the API (`retry-after-ms`; `Retry-After` in seconds or as a date) takes its place; one of more than
/// `max_server_delay` ends the call, and [`Error::retry_after`](crate::Error::retry_after) has it.
///
/// A client has a budget of 500 tokens, which its clones share: a retry takes 5, or 10 after a timeout, and none if only
/// the connection closes. A retry that
/// succeeds gives them back, and a call that succeeds without one adds 1. Without tokens there are no retries.
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "it does nothing until it is given to a client or a call"]
pub struct Retry {
    attempts: u32,
    base_delay: Duration,
    max_delay: Duration,
    max_server_delay: Duration,
}

impl Default for Retry {
    /// 3 attempts; waits of at most 500 ms, doubled each time up to 8 s; hints of the API up to 60 s.
    fn default() -> Self {
        Self {
            attempts: 3,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_server_delay: Duration::from_secs(60),
        }
    }
}

impl Retry {
    /// One attempt.
    pub fn none() -> Self {
        Self::default().attempts(1)
    }

    /// The most attempts, the first included; 0 is 1.
    pub const fn attempts(mut self, attempts: u32) -> Self {
        self.attempts = attempts;
        self
    }

    /// The most that the first wait can take.
    pub const fn base_delay(mut self, delay: Duration) -> Self {
        self.base_delay = delay;
        self
    }

    /// The most that any wait can take, unless the API asks for another.
    pub const fn max_delay(mut self, delay: Duration) -> Self {
        self.max_delay = delay;
        self
    }

    /// The longest wait that the API may ask for; more ends the call.
    pub const fn max_server_delay(mut self, delay: Duration) -> Self {
        self.max_server_delay = delay;
        self
    }

    /// What to do after an attempt that failed.
    pub(super) fn next(&self, failure: &Report, is_idempotent: bool) -> Next {
        if failure.attempts >= self.attempts || !is_retried(failure, is_idempotent) {
            return Next::GiveUp;
        }
        if let Kind::NotProcessed { closing: true } = failure.kind {
            return Next::Wait(Duration::ZERO);
        }
        let Some(hint) = failure.hint() else {
            return Next::Wait(self.delay(failure.attempts, fastrand::f64()));
        };
        if hint > self.max_server_delay {
            return Next::TooLong(hint);
        }
        Next::Wait(hint)
    }

    /// The wait after so many attempts, at a `share` of its most.
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
pub(super) enum Next {
    GiveUp,
    /// The API asks for a longer wait than is allowed.
    TooLong(Duration),
    Wait(Duration),
}

fn is_retried(failure: &Report, is_idempotent: bool) -> bool {
    match (&failure.kind, &failure.answer) {
        (Kind::Connect { .. } | Kind::NotProcessed { .. }, _) => true,
        (Kind::Timeout(Wait::Read(_) | Wait::Transport) | Kind::Transport, _) => is_idempotent,
        (Kind::Status(_), Some(answer)) => should_retry(&answer.headers).unwrap_or_else(|| {
            is_retried_status(answer.status, is_idempotent, failure.hint().is_some())
        }),
        _ => false,
    }
}

fn is_retried_status(status: StatusCode, is_idempotent: bool, has_hint: bool) -> bool {
    match status.as_u16() {
        408 | 429 => true,
        503 => is_idempotent || has_hint,
        500 | 502 | 504 => is_idempotent,
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
