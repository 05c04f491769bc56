//! The pairs of a query, a form or a `Cookie` header, cut once for all fields.

use std::{borrow::Cow, cell::Cell};

use super::{fault::Fault, unescape::Unescape};

/// A name and its value.
#[derive(Debug)]
pub(super) struct Pair<'r> {
    /// Decoded.
    pub(super) name: Cow<'r, str>,
    /// As it is written; `None` without a `=`.
    pub(super) value: Option<&'r str>,
    /// A field has read it, so a map does not.
    pub(super) taken: Cell<bool>,
}

impl<'r> Pair<'r> {
    pub(super) fn value(&self) -> &'r str {
        self.value.unwrap_or_default()
    }
}

/// All pairs, in order.
#[derive(Debug, Default)]
pub(super) struct Pairs<'r>(Vec<Pair<'r>>);

impl<'r> Pairs<'r> {
    /// Cuts a query or a form.
    pub(super) fn cut(text: &'r str) -> Self {
        let mut pairs = Vec::new();
        let mut rest = text;
        // `str::split` takes several times as long for texts as short as these.
        while !rest.is_empty() {
            let (text, tail) = split(rest, b'&');
            if !text.is_empty() {
                pairs.push(pair(text, Unescape::Form));
            }
            rest = tail.unwrap_or_default();
        }
        Self(pairs)
    }

    /// Cuts the value of a `Cookie` header, and adds the cookies.
    pub(super) fn add_cookies(&mut self, text: &'r str) {
        let texts = text.split(';').map(str::trim_ascii);
        let texts = texts.filter(|text| !text.is_empty());
        self.0
            .extend(texts.map(|text| pair(text, Unescape::Nothing)));
    }

    pub(super) fn all(&self) -> &[Pair<'r>] {
        &self.0
    }

    /// The values of this name.
    pub(super) fn of<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p Pair<'r>> {
        self.0.iter().filter(move |pair| pair.name == name)
    }

    /// The one value of this name, if there is any.
    pub(super) fn one<'p>(&'p self, name: &'p str) -> Result<Option<&'p Pair<'r>>, Fault> {
        let mut pairs = self.of(name);
        let Some(pair) = pairs.next() else {
            return Ok(None);
        };
        pair.taken.set(true);
        match pairs.next() {
            None => Ok(Some(pair)),
            Some(_) => Err(Fault::several()),
        }
    }
}

/// What is before and after the first of an ASCII character.
fn split(text: &str, at: u8) -> (&str, Option<&str>) {
    match text.bytes().position(|byte| byte == at) {
        Some(end) => (&text[..end], Some(&text[end + 1..])),
        None => (text, None),
    }
}

fn pair(text: &str, unescape: Unescape) -> Pair<'_> {
    let (name, value) = split(text, b'=');
    Pair {
        name: unescape.name(name),
        value,
        taken: Cell::new(false),
    }
}
