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
        if self.kind == SinkKind::Header && key.contains('=') && self.explode {
            return Err(Problem::new(
                "has a key with `=`, which separates key and value",
            ));
        }
        let before = self.key.len();
        let (open, close) = match self.style {
            _ if !self.nests() => ("", ""),
            Style::Dots => (".", ""),
            _ => ("%5B", "%5D"),
        };
        self.key.extend_from_slice(open.as_bytes());
        self.escape().write(key, &mut self.key);
        self.key.extend_from_slice(close.as_bytes());
        if self.brings_members() {
            let names = self.names.get_or_insert_default();
            names.brought.next().extend_from_slice(&self.key[before..]);
            self.bring(|_| key.to_owned(), false)?;
        }
        Ok(before)
    }

    /// Whether each member of a struct or map is a parameter of its own: those of an exploded one.
    pub(super) fn brings_members(&self) -> bool {
        self.style == Style::Form && self.explode && self.is_named()
    }

    pub(super) fn leave_member(&mut self, before: usize) {
        self.key.truncate(before);
    }

    /// Announces a member of a flattened field: the next value is a parameter of its own, called `key`.
    pub(super) fn enter_flattened(&mut self, key: &str, repeats: bool) -> Result {
        let (kind, escape, start) = (self.kind, self.escape(), self.out.len());
        let names = self.names.get_or_insert_default();
        names.start = start;
        let name = names.brought.next();
        match kind {
            SinkKind::Header => name.extend(key.bytes().map(|byte| byte.to_ascii_lowercase())),
            _ => escape.write(key, name),
        }
        let member = self.bring(|_| key.to_owned(), repeats)?;
        self.names.get_or_insert_default().member = Some(member);
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
        let member = names.member.take();
        if let (SinkKind::Header, Some(member), 1..) = (self.kind, member, self.atoms) {
            let range = names.start..end;
            names.headers.push(FlatHeader {
                name: String::from_utf8_lossy(names.brought.get(member)).into(),
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
