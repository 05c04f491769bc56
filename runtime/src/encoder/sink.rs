//! The rules of one location: what is written before, between and instead of the atoms of a value.
//!
//! [`super::value`] tells the sink what serde found (an atom, a list, a member …); the sink knows the location's rules.
//! It has no type parameter, so this is compiled once whatever the requests' fields are.

use std::{fmt, mem};

use super::{
    escape::Escape,
    kind::SinkKind,
    names::{Names, declares},
    problem::Problem,
    redact::Redact,
};
use crate::operation::{Operation, Param, ParamKind, Style};

type Result<T = ()> = std::result::Result<T, Problem>;

/// What a value is written into. An implementation detail of the derive.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of the parameter or of its value, independent of the others"
)]
pub struct Sink<'s> {
    pub(super) out: &'s mut Vec<u8>,
    pub(super) operation: &'static Operation,
    pub(super) kind: SinkKind,
    pub(super) style: Style,
    pub(super) explode: bool,
    /// The value is a path of its own, whose slashes stay.
    pub(super) segments: bool,
    /// The name of the pair that is written, encoded.
    pub(super) name: &'static str,
    /// What is written, if it is a parameter or a member.
    param: Option<&'static Param>,
    pub(super) names: Option<Box<Names>>,
    /// What is written before the next pair: `?`, `&`, or nothing yet.
    separator: &'static str,
    pub(super) level: Level,
    /// The member that is written: its key, in the styles that nest all keys on the way as `[a][b]` or `.a.b`.
    pub(super) key: Vec<u8>,
    /// A cookie is percent-encoded.
    pub(super) encode: bool,
    /// How many atoms this value has brought.
    pub(super) atoms: usize,
    /// The value is `None`.
    pub(super) none: bool,
    /// The value is declared to be a secret.
    pub(super) is_secret: bool,
    pub(super) redact: Redact,
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

/// What is written at the moment: the whole value, or what is in a list, struct or map.
#[derive(Debug, Clone, Copy)]
pub(super) struct Level {
    pub(super) nesting: Nesting,
    /// The index of the item.
    index: usize,
    /// The list has brought its name.
    is_named: bool,
    /// The length of the key outside of the list, struct or map.
    key: usize,
}

