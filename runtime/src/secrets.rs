//! The secrets of one request, and how they are hidden in what a server wrote.
//!
//! They are kept while the request is encoded: by [`Secret`](crate::Secret) itself, wherever it sits, and by the encoder
//! for fields that are declared secret. A server may repeat them, as they are or escaped.

use std::{
    cell::{Cell, RefCell},
    mem,
    sync::Arc,
};

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;
use zeroize::Zeroizing;

/// Shorter texts are not secret, and would be found in ordinary words.
const MIN_LENGTH: usize = 4;

/// What is shown in place of a secret.
pub(crate) const HIDDEN: &str = "(hidden)";

pub(crate) type SecretText = Zeroizing<String>;

/// Secrets as the program gave them, the longest first. Most requests have none, for which nothing is allocated.
#[derive(Clone, Default)]
pub(crate) struct Secrets(Option<Arc<[SecretText]>>);

impl Secrets {
    pub(crate) fn new(mut texts: Vec<SecretText>) -> Self {
        if texts.is_empty() {
            return Self(None);
        }
        texts.sort_by(|a, b| (b.len(), &**a).cmp(&(a.len(), &**b)));
        texts.dedup();
        Self(Some(texts.into()))
    }

    /// Adds others.
    #[cfg(feature = "client")]
    pub(crate) fn and(&self, others: impl Iterator<Item = SecretText>) -> Self {
        let mut others: Vec<_> = others.collect();
        if others.is_empty() {
            return self.clone();
        }
        others.extend(self.0.iter().flat_map(|own| own.iter().cloned()));
        Self::new(others)
    }

