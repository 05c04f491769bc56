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
        let texts = text.split('&').filter(|pair| !pair.is_empty());
        Self(texts.map(|text| pair(text, Unescape::Form)).collect())
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

fn pair(text: &str, unescape: Unescape) -> Pair<'_> {
    let (name, value) = match text.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (text, None),
    };
    Pair {
        name: unescape.name(name),
        value,
        taken: Cell::new(false),
    }
}
