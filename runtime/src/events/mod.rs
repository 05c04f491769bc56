//! Server-sent events: from the bytes of a `text/event-stream` to [`Event`]s, without I/O.
//!
//! [`EventDecoder`] follows [section 9.2 of the HTML Living Standard][html] to the letter, however the stream is cut
//! into chunks: give it each chunk as it arrives, and take the events that are complete.
//!
//! ```
//! use api_request::events::EventDecoder;
//!
//! let mut decoder = EventDecoder::default();
//! let mut events = Vec::new();
//! for chunk in ["id: 7\nda", "ta: one\n", "\n: a comment\n\nevent: end\ndata: two\ndata: lines\r\n\r\n"] {
//!     decoder.feed(chunk.as_bytes());
//!     while let Some(event) = decoder.next_event() {
//!         events.push(event?);
//!     }
//! }
//! assert!(!decoder.finish());
//!
//! assert_eq!((&*events[0].event, &*events[0].data, &*events[0].id), ("message", "one", "7"));
//! assert_eq!((&*events[1].event, &*events[1].data, &*events[1].id), ("end", "two\nlines", "7"));
//! # Ok::<(), api_request::events::EventError>(())
//! ```
//!
//! [html]: https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream

mod block;
pub(crate) mod check;
mod decoder;
mod event;
pub(crate) mod request;
mod response;
#[cfg_attr(
    not(feature = "client"),
    expect(dead_code, reason = "only a client sends a request again")
)]
pub(crate) mod resume;
pub(crate) mod stream;
mod text;

pub use self::{
    decoder::EventDecoder,
    event::{Event, EventError},
};