    /// Adds others, whose list is shared if it has all.
    #[cfg(feature = "client")]
    pub(crate) fn with(self, others: &Self) -> Self {
        match (&self.0, &others.0) {
            (_, None) => self,
            (None, Some(_)) => others.clone(),
            (Some(_), Some(others)) => self.and(others.iter().cloned()),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// Returns the text without the secrets that it repeats.
    pub(crate) fn hide(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(next) = rest.chars().next() {
            let (add, length) = match self.starts(rest) {
                Some(length) => (HIDDEN, length),
                None => (&rest[..next.len_utf8()], next.len_utf8()),
            };
            shown.push_str(add);
            rest = &rest[length..];
        }
        shown
    }

    /// Marks the headers that repeat a secret as sensitive, so that `Debug` does not show them.
    #[cfg(feature = "client")]
    pub(crate) fn mark(&self, headers: &mut http::HeaderMap) {
        if self.is_empty() {
            return;
        }
        for value in headers.values_mut() {
            if self.is_in(value.as_bytes()) {
                value.set_sensitive(true);
            }
        }
    }

    /// Returns whether the text repeats a secret.
    #[cfg(any(feature = "client", test))]
    fn is_in(&self, text: &[u8]) -> bool {
        // An escape is never shorter than what it stands for.
        let shortest = self.long().last().map_or(usize::MAX, String::len);
        if text.len() < shortest {
            return false;
        }
        let text = String::from_utf8_lossy(text);
        let mut starts = text.char_indices().map(|(at, _)| &text[at..]);
        starts.any(|rest| self.starts(rest).is_some())
    }

    /// Returns the length of the secret that the text starts with.
    fn starts(&self, text: &str) -> Option<usize> {
        self.long().find_map(|secret| spelled(text, secret))
    }

    fn long(&self) -> impl Iterator<Item = &String> {
        let texts = self.0.iter().flat_map(|texts| texts.iter());
        texts
            .map(|text| &**text)
            .take_while(|text| text.len() >= MIN_LENGTH)
    }
}

/// Returns the length of `secret` at the start of `text`, where each character may be escaped as in a URL, a form or a
/// JSON string.
fn spelled(text: &str, secret: &str) -> Option<usize> {
    let escaped = secret.chars().try_fold(text, |rest, c| {
        percent(rest, c)
            .or_else(|| json(rest, c))
            .or_else(|| rest.strip_prefix(c))
            .or_else(|| rest.strip_prefix('+').filter(|_| c == ' '))
    });
    let escaped = escaped.map(|rest| text.len() - rest.len());
    // A secret may itself look like an escape.
    escaped.max(text.starts_with(secret).then_some(secret.len()))
}

/// What is after the percent-encoded character.
fn percent(text: &str, c: char) -> Option<&str> {
    let mut utf8 = [0; 4];
    let mut bytes = c.encode_utf8(&mut utf8).bytes();
    bytes.try_fold(text, |text, byte| {
        hex(text.strip_prefix('%')?, 2, byte.into())
    })
}

/// What is after the character, escaped in a JSON string.
fn json(text: &str, c: char) -> Option<&str> {
    let rest = text.strip_prefix('\\')?;
    let short = match c {
        '"' | '\\' | '/' => Some(c),
        '\u{8}' => Some('b'),
        '\u{c}' => Some('f'),
        '\n' => Some('n'),
        '\r' => Some('r'),
        '\t' => Some('t'),
        _ => None,
    };
    if let Some(rest) = short.and_then(|short| rest.strip_prefix(short)) {
        return Some(rest);
    }
    let mut utf16 = [0; 2];
    let mut units = c.encode_utf16(&mut utf16).iter();
    units.try_fold(text, |text, unit| hex(text.strip_prefix("\\u")?, 4, *unit))
}

/// What is after so many hexadecimal digits of a number.
fn hex(text: &str, digits: usize, number: u16) -> Option<&str> {
    let (found, rest) = text.split_at_checked(digits)?;
    let mut digits = found.chars().map(|digit| digit.to_digit(16));
    let value = digits.try_fold(0, |value, digit| Some(value * 16 + digit?))?;
    (value == u32::from(number)).then_some(rest)
}

// Serde hands a `Serialize` implementation nothing but the serializer, so the secrets of an encoding go beside it. All of
// this is set and read within one encoding, on one thread.
thread_local! {
    /// A request is encoded that keeps its secrets.
    static KEEPS: Cell<bool> = const { Cell::new(false) };
    static KEPT: RefCell<Vec<SecretText>> = const { RefCell::new(Vec::new()) };
}

/// A guard: while it lives, secrets are kept.
pub(crate) struct Keeping(());

pub(crate) fn keeping() -> Keeping {
    KEEPS.set(true);
    Keeping(())
}

/// Returns the secrets that were kept.
pub(crate) fn take() -> Secrets {
    KEPT.with_borrow_mut(|kept| {
        if kept.is_empty() {
            return Secrets::default();
        }
        Secrets::new(mem::take(kept))
    })
}

impl Drop for Keeping {
    fn drop(&mut self) {
        KEEPS.set(false);
        // Those of an encoding that failed.
        KEPT.with_borrow_mut(Vec::clear);
    }
}

/// Keeps a secret.
pub(crate) fn keep(text: &str) {
    if KEEPS.get() && !text.is_empty() {
        let text = Zeroizing::new(text.to_owned());
        KEPT.with_borrow_mut(|kept| kept.push(text));
    }
}

/// Keeps the texts and numbers in a secret value.
pub(crate) fn keep_value<T: Serialize + ?Sized>(value: &T) {
    if KEEPS.get() {
        // What JSON does not support has no text that could be repeated.
        if let Ok(value) = serde_json::to_value(value) {
            keep_json(value);
        }
    }
}

/// Keeps the texts and numbers in the JSON of a secret value.
pub(crate) fn keep_json(value: Value) {
    match value {
        Value::Null | Value::Bool(_) => {}
        Value::Number(number) => keep(&number.to_string()),
        Value::String(text) => keep(&Zeroizing::new(text)),
        Value::Array(items) => items.into_iter().for_each(keep_json),
        Value::Object(members) => members.into_iter().for_each(|(_, value)| keep_json(value)),
    }
}

/// Keeps the text of a secret body.
pub(crate) fn keep_bytes(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        keep(text);
    }
}

/// Makes bytes that are wiped when the last that shares them is dropped.
pub(crate) fn wiped(buffer: Vec<u8>) -> Bytes {
    Bytes::from_owner(Zeroizing::new(buffer))
}

/// The same of bytes, unless others share them.
pub(crate) fn wiped_bytes(bytes: Bytes) -> Bytes {
    match bytes.try_into_mut() {
        Ok(own) => wiped(own.into()),
        Err(shared) => shared,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secrets(texts: &[&str]) -> Secrets {
        let texts = texts.iter().map(|text| Zeroizing::new((*text).to_owned()));
        Secrets::new(texts.collect())
    }

    #[test]
    fn a_secret_is_hidden_in_each_spelling() {
        let known = secrets(&["a b/\"é\u{1f600}\n%", "abcd", "abc"]);
        let cases = [
            ("a b/\"é\u{1f600}\n%", "(hidden)"),
            ("a%20b%2F%22%C3%A9%F0%9F%98%80%0A%25", "(hidden)"),
            ("a+b/%22%c3%a9%f0%9f%98%80%0a%25", "(hidden)"),
            (r#"a b/\"é😀\n%"#, "(hidden)"),
            (r"a b\/\u0022\u00E9\ud83d\ude00\n%", "(hidden)"),
            ("xabcdx %61bcd abc", "x(hidden)x (hidden) abc"),
            ("a%20b%2F%22%C3", "a%20b%2F%22%C3"),
            ("%+6%é \\ \\u00 é", "%+6%é \\ \\u00 é"),
        ];
        for (text, shown) in cases {
            assert_eq!(known.hide(text), shown);
            assert_eq!(known.is_in(text.as_bytes()), text != shown);
        }
        let like_escapes = secrets(&["key\\", "a%25b"]);
        assert_eq!(like_escapes.hide(r"key\\, a%25b"), "(hidden), (hidden)");
        assert_eq!(Secrets::default().hide("abcd"), "abcd");
        assert!(!Secrets::default().is_in(b"abcd"));
    }

    #[test]
    fn only_what_is_encoded_is_kept() {
        keep("before");
        let guard = keeping();
        keep_value(&serde_json::json!({"a": ["text", 12345], "b": null, "c": true}));
        let Secrets(Some(kept)) = take() else {
            panic!("they are kept");
        };
        let kept: Vec<&str> = kept.iter().map(|text| &***text).collect();
        assert_eq!(kept, ["12345", "text"]);
        keep("of an encoding that fails");
        drop(guard);
        assert!(take().is_empty());
    }
}
