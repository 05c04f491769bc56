//! From lines to an event: the fields, the buffers that they fill, and what a blank line dispatches.

use std::{mem, time::Duration};

use super::event::{Event, MESSAGE, Oversized};

/// What a line says, by its field name.
#[derive(Clone, Copy, PartialEq, Default)]
enum Line {
    Data,
    Event,
    Id,
    Retry,
    /// A comment, or a field that the standard does not know.
    #[default]
    Ignored,
}

/// How long an ID may be: it is copied into each event that follows.
pub(super) const MAX_ID: usize = 64 << 10;

/// The lines since the last blank one.
#[derive(Clone, Default)]
pub(super) struct Block {
    /// There are lines, besides comments.
    open: bool,
    /// There is more to tell of the next event than its data: a type, an ID or a reconnection time.
    has_notes: bool,
    /// The line that arrived last, or is arriving.
    line: Line,
    /// `None` if no line had data.
    data: Option<String>,
    event: String,
    /// Stays for the events to come.
    id: String,
    /// There is an ID since the last blank line.
    id_is_new: bool,
    /// The ID of a block without data, until there is an event.
    id_alone: Option<String>,
    /// What no event has told yet.
    retry: Option<Duration>,
    reconnection: Option<Duration>,
    /// The value so far of a line that is neither data nor ignored.
    value: String,
}

impl Block {
    /// Adds a part of a line that is not blank, unless there would be more than `limit` bytes to keep. The first part is at
    /// least all that there is up to the value.
    pub(super) fn add(
        &mut self,
        part: &str,
        is_first: bool,
        is_last: bool,
        limit: usize,
    ) -> Result<(), Oversized> {
        let value = if is_first { self.begin(part) } else { part };
        self.put(value, limit)?;
        if is_last {
            self.end();
        }
        Ok(())
    }

    /// Begins a line, and returns what is there of its value.
    #[inline]
    fn begin<'a>(&mut self, line: &'a str) -> &'a str {
        let (kind, rest) = if let Some(rest) = line.strip_prefix("data") {
            (Line::Data, rest)
        } else if let Some(rest) = line.strip_prefix("event") {
            (Line::Event, rest)
        } else if let Some(rest) = line.strip_prefix("id") {
            (Line::Id, rest)
        } else if let Some(rest) = line.strip_prefix("retry") {
            (Line::Retry, rest)
        } else {
            self.open |= !line.starts_with(':');
            self.line = Line::Ignored;
            return line;
        };
        self.open = true;
        let value = match rest.strip_prefix(':') {
            Some(value) => value.strip_prefix(' ').unwrap_or(value),
            None if rest.is_empty() => rest,
            None => {
                self.line = Line::Ignored;
                return rest;
            }
        };
        if kind == Line::Data {
            match &mut self.data {
                Some(data) => data.push('\n'),
                None => self.data = Some(String::new()),
            }
        }
        self.line = kind;
        value
    }

    #[inline]
    fn put(&mut self, part: &str, limit: usize) -> Result<(), Oversized> {
        if self.line == Line::Ignored {
            return Ok(());
        }
        let data = self.data.as_ref().map_or(0, String::len);
        let kept = data + self.event.len() + self.id.len() + self.value.len();
        if kept + part.len() > limit {
            return Err(Oversized::Event);
        }
        if self.line == Line::Id && self.value.len() + part.len() > MAX_ID {
            return Err(Oversized::Id);
        }
        let value = match self.line {
            Line::Data => self.data.get_or_insert_default(),
            _ => &mut self.value,
        };
        if value.capacity() == 0 {
            *value = String::from(part);
        } else {
            value.push_str(part);
        }
        Ok(())
    }

    #[inline]
    fn end(&mut self) {
        match self.line {
            Line::Data | Line::Ignored => return,
            Line::Event => mem::swap(&mut self.event, &mut self.value),
            Line::Id if self.value.contains('\0') => {}
            Line::Id => {
                mem::swap(&mut self.id, &mut self.value);
                self.id_is_new = true;
            }
            Line::Retry => {
                self.retry = milliseconds(self.value.as_bytes()).or(self.retry);
                self.reconnection = self.retry.or(self.reconnection);
            }
        }
        self.value.clear();
        self.has_notes = true;
    }

    /// Ends the block: the event, unless there are no data.
    pub(super) fn dispatch(&mut self) -> Option<Event> {
        self.open = false;
        if let Some(data) = self.data.take() {
            return Some(self.event(data));
        }
        self.event.clear();
        if mem::take(&mut self.id_is_new) {
            self.id_alone = Some(self.id.clone());
        }
        None
    }

    /// Does with a line and a blank one what `add` and `dispatch` would do, if it is the only line of data, as is the rule.
    #[inline]
    pub(super) fn dispatch_line(&mut self, line: &str, limit: usize) -> Option<Event> {
        let value = line.strip_prefix("data:")?;
        let value = value.strip_prefix(' ').unwrap_or(value);
        if self.data.is_some() || self.event.len() + self.id.len() + value.len() > limit {
            return None;
        }
        self.open = false;
        Some(self.event(value.to_owned()))
    }

    #[inline]
    fn event(&mut self, data: String) -> Event {
        if !self.has_notes {
            return Event {
                data,
                ..Event::default()
            };
        }
        self.id_is_new = false;
        self.id_alone = None;
        self.has_notes = !self.id.is_empty();
        let event = mem::take(&mut self.event);
        Event {
            event: if event.is_empty() {
                MESSAGE
            } else {
                event.into()
            },
            data,
            id: self.id.as_str().to_owned(),
            retry: self.retry.take(),
        }
    }

    pub(super) fn set_id(&mut self, id: &str) {
        self.id = id.into();
        self.has_notes = true;
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
