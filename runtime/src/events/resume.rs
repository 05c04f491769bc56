//! Streams that go on after a break: what the reader needs of the client, which is in a layer above.
//!
//! Invariant: a stream that nothing opens again costs no more than the question whether there is something.

use std::{
    mem,
    pin::Pin,
    sync::{Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use crate::{
    error::{ErrorKind, Failure},
    response::RawResponse,
};

/// Sends the request of a stream again: the client.
pub(crate) trait Reopen: Send + Sync {
    /// An item came, so the stream was worth opening.
    fn item_came(&mut self);

    /// Waits, and sends the request again. The error is that of the stream.
    fn reopen(self: Box<Self>, broken: Break) -> Opening;
}

/// A response on its way, and what opens it again.
pub(crate) type Opening = Pin<Box<dyn Future<Output = Result<Opened, Failure>> + Send>>;

pub(crate) type Opened = (RawResponse, Box<dyn Reopen>);

/// A stream that broke off.
pub(crate) struct Break {
    pub(crate) failure: Failure,
    pub(crate) last_event_id: String,
    /// The reconnection time that the stream has set.
    pub(crate) reconnection: Option<Duration>,
}

/// Whether a stream goes on after a break.
pub(super) enum Resume {
    Never,
    Ready(Box<dyn Reopen>),
    /// The lock makes the stream `Sync` and is never locked.
    Waiting(Mutex<Opening>),
}

impl Resume {
    #[inline]
    pub(super) fn item_came(&mut self) {
        if let Self::Ready(reopen) = self {
            reopen.item_came();
        }
    }

    /// Begins to open the stream again; gives the break back if it is the end.
    pub(super) fn begin(&mut self, mut broken: Break) -> Result<(), Failure> {
        let is_break = matches!(
            broken.failure.kind,
            ErrorKind::Transport | ErrorKind::Timeout(_) | ErrorKind::Truncated(_)
        );
        let reopen = match mem::replace(self, Self::Never) {
            Self::Ready(reopen) if is_break => reopen,
            _ => return Err(broken.failure),
        };
        if broken.last_event_id.is_empty() {
            broken.failure.given_up = Some("no event had an ID".into());
            return Err(broken.failure);
        }
        *self = Self::Waiting(Mutex::new(reopen.reopen(broken)));
        Ok(())
    }

    /// Returns the response that goes on.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<RawResponse, Failure>> {
        let Self::Waiting(opening) = self else {
            return Poll::Pending;
        };
        let opening = opening.get_mut().unwrap_or_else(PoisonError::into_inner);
        let opened = ready!(opening.as_mut().poll(context));
        let (next, response) = match opened {
            Ok((response, reopen)) => (Self::Ready(reopen), Ok(response)),
            Err(failure) => (Self::Never, Err(failure)),
        };
        *self = next;
        Poll::Ready(response)
    }
}
