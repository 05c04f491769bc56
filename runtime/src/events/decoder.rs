//! From chunks to lines: where a line ends, and how much of it is there.
//!
//! Invariant: what comes out depends on the bytes alone, not on the chunks. Of a line that has not ended yet, no more
//! than `KEPT` bytes stay in the buffer: a longer one goes to the block, or nowhere, as it arrives.

use std::{fmt, time::Duration};

use memchr::memchr2;

use super::{
    block::{Block, MAX_ID},
    event::{Event, EventError, Oversized},
    text::Text,
};

const BOM: char = '\u{feff}';

/// How long a line may be that waits in the buffer for its end, so that its value is allocated once, at its size. It
/// has to be enough for the longest name, a colon and a space, which tell what a longer line says. A fuzzer's lines are
/// short.
const KEPT: usize = if cfg!(fuzzing) { 8 } else { 1 << 10 };

/// Decodes a stream of server-sent events: bytes in, events out, no I/O.
///
/// It follows [section 9.2.6 of the HTML Living Standard][html]: a line ends with CR, LF or CRLF, one byte order mark
/// at the start is ignored, what is not UTF-8 becomes U+FFFD, and a block of lines without data is not an event. An
/// event comes out as soon as the blank line after it has begun to arrive.
///
/// It keeps the chunks whose events have not been taken and, of the event that is arriving, the values, so a program
/// that takes all events after each chunk needs memory for one chunk and one event. Comments and unknown fields may be
/// of any length.
///
/// ```
/// use api_request::events::EventDecoder;
///
/// let mut decoder = EventDecoder::default();
/// decoder.feed(b"data: half an ");
/// assert_eq!(decoder.next_event(), None);
/// decoder.feed(b"event\n\ndata: cut o");
/// let event = decoder.next_event().expect("there is a whole event")?;
/// assert_eq!(event.data, "half an event");
/// assert_eq!(decoder.next_event(), None);
/// assert!(decoder.finish(), "an event has been cut off");
/// # Ok::<(), api_request::events::EventError>(())
/// ```
///
/// [html]: https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
#[derive(Clone)]
pub struct EventDecoder {
    limit: usize,
    /// What has been fed and is not decoded yet.
    text: Text,
    /// How many bytes of it have been searched for a line end.
    searched: usize,
    position: Position,
    block: Block,
}

#[derive(Clone, Copy, PartialEq)]
enum Position {
    LineStart,
    /// Within a line whose field is known.
    Within,
    StreamStart,
    /// After a line that ended with CR: if LF is next, it belongs to that line end.
    AfterCr,
    /// After an error, or the end of the stream: nothing comes out any more.
    Ended,
}

impl Default for EventDecoder {
    /// Creates a decoder with a limit of 8 MiB for each event.
    fn default() -> Self {
        Self::with_limit(8 << 20)
    }
}

impl EventDecoder {
    /// Creates a decoder that refuses an event of more than `bytes` bytes: its data, its type and the last event ID,
    /// and the value of the line that is arriving.
    ///
    /// ```
    /// use api_request::events::EventDecoder;
    ///
    /// let mut decoder = EventDecoder::with_limit(1024);
    /// decoder.feed(&b": not a part of an event ".repeat(1000));
    /// assert_eq!(decoder.next_event(), None);
    /// decoder.feed(&b"\ndata: it never ends ".repeat(1000));
    /// assert!(decoder.next_event().is_some_and(|event| event.is_err()));
    /// ```
    #[must_use]
    pub fn with_limit(bytes: usize) -> Self {
        Self {
            limit: bytes,
            text: Text::default(),
            searched: 0,
            position: Position::StreamStart,
            block: Block::default(),
        }
    }

    /// Feeds the next chunk of the stream. It may begin and end anywhere.
    pub fn feed(&mut self, chunk: &[u8]) {
        if self.position != Position::Ended {
            self.text.feed(chunk, KEPT);
        }
    }

