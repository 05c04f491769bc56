//! What takes the requests of an operation: those for its events, and all others.

use bytes::Bytes;
use http::{Request, header::ACCEPT};
use serde_json::Value;

use super::{refusal::Refusal, request::FromHttp, table::Table};
use crate::{
    BaseUrl, Body,
    json::{self, Members},
    operation::{Operation, distinct::is_same_route},
};

/// The handlers of an operation: one, or one of each kind.
#[derive(Debug, Clone)]
pub(crate) struct Handlers<H> {
    /// Reads a request and encodes it again.
    pub(super) again: fn(Request<Bytes>) -> Again,
    respond: Option<H>,
    events: Option<H>,
}

/// The request as its declaration writes it; `None` if that is an error, as of a segment of dots.
pub(super) type Again = Result<Option<Request<Body>>, Refusal>;

/// A handler of one kind.
#[derive(Debug)]
pub(crate) enum Kind<H> {
    Respond(H),
    #[cfg(feature = "events")]
    Events(H),
}

impl<H> Handlers<H> {
    /// The handler that a request asks for, by its `Accept` or the declared flag, or the only one.
    pub(crate) fn of(&self, operation: &Operation, request: &Request<Bytes>) -> Option<&H> {
        match (&self.respond, &self.events) {
            (Some(_), Some(events)) if asks_for_events(operation, request) => Some(events),
            (respond, events) => respond.as_ref().or(events.as_ref()),
        }
    }

    /// Makes something else of the handlers.
    #[cfg(feature = "axum")]
    pub(crate) fn map<U>(self, mut change: impl FnMut(H) -> U) -> Handlers<U> {
        Handlers {
            again: self.again,
            respond: self.respond.map(&mut change),
            events: self.events.map(change),
        }
    }
}

impl<H> Table<Handlers<H>> {
    /// Adds a handler; of an operation that is there, the one that it lacks.
    ///
    /// # Panics
    ///
    /// Panics as [`Table::add`].
    #[track_caller]
    pub(crate) fn put<R: FromHttp>(&mut self, handler: Kind<H>) {
        let (respond, events) = match handler {
            Kind::Respond(handler) => (Some(handler), None),
            #[cfg(feature = "events")]
            Kind::Events(handler) => (None, Some(handler)),
        };
        let again = again::<R>;
        let handlers = Handlers {
            again,
            respond,
            events,
        };
        self.join(R::OPERATION, handlers);
    }

    /// Adds handlers; of an operation that is there, those that it lacks.
    ///
    /// # Panics
    ///
    /// Panics as [`Table::add`].
    #[track_caller]
    pub(crate) fn join(&mut self, operation: &'static Operation, handlers: Handlers<H>) {
        for route in self.routes_mut() {
            let there = &mut route.handler;
            let clashes = (there.respond.is_some() && handlers.respond.is_some())
                || (there.events.is_some() && handlers.events.is_some());
            if is_same(route.operation, operation) && !clashes {
                there.respond = there.respond.take().or(handlers.respond);
                there.events = there.events.take().or(handlers.events);
                return;
            }
        }
        self.add(operation, handlers);
    }
}

/// Whether both are of one declaration, which may be there more than once.
pub(crate) fn is_same(a: &Operation, b: &Operation) -> bool {
    a.name == b.name && a.path == b.path && is_same_route(a, b)
}

fn again<R: FromHttp>(request: Request<Bytes>) -> Again {
    const BASE: &str = "http://fake.invalid";
    let (request, group) = R::from_http_in(request)?;
    let base = BASE.parse::<BaseUrl>().ok();
    Ok(base.and_then(|base| request.to_http_in(&base, &group).ok()))
}

fn asks_for_events(operation: &Operation, request: &Request<Bytes>) -> bool {
    let accept = request.headers().get_all(ACCEPT).into_iter();
    let mut accept = accept.filter_map(|value| value.to_str().ok());
    if accept.any(|it| it.contains("text/event-stream")) {
        return true;
    }
    let Some(flag) = operation.events.and_then(|events| events.flag()) else {
        return false;
    };
    let members = Members::<Value>::find(json::content(request.body()), |name| name == flag);
    members.is_ok_and(|members| members.values.last() == Some(&Value::Bool(true)))
}
