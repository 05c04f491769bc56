//! From lines to an event: the fields, the buffers that they fill, and what a blank line dispatches.
//!
//! Invariant: values are kept as the bytes that arrived, and read as UTF-8 in one go when the event is dispatched. No
//! sequence of UTF-8 spans a line end, so this is the same as reading the stream as UTF-8 first.

use std::{mem, string::FromUtf8Error, time::Duration};

use super::event::{Event, EventError, Oversized};

/// What a line says, by its field name.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Line {
    Data,
    Event,
    Id,
    Retry,
    /// A comment, or a field that the standard does not know.
    Ignored,
}

/// How long an ID may be: it is copied into each event that follows.
const MAX_ID: usize = 64 << 10;

/// The lines since the last blank one.
#[derive(Clone, Default)]
pub(super) struct Block {
    /// There are lines, besides comments.
    open: bool,
    has_data: bool,
    data: Vec<u8>,
    event: Vec<u8>,
    /// Stays for the events to come.
    id: Vec<u8>,
    /// There was an ID since an event that took more than one line.
    id_is_new: bool,
    /// The ID of a block without data, until there is an event.
    id_alone: Option<String>,
    /// What no event has told yet.
    retry: Option<Duration>,
    reconnection: Option<Duration>,
    /// The value so far of a line that is neither data nor ignored.
    value: Vec<u8>,
}

impl Block {
    /// Begins a line that is not blank, of which all is there up to its value, and maybe more: says what it is, and
    /// returns what is there of its value.
    #[inline]
    pub(super) fn begin<'a>(&mut self, line: &'a [u8]) -> (Line, &'a [u8]) {
        let (kind, rest) = match line {
            [b'd', b'a', b't', b'a', rest @ ..] => (Line::Data, rest),
            [b'e', b'v', b'e', b'n', b't', rest @ ..] => (Line::Event, rest),
            [b'i', b'd', rest @ ..] => (Line::Id, rest),
            [b'r', b'e', b't', b'r', b'y', rest @ ..] => (Line::Retry, rest),
            _ => (Line::Ignored, line),
        };
        self.open |= line[0] != b':';
        let ([b':', b' ', value @ ..] | [b':', value @ ..] | value @ []) = rest else {
            return (Line::Ignored, rest);
        };
        if kind == Line::Data {
            if self.has_data {
                self.data.push(b'\n');
            }
            self.has_data = true;
        }
        (kind, value)
    }

    /// Adds a part of the line's value, unless there would be more than `limit` bytes to keep.
    #[inline]
    pub(super) fn put(&mut self, line: Line, part: &[u8], limit: usize) -> Result<(), EventError> {
        if line == Line::Ignored {
            return Ok(());
        }
        let kept = self.data.len() + self.event.len() + self.id.len() + self.value.len();
        if kept + part.len() > limit {
            let what = Oversized::Event;
            return Err(EventError { what, limit });
        }
        if line == Line::Id && self.value.len() + part.len() > MAX_ID {
            let (what, limit) = (Oversized::Id, MAX_ID);
            return Err(EventError { what, limit });
        }
        match line {
            Line::Data if self.data.capacity() == 0 => self.data = part.to_vec(),
            Line::Data => self.data.extend_from_slice(part),
            _ => self.value.extend_from_slice(part),
        }
        Ok(())
    }

    /// Ends a line.
    #[inline]
    pub(super) fn end(&mut self, line: Line) {
        match line {
            Line::Data | Line::Ignored => return,
            Line::Event => mem::swap(&mut self.event, &mut self.value),
            Line::Id if self.value.contains(&0) => {}
            Line::Id => {
                mem::swap(&mut self.id, &mut self.value);
                self.id_is_new = true;
            }
            Line::Retry => {
                self.retry = milliseconds(&self.value).or(self.retry);
                self.reconnection = self.retry.or(self.reconnection);
            }
        }
        self.value.clear();
    }

    /// Ends the block: the event, unless there are no data.
    pub(super) fn dispatch(&mut self) -> Option<Event> {
        self.open = false;
        let event = mem::take(&mut self.event);
        let id_is_new = mem::take(&mut self.id_is_new);
        if !mem::take(&mut self.has_data) {
            if id_is_new {
                self.id_alone = Some(text(self.id.clone()));
            }
            return None;
        }
        let data = mem::take(&mut self.data);
        Some(self.event(event, data))
    }

    /// Does with one line and a blank one what `begin`, `put`, `end` and `dispatch` would do, if the line is all that the
    /// event consists of, as is the rule.
    #[inline]
    pub(super) fn dispatch_line(&mut self, line: &[u8], limit: usize) -> Option<Event> {
        let value = line.strip_prefix(b"data:")?;
        let value = value.strip_prefix(b" ").unwrap_or(value);
        if self.has_data || !self.event.is_empty() || self.id.len() + value.len() > limit {
            return None;
        }
        self.open = false;
        Some(self.event(Vec::new(), value.to_vec()))
    }

    #[inline]
    fn event(&mut self, event: Vec<u8>, data: Vec<u8>) -> Event {
        let event = if event.is_empty() {
            "message".to_owned()
        } else {
            text(event)
        };
        let id = if self.id.is_empty() {
            String::new()
        } else {
            text(self.id.clone())
        };
        if self.id_alone.is_some() {
            self.id_alone = None;
        }
        Event {
            event,
            data: text(data),
            id,
            retry: self.retry.take(),
        }
    }

    pub(super) fn set_id(&mut self, id: &str) {
        self.id = id.into();
    }

    pub(super) fn take_id(&mut self) -> Option<String> {
        self.id_alone.take()
    }

    pub(super) fn reconnection(&self) -> Option<Duration> {
        self.reconnection
    }

    /// Whether the stream, if it ended now, would end within a block.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }
}

/// Decodes as the Encoding Standard does, in place where the bytes are UTF-8.
#[inline]
fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| replaced(&error))
}

#[cold]
fn replaced(error: &FromUtf8Error) -> String {
    String::from_utf8_lossy(error.as_bytes()).into_owned()
}

fn milliseconds(digits: &[u8]) -> Option<Duration> {
    if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = digits.iter().fold(0_u64, |number, digit| {
        number
            .saturating_mul(10)
            .saturating_add(u64::from(digit - b'0'))
    });
    Some(Duration::from_millis(number))
}
