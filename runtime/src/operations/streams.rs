//! Events and items of an operation that is called by its name.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use futures_core::Stream;
use serde::Serialize;
use serde_json::Value;

use crate::{
    ApiRequest, Error, Items, PageItems,
    error::{ErrorKind, Report},
    operation::Operation,
};
#[cfg(feature = "events")]
use crate::{ErrorFormat, EventStream, OpenEvents};

/// Values that are received one after the other.
pub(super) type Values = Pin<Box<dyn Stream<Item = Result<Value, Error>> + Send + 'static>>;

/// An error, and no values.
struct Failed(Option<Error>);

pub(super) fn failed(error: Error) -> Values {
    Box::pin(Failed(Some(error)))
}

impl Stream for Failed {
    type Item = Result<Value, Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Err))
    }
}

/// The items of pages, as JSON.
struct ItemValues<R: ApiRequest, T> {
    operation: &'static Operation,
    items: Items<R, T>,
}

pub(super) fn items<R, T>(operation: &'static Operation, items: Items<R, T>) -> Values
where
    R: PageItems<T, Error: Send> + Send + 'static,
    T: Serialize + Send + 'static,
{
    Box::pin(ItemValues { operation, items })
}

impl<R: PageItems<T>, T: Serialize> Stream for ItemValues<R, T> {
    type Item = Result<Value, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(Pin::new(&mut self.items).poll_next(context));
        let operation = self.operation;
        Poll::Ready(item.map(|item| {
            let value = serde_json::to_value(item.map_err(Error::erase)?);
            value.map_err(|error| {
                let (path, message) = (None, "an item is not JSON".to_owned());
                let report = Report::new(operation.name, ErrorKind::Decode { path, message });
                Error::from_failure(Box::new(report.source(Some(error.into()))))
            })
        }))
    }
}

/// Events, from the request on.
#[cfg(feature = "events")]
enum EventValues<E> {
    Opening(Pin<Box<OpenEvents<Value, E>>>),
    Open(Pin<Box<EventStream<Value, E>>>),
    Ended,
}

#[cfg(feature = "events")]
pub(super) fn events<E: ErrorFormat + 'static>(events: OpenEvents<Value, E>) -> Values {
    Box::pin(EventValues::Opening(Box::pin(events)))
}

#[cfg(feature = "events")]
impl<E: ErrorFormat> Stream for EventValues<E> {
    type Item = Result<Value, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut *self {
                Self::Ended => return Poll::Ready(None),
                Self::Open(events) => {
                    let event = ready!(events.as_mut().poll_next(context));
                    return Poll::Ready(event.map(|event| event.map_err(Error::erase)));
                }
                Self::Opening(opening) => match ready!(opening.as_mut().poll(context)) {
                    Ok(events) => *self = Self::Open(Box::pin(events)),
                    Err(error) => {
                        *self = Self::Ended;
                        return Poll::Ready(Some(Err(error.erase())));
                    }
                },
            }
        }
    }
}
