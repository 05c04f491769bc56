//! How a response is checked as one of a type: functions of the type of the request.

#[cfg(feature = "events")]
use std::{fmt, marker::PhantomData};

use bytes::Bytes;

use crate::{ApiRequest, error::Failure, response};
#[cfg(feature = "events")]
use crate::{EventRequest, events};

/// Checks a response as one of a type.
pub(super) type Check = fn(http::Response<Bytes>) -> Result<(), Failure>;

/// Checks a response as the value or the error of a request.
pub(super) fn check<R: ApiRequest>(response: http::Response<Bytes>) -> Result<(), Failure> {
    response::check::<_, R::Error>(R::OPERATION, &R::FORMAT, response)
}

/// How the events of a request are checked.
#[cfg(feature = "events")]
#[derive(Debug, Clone, Copy)]
pub struct EventCheck(pub(super) Check);

/// Asks a request whether it has events: the method of the first trait takes precedence over that of the second, as that
/// is of a reference.
#[cfg(feature = "events")]
pub struct EventProbe<R>(PhantomData<fn() -> R>);

#[cfg(feature = "events")]
impl<R> EventProbe<R> {
    /// Asks this request.
    pub const NEW: Self = Self(PhantomData);
}

#[cfg(feature = "events")]
impl<R> fmt::Debug for EventProbe<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventProbe")
    }
}

/// The request has events.
#[cfg(feature = "events")]
pub trait HasEventCheck {
    /// How they are checked.
    fn __api_request_event_check(&self) -> Option<EventCheck>;
}

/// What holds for every other request.
#[cfg(feature = "events")]
pub trait HasNoEventCheck {
    /// There is nothing to check.
    fn __api_request_event_check(&self) -> Option<EventCheck> {
        None
    }
}

#[cfg(feature = "events")]
impl<R> HasNoEventCheck for &EventProbe<R> {}

#[cfg(feature = "events")]
impl<R: EventRequest> HasEventCheck for EventProbe<R> {
    fn __api_request_event_check(&self) -> Option<EventCheck> {
        Some(EventCheck(events::check::check::<R>))
    }
}
