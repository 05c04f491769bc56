//! The credentials that a provider gave last, and getting others.
//!
//! Invariants: there is one fetch at a time, and who waited for it takes what came of it; no lock is held while a
//! request is sent; a fetch that is dropped leaves everything as it was, so that the next in line starts another.

use std::{
    pin::Pin,
    sync::{Mutex, MutexGuard, PoisonError},
};

use http::HeaderValue;
use tokio::{sync::Mutex as Turn, time::Instant};

use super::authorization::{Authorization, Credentials};
use crate::{BoxError, error::SharedError};

/// A provider, and what it gave last.
pub(super) struct Provider {
    source: Box<dyn AnyCredentials>,
    known: Mutex<Known>,
    /// Whoever has it fetches.
    turn: Turn<()>,
}

#[derive(Default)]
struct Known {
    /// How many fetches have ended.
    ended: u64,
    /// How often the program said to forget.
    forgotten: u64,
    /// What came of the last fetch; none before the first, and when that is not to be used any longer.
    outcome: Option<Outcome>,
}

enum Outcome {
    Granted(HeaderValue, Option<Instant>),
    Failed(SharedError),
}

/// Credentials for one request.
pub(super) struct Grant {
    pub(super) value: HeaderValue,
    /// The fetch they are from.
    pub(super) fetch: u64,
}

impl Provider {
    pub(super) fn new(source: impl Credentials) -> Self {
        Self {
            source: Box::new(source),
            known: Mutex::default(),
            turn: Turn::default(),
        }
    }

    /// The credentials that are there.
    pub(super) fn cached(&self) -> Option<Grant> {
        let known = self.known();
        match known.outcome.as_ref()? {
            Outcome::Granted(value, expires) if is_ahead(*expires) => Some(known.grant(value)),
            _ => None,
        }
    }

    /// Gets others, or waits for those that are being got.
    pub(super) async fn fetch(&self) -> Result<Grant, SharedError> {
        let ended = self.known().ended;
        let _turn = self.turn.lock().await;
        let forgotten = {
            let known = self.known();
            let has_waited = known.ended != ended;
            match &known.outcome {
                // It may have expired at once, or have failed: that gets no better for each of those who waited.
                Some(Outcome::Granted(value, expires)) if has_waited || is_ahead(*expires) => {
                    return Ok(known.grant(value));
                }
                Some(Outcome::Failed(error)) if has_waited => return Err(error.clone()),
                _ => known.forgotten,
            }
        };
        let start = Instant::now();
        let result = match self.source.get().await {
            Ok(Authorization { value, expires_in }) => {
                // A time beyond what a clock can count never comes.
                let expires = expires_in.and_then(|time| start.checked_add(time));
                value.map(|value| (value, expires)).map_err(BoxError::from)
            }
            Err(error) => Err(error),
        };
        let mut known = self.known();
        known.ended += 1;
        let (outcome, result) = match result {
            Ok((value, expires)) => {
                let grant = known.grant(&value);
                (Outcome::Granted(value, expires), Ok(grant))
            }
            Err(error) => {
                let error = SharedError::from(error);
                (Outcome::Failed(error.clone()), Err(error))
            }
        };
        // What was asked for before the program said to forget is not for those who come after.
        known.outcome = (known.forgotten == forgotten).then_some(outcome);
        result
    }

    /// Never uses the credentials of this fetch again.
    pub(super) fn refuse(&self, fetch: u64) {
        let mut known = self.known();
        if known.ended == fetch {
            known.outcome = None;
        }
    }

    /// Never uses again what is known, or being got.
    pub(super) fn forget(&self) {
        let mut known = self.known();
        known.forgotten += 1;
        known.outcome = None;
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        // Nothing that can panic runs while it is locked.
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn grant(&self, value: &HeaderValue) -> Grant {
        Grant {
            value: value.clone(),
            fetch: self.ended,
        }
    }
}

fn is_ahead(expires: Option<Instant>) -> bool {
    expires.is_none_or(|at| Instant::now() < at)
}

type Getting<'a> = Pin<Box<dyn Future<Output = Result<Authorization, BoxError>> + Send + 'a>>;

/// A provider whose future is boxed, so that the client is not generic.
trait AnyCredentials: Send + Sync {
    fn get(&self) -> Getting<'_>;
}

impl<T: Credentials> AnyCredentials for T {
    fn get(&self) -> Getting<'_> {
        Box::pin(Credentials::get(self))
    }
}
