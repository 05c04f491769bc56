//! From chunks to lines: where a line ends, and how much of it is there.
//!
//! Invariant: what comes out depends on the bytes alone, not on the chunks. Of a line that has not ended yet, no more
//! than `KEPT` bytes stay in the buffer: a longer one goes to the block, or nowhere, as it arrives.

use std::{fmt, time::Duration};

use memchr::memchr2;

use super::{
    block::{Block, Line},
    event::{Event, EventError},
};

const BOM: &[u8] = "\u{feff}".as_bytes();

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
    /// What has been fed, of which `decoded` bytes are done with.
    buffer: Vec<u8>,
    decoded: usize,
    /// How many bytes after those have been searched for a line end.
    searched: usize,
    position: Position,
    /// The last line ended with CR: if LF is next, it belongs to that line end.
    after_cr: bool,
    block: Block,
}

#[derive(Clone, Copy, PartialEq)]
enum Position {
    StreamStart,
    LineStart,
    /// Within a line whose field is known.
    Within(Line),
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
            buffer: Vec::new(),
            decoded: 0,
            searched: 0,
            position: Position::StreamStart,
            after_cr: false,
            block: Block::default(),
        }
    }

    /// Feeds the next chunk of the stream. It may begin and end anywhere.
    pub fn feed(&mut self, chunk: &[u8]) {
        if self.position == Position::Ended {
            return;
        }
        let left = self.buffer.len() - self.decoded;
        // No more bytes move than have been decoded, so that the cost is linear even if few events are taken.
        if left <= self.decoded {
            self.buffer.copy_within(self.decoded.., 0);
            self.buffer.truncate(left);
            self.decoded = 0;
        }
        if left <= KEPT {
            self.buffer.reserve_exact(KEPT - left + chunk.len());
        }
        // A long copy is one instruction that steps through the bytes (`rep movsb`), a short one takes wide registers.
        for piece in chunk.chunks(2 << 10) {
            self.buffer.extend_from_slice(piece);
        }
    }

    /// Returns the next complete event; `None` if more of the stream is needed.
    ///
    /// # Errors
    ///
    /// If the event that is arriving is larger than the limit, or its ID than 64 KiB. Nothing more comes out after that.
    pub fn next_event(&mut self) -> Option<Result<Event, EventError>> {
        loop {
            let rest = &self.buffer[self.decoded..];
            let first = *rest.first()?;
            if self.position == Position::LineStart {
                let in_line_end = self.after_cr && first == b'\n';
                self.after_cr = first == b'\r';
                if matches!(first, b'\r' | b'\n') {
                    self.decoded += 1;
                    if in_line_end {
                        continue;
                    }
                    match self.block.dispatch() {
                        Some(event) => return Some(Ok(event)),
                        None => continue,
                    }
                }
            } else if self.position == Position::StreamStart {
                if rest.starts_with(BOM) {
                    self.decoded += BOM.len();
                } else if BOM.starts_with(rest) {
                    return None;
                }
                self.position = Position::LineStart;
                continue;
            }
            let Some(end) = memchr2(b'\r', b'\n', &rest[self.searched..]) else {
                return self.put_unfinished();
            };
            let (part, line_end) = rest.split_at(self.searched + end);
            self.searched = 0;
            let (line, value) = if let Position::Within(line) = self.position {
                (line, part)
            } else {
                if line_end.starts_with(b"\n\n") {
                    if let Some(event) = self.block.dispatch_line(part, self.limit) {
                        self.decoded += part.len() + 2;
                        return Some(Ok(event));
                    }
                }
                self.block.begin(part)
            };
            if let Err(error) = self.block.put(line, value, self.limit) {
                self.end();
                return Some(Err(error));
            }
            self.after_cr = line_end[0] == b'\r';
            self.decoded += part.len() + 1;
            self.block.end(line);
            self.position = Position::LineStart;
        }
    }

    /// Leaves the rest of the buffer, a part of a line, where it is or, if it is long, puts it into the block.
    #[cold]
    fn put_unfinished(&mut self) -> Option<Result<Event, EventError>> {
        let rest = &self.buffer[self.decoded..];
        let (line, value) = match self.position {
            Position::Within(line) => (line, rest),
            _ if rest.len() <= KEPT => {
                self.searched = rest.len();
                return None;
            }
            _ => self.block.begin(rest),
        };
        if let Err(error) = self.block.put(line, value, self.limit) {
            self.end();
            return Some(Err(error));
        }
        self.decoded = self.buffer.len();
        self.searched = 0;
        self.position = Position::Within(line);
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
        let mut lost = false;
        while self.next_event().is_some() {
            lost = true;
        }
        let start = self.buffer.get(self.decoded);
        lost |= self.block.is_open() || start.is_some_and(|byte| *byte != b':');
        self.end();
        lost
    }

    fn end(&mut self) {
        self.position = Position::Ended;
        self.buffer = Vec::new();
        (self.decoded, self.searched) = (0, 0);
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
