//! A response decoded as a stream of items, each from an event: thin shells over [`EventReader`].

use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{
    event::Event,
    response::EventReader,
    resume::{Opening, Resume},
};
use crate::{
    Error, ErrorBody, ErrorFormat,
    error::{Failure, request_id},
    operation::Operation,
    response::{RawResponse, Undecodable, explain},
    sensitive::RedactedHeaders,
};

/// A type that an event is decoded as: any that deserializes from JSON, from the data, and [`Event`] itself.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the item of an event stream",
    label = "the data of an event cannot be decoded as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime"
)]
pub trait EventItem: Sized {
    /// Whether it is the event itself, and any event will do.
    const IS_RAW: bool = false;

    fn decode(event: &Event) -> Result<Self, Undecodable>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> EventItem for T {
    fn decode(event: &Event) -> Result<Self, Undecodable> {
        let data = event.data.as_str();
        serde_json::from_str(data).map_err(|error| explain::<T>(data.as_bytes(), &error))
    }
}

#[diagnostic::do_not_recommend]
impl EventItem for Event {
    const IS_RAW: bool = true;

    fn decode(event: &Event) -> Result<Self, Undecodable> {
        Ok(event.clone())
    }
}

/// A future of an [`EventStream`], ready when the head of the response is there: what `Call::events` returns.
///
/// ```
/// # use api_request::{ApiRequest, EventRequest, EventStream, OpenEvents};
/// # #[derive(ApiRequest)]
/// # #[api(method = GET, path = "/ticks", events = u64)]
/// # struct Ticks;
/// # async fn run(response: http::Response<api_request::Body>) -> Result<(), api_request::Error> {
/// let opening: OpenEvents<u64> = Ticks::decode_events(response);
/// let ticks: EventStream<u64> = opening.await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before it is polled"]
pub struct OpenEvents<T, E = ErrorBody> {
    response: Awaited<E>,
    operation: &'static Operation,
    /// A function, so that the future is `Send` and `Sync` whatever `T` is.
    items: PhantomData<fn() -> T>,
}

enum Awaited<E> {
    Once(Receiving),
    /// A response after which the stream can be opened again.
    #[cfg_attr(
        not(feature = "client"),
        expect(dead_code, reason = "only a client sends a request again")
    )]
    Resumable(Opening),
    /// The error of a call that could not be started.
    #[cfg_attr(
        not(feature = "client"),
        expect(dead_code, reason = "only a client starts a call")
    )]
    Failed(Option<Error<E>>),
}

/// A response on its way.
pub(crate) type Receiving = Pin<Box<dyn Future<Output = Result<RawResponse, Failure>> + Send>>;

impl<T, E> OpenEvents<T, E> {
    pub(crate) fn new(operation: &'static Operation, response: Receiving) -> Self {
        Self::of(operation, Awaited::Once(response))
    }

    #[cfg(feature = "client")]
    pub(crate) fn resumable(
        operation: &'static Operation,
        response: Result<Opening, Error<E>>,
    ) -> Self {
        let failed = |error| Awaited::Failed(Some(error));
        let response = response.map_or_else(failed, Awaited::Resumable);
        Self::of(operation, response)
    }

    fn of(operation: &'static Operation, response: Awaited<E>) -> Self {
        Self {
            response,
            operation,
            items: PhantomData,
        }
    }
}

impl<T, E: ErrorFormat> Future for OpenEvents<T, E> {
    type Output = Result<EventStream<T, E>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let operation = self.operation;
        let opened = match &mut self.response {
            Awaited::Once(response) => {
                let response = ready!(response.as_mut().poll(context));
                response.map(|response| (response, Resume::Never))
            }
            Awaited::Resumable(response) => {
                let opened = ready!(response.as_mut().poll(context));
                opened.map(|(response, reopen)| (response, Resume::Ready(reopen)))
            }
            Awaited::Failed(error) => {
                let error = error.take().expect("it was polled after it was ready");
                return Poll::Ready(Err(error));
            }
        };
        Poll::Ready(match opened {
            Ok((response, resume)) => Ok(EventStream {
                events: Box::new(EventReader::open(operation, E::RULES, response, resume)),
                items: PhantomData,
            }),
            Err(failure) => Err(Error::from_failure(failure)),
        })
    }
}

impl<T, E> fmt::Debug for OpenEvents<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenEvents")
            .field("operation", &self.operation.name)
            .finish_non_exhaustive()
    }
}

