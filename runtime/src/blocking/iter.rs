//! Iterators over pages, items and events.

use std::{fmt, future::poll_fn, pin::Pin};

use futures_core::Stream;

use super::worker::Worker;
#[cfg(any(feature = "events", feature = "lines"))]
use crate::ErrorBody;
#[cfg(feature = "events")]
use crate::{EventStream, WithEvent};

/// An iterator over a stream, whose `next` blocks: from [`Call::pages`](super::Call::pages), `items`, `events` and `lines`.
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Iter<S> {
    pub(super) stream: S,
    pub(super) worker: Worker,
}

impl<S> Iter<S> {
    pub(super) fn new(stream: S, worker: &Worker) -> Self {
        let worker = worker.clone();
        Self { stream, worker }
    }

    /// Returns the stream, which knows the status and headers of a response of events or lines.
    ///
    /// ```
    /// # #[cfg(feature = "events")] {
    /// use api_request::{
    ///     ApiRequest,
    ///     blocking::Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/jobs", events = u32)]
    /// struct Jobs;
    ///
    /// let response = ScriptedResponse::new(200)
    ///     .header("content-type", "text/event-stream")
    ///     .header("x-request-id", "r-1")
    ///     .body("event: done\ndata: 7\n\n");
    /// let api = Script::new().then(response);
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let events = client.call(&Jobs).events()?;
    /// assert_eq!(events.get_ref().request_id(), Some("r-1"));
    /// # }
    /// # Ok::<(), api_request::Error>(())
    /// ```
    #[must_use]
    pub fn get_ref(&self) -> &S {
        &self.stream
    }
}

/// An iterator over the lines of a response, from [`Call::lines`](super::Call::lines).
#[cfg(feature = "lines")]
#[cfg_attr(docsrs, doc(cfg(feature = "lines")))]
pub type Lines<T, E = ErrorBody> = Iter<crate::Lines<T, E>>;

/// An iterator over events, from [`Call::events`](super::Call::events).
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub type Events<T, E = ErrorBody> = Iter<EventStream<T, E>>;

#[cfg(feature = "events")]
impl<T, E> Iter<EventStream<T, E>> {
    /// Yields each item with its event: see [`EventStream::with_event`].
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest,
    ///     blocking::Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/jobs", events = u32)]
    /// struct Jobs;
    ///
    /// let response = ScriptedResponse::new(200)
    ///     .header("content-type", "text/event-stream")
    ///     .header("x-request-id", "r-1")
    ///     .body("event: done\ndata: 7\n\n");
    /// let api = Script::new().then(response);
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let (event, job) = client.call(&Jobs).events()?.with_event().next().unwrap()?;
    /// assert_eq!((&*event.event, job), ("done", 7));
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn with_event(self) -> Iter<WithEvent<T, E>> {
        let Self { stream, worker } = self;
        let stream = stream.with_event();
        Iter { stream, worker }
    }
}

impl<S: Stream + Unpin> Iterator for Iter<S> {
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        let Self { stream, worker } = self;
        worker.wait(poll_fn(|context| Pin::new(&mut *stream).poll_next(context)))
    }
}

impl<S: fmt::Debug> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Iter").field(&self.stream).finish()
    }
}
