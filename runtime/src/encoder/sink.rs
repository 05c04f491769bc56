//! The rules of one location: what is written before, between and instead of the atoms of a value.
//!
//! [`super::value`] tells the sink what serde found (an atom, a list, a member …); the sink knows the location's rules.
//! It has no type parameter, so this is compiled once whatever the requests' fields are.

use std::{
    fmt::{self, Write as _},
    mem,
    ops::Range,
};

use super::{escape::Escape, problem::Problem};
use crate::operation::{Constant, Operation, Param, ParamKind, Style};

type Result<T = ()> = std::result::Result<T, Problem>;

/// What a value is written into. An implementation detail of the derive.
pub struct Sink<'s> {
    pub(super) out: &'s mut Vec<u8>,
    operation: &'static Operation,
    pub(super) kind: SinkKind,
    pub(super) style: Style,
    pub(super) explode: bool,
    /// The value is a path of its own, whose slashes stay.
    segments: bool,
    /// The name of the pair that is written, encoded.
    name: &'static str,
    pub(super) flattened: Option<Box<Flattened>>,
    /// What is written before the next pair: `?`, `&`, or nothing yet.
    separator: &'static str,
    nesting: Nesting,
    /// The member that is written: its key, in the styles that nest all keys on the way as `[a][b]`.
    key: String,
    /// How many atoms this value has brought.
    pub(super) atoms: usize,
    /// The value is `None`.
    pub(super) none: bool,
}

/// What is known about flattened fields, if there are any.
#[derive(Default)]
pub(super) struct Flattened {
    /// The name of the member that is written, encoded.
    pub(super) name: Option<String>,
    /// The names so far.
    pub(super) brought: Vec<String>,
    /// The headers written so far, and where their values are.
    pub(super) headers: Vec<(String, Range<usize>)>,
    /// Where the value that is written begins.
    pub(super) start: usize,
}

/// The locations that differ in their rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SinkKind {
    Path,
    Query,
    Header,
    Cookie,
    Form,
    Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nesting {
    /// The whole value.
    Top,
    /// An item of a list.
    Item,
    /// A member of a struct or map.
    Member,
}

