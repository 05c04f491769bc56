//! A multipart body while it is written: what is between its parts, and before the content of each.
//!
//! Names, filenames and framing are those of the `multipart/form-data` encoding algorithm of
//! [WHATWG](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data). In one point it
//! is for forms that people fill in, and not followed: the line ends in a value stay as the program gave them.
//!
//! Invariant: the boundary is random, so no content can hold it; nothing but an escaped text is between two quotes.

use std::{
    cell::{Cell, RefCell},
    fmt,
    io::{self, Write},
    mem,
    ops::Range,
};

use http::{HeaderValue, header::CONTENT_TYPE};
use serde::Serialize;

use super::{
    Encoder, Header, Value, Written, problem,
    problem::Problem,
    refused,
    sink::{Location, Sink},
    traits::PartValue,
};
use crate::{
    EncodeError, Part,
    body::{Body, Segment},
    operation::{Content, Kind, Operation, Param},
    secret::{self, Nonce},
};

type Result<T = (), E = Problem> = std::result::Result<T, E>;

/// What the values of parts are written into. An implementation detail of the derive.
pub struct Parts {
    operation: &'static Operation,
    boundary: String,
    /// The field whose parts are written.
    param: Cell<&'static Param>,
    state: RefCell<State>,
}

struct State {
    out: Vec<u8>,
    /// Where the text since the last part that is no text begins.
    start: usize,
    cuts: Vec<Cut>,
    /// A part's content is not closed yet.
    is_open: bool,
}

/// A piece of the body, as long as the buffer it may be a part of is still written.
pub(super) enum Cut {
    Buffer(Range<usize>),
    Body(Body, &'static str),
}

/// The whole body, made of these pieces of `buffer`.
pub(super) fn into_body(cuts: Vec<Cut>, buffer: &bytes::Bytes) -> Body {
    let segment = |cut| match cut {
        Cut::Buffer(range) => Segment {
            body: buffer.slice(range).into(),
            field: None,
        },
        Cut::Body(body, field) => Segment {
            body,
            field: Some(field),
        },
    };
    Body::of(cuts.into_iter().map(segment).collect())
}

impl fmt::Debug for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The buffer holds values.
        f.debug_struct("Parts")
            .field("operation", &self.operation.name)
            .finish_non_exhaustive()
    }
}

impl Encoder<'_> {
    pub(super) fn part_members(
        &mut self,
        content: &'static Content,
        members: &[Option<&dyn PartValue>],
    ) -> Result<Option<Written>, EncodeError> {
        let boundary = Nonce::new().digits() + &Nonce::new().digits();
        self.multipart_type(content, &boundary)?;
        let Some(first) = content.members.first() else {
            return Ok(None);
        };
        let out = mem::take(&mut self.buffer);
        let parts = Parts {
            operation: self.operation,
            boundary,
            param: Cell::new(first),
            state: RefCell::new(State {
                start: out.len(),
                out,
                cuts: Vec::new(),
                is_open: false,
            }),
        };
        for (param, member) in content.members.iter().zip(members) {
            let Some(value) = member else { continue };
            parts.param.set(param);
            let written = parts.member(param, *value, self.redact);
            written.map_err(|reason| problem(self.operation, param, reason))?;
        }
        let (out, written) = parts.finish();
        self.buffer = out;
        Ok(Some(written))
    }

    /// Writes the header `Content-Type`: what is declared, with the boundary.
    fn multipart_type(
        &mut self,
        content: &'static Content,
        boundary: &str,
    ) -> Result<(), EncodeError> {
        let mut headers = self.headers.iter_mut();
        let declared = headers.find(|header| header.name == CONTENT_TYPE);
        let start = self.buffer.len();
        let (mut from, mut is_secret) = (None, false);
        match declared.as_deref().map(|header| &header.value) {
            None => self.buffer.extend_from_slice(content.media_type.as_bytes()),
            Some(Value::Constant(value)) => self.buffer.extend_from_slice(value.as_bytes()),
            Some(Value::Buffer {
                range,
                sensitive,
                param,
            }) => {
                (from, is_secret) = (*param, *sensitive);
                self.buffer.extend_from_within(range.clone());
            }
        }
        let media_type = self.buffer[start..].to_ascii_lowercase();
        let has_boundary = media_type.windows(9).any(|word| word == b"boundary=");
        if !media_type.starts_with(b"multipart/") || has_boundary {
            let reason = "is a `Content-Type` that does not go with parts: it is `multipart/…`, without a boundary, which is made for each request";
            return Err(refused(
                self.operation,
                from.map(|param| param.field),
                reason,
            ));
        }
        self.buffer.extend_from_slice(b"; boundary=");
        self.buffer.extend_from_slice(boundary.as_bytes());
        let range = start..self.buffer.len();
        let header = Header::written(CONTENT_TYPE, range, is_secret, from);
        self.has_defaults = true;
        match declared {
            Some(declared) => *declared = header,
            None => self.headers.push(header),
        }
        Ok(())
    }
}

