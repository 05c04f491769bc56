//! The atoms of a value, which are texts and numbers: how they are escaped, hidden and refused.

use std::fmt::{self, Write as _};

use zeroize::Zeroizing;

use super::{
    cookie::check_cookie,
    escape::Escaping,
    kind::SinkKind,
    problem::Problem,
    sink::{Nesting, Sink},
};
use crate::{operation::Style, secrets, sensitive::is_credentials};

type Result<T = ()> = std::result::Result<T, Problem>;

impl Sink<'_> {
    /// Text that has to be escaped.
    pub(super) fn text(&mut self, text: &str) -> Result {
        self.open()?;
        if self.hides(text) {
            return self.check_text(text);
        }
        if self.segments && self.level.nesting == Nesting::Top {
            self.escape().write_segments(text, self.out);
            return Ok(());
        }
        self.escape().write(text, self.out);
        self.check_text(text)
    }

    /// Text that is made of unreserved characters: numbers and truth values.
    pub(super) fn plain(&mut self, text: &str) -> Result {
        self.open()?;
        if !self.hides(text) {
            self.out.extend_from_slice(text.as_bytes());
        }
        Ok(())
    }

    /// What `Display` writes, without a copy in between where nothing has to be checked.
    pub(super) fn display(&mut self, value: &dyn fmt::Display) -> Result {
        if self.segments {
            let mut text = Zeroizing::new(String::new());
            write!(text, "{value}").map_err(|_| Problem::display_fails())?;
            return self.text(&text);
        }
        self.open()?;
        if self.level.nesting != Nesting::Top
            || matches!(self.kind, SinkKind::Header | SinkKind::Cookie)
            || self.is_secret
        {
            let mut text = Zeroizing::new(String::new());
            write!(text, "{value}").map_err(|_| Problem::display_fails())?;
            if !self.hides(&text) {
                self.escape().write(&text, self.out);
            }
            return self.check_text(&text);
        }
        let mut escaping = Escaping {
            escape: self.escape(),
            out: self.out,
        };
        write!(escaping, "{value}").map_err(|_| Problem::display_fails())
    }

    /// Refuses text that the other side would not get back, whatever is escaped.
    #[inline]
    pub(super) fn check_text(&self, text: &str) -> Result {
        match (self.kind, self.level.nesting) {
            (SinkKind::Header, _) => self.check_header(text.as_bytes()),
            (SinkKind::Cookie, _) if !self.encode => check_cookie(text),
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
    pub(super) fn check_header(&self, text: &[u8]) -> Result {
        if let [b' ' | b'\t', ..] | [.., b' ' | b'\t'] = text {
            return Err(Problem::new(
                "starts or ends with white space, which is not a part of a header value",
            ));
        }
        if self.level.nesting == Nesting::Top {
            return Ok(());
        }
        if text.contains(&b',') {
            return Err(Problem::new(
                "has an item with a comma, which separates items in a header",
            ));
        }
        if text.is_empty() && !(self.level.nesting == Nesting::Member && self.explode) {
            return Err(Problem::new(
                "has an empty item, which recipients of a header ignore",
            ));
        }
        Ok(())
    }

    /// Keeps an atom of a secret, and writes a marker in its place if secrets are not to be seen.
    #[inline]
    pub(super) fn hides(&mut self, text: &str) -> bool {
        // The name of a flattened header may tell a secret as well.
        if !self.is_secret && (self.kind != SinkKind::Header || self.names.is_none()) {
            return false;
        }
        self.hides_secret(text)
    }

    fn hides_secret(&mut self, text: &str) -> bool {
        let member = self.names.as_ref().and_then(|names| names.member());
        let member = member.and_then(|name| std::str::from_utf8(name).ok());
        let is_header = self.kind == SinkKind::Header;
        let is_secret = self.is_secret || (is_header && member.is_some_and(is_credentials));
        if !is_secret {
            return false;
        }
        secrets::keep(text);
        let marker = self.redact.marker(true, member.unwrap_or(self.name));
        let Some(marker) = marker else { return false };
        self.out.extend_from_slice(marker.as_bytes());
        true
    }
}