impl fmt::Debug for Sink<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The buffer holds values.
        f.debug_struct("Sink")
            .field("operation", &self.operation.name)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl<'s> Sink<'s> {
    pub(super) fn new(
        out: &'s mut Vec<u8>,
        operation: &'static Operation,
        kind: SinkKind,
        separator: &'static str,
    ) -> Self {
        Self {
            out,
            operation,
            kind,
            style: Style::Form,
            explode: true,
            segments: false,
            name: "",
            flattened: None,
            separator,
            nesting: Nesting::Top,
            key: String::new(),
            atoms: 0,
            none: false,
        }
    }

    /// Prepares for the value of `param`.
    pub(super) fn begin(&mut self, param: &'static Param) {
        self.name = param.wire;
        self.atoms = 0;
        self.none = false;
        match param.kind {
            ParamKind::Path {
                explode, segments, ..
            } => {
                self.explode = explode;
                self.segments = segments;
            }
            ParamKind::Header { explode } => self.explode = explode,
            ParamKind::Query { style, explode } | ParamKind::Form { style, explode } => {
                self.style = style;
                self.explode = explode;
            }
            ParamKind::Cookie | ParamKind::Json { .. } | ParamKind::Part { .. } => {}
        }
    }

    /// Where the value begins; give it to [`Self::replace`].
    pub(super) fn mark(&self) -> (usize, &'static str) {
        (self.out.len(), self.separator)
    }

    /// Writes `text`, which needs no escaping, instead of everything since `mark`.
    pub(super) fn replace(&mut self, mark: &(usize, &'static str), text: &str) {
        self.out.truncate(mark.0);
        self.separator = mark.1;
        match self.kind {
            SinkKind::Query | SinkKind::Cookie | SinkKind::Form => self.pair(self.name, text),
            SinkKind::Path | SinkKind::Header | SinkKind::Text => {
                self.out.extend_from_slice(text.as_bytes());
            }
        }
    }

    /// Writes `name=value`, both encoded already.
    pub(super) fn pair(&mut self, name: &str, value: &str) {
        self.separate();
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"=");
        self.out.extend_from_slice(value.as_bytes());
    }

    fn escape(&self) -> Escape {
        match self.kind {
            SinkKind::Path | SinkKind::Query | SinkKind::Cookie => Escape::Percent,
            SinkKind::Form => Escape::Form,
            SinkKind::Header | SinkKind::Text => Escape::Nothing,
        }
    }

    fn separate(&mut self) {
        self.out.extend_from_slice(self.separator.as_bytes());
        self.separator = match self.kind {
            SinkKind::Cookie => "; ",
            _ => "&",
        };
    }

    fn delimiter(&self) -> &'static str {
        match (self.kind, self.style) {
            (SinkKind::Path | SinkKind::Header, _) => ",",
            (SinkKind::Form, Style::Space) => "+",
            (_, Style::Space) => "%20",
            (_, Style::Pipe) => "%7C",
            _ => ",",
        }
    }

    /// Writes what comes before an atom.
    fn open(&mut self) -> Result {
        let first = self.atoms == 0;
        self.atoms += 1;
        match self.kind {
            SinkKind::Text => {}
            SinkKind::Path | SinkKind::Header => {
                if !first {
                    let between = if self.segments { b"/" } else { b"," };
                    self.out.extend_from_slice(between);
                }
                self.open_member(self.explode);
            }
            SinkKind::Query | SinkKind::Form | SinkKind::Cookie => return self.open_pair(first),
        }
        Ok(())
    }

    fn open_member(&mut self, explode: bool) {
        if self.nesting == Nesting::Member {
            self.out.extend_from_slice(self.key.as_bytes());
            let between = if explode { "=" } else { self.delimiter() };
            self.out.extend_from_slice(between.as_bytes());
        }
    }

    fn open_pair(&mut self, first: bool) -> Result {
        if self.kind == SinkKind::Cookie && self.nesting == Nesting::Item {
            return Err(is_list());
        }
        match (self.style, self.nesting) {
            (Style::Space | Style::Pipe, Nesting::Top) => {
                return Err(Problem::new(
                    "is a single value, which the styles `space` and `pipe` do not support",
                ));
            }
            (Style::Deep, Nesting::Top | Nesting::Item) => {
                return Err(Problem::new(
                    "is not a struct or map, the only shapes that the style `deep` supports",
                ));
            }
            (Style::Deep | Style::Brackets, Nesting::Member) => {
                self.open_name();
                self.out.extend_from_slice(self.key.as_bytes());
                self.out.extend_from_slice(b"=");
            }
            (Style::Brackets, Nesting::Item) => {
                self.open_name();
                self.out.extend_from_slice(self.key.as_bytes());
                self.out.extend_from_slice(b"%5B%5D=");
            }
            (Style::Form, Nesting::Member) if self.explode => {
                self.separate();
                self.open_member(true);
            }
            (_, Nesting::Item | Nesting::Member) if !self.explode => {
                if first {
                    self.open_name();
                    self.out.extend_from_slice(b"=");
                } else {
                    self.out.extend_from_slice(self.delimiter().as_bytes());
                }
                self.open_member(false);
            }
            _ => {
                self.open_name();
                self.out.extend_from_slice(b"=");
            }
        }
        Ok(())
    }

    fn open_name(&mut self) {
        self.separate();
        let member = self
            .flattened
            .as_ref()
            .and_then(|flat| flat.name.as_deref());
        let name = member.unwrap_or(self.name);
        self.out.extend_from_slice(name.as_bytes());
    }

    /// Text that has to be escaped.
    pub(super) fn text(&mut self, text: &str) -> Result {
        self.open()?;
        if self.segments && self.nesting == Nesting::Top {
            for (index, segment) in text.split('/').enumerate() {
                let between: &[u8] = if index > 0 { b"/" } else { b"" };
                self.out.extend_from_slice(between);
                self.escape().write(segment, self.out);
            }
            return Ok(());
        }
        self.escape().write(text, self.out);
        self.check_text(text)
    }

    /// Text that is made of unreserved characters: numbers and truth values.
    pub(super) fn plain(&mut self, text: &str) -> Result {
        self.open()?;
        self.out.extend_from_slice(text.as_bytes());
        Ok(())
    }

    /// What `Display` writes, without a copy in between.
    pub(super) fn display(&mut self, value: &dyn fmt::Display) -> Result {
        if self.segments {
            return self.text(&value.to_string());
        }
        self.open()?;
        if self.kind == SinkKind::Header || self.nesting != Nesting::Top {
            let text = value.to_string();
            self.escape().write(&text, self.out);
            return self.check_text(&text);
        }
        let mut escaping = Escaping {
            escape: self.escape(),
            out: self.out,
        };
        write!(escaping, "{value}")
            .map_err(|_| Problem::new("cannot be serialized: its `Display` fails"))
    }

    /// Refuses text that the other side would not get back, whatever is escaped.
    #[inline]
    fn check_text(&self, text: &str) -> Result {
        match (self.kind, self.nesting) {
            (SinkKind::Header, _) => self.check_header(text),
            (_, Nesting::Top) => Ok(()),
            (_, Nesting::Item | Nesting::Member) => self.check_item(text),
        }
    }

    /// An item may not hold what its style puts between two items.
    fn check_item(&self, text: &str) -> Result {
        let delimiter = match (self.kind, self.style) {
            (SinkKind::Query | SinkKind::Form, Style::Space) => ' ',
            (SinkKind::Query | SinkKind::Form, Style::Pipe) => '|',
            _ => return Ok(()),
        };
        if text.contains(delimiter) {
            let reason =
                format!("has an item with {delimiter:?}, which separates items in its style");
            return Err(Problem::new(reason));
        }
        Ok(())
    }

    /// A header's value reaches the other side only without white space around it, and the items of a list only if
    /// they are not empty and have no comma in them.
    #[inline]
    fn check_header(&self, text: &str) -> Result {
        if let [b' ' | b'\t', ..] | [.., b' ' | b'\t'] = text.as_bytes() {
            return Err(Problem::new(
                "starts or ends with white space, which is not a part of a header value",
            ));
        }
        if self.nesting == Nesting::Top {
            return Ok(());
        }
        if text.contains(',') {
            return Err(Problem::new(
                "has an item with a comma, which separates items in a header",
            ));
        }
        if text.is_empty() && !(self.nesting == Nesting::Member && self.explode) {
            return Err(Problem::new(
                "has an empty item, which recipients of a header ignore",
            ));
        }
        Ok(())
    }

    pub(super) fn none(&mut self) -> Result {
        match self.nesting {
            Nesting::Top => self.none = true,
            Nesting::Item => {
                return Err(Problem::new(
                    "has a `None` in a list, which is not supported outside of JSON",
                ));
            }
            Nesting::Member => {}
        }
        Ok(())
    }

    /// Starts a list; give what it returns to [`Self::leave`].
    pub(super) fn enter_list(&mut self) -> Result<Nesting> {
        match (self.kind, self.nesting, self.style) {
            // A cookie may be an empty list, which is left out.
            (SinkKind::Text, ..) => Err(is_list()),
            (SinkKind::Query | SinkKind::Form, _, Style::Deep) => Err(Problem::new(
                "is or holds a list, which the style `deep` does not support",
            )),
            (_, Nesting::Top, _)
            | (SinkKind::Query | SinkKind::Form, Nesting::Member, Style::Brackets) => {
                Ok(mem::replace(&mut self.nesting, Nesting::Item))
            }
            (_, Nesting::Item, _) => Err(Problem::new(
                "has a list in a list, which is not supported outside of JSON",
            )),
            (_, Nesting::Member, _) => Err(Problem::new(
                "has a list in a struct or map, which only the style `brackets` supports",
            )),
        }
    }

    /// Starts a struct or map; give what it returns to [`Self::leave`].
    pub(super) fn enter_members(&mut self) -> Result<Nesting> {
        match (self.kind, self.nesting, self.style) {
            (SinkKind::Cookie | SinkKind::Text, ..) => Err(Problem::new(
                "is a struct or map, but only a single value is supported here",
            )),
            _ if self.segments => Err(Problem::new(
                "is a struct or map, but `segments` takes a text or a list",
            )),
            (_, Nesting::Top, _)
            | (SinkKind::Query | SinkKind::Form, Nesting::Member, Style::Deep | Style::Brackets) => {
                Ok(mem::replace(&mut self.nesting, Nesting::Member))
            }
            (_, Nesting::Item, _) => Err(Problem::new(
                "has a struct or map in a list, which is not supported outside of JSON",
            )),
            (_, Nesting::Member, _) => Err(Problem::new(
                "has a struct or map in another, which only the styles `deep` and `brackets` support",
            )),
        }
    }

    pub(super) fn leave(&mut self, nesting: Nesting) {
        self.nesting = nesting;
    }

    /// Announces the member that comes next. Returns what to give to [`Self::leave_member`].
    pub(super) fn enter_member(&mut self, key: &str) -> Result<usize> {
        self.check_text(key)?;
        let before = self.key.len();
        let nested = matches!(self.kind, SinkKind::Query | SinkKind::Form)
            && matches!(self.style, Style::Deep | Style::Brackets);
        if nested {
            self.key.push_str("%5B");
            self.push_key(key);
            self.key.push_str("%5D");
        } else {
            if self.kind == SinkKind::Header && key.contains('=') && self.explode {
                return Err(Problem::new(
                    "has a key with `=`, which separates key and value",
                ));
            }
            self.push_key(key);
            // Exploded, a member is a parameter of its own.
            let exploded = self.style == Style::Form
                && self.explode
                && matches!(self.kind, SinkKind::Query | SinkKind::Form);
            if exploded && self.key != self.name && self.declares(&self.key) {
                return Err(Problem::brings(key));
            }
        }
        Ok(before)
    }

    fn push_key(&mut self, key: &str) {
        self.key.push_str(&self.escaped(key));
    }

    pub(super) fn escaped(&self, text: &str) -> String {
        let mut escaped = Vec::new();
        self.escape().write(text, &mut escaped);
        String::from_utf8_lossy(&escaped).into_owned()
    }

    pub(super) fn leave_member(&mut self, before: usize) {
        self.key.truncate(before);
    }

    pub(super) fn declares(&self, name: &str) -> bool {
        let members = self
            .operation
            .content
            .map_or(&[][..], |content| content.members);
        let kind = self.kind;
        let clash = |param: &Param| {
            !param.flatten
                && match param.kind {
                    ParamKind::Query { .. } => kind == SinkKind::Query && param.wire == name,
                    ParamKind::Form { .. } => kind == SinkKind::Form && param.wire == name,
                    ParamKind::Header { .. } => {
                        kind == SinkKind::Header && param.wire.eq_ignore_ascii_case(name)
                    }
                    ParamKind::Path { .. }
                    | ParamKind::Cookie
                    | ParamKind::Json { .. }
                    | ParamKind::Part { .. } => false,
                }
        };
        let constant = |constant: &Constant| match *constant {
            Constant::Query { name: own, .. } => kind == SinkKind::Query && own == name,
            Constant::Header { name: own, .. } => kind == SinkKind::Header && own == name,
        };
        self.operation.fields.iter().chain(members).any(clash)
            || self.operation.constants.iter().any(constant)
    }
}

fn is_list() -> Problem {
    Problem::new("is a list, but only a single value is supported here")
}

struct Escaping<'e> {
    escape: Escape,
    out: &'e mut Vec<u8>,
}

impl fmt::Write for Escaping<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.escape.write(text, self.out);
        Ok(())
    }
}
