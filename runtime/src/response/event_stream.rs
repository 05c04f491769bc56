//! An answer read as a stream of items, each from an event: thin shells over [`Events`].

use std::{
    fmt,
    marker::PhantomData,
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{Answer, ShownHeaders, events::Events, format::Undecodable, json::locate};
use crate::{
    Error, ErrorBody, ErrorFormat,
    error::{Failure, request_id},
    events::Event,
    operation::Operation,
};

/// A type that the data of events is read as: any that deserializes from JSON.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the item of an event stream",
    label = "the data of an event cannot be decoded as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime"
)]
pub trait EventItem: Sized {
    fn decode(data: &str) -> Result<Self, Undecodable>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> EventItem for T {
    fn decode(data: &str) -> Result<Self, Undecodable> {
        serde_json::from_str(data).map_err(|error| locate::<T>(data.as_bytes(), &error))
    }
}

/// Waits for the head of an answer, and is an [`EventStream`] then: what `Call::events` returns.
///
/// ```
/// # use api_request::{ApiRequest, EventRequest, EventStream, OpenEvents};
/// # #[derive(ApiRequest)]
/// # #[api(method = GET, path = "/ticks", events = u64)]
/// # struct Ticks;
/// # async fn run(answer: http::Response<api_request::Body>) -> Result<(), api_request::Error> {
/// let opening: OpenEvents<u64> = Ticks::decode_events(answer);
/// let ticks: EventStream<u64> = opening.await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is sent before it is polled"]
pub struct OpenEvents<T, E = ErrorBody> {
    /// What the call failed with before it began, if it did.
    answer: Result<Answering, Option<Error<E>>>,
    operation: &'static Operation,
    items: PhantomData<fn() -> T>,
}

/// An answer on its way.
pub(crate) type Answering = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send>>;

impl<T, E> OpenEvents<T, E> {
    pub(crate) fn new(operation: &'static Operation, answer: Result<Answering, Error<E>>) -> Self {
        Self {
            answer: answer.map_err(Some),
            operation,
            items: PhantomData,
        }
    }
}

impl<T, E: ErrorFormat> Future for OpenEvents<T, E> {
    type Output = Result<EventStream<T, E>, Error<E>>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let operation = self.operation;
        let answer = match &mut self.answer {
            Ok(answer) => ready!(answer.as_mut().poll(context)),
            Err(error) => {
                let error = error.take().expect("it was polled after it was done");
                return Poll::Ready(Err(error));
            }
        };
        let events = answer.and_then(|answer| Events::open(operation, E::ENVELOPE, answer));
        Poll::Ready(match events {
            Ok(events) => Ok(EventStream {
                events: Box::new(events),
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

/// The items of an event stream, as they come: what `Call::events` gives.
///
/// An item is the JSON in the data of an event. After the last one the stream ends: when the event comes whose data is
/// the declared sentinel, `events(done = "…")`, or, where none is declared, when the body ends. An error is the last thing
/// that comes:
///
/// - the body breaks off, or ends without the declared sentinel, or in the middle of an event;
/// - the API reports an error, in an event called `error` or in a top-level member `error` that is not `null`:
///   [`Error::is_status`] is true, and [`Error::api`] has it;
/// - an item cannot be decoded: [`Error::body`] has its data;
/// - an event is larger than the limit, or nothing comes for as long as the read timeout.
///
/// Dropping the stream closes the connection.
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
/// let answer = http::Response::builder()
///     .header("content-type", "text/event-stream")
///     .body("data: 1\n\ndata: 2\n\ndata: [DONE]\n\n".into())?;
/// let items: Vec<u32> = Count::decode_events(answer).await?.try_collect().await?;
/// assert_eq!(items, [1, 2]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap().unwrap();
/// ```
#[must_use = "streams do nothing unless polled"]
pub struct EventStream<T, E = ErrorBody> {
    events: Box<Events>,
    items: PhantomData<fn() -> (T, E)>,
}

impl<T, E> EventStream<T, E> {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.events.body.context.status
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.events.body.context.headers
    }

    /// What the API calls this call in its logs: the answer's `x-request-id` or `request-id` header.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }

    /// The ID of the last event that came, empty if none had one: what a `Last-Event-ID` header says when one asks for the
    /// rest ([HTML, section 9.2.4](https://html.spec.whatwg.org/multipage/server-sent-events.html#last-event-id)).
    #[must_use]
    pub fn last_event_id(&self) -> &str {
        &self.events.last_event_id
    }

    /// Gives each item together with its event, for APIs that say something in the event's name.
    ///
    /// ```
    /// # use api_request::{ApiRequest, EventRequest};
    /// # use futures_util::TryStreamExt;
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/jobs", events = u32)]
    /// # struct Jobs;
    /// # futures_util::FutureExt::now_or_never(async {
    /// # let answer = http::Response::builder()
    /// #     .header("content-type", "text/event-stream")
    /// #     .body("event: done\ndata: 7\n\n".into())?;
    /// let mut jobs = Jobs::decode_events(answer).await?.with_event();
    /// while let Some((event, job)) = jobs.try_next().await? {
    ///     assert_eq!((event.event.as_str(), job), ("done", 7));
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
        let event = match ready!(self.events.poll_event(context)) {
            Some(Ok(event)) => event,
            Some(Err(failure)) => return Poll::Ready(Some(Err(Error::from_failure(failure)))),
            None => return Poll::Ready(None),
        };
        let item = T::decode(&event.data);
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
            .field("headers", &ShownHeaders(self.headers()))
            .field("ended", &self.events.has_ended())
            .finish_non_exhaustive()
    }
}

/// An [`EventStream`] that gives each item together with its event: made by [`EventStream::with_event`].
#[must_use = "streams do nothing unless polled"]
#[derive(Debug)]
pub struct WithEvent<T, E = ErrorBody>(EventStream<T, E>);

impl<T: EventItem, E: ErrorFormat> Stream for WithEvent<T, E> {
    type Item = Result<(Event, T), Error<E>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().0.poll_pair(context)
    }
}
