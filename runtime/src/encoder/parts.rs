//! A multipart body while it is written: what is between its parts, and before the content of each.
//!
//! Names, filenames and framing are those of the `multipart/form-data` encoding algorithm of
//! [WHATWG](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data). In one point it
//! is for forms that people fill in, and not followed: the line ends in a value stay as the program gave them.
//!
//! Invariant: the boundary is random, so no content can hold it; nothing but an escaped text is between two quotes.

use std::{
    cell::{Cell, RefCell},
    io::{self, Write},
    mem,
    ops::Range,
};

use serde::Serialize;

use super::{
    kind::SinkKind, media_type::is_media_type, part_header, problem::Problem, redact::Redact,
    sink::Sink,
};
use crate::{
    Part,
    body::{Body, Segment},
    operation::{Operation, Param, ParamKind},
    secrets,
};

type Result<T = (), E = Problem> = std::result::Result<T, E>;

/// What the values of parts are written into. An implementation detail of the derive.
#[expect(missing_debug_implementations, reason = "the buffer holds values")]
pub struct Parts {
    operation: &'static Operation,
    boundary: String,
    /// The field whose parts are written.
    param: Cell<&'static Param>,
    /// How many parts it has so far.
    index: Cell<usize>,
    redact: Redact,
    state: RefCell<State>,
}

struct State {
    out: Vec<u8>,
    /// The start of the text since the last part that is a stream.
    start: usize,
    sections: Vec<Section>,
    /// A part's content is not closed yet.
    is_open: bool,
}

/// Where the body is up to.
#[derive(PartialEq)]
pub(super) struct Checkpoint {
    length: usize,
    start: usize,
    sections: usize,
    is_open: bool,
}

/// A section of the body, as long as the buffer it may be a part of is still written.
pub(super) enum Section {
    Buffer(Range<usize>),
    Body(Body, &'static str),
}

/// The whole body, made of these sections of `buffer`.
pub(super) fn into_body(sections: Vec<Section>, buffer: &bytes::Bytes) -> Body {
    let segment = |section| match section {
        Section::Buffer(range) => Segment {
            body: buffer.slice(range).into(),
            field: None,
        },
        Section::Body(body, field) => Segment {
            body,
            field: Some(field),
        },
    };
    Body::of(sections.into_iter().map(segment).collect())
}

impl Parts {
    /// Starts what is written into `out`.
    pub(super) fn new(
        operation: &'static Operation,
        boundary: String,
        out: Vec<u8>,
        first: &'static Param,
        redact: Redact,
    ) -> Self {
        Self {
            operation,
            boundary,
            param: Cell::new(first),
            index: Cell::new(0),
            redact,
            state: RefCell::new(State {
                start: out.len(),
                out,
                sections: Vec::new(),
                is_open: false,
            }),
        }
    }

    /// Prepares for the value of `param`.
    pub(super) fn begin(&self, param: &'static Param) {
        self.param.set(param);
        self.index.set(0);
    }

    /// Where the parts of a field begin; give it to [`Self::replace`].
    pub(super) fn mark(&self) -> Checkpoint {
        let state = self.state.borrow();
        Checkpoint {
            length: state.out.len(),
            start: state.start,
            sections: state.sections.len(),
            is_open: state.is_open,
        }
    }

    /// Writes one part in place of all parts since `mark`, if there are any: `text` makes its content of theirs.
    pub(super) fn replace(
        &self,
        mark: &Checkpoint,
        text: impl FnOnce(&[u8]) -> Option<String>,
    ) -> Result {
        let mut state = self.state.borrow_mut();
        if (state.out.len(), state.sections.len()) == (mark.length, mark.sections) {
            return Ok(());
        }
        let written = &state.out[mark.length..];
        let head = written.windows(4).position(|end| end == b"\r\n\r\n");
        let content = head.map_or(&[][..], |head| &written[head + 4..]);
        let Some(text) = text(content) else {
            return Ok(());
        };
        state.out.truncate(mark.length);
        state.sections.truncate(mark.sections);
        (state.start, state.is_open) = (mark.start, mark.is_open);
        drop(state);
        self.index.set(0);
        self.head(self.declared().0, None, None, &[])?;
        self.append(text.as_bytes());
        Ok(())
    }

    /// Writes the end. Returns the text, the sections before the last one, and that one in the text.
    pub(super) fn finish(self) -> (Vec<u8>, Vec<Section>, Range<usize>) {
        let State {
            mut out,
            start,
            sections,
            is_open,
        } = self.state.into_inner();
        if is_open {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"--");
        out.extend_from_slice(self.boundary.as_bytes());
        out.extend_from_slice(b"--\r\n");
        let rest = start..out.len();
        (out, sections, rest)
    }

    /// The filename and the content type that the attribute declares.
    fn declared(&self) -> (Option<&'static str>, Option<&'static str>) {
        let some = |text: &'static str| (!text.is_empty()).then_some(text);
        match self.param.get().kind {
            ParamKind::Part {
                filename,
                content_type,
            } => (some(filename), some(content_type)),
            _ => (None, None),
        }
    }

