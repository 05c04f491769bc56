//! The inverse of the encoder's escaping.

use std::borrow::Cow;

use super::fault::Fault;

/// How text is written in one location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unescape {
    /// As it is.
    Nothing,
    /// Percent-encoded.
    Percent,
    /// Percent-encoded, with `+` for a space. A query is read by this rule too: nothing writes a `+` there for itself.
    Form,
}

impl Unescape {
    /// Returns the text that was written.
    pub(super) fn read(self, text: &str) -> Result<Cow<'_, str>, Fault> {
        let first = self.find(text.as_bytes());
        match first {
            None => Ok(Cow::Borrowed(text)),
            Some(first) => self.decode(text, first).map(Cow::Owned),
        }
    }

    /// The same, but what is malformed stays as it is: no declared name is written like that.
    pub(super) fn name(self, text: &str) -> Cow<'_, str> {
        self.read(text).unwrap_or(Cow::Borrowed(text))
    }

    /// Where the first byte is that does not stand for itself.
    fn find(self, text: &[u8]) -> Option<usize> {
        match self {
            Self::Nothing => None,
            Self::Percent => memchr::memchr(b'%', text),
            Self::Form => memchr::memchr2(b'%', b'+', text),
        }
    }

    fn decode(self, text: &str, first: usize) -> Result<String, Fault> {
        let mut out = Vec::with_capacity(text.len());
        let mut rest = text.as_bytes();
        let mut next = Some(first);
        while let Some(at) = next {
            out.extend_from_slice(&rest[..at]);
            rest = match rest[at..] {
                [b'%', high, low, ref rest @ ..] => {
                    let (high, low) = hex(high).zip(hex(low)).ok_or_else(malformed)?;
                    out.push(high << 4 | low);
                    rest
                }
                [b'+', ref rest @ ..] => {
                    out.push(b' ');
                    rest
                }
                _ => return Err(malformed()),
            };
            next = self.find(rest);
        }
        out.extend_from_slice(rest);
        String::from_utf8(out).map_err(|_| Fault::new("is not UTF-8"))
    }
}

fn malformed() -> Fault {
    Fault::new("is not percent-encoded: `%` is followed by two hexadecimal digits")
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::Unescape;

    #[test]
    fn text_is_decoded_strictly() {
        let table = [
            (Unescape::Percent, "a", Some("a")),
            (Unescape::Percent, "a%20b+c", Some("a b+c")),
            (Unescape::Form, "a%20b+c", Some("a b c")),
            (Unescape::Nothing, "a%20b+c", Some("a%20b+c")),
            (Unescape::Percent, "%C3%A9%c3%a9", Some("\u{e9}\u{e9}")),
            (Unescape::Percent, "%", None),
            (Unescape::Percent, "%4", None),
            (Unescape::Percent, "%+1", None),
            (Unescape::Percent, "%\u{e9}", None),
            (Unescape::Percent, "%ff", None),
        ];
        for (unescape, text, expected) in table {
            assert_eq!(unescape.read(text).ok().as_deref(), expected, "{text}");
        }
    }
}