    /// Returns the next complete event; `None` if more of the stream is needed.
    ///
    /// # Errors
    ///
    /// If the event that is arriving is larger than the limit, or its ID than 64 KiB. Nothing more comes out after that.
    pub fn next_event(&mut self) -> Option<Result<Event, EventError>> {
        loop {
            if matches!(self.position, Position::StreamStart | Position::AfterCr) {
                self.skip()?;
            }
            let rest = self.text.rest();
            let Some(end) = memchr2(b'\r', b'\n', &rest.as_bytes()[self.searched..]) else {
                return self.put_unfinished();
            };
            let (part, line_end) = rest.split_at(self.searched + end);
            self.searched = 0;
            let is_first = self.position != Position::Within;
            if is_first && part.is_empty() {
                self.end_line(1, line_end.starts_with('\r'));
                match self.block.dispatch() {
                    Some(event) => return Some(Ok(event)),
                    None => continue,
                }
            }
            if is_first && line_end.starts_with("\n\n") {
                if let Some(event) = self.block.dispatch_line(part, self.limit) {
                    self.text.take(part.len() + 2);
                    return Some(Ok(event));
                }
            }
            if let Err(what) = self.block.add(part, is_first, true, self.limit) {
                return Some(Err(self.fail(what)));
            }
            self.end_line(part.len() + 1, line_end.starts_with('\r'));
        }
    }

    /// Skips a byte order mark at the start of the stream, and the second half of CRLF.
    fn skip(&mut self) -> Option<()> {
        let first = self.text.rest().chars().next()?;
        let skipped = match self.position {
            Position::StreamStart => BOM,
            _ => '\n',
        };
        if first == skipped {
            self.text.take(first.len_utf8());
        }
        self.position = Position::LineStart;
        Some(())
    }

    #[inline]
    fn end_line(&mut self, length: usize, is_cr: bool) {
        self.text.take(length);
        self.position = if is_cr {
            Position::AfterCr
        } else {
            Position::LineStart
        };
    }

    /// Leaves the rest of the text, a part of a line, where it is or, if it is long, puts it into the block.
    #[cold]
    fn put_unfinished(&mut self) -> Option<Result<Event, EventError>> {
        let rest = self.text.rest();
        let is_first = self.position != Position::Within;
        if is_first && rest.len() <= KEPT {
            self.searched = rest.len();
            return None;
        }
        if let Err(what) = self.block.add(rest, is_first, false, self.limit) {
            return Some(Err(self.fail(what)));
        }
        let length = rest.len();
        self.text.take(length);
        self.searched = 0;
        self.position = Position::Within;
        None
    }

    /// Sets the last event ID, for a stream that goes on where another broke off.
    pub(super) fn set_last_id(&mut self, id: &str) {
        self.block.set_id(id);
    }

    /// Returns the last event ID, if it was set without an event since the last event.
    pub(super) fn take_id(&mut self) -> Option<String> {
        self.block.take_id()
    }

    /// Returns the reconnection time, if the stream has set one.
    pub(super) fn reconnection(&self) -> Option<Duration> {
        self.block.reconnection()
    }

    /// Ends the stream, and returns whether it ended within an event, which is lost then.
    ///
    /// That is so if there is a line after the last blank one, be it cut off itself; comments do not count. Events that
    /// have not been taken are lost too. After an error there is no more to lose.
    pub fn finish(&mut self) -> bool {
        self.text.end();
        let mut lost = false;
        while self.next_event().is_some() {
            lost = true;
        }
        let rest = self.text.rest();
        lost |= self.block.is_open() || !rest.is_empty() && !rest.starts_with(':');
        self.end();
        lost
    }

    #[cold]
    fn fail(&mut self, what: Oversized) -> EventError {
        self.end();
        let limit = match what {
            Oversized::Event => self.limit,
            Oversized::Id => MAX_ID,
        };
        EventError { what, limit }
    }

    fn end(&mut self) {
        self.position = Position::Ended;
        self.text = Text::default();
        self.searched = 0;
        self.block = Block::default();
    }
}

impl fmt::Debug for EventDecoder {
    /// Shows nothing of the stream.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventDecoder")
            .field("limit", &self.limit)
            .finish_non_exhaustive()
    }
}