    /// Whether the field's values are sent as JSON.
    pub(super) fn is_json(&self) -> bool {
        let Some(content_type) = self.declared().1 else {
            return false;
        };
        let essence = content_type.split(';').next().unwrap_or_default();
        let essence = essence.trim_end().to_ascii_lowercase();
        essence == "application/json" || essence.ends_with("+json")
    }

    /// Starts a part whose content is what comes next. `otherwise` is the content type that a part without a filename
    /// has if none is declared.
    fn head(
        &self,
        filename: Option<&str>,
        content_type: Option<&str>,
        otherwise: Option<&str>,
        headers: &[(String, String)],
    ) -> Result {
        let guessed = || match filename {
            Some(filename) => Some(media_type_of(filename)),
            None => otherwise,
        };
        let content_type = content_type.or(self.declared().1).or_else(guessed);
        if !content_type.is_none_or(is_media_type) {
            return Err(Problem::new(
                "has an invalid content type: write `type/subtype`, and parameters as in `; charset=utf-8`",
            ));
        }
        // The ends of lines are escaped.
        let control = |c: &char| c.is_control() && !matches!(c, '\r' | '\n');
        if let Some(c) = filename.and_then(|name| name.chars().find(control)) {
            return Err(Problem::new(format!(
                "has a filename with {c:?}, a control character"
            )));
        }
        part_header::check(headers)?;
        let mut state = self.state.borrow_mut();
        if mem::replace(&mut state.is_open, true) {
            state.out.extend_from_slice(b"\r\n");
        }
        let mut write = |text: &str| state.out.extend_from_slice(text.as_bytes());
        write("--");
        write(&self.boundary);
        write("\r\nContent-Disposition: form-data; name=\"");
        let param = self.param.get();
        let index = self.index.replace(self.index.get() + 1);
        if param.is_numbered {
            write(&param.wire.replacen(NUMBER, &index.to_string(), 1));
        } else {
            write(param.wire);
        }
        if let Some(filename) = filename {
            write("\"; filename=\"");
            write(&escaped(filename));
        }
        write("\"\r\n");
        if let Some(content_type) = content_type {
            write("Content-Type: ");
            write(content_type);
            write("\r\n");
        }
        part_header::write(headers, param.secret, self.redact, &mut state.out);
        state.out.extend_from_slice(b"\r\n");
        Ok(())
    }

    fn append(&self, bytes: &[u8]) {
        self.state.borrow_mut().out.extend_from_slice(bytes);
    }

    /// Keeps the JSON of the parts since `mark`, which are a secret.
    pub(super) fn keep_json(&self, mark: &Checkpoint) {
        let state = self.state.borrow();
        let text = String::from_utf8_lossy(&state.out[mark.length..]);
        // Neither the head of a part nor JSON has an empty line in it.
        for content in text.split("\r\n\r\n").skip(1) {
            let mut values = serde_json::Deserializer::from_str(content).into_iter();
            if let Some(Ok(value)) = values.next() {
                secrets::keep_json(value);
            }
        }
    }

    /// The whole content of a part.
    fn content(&self, bytes: &[u8]) {
        if self.param.get().secret {
            secrets::keep_bytes(bytes);
        }
        self.append(bytes);
    }

    /// A part that is a scalar.
    pub(super) fn text<T: Serialize + ?Sized>(&self, value: &T) -> Result {
        self.head(self.declared().0, None, None, &[])?;
        let mut state = self.state.borrow_mut();
        let mut sink = Sink::new(&mut state.out, self.operation, SinkKind::Text, "");
        sink.is_secret = self.param.get().secret;
        value.serialize(&mut sink)
    }

    /// Starts a part that is JSON.
    pub(super) fn json(&self) -> Result {
        self.head(self.declared().0, None, None, &[])
    }

    /// A part of bytes.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Result {
        self.head(self.declared().0, None, Some(OCTETS), &[])?;
        self.content(bytes);
        Ok(())
    }

    /// A part that a program has made.
    pub(super) fn part(&self, part: Part) -> Result {
        let filename = part.filename_or(self.declared().0);
        let otherwise = (!part.is_text).then_some(OCTETS);
        let content_type = part.content_type.as_deref();
        self.head(filename, content_type, otherwise, &part.headers)?;
        if let Some(bytes) = part.content.as_bytes() {
            self.content(bytes);
            return Ok(());
        }
        let mut state = self.state.borrow_mut();
        let before = state.start..state.out.len();
        state.start = before.end;
        state.sections.push(Section::Buffer(before));
        let field = self.param.get().field;
        state.sections.push(Section::Body(part.content, field));
        Ok(())
    }
}

/// Where `serde_json` writes to.
impl Write for &Parts {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.append(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Stands for the index of an item in the name of a part.
const NUMBER: &str = "{n}";

const OCTETS: &str = "application/octet-stream";

fn media_type_of(filename: &str) -> &'static str {
    let guess = mime_guess::from_path(filename);
    guess.first_raw().unwrap_or(OCTETS)
}

fn escaped(filename: &str) -> String {
    filename
        .replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
