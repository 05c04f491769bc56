//! Members: those of a struct or map, whose keys are a part of their names, and those of a flattened field, which are
//! parameters of their own.

use std::mem;

use super::{kind::SinkKind, names::FlatHeader, problem::Problem, sink::Sink};
use crate::operation::Style;

type Result<T = ()> = std::result::Result<T, Problem>;

impl Sink<'_> {
    /// Announces the member that comes next. Returns what to give to [`Self::leave_member`].
    pub(super) fn enter_member(&mut self, key: &str) -> Result<usize> {
        self.check_text(key)?;
        let before = self.key.len();
        let escaped = self.escaped(key);
        if self.style == Style::Dots && self.is_named() {
            self.key.push('.');
            self.key.push_str(&escaped);
            return Ok(before);
        }
        if self.nests() {
            self.key.push_str("%5B");
            self.key.push_str(&escaped);
            self.key.push_str("%5D");
            return Ok(before);
        }
        if self.kind == SinkKind::Header && key.contains('=') && self.explode {
            return Err(Problem::new(
                "has a key with `=`, which separates key and value",
            ));
        }
        self.key.push_str(&escaped);
        // Exploded, a member is a parameter of its own.
        if self.style == Style::Form && self.explode && self.is_named() {
            self.bring(escaped, |_| key.to_owned(), false)?;
        }
        Ok(before)
    }

    pub(super) fn leave_member(&mut self, before: usize) {
        self.key.truncate(before);
    }

    /// Announces a member of a flattened field: the next value is a parameter of its own, called `key`.
    pub(super) fn enter_flattened(&mut self, key: &str, repeats: bool) -> Result {
        let name = match self.kind {
            SinkKind::Header => key.to_ascii_lowercase(),
            _ => self.escaped(key),
        };
        self.bring(name.clone(), |_| key.to_owned(), repeats)?;
        let start = self.out.len();
        let names = self.names.get_or_insert_default();
        names.member = Some(name);
        names.start = start;
        self.atoms = 0;
        self.style = Style::Undeclared;
        self.explode = self.kind != SinkKind::Header;
        Ok(())
    }

    /// Ends the member of a flattened field. A header may be `sensitive`.
    pub(super) fn leave_flattened(&mut self, sensitive: bool) {
        self.none = false;
        let end = self.out.len();
        let Some(names) = &mut self.names else {
            return;
        };
        names.has_secret |= sensitive;
        let name = names.member.take();
        if let (SinkKind::Header, Some(name), 1..) = (self.kind, name, self.atoms) {
            let range = names.start..end;
            names.headers.push(FlatHeader {
                name,
                range,
                sensitive,
            });
        }
    }

    /// The headers that a flattened field has brought.
    pub(super) fn take_headers(&mut self) -> Vec<FlatHeader> {
        let names = self.names.as_mut();
        names.map_or_else(Vec::new, |names| mem::take(&mut names.headers))
    }
}