impl Parts {
    /// Writes the parts of one field; where a secret is not to be seen, one with a marker.
    fn member(
        &self,
        param: &'static Param,
        value: &dyn PartValue,
        redact: Option<Nonce>,
    ) -> Result {
        let Some(nonce) = redact else {
            return value.write(self);
        };
        let _redacting = secret::redacting(param.name, nonce);
        let (length, start, cuts, was_open) = {
            let state = self.state.borrow();
            (
                state.out.len(),
                state.start,
                state.cuts.len(),
                state.is_open,
            )
        };
        value.write(self)?;
        let mut state = self.state.borrow_mut();
        if param.secret && (state.out.len(), state.cuts.len()) != (length, cuts) {
            state.out.truncate(length);
            state.cuts.truncate(cuts);
            state.start = start;
            state.is_open = was_open;
            drop(state);
            self.head(self.declared().0, None, None)?;
            self.append(nonce.marker(param.name).as_bytes());
        }
        Ok(())
    }

    fn finish(self) -> (Vec<u8>, Written) {
        let State {
            mut out,
            start,
            mut cuts,
            is_open,
        } = self.state.into_inner();
        if is_open {
            out.extend_from_slice(b"\r\n");
        }
        out.extend_from_slice(b"--");
        out.extend_from_slice(self.boundary.as_bytes());
        out.extend_from_slice(b"--\r\n");
        let rest = start..out.len();
        if cuts.is_empty() {
            return (out, Written::Buffer(rest));
        }
        cuts.push(Cut::Buffer(rest));
        (out, Written::Parts(cuts))
    }

    /// The filename and the content type that the attribute declares.
    fn declared(&self) -> (Option<&'static str>, Option<&'static str>) {
        let some = |text: &'static str| (!text.is_empty()).then_some(text);
        match self.param.get().kind {
            Kind::Part {
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
    ) -> Result {
        let guessed = || match filename {
            Some(filename) => Some(media_type_of(filename)),
            None => otherwise,
        };
        let content_type = content_type.or(self.declared().1).or_else(guessed);
        if !content_type.is_none_or(is_media_type) {
            return Err(Problem::new(
                "has a content type that is none: it is written `type/subtype`, without control characters",
            ));
        }
        let mut state = self.state.borrow_mut();
        if mem::replace(&mut state.is_open, true) {
            state.out.extend_from_slice(b"\r\n");
        }
        let mut write = |text: &str| state.out.extend_from_slice(text.as_bytes());
        write("--");
        write(&self.boundary);
        write("\r\nContent-Disposition: form-data; name=\"");
        write(self.param.get().wire);
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
        write("\r\n");
        Ok(())
    }

    fn append(&self, bytes: &[u8]) {
        self.state.borrow_mut().out.extend_from_slice(bytes);
    }

    /// A part that is a scalar.
    pub(super) fn text<T: Serialize + ?Sized>(&self, value: &T) -> Result {
        self.head(self.declared().0, None, None)?;
        let mut state = self.state.borrow_mut();
        value.serialize(&mut Sink::new(
            &mut state.out,
            self.operation,
            Location::Text,
            "",
        ))
    }

    /// Starts a part that is JSON.
    pub(super) fn json(&self) -> Result {
        self.head(self.declared().0, None, None)
    }

    /// A part of bytes.
    pub(super) fn bytes(&self, bytes: &[u8]) -> Result {
        self.head(self.declared().0, None, Some(OCTETS))?;
        self.append(bytes);
        Ok(())
    }

    /// A part that a program has made.
    pub(super) fn part(&self, part: Part) -> Result {
        let filename = part.filename_or(self.declared().0);
        let otherwise = (!part.is_text).then_some(OCTETS);
        self.head(filename, part.content_type.as_deref(), otherwise)?;
        if let Some(bytes) = part.content.as_bytes() {
            self.append(bytes);
            return Ok(());
        }
        let mut state = self.state.borrow_mut();
        let before = state.start..state.out.len();
        state.start = before.end;
        state.cuts.push(Cut::Buffer(before));
        let field = self.param.get().field;
        state.cuts.push(Cut::Body(part.content, field));
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

const OCTETS: &str = "application/octet-stream";

fn media_type_of(filename: &str) -> &'static str {
    let guess = mime_guess::from_path(filename);
    guess.first_raw().unwrap_or(OCTETS)
}

/// `type/subtype` and whatever a header may hold after it.
fn is_media_type(text: &str) -> bool {
    let essence = text.split(';').next().unwrap_or_default();
    let parts = essence.split_once('/');
    parts.is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty())
        && HeaderValue::from_bytes(text.as_bytes()).is_ok()
}

fn escaped(filename: &str) -> String {
    filename
        .replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}
