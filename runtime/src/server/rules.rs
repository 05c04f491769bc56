//! The rules of a location: how a text of it is cut into items and decoded.

use std::borrow::Cow;

use super::{fault::Fault, texts::Chunks, unescape::Unescape};
use crate::operation::{ParamKind, Style};

/// What separates the items of a list in one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Comma,
    /// With white space around it, and between items that are not empty.
    HeaderComma,
    Space,
    Pipe,
    Slash,
}

/// The rules of one parameter.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    pub(super) unescape: Unescape,
    pub(super) style: Style,
    pub(super) explode: bool,
    pub(super) delimiter: Delimiter,
    /// Items and members are pairs, not cut from one text.
    pub(super) is_named: bool,
    /// A value may have no text at all, not even an empty one.
    pub(super) is_single: bool,
}

impl Rules {
    pub(super) const TEXT: Self = Self {
        unescape: Unescape::Nothing,
        style: Style::Undeclared,
        explode: false,
        delimiter: Delimiter::Comma,
        is_named: false,
        is_single: true,
    };

    pub(super) fn of(kind: &ParamKind) -> Self {
        match *kind {
            ParamKind::Path {
                explode, segments, ..
            } => Self {
                unescape: Unescape::Percent,
                explode,
                delimiter: if segments {
                    Delimiter::Slash
                } else {
                    Delimiter::Comma
                },
                is_single: false,
                ..Self::TEXT
            },
            ParamKind::Query { style, explode } | ParamKind::Form { style, explode } => {
                Self::pairs(style, explode)
            }
            ParamKind::Header { explode } => Self {
                explode,
                delimiter: Delimiter::HeaderComma,
                is_single: false,
                ..Self::TEXT
            },
            ParamKind::Cookie { encode: true } => Self {
                unescape: Unescape::Percent,
                ..Self::TEXT
            },
            _ => Self::TEXT,
        }
    }

    /// Those of pairs in a query or form.
    pub(super) fn pairs(style: Style, explode: bool) -> Self {
        Self {
            unescape: Unescape::Form,
            style,
            explode,
            delimiter: match style {
                Style::Space => Delimiter::Space,
                Style::Pipe => Delimiter::Pipe,
                _ => Delimiter::Comma,
            },
            is_named: true,
            is_single: false,
        }
    }

    /// Whether the names of pairs have keys in them.
    pub(super) fn nests(self) -> bool {
        self.is_named && matches!(self.style, Style::Deep | Style::Brackets | Style::Dots)
    }

    pub(super) fn read(self, text: &str) -> Result<Cow<'_, str>, Fault> {
        self.unescape.read(text)
    }

    /// The items in texts.
    pub(super) fn items(self, texts: Chunks<'_>) -> Result<Chunks<'_>, Fault> {
        if self.is_named && self.explode {
            return Ok(texts);
        }
        if texts.len() > 1 && self.delimiter != Delimiter::HeaderComma {
            return Err(Fault::several());
        }
        let mut items = Chunks::new();
        for text in texts {
            self.delimiter.split(text, &mut items);
        }
        Ok(items)
    }
}

impl Delimiter {
    fn split<'d>(self, text: &'d str, items: &mut Chunks<'d>) {
        match self {
            Self::Comma => items.extend(text.split(',')),
            Self::Slash => items.extend(text.split('/')),
            Self::HeaderComma => {
                let texts = text.split(',').map(|item| item.trim_matches([' ', '\t']));
                items.extend(texts.filter(|item| !item.is_empty()));
            }
            Self::Space => split_at(text, "%20", '+', items),
            Self::Pipe => split_at(text, "%7c", '|', items),
        }
    }
}

/// Cuts where the character is, also where it is escaped.
fn split_at<'d>(mut text: &'d str, escaped: &str, character: char, items: &mut Chunks<'d>) {
    let mut from = 0;
    while let Some(at) = text[from..].find(['%', character]) {
        let at = from + at;
        let is_escaped = |end: &str| end.eq_ignore_ascii_case(escaped);
        let length = if text[at..].starts_with(character) {
            character.len_utf8()
        } else if text.get(at..at + escaped.len()).is_some_and(is_escaped) {
            escaped.len()
        } else {
            from = at + 1;
            continue;
        };
        items.push(&text[..at]);
        text = &text[at + length..];
        from = 0;
    }
    items.push(text);
}

#[cfg(test)]
mod tests {
    use super::{Chunks, Delimiter};

    #[test]
    fn items_are_cut() {
        let table: [(Delimiter, &str, &[&str]); 9] = [
            (Delimiter::Comma, "a,b%2Cc,", &["a", "b%2Cc", ""]),
            (Delimiter::Comma, "", &[""]),
            (Delimiter::HeaderComma, " a\t, ,b c,", &["a", "b c"]),
            (Delimiter::HeaderComma, "", &[]),
            (Delimiter::Space, "a%20b+c%2bd", &["a", "b", "c%2bd"]),
            (Delimiter::Pipe, "a%7Cb|c%7cd%7", &["a", "b", "c", "d%7"]),
            (Delimiter::Pipe, "%7C", &["", ""]),
            (Delimiter::Space, "%2\u{e9}%20", &["%2\u{e9}", ""]),
            (Delimiter::Slash, "a/b", &["a", "b"]),
        ];
        for (delimiter, text, expected) in table {
            let mut items = Chunks::new();
            delimiter.split(text, &mut items);
            assert_eq!(items.as_slice(), expected, "{text}");
        }
    }
}