impl Level {
    const TOP: Self = Self {
        nesting: Nesting::Top,
        index: 0,
        is_named: false,
        key: 0,
    };
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
            style: Style::Undeclared,
            explode: true,
            segments: false,
            name: "",
            param: None,
            names: None,
            separator,
            level: Level::TOP,
            key: Vec::new(),
            encode: false,
            atoms: 0,
            none: false,
            is_secret: false,
            redact: Redact(None),
        }
    }

    /// Goes on in another location, after `self.out` has been written so far.
    pub(super) fn locate(&mut self, kind: SinkKind, separator: &'static str) {
        self.kind = kind;
        self.separator = separator;
        self.style = Style::Undeclared;
        self.explode = true;
        self.segments = false;
        self.param = None;
        self.names = None;
    }

    /// Prepares for the value of `param`.
    pub(super) fn begin(&mut self, param: &'static Param) {
        self.name = param.wire;
        self.param = Some(param);
        self.is_secret = param.secret;
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
            ParamKind::Cookie { encode } => self.encode = encode,
            ParamKind::Url
            | ParamKind::Json { .. }
            | ParamKind::Part { .. }
            | ParamKind::Group(_) => {}
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

    /// Writes a name, encoded already, that has no value.
    pub(super) fn bare(&mut self, name: &str) {
        self.separate();
        self.out.extend_from_slice(name.as_bytes());
    }

    pub(super) fn escape(&self) -> Escape {
        match self.kind {
            SinkKind::Path | SinkKind::Query => Escape::Percent,
            SinkKind::Cookie if self.encode => Escape::Percent,
            SinkKind::Form => Escape::Form,
            SinkKind::Header | SinkKind::Cookie | SinkKind::Text => Escape::Nothing,
        }
    }

    #[inline]
    fn separate(&mut self) {
        // Mostly one byte, whose copy need not be a call.
        match *self.separator.as_bytes() {
            [byte] => self.out.push(byte),
            ref bytes => self.out.extend_from_slice(bytes),
        }
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
    #[expect(
        clippy::inline_always,
        reason = "nearly every value takes the first path, which is short"
    )]
    #[inline(always)]
    pub(super) fn open(&mut self) -> Result {
        self.atoms += 1;
        match (self.level.nesting, self.style) {
            // What nearly every value is.
            (Nesting::Top, Style::Undeclared | Style::Form) if self.atoms == 1 => {
                if matches!(
                    self.kind,
                    SinkKind::Query | SinkKind::Form | SinkKind::Cookie
                ) {
                    self.open_value();
                }
                Ok(())
            }
            _ => self.open_inner(self.atoms == 1),
        }
    }

    #[inline(never)]
    fn open_inner(&mut self, first: bool) -> Result {
        match self.kind {
            SinkKind::Text => {}
            SinkKind::Path | SinkKind::Header => {
                if !first {
                    self.out.push(if self.segments { b'/' } else { b',' });
                }
                if self.level.nesting == Nesting::Member {
                    self.open_member(self.explode);
                }
            }
            SinkKind::Query | SinkKind::Form | SinkKind::Cookie => return self.open_pair(first),
        }
        Ok(())
    }

    fn open_member(&mut self, explode: bool) {
        self.out.extend_from_slice(&self.key);
        let between = if explode { "=" } else { self.delimiter() };
        self.out.extend_from_slice(between.as_bytes());
    }

    fn open_pair(&mut self, first: bool) -> Result {
        let nesting = self.level.nesting;
        if self.kind == SinkKind::Cookie && nesting == Nesting::Item {
            return Err(is_list());
        }
        match (self.style, nesting) {
            (Style::Space | Style::Pipe, Nesting::Top) => {
                return Err(Problem::new(
                    "is a single value, which the styles `space` and `pipe` do not support",
                ));
            }
            (Style::Deep | Style::Dots, Nesting::Top | Nesting::Item) => {
                return Err(Problem::new(
                    "is not a struct or map, the only shapes that the styles `deep` and `dots` support",
                ));
            }
            (Style::Deep | Style::Dots | Style::Brackets, Nesting::Member) => {
                self.bring_nested("")?;
                self.open_name();
                self.out.extend_from_slice(&self.key);
                self.out.extend_from_slice(b"=");
            }
            (Style::Brackets, Nesting::Item) => {
                if !mem::replace(&mut self.level.is_named, true) {
                    self.bring_nested("%5B%5D")?;
                }
                self.open_name();
                self.out.extend_from_slice(&self.key);
                self.out.extend_from_slice(b"%5B%5D=");
            }
            (Style::Form, Nesting::Member) if self.explode => {
                self.separate();
                self.open_member(true);
            }
            (_, Nesting::Item | Nesting::Member) if !self.explode => {
                if first {
                    self.open_value();
                } else {
                    self.out.extend_from_slice(self.delimiter().as_bytes());
                }
                if nesting == Nesting::Member {
                    self.open_member(false);
                }
            }
            _ => self.open_value(),
        }
        Ok(())
    }

    fn open_value(&mut self) {
        self.open_name();
        self.out.push(b'=');
    }

    #[inline]
    fn open_name(&mut self) {
        self.separate();
        let member = self.names.as_ref().and_then(|names| names.member());
        let name = member.unwrap_or(self.name.as_bytes());
        self.out.extend_from_slice(name);
    }

    /// Takes the name that was written last, for the field that is written, and returns its index. `shown` tells the name
    /// before it was encoded.
    pub(super) fn bring(
        &mut self,
        shown: impl FnOnce(&[u8]) -> String,
        repeats: bool,
    ) -> Result<usize> {
        let names = self.names.get_or_insert_default();
        let name = names.brought.written();
        if declares(self.operation, self.kind, self.param, name) {
            return Err(Problem::brings(&shown(name)));
        }
        let field = self.param.map_or("", |param| param.field);
        let brought = &mut names.brought;
        brought.take(field, repeats).map_err(|first| {
            let name = shown(brought.get(first));
            Problem::brings_again(&name, brought.field(first), field)
        })
    }

    /// Takes the name of the pair that is written, which is made of the keys on the way to it, and `end`.
    fn bring_nested(&mut self, end: &str) -> Result {
        let names = self.names.get_or_insert_default();
        let name = names.brought.next();
        name.extend_from_slice(self.name.as_bytes());
        name.extend_from_slice(&self.key);
        name.extend_from_slice(end.as_bytes());
        let shown = |name: &[u8]| {
            let shown = url::form_urlencoded::parse(name).next();
            shown.map_or_else(String::new, |(shown, _)| shown.into_owned())
        };
        self.bring(shown, false)?;
        Ok(())
    }

    pub(super) fn none(&mut self) -> Result {
        match self.level.nesting {
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
    pub(super) fn enter_list(&mut self) -> Result<Level> {
        match (self.level.nesting, self.style) {
            // A cookie may be an empty list, which is left out.
            _ if self.kind == SinkKind::Text => Err(is_list()),
            (_, Style::Deep | Style::Dots) if self.is_named() => Err(Problem::new(
                "is or holds a list, which the styles `deep` and `dots` do not support: write `style = brackets`",
            )),
            (Nesting::Top, _) => Ok(self.enter(Nesting::Item)),
            (_, Style::Brackets) if self.is_named() => Ok(self.enter(Nesting::Item)),
            (Nesting::Item, _) => Err(self.nested("has a list in a list")),
            (Nesting::Member, _) => Err(self.nested("has a list in a struct or map")),
        }
    }

    /// Starts a struct or map; give what it returns to [`Self::leave`].
    pub(super) fn enter_members(&mut self) -> Result<Level> {
        match (self.level.nesting, self.style) {
            _ if matches!(self.kind, SinkKind::Cookie | SinkKind::Text) => Err(Problem::new(
                "is a struct or map, but only a single value is supported here",
            )),
            _ if self.segments => Err(Problem::new(
                "is a struct or map, but `segments` takes a text or a list",
            )),
            (Nesting::Top, Style::Undeclared) if self.is_flattened() => Err(Problem::new(
                "has a struct or map in another: declare the inner one as a field with a `style`, because a flattened one has none",
            )),
            (Nesting::Top, Style::Undeclared) if self.is_named() => Err(Problem::new(
                "is a struct or map: say how its members are sent, with `style` (`form`, `deep`, `brackets` or `dots`), `explode = false` or `flatten`",
            )),
            (Nesting::Top, _) => Ok(self.enter(Nesting::Member)),
            (Nesting::Member, Style::Deep | Style::Dots) | (_, Style::Brackets)
                if self.is_named() =>
            {
                Ok(self.enter(Nesting::Member))
            }
            (Nesting::Item, _) => Err(self.nested("has a struct or map in a list")),
            (Nesting::Member, _) => Err(self.nested("has a struct or map in another")),
        }
    }

    /// What is in a list, struct or map, and does not go there.
    fn nested(&self, what: &str) -> Problem {
        Problem::new(if self.is_named() {
            format!("{what}, which needs `style = brackets`")
        } else {
            format!("{what}, which is not supported outside of JSON")
        })
    }

    fn enter(&mut self, nesting: Nesting) -> Level {
        let inner = Level {
            nesting,
            key: self.key.len(),
            ..Level::TOP
        };
        let outer = mem::replace(&mut self.level, inner);
        if outer.nesting == Nesting::Item {
            // Only the style `brackets` gets here.
            let mut index = itoa::Buffer::new();
            self.key.extend_from_slice(b"%5B");
            self.key
                .extend_from_slice(index.format(outer.index).as_bytes());
            self.key.extend_from_slice(b"%5D");
        }
        outer
    }

    pub(super) fn leave(&mut self, outer: Level) {
        self.key.truncate(self.level.key);
        self.level = outer;
    }

    /// What is written now. A value that is not a list, struct or map leaves it as it is.
    pub(super) fn level(&self) -> Level {
        self.level
    }

    pub(super) fn leave_item(&mut self) {
        self.level.index += 1;
    }

    /// Whether values are written as pairs whose style is declared.
    pub(super) fn is_named(&self) -> bool {
        matches!(self.kind, SinkKind::Query | SinkKind::Form)
    }

    /// Whether the keys on the way to a value are a part of its name.
    pub(super) fn nests(&self) -> bool {
        self.is_named() && matches!(self.style, Style::Deep | Style::Dots | Style::Brackets)
    }

    /// Whether the value is a member of a flattened field.
    fn is_flattened(&self) -> bool {
        let names = self.names.as_ref();
        self.is_named() && names.is_some_and(|names| names.member.is_some())
    }
}

fn is_list() -> Problem {
    Problem::new("is a list, but only a single value is supported here")
}
