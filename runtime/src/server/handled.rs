//! The requests that handlers take.

#[cfg(feature = "events")]
use futures_core::Stream;
use http::Response;

#[cfg(feature = "events")]
use super::respond::WriteEvent;
use super::{
    request::FromHttp,
    respond::{WriteAs, WriteError},
};
#[cfg(feature = "events")]
use crate::EventRequest;
use crate::{ApiRequest, Body};

/// A request that is read and whose response and error are written: every [`FromHttp`] whose types are `Serialize`, or
/// made by a derive of this crate.
#[diagnostic::on_unimplemented(
    message = "a handler cannot take `{Self}`",
    label = "the request cannot be read, or its response or error cannot be written",
    note = "derive `FromHttp` beside `ApiRequest` for `{Self}`, so that it is read",
    note = "derive `serde::Serialize` and `serde::Deserialize`, or `ApiResponse` or `ApiError`, for its response and error types, so that they are written"
)]
pub trait Handled: FromHttp {
    #[doc(hidden)]
    fn response(result: Result<Self::Response, Self::Error>) -> Response<Body>;
}

#[diagnostic::do_not_recommend]
impl<R> Handled for R
where
    R: FromHttp,
    R::Kind: WriteAs<<R as ApiRequest>::Response>,
    R::Error: WriteError,
{
    fn response(result: Result<Self::Response, Self::Error>) -> Response<Body> {
        R::respond(result)
    }
}

/// A request whose events are written: every [`Handled`] that declares events, whose items are `Serialize`.
#[cfg(feature = "events")]
#[diagnostic::on_unimplemented(
    message = "a handler of events cannot take `{Self}`",
    label = "the request cannot be read, or its events or error cannot be written",
    note = "derive `FromHttp` beside `ApiRequest` for `{Self}`, and declare `events = T`",
    note = "derive `serde::Serialize` beside `serde::Deserialize` for `T`"
)]
pub trait EventsHandled: Handled + EventRequest {
    #[doc(hidden)]
    fn events_response<S>(result: Result<S, Self::Error>) -> Response<Body>
    where
        S: Stream<Item = Result<Self::Event, Self::Error>> + Send + 'static;
}

#[cfg(feature = "events")]
#[diagnostic::do_not_recommend]
impl<R> EventsHandled for R
where
    R: Handled + EventRequest<Event: WriteEvent>,
    R::Error: WriteError,
{
    fn events_response<S>(result: Result<S, Self::Error>) -> Response<Body>
    where
        S: Stream<Item = Result<Self::Event, Self::Error>> + Send + 'static,
    {
        match result {
            Ok(events) => R::respond_events(events),
            Err(error) => R::response(Err(error)),
        }
    }
}
