//! A response of server-sent events, written by the rules that the events are read by.

use std::{
    fmt::Write as _,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use http::{
    HeaderValue, Response,
    header::{CACHE_CONTROL, CONTENT_TYPE},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    traits::WriteError,
    writer::{ResponseWriter, Unwritable, Written},
};
use crate::{Body, BoxError, Events, Operation, events::Event};

/// An item of an event stream that can be written: JSON by `Serialize`, or an `Event` as it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as an event",
    label = "an event cannot be written from this",
    note = "derive `serde::Serialize` for `{Self}`, beside `serde::Deserialize`"
)]
pub trait WriteEvent {
    /// Writes the event.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be serialized, or is not one event.
    fn write_event(&self, writer: &mut EventWriter) -> Written;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> WriteEvent for T {
    fn write_event(&self, writer: &mut EventWriter) -> Written {
        let json = serde_json::to_string(self).map_err(Unwritable::body)?;
        let only = writer.only;
        writer.event(only, &json);
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl WriteEvent for Event {
    fn write_event(&self, writer: &mut EventWriter) -> Written {
        let Self {
            event,
            data,
            id,
            retry,
        } = self;
        if event.contains(['\n', '\r']) || id.contains(['\n', '\r', '\0']) {
            let reason = "the type or the ID of an event has the end of a line in it";
            return Err(Unwritable::new(reason));
        }
        // An ID holds until there is another.
        if *id != writer.last_id {
            writer.field("id", id);
            writer.last_id.clone_from(id);
        }
        if let Some(retry) = retry {
            let retry = u64::try_from(retry.as_millis()).unwrap_or(u64::MAX);
            writer.field("retry", &retry.to_string());
        }
        writer.event(event, data);
        Ok(())
    }
}

/// Events that are written. An implementation detail of the library.
#[derive(Debug)]
pub struct EventWriter {
    text: String,
    last_id: String,
    /// The type of the items; empty where any is.
    only: &'static str,
}

impl EventWriter {
    fn field(&mut self, name: &str, value: &str) {
        // Writing to a `String` does not fail.
        let _ = writeln!(self.text, "{name}: {value}");
    }

    fn event(&mut self, event: &str, data: &str) {
        if !event.is_empty() && event != "message" {
            self.field("event", event);
        }
        self.data(data);
    }

    /// Writes a `data` field for each line, and ends the event.
    fn data(&mut self, data: &str) {
        let data = data.replace("\r\n", "\n");
        for line in data.split(['\n', '\r']) {
            self.field("data", line);
        }
        self.text.push('\n');
    }

    fn take(&mut self) -> Bytes {
        std::mem::take(&mut self.text).into()
    }
}

/// A stream of items as one of bytes.
struct EventBody<S> {
    /// `None` after the last one.
    items: Option<Pin<Box<S>>>,
    done: Option<&'static str>,
    writer: EventWriter,
}

impl<S, T, E> Stream for EventBody<S>
where
    S: Stream<Item = Result<T, E>>,
    T: WriteEvent,
    E: WriteError,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(items) = &mut self.items else {
            return Poll::Ready(None);
        };
        let item = ready!(items.as_mut().poll_next(context));
        let Self { done, writer, .. } = &mut *self;
        let (is_last, written) = match item {
            Some(Ok(item)) => (false, item.write_event(writer)),
            Some(Err(error)) => (true, write_error(error, writer)),
            None => {
                if let Some(done) = done {
                    writer.data(done);
                }
                (true, Ok(()))
            }
        };
        let bytes = writer.take();
        if is_last || written.is_err() {
            self.items = None;
        }
        Poll::Ready(match written {
            Ok(()) if bytes.is_empty() => None,
            Ok(()) => Some(Ok(bytes)),
            Err(error) => Some(Err(error.into())),
        })
    }
}

fn write_error<E: WriteError>(error: E, writer: &mut EventWriter) -> Written {
    let mut response = ResponseWriter::default();
    error.write_error(&mut response)?;
    writer.event("error", &String::from_utf8_lossy(&response.into_data()));
    Ok(())
}

/// A response of the declared events.
pub(in crate::server) fn respond_events<S, T, E>(
    operation: &'static Operation,
    items: S,
) -> Response<Body>
where
    S: Stream<Item = Result<T, E>> + Send + 'static,
    T: WriteEvent,
    E: WriteError,
{
    let declared = operation.events();
    let only = declared.and_then(|events| events.only().first());
    let body = EventBody {
        items: Some(Box::pin(items)),
        done: declared.and_then(Events::done),
        writer: EventWriter {
            text: String::new(),
            last_id: String::new(),
            only: only.copied().unwrap_or_default(),
        },
    };
    let mut response = Response::new(Body::once(body));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}