/// A stream of the items of an event stream: what `Call::events` gives.
///
/// An item is the JSON in the data of an event, or the [`Event`] itself. An event without data, or with white space alone,
/// is not an item, nor is one whose type `events(only = …)` leaves out or `events(ignore = …)` names. After the last one the stream ends: when the event comes whose data is
/// the declared sentinel, `events(done = "…")`, or, where none is declared, when the body ends. An error is the last thing
/// that comes:
///
/// - the body breaks off, or ends without the declared sentinel, or in the middle of an event;
/// - the API reports an error, in an event called `error` or in a top-level member `error` that is not `null`, unless
///   the items are the events themselves: [`Error::is_status`] is true, and [`Error::api`] has it;
/// - an item cannot be decoded: [`Error::body`] has its data; or the body is in a content coding that is not decoded;
/// - an event is larger than the limit, or no data is received for as long as the read timeout.
///
/// Dropping the stream closes the connection.
///
/// # Resumed streams
///
/// Where the request declares `events(…, resume)`, the client asks for the rest of a stream that breaks off: if the
/// connection fails, no data is received for as long as the read timeout, or the declared sentinel or the end of an event
/// is missing. An error of the API, and an item that cannot be decoded, end the stream as above.
///
/// The client sends the request again, with the last event ID in the header `Last-Event-ID`; after a redirect, the
/// request that was redirected to. It first waits for the time that the stream has set by `retry`, if it has set one, up
/// to `Retry::max_server_delay`, or else for the backoff delay. The timeout of the call begins anew after the wait, and is
/// up to the head of the response. A response with a non-2xx status and a connection error are retried by the rules of
/// `Retry`, and then are the error that ends the stream; a 204 response ends it without an error. An attempt to resume
/// counts against the most attempts and the retry budget. An item sets both back.
///
/// A break is the error of the stream as above if there was no event with an ID before it, if the ID cannot be sent in a
/// header, if the body of the request can be sent only once, and if the rule of `Retry::when` decides so. The stream goes
/// on with items; the event that was cut is lost, for the API to send again.
///
/// ```
/// use api_request::{ApiRequest, EventRequest};
/// use futures_util::TryStreamExt;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/count", events(item = u32, done = "[DONE]"))]
/// struct Count;
///
/// # futures_util::FutureExt::now_or_never(async {
/// let response = http::Response::builder()
///     .header("content-type", "text/event-stream")
///     .body("data: 1\n\ndata: 2\n\ndata: [DONE]\n\n".into())?;
/// let items: Vec<u32> = Count::decode_events(response).await?.try_collect().await?;
/// assert_eq!(items, [1, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap().unwrap();
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct EventStream<T, E = ErrorBody> {
    events: Box<EventReader>,
    items: PhantomData<fn() -> (T, E)>,
}

impl<T, E> EventStream<T, E> {
    /// Returns the status of the response: of the last one, if the stream was resumed.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.events.body.context.status
    }

    /// Returns the headers of the response: of the last one, if the stream was resumed.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.events.body.context.headers
    }

    /// Returns the ID of the request in the API's logs: the header `x-request-id` or `request-id` of the response.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// Returns the last event ID, empty if there was none: what a `Last-Event-ID` header says when one asks for the
    /// rest ([HTML, section 9.2.4](https://html.spec.whatwg.org/multipage/server-sent-events.html#last-event-id)). A stream that was resumed keeps it until
    /// an event has another.
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.events.last_event_id
    }

    /// Yields each item together with its event, for APIs whose event types matter.
    ///
    /// ```
    /// # use api_request::{ApiRequest, EventRequest};
    /// # use futures_util::TryStreamExt;
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/jobs", events = u32)]
    /// # struct Jobs;
    /// # futures_util::FutureExt::now_or_never(async {
    /// # let response = http::Response::builder()
    /// #     .header("content-type", "text/event-stream")
    /// #     .body("event: done\ndata: 7\n\n".into())?;
    /// let mut jobs = Jobs::decode_events(response).await?.with_event();
    /// while let Some((event, job)) = jobs.try_next().await? {
    ///     assert_eq!((&*event.event, job), ("done", 7));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap().unwrap();
    /// ```
    pub fn with_event(self) -> WithEvent<T, E> {
        WithEvent(self)
    }
}

impl<T: EventItem, E: ErrorFormat> EventStream<T, E> {
    #[expect(clippy::type_complexity, reason = "it is what a stream polls to")]
    fn poll_pair(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<(Event, T), Error<E>>>> {
        let event = match ready!(self.events.poll_event(context, T::IS_RAW)) {
            Some(Ok(event)) => event,
            Some(Err(failure)) => return Poll::Ready(Some(Err(Error::from_failure(failure)))),
            None => return Poll::Ready(None),
        };
        let item = T::decode(&event);
        Poll::Ready(Some(match item {
            Ok(item) => Ok((event, item)),
            Err(error) => Err(Error::from_failure(self.events.undecodable(event, error))),
        }))
    }
}

impl<T: EventItem, E: ErrorFormat> Stream for EventStream<T, E> {
    type Item = Result<T, Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let pair = ready!(self.get_mut().poll_pair(context));
        Poll::Ready(pair.map(|pair| pair.map(|(_, item)| item)))
    }
}

impl<T, E> fmt::Debug for EventStream<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("status", &self.status())
            .field("headers", &RedactedHeaders(self.headers()))
            .field("ended", &self.events.has_ended())
            .finish_non_exhaustive()
    }
}

/// A stream of each item together with its event: made by [`EventStream::with_event`].
#[must_use = "streams do nothing unless polled"]
#[derive(Debug)]
pub struct WithEvent<T, E = ErrorBody>(EventStream<T, E>);

impl<T: EventItem, E: ErrorFormat> Stream for WithEvent<T, E> {
    type Item = Result<(Event, T), Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll_pair(context)
    }
}
