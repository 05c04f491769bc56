//! Enums of texts that an API may extend. What depends on the enum is its table of texts; looking one up, and reading
//! one, is the same for all.

use std::fmt::{self, Write as _};

use serde::{
    Deserializer,
    de::{Error, Expected, Unexpected, Visitor},
};

/// What the derive states about an open enum.
pub trait OpenEnum: Sized {
    /// The texts of the declared variants.
    const TEXTS: &'static [&'static str];

    /// The variant of the text at the index, or, where there is none, the one that keeps any other text.
    fn variant(index: usize, other: String) -> Self;

    /// The text of the variant.
    fn text(&self) -> &str;
}

/// What the variant of all other texts keeps them in.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the texts that an API adds later",
    label = "is not a `String`",
    note = "the variant is declared as `#[api(other)] Other(String)`"
)]
pub trait OtherText {
    /// Keeps a text.
    fn keep(text: String) -> Self;

    /// The text that is kept.
    fn kept(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl OtherText for String {
    fn keep(text: String) -> Self {
        text
    }

    fn kept(&self) -> &str {
        self
    }
}

/// The index of a declared text, which no copy is made of, or the length of the table and the text.
type Found = (usize, String);

fn index(texts: &[&str], text: &str) -> usize {
    let index = texts.iter().position(|declared| *declared == text);
    index.unwrap_or(texts.len())
}

fn find(texts: &[&str], text: &str) -> Found {
    let index = index(texts, text);
    let is_declared = index < texts.len();
    let other = if is_declared { "" } else { text };
    (index, other.to_owned())
}

fn find_owned(texts: &[&str], text: String) -> Found {
    let index = index(texts, &text);
    let is_declared = index < texts.len();
    (index, if is_declared { String::new() } else { text })
}

/// The variant of a text.
#[must_use]
pub fn open_enum<E: OpenEnum>(text: &str) -> E {
    let (index, other) = find(E::TEXTS, text);
    E::variant(index, other)
}

/// The variant of a text that is owned, which is not copied.
#[must_use]
pub fn open_enum_of_string<E: OpenEnum>(text: String) -> E {
    let (index, other) = find_owned(E::TEXTS, text);
    E::variant(index, other)
}

/// Reads a text as its variant.
///
/// # Errors
///
/// Returns what a deserializer says of anything but a text.
pub fn read_open_enum<'de, E: OpenEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<E, D::Error> {
    // The visitor has the table and not the type, so that it is compiled once for all enums.
    let (index, other) = deserializer.deserialize_str(Texts(E::TEXTS))?;
    Ok(E::variant(index, other))
}

/// Stands where an enum whose attributes do not compile would have a variant.
///
/// # Panics
///
/// Always, though a program that contains it never runs.
pub fn no_variant() -> ! {
    panic!("the enum is not declared")
}

/// What the texts are written after where they are asked for.
const MARK: char = '\u{1}';

/// The texts of the open enum whose visitor this is. A check asks for them, and pays for it: a deserializer sees nothing of
/// a visitor but what it expects, and `{:#}` is not asked of it otherwise.
pub(crate) fn declared(visitor: &dyn Expected) -> Option<Vec<String>> {
    let texts = format!("{visitor:#}");
    let texts = texts.strip_prefix(MARK)?.split_terminator('\0');
    Some(texts.map(str::to_owned).collect())
}

struct Texts(&'static [&'static str]);

impl Visitor<'_> for Texts {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if f.alternate() {
            f.write_char(MARK)?;
            return self.0.iter().try_for_each(|text| write!(f, "{text}\0"));
        }
        f.write_str("a string")?;
        for (index, text) in self.0.iter().enumerate() {
            let separator = match index {
                0 => ", such as",
                _ if index + 1 == self.0.len() => " or",
                _ => ",",
            };
            write!(f, "{separator} `{text}`")?;
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Found, E> {
        Ok(find(self.0, text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Found, E> {
        Ok(find_owned(self.0, text))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Found, E> {
        match std::str::from_utf8(bytes) {
            Ok(text) => self.visit_str(text),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(bytes), &self)),
        }
    }
}
