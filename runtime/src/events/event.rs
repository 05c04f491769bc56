//! One event, and the error of one that is too large: plain data.

use std::{borrow::Cow, error, fmt, time::Duration};

/// The type of an event whose type the stream does not name.
pub(super) const MESSAGE: Cow<'static, str> = Cow::Borrowed("message");

/// One event of a stream, as it is dispatched.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::events::EventDecoder;
///
/// let mut decoder = EventDecoder::default();
/// decoder.feed(b"event: add\ndata: 73857293\nid: 1\nretry: 2500\n\n");
/// let event = decoder.next_event().expect("the blank line completes the event")?;
/// assert_eq!(event.event, "add");
/// assert_eq!(event.data, "73857293");
/// assert_eq!(event.id, "1");
/// assert_eq!(event.retry, Some(Duration::from_millis(2500)));
/// # Ok::<(), api_request::events::EventError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Event {
    /// The event's type: `message` if the stream does not name it.
    pub event: Cow<'static, str>,
    /// The values of the `data` fields, joined by line feeds.
    pub data: String,
    /// The last event ID: that of this event or, where it names none, of the one before. Empty until the stream sets it.
    pub id: String,
    /// The reconnection time, where the stream has set it since the event before: in this event, or in a block without
    /// data, which is not an event. More milliseconds than a `u64` holds count as `u64::MAX`.
    pub retry: Option<Duration>,
}

impl Default for Event {
    /// Returns an event of the type `message` without data, to set the fields of: tests of programs need events.
    fn default() -> Self {
        Self {
            event: MESSAGE,
            data: String::new(),
            id: String::new(),
            retry: None,
        }
    }
}

/// The error of an event that is larger than the limit of the decoder, or whose ID is larger than 64 KiB.
///
/// ```
/// use api_request::events::EventDecoder;
///
/// let mut decoder = EventDecoder::with_limit(4);
/// decoder.feed(b"data: 12345\n\n");
/// let error = decoder.next_event().expect("the event is too large").unwrap_err();
/// assert_eq!(error.to_string(), "an event is larger than the limit of 4 bytes");
/// assert!(decoder.next_event().is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventError {
    pub(super) what: Oversized,
    pub(super) limit: usize,
}

/// What is larger than its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Oversized {
    Event,
    Id,
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, limit } = self;
        let what = match what {
            Oversized::Event => "an event",
            Oversized::Id => "the ID of an event",
        };
        write!(f, "{what} is larger than the limit of {limit} bytes")
    }
}

impl error::Error for EventError {}
