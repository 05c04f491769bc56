//! The inverse of the encoder's multipart bodies: cuts a body that is in memory into its parts
//! ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578), [RFC 2046, section 5.1](https://www.rfc-editor.org/rfc/rfc2046#section-5.1)).
//!
//! Invariant: the content of a part is a slice of the body.

use std::{borrow::Cow, cell::Cell};

use bytes::Bytes;
use memchr::memmem;

use super::{fault::Fault, texts::text};

type Result<T> = std::result::Result<T, Fault>;

/// A part, of which only the head is read.
#[derive(Debug)]
pub(super) struct RawPart<'r> {
    pub(super) name: Cow<'r, str>,
    pub(super) filename: Option<Cow<'r, str>>,
    pub(super) content_type: Option<&'r str>,
    /// Those that neither name nor describe the part.
    pub(super) headers: Vec<(&'r str, &'r str)>,
    pub(super) content: Bytes,
    /// A field has read it.
    pub(super) taken: Cell<bool>,
}

/// Cuts a body of this media type, which has the boundary.
pub(super) fn cut<'r>(media_type: &str, body: &'r Bytes) -> Result<Vec<RawPart<'r>>> {
    let boundary = boundary(media_type).ok_or_else(|| Fault::new("has no valid boundary"))?;
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter needs no line before it.
    let mut at = match body.strip_prefix(&delimiter.as_bytes()[2..]) {
        Some(rest) => body.len() - rest.len(),
        None => end_of(body, 0, &delimiter)?.1,
    };
    let mut parts = Vec::new();
    loop {
        let rest = &body[at..];
        if rest.starts_with(b"--") {
            return Ok(parts);
        }
        let blank = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t'));
        let start = at + blank.unwrap_or(rest.len());
        if !body[start..].starts_with(b"\r\n") {
            return Err(Fault::new("has a boundary that is not alone on its line"));
        }
        // A part without headers starts with an empty line, which is the end of this one.
        let head = start;
        let (content, headers) = match memmem::find(&body[head..], b"\r\n\r\n") {
            Some(0) => (head + 4, &body[head..head]),
            Some(end) => (head + end + 4, &body[head + 2..head + end]),
            None => return Err(Fault::new("has a part whose headers do not end")),
        };
        let (end, after) = end_of(body, content, &delimiter)?;
        let mut part = read_head(headers)?;
        part.content = body.slice(content..end);
        parts.push(part);
        at = after;
    }
}

/// Where the next delimiter starts, and where it ends.
fn end_of(body: &[u8], from: usize, delimiter: &str) -> Result<(usize, usize)> {
    let found = memmem::find(&body[from..], delimiter.as_bytes());
    let start = found.ok_or_else(|| Fault::new("ends without its last boundary"))?;
    Ok((from + start, from + start + delimiter.len()))
}

/// The boundary in a media type: a token or a quoted text, by the rules of RFC 2046.
fn boundary(media_type: &str) -> Option<String> {
    let (_, params) = media_type.split_once(';')?;
    let value = parameter(params, "boundary")?;
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+_,-./:=? ".contains(&byte);
    let is_boundary =
        (1..=70).contains(&value.len()) && value.bytes().all(is_allowed) && !value.ends_with(' ');
    is_boundary.then_some(value)
}

/// A parameter of a header, unquoted.
fn parameter(params: &str, name: &str) -> Option<String> {
    let mut rest = params;
    loop {
        let (key, after) = rest.split_once('=')?;
        let key = key.trim_ascii();
        let after = after.trim_ascii_start();
        let (value, tail) = if let Some(quoted) = after.strip_prefix('"') {
            let end = end_of_quotes(quoted)?;
            (unquoted(&quoted[..end]), &quoted[end + 1..])
        } else {
            let end = after.find(';').unwrap_or(after.len());
            (after[..end].trim_ascii().to_owned(), &after[end..])
        };
        if key.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = tail.trim_ascii_start().strip_prefix(';')?;
    }
}

fn end_of_quotes(quoted: &str) -> Option<usize> {
    let mut bytes = quoted.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => return Some(at),
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    None
}

fn unquoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            c => out.push(c),
        }
    }
    out
}

fn read_head(head: &[u8]) -> Result<RawPart<'_>> {
    let mut part = RawPart {
        name: Cow::Borrowed(""),
        filename: None,
        content_type: None,
        headers: Vec::new(),
        content: Bytes::new(),
        taken: Cell::new(false),
    };
    let mut is_named = false;
    let lines = text(head)?.split("\r\n").filter(|line| !line.is_empty());
    for line in lines {
        let header = line.split_once(':');
        let (name, value) =
            header.ok_or_else(|| Fault::new("has a part with a malformed header"))?;
        let value = value.trim_matches([' ', '\t']);
        if name.eq_ignore_ascii_case("content-disposition") {
            if is_named {
                return Err(Fault::new("has a part with two names"));
            }
            is_named = true;
            (part.name, part.filename) = disposition(value)?;
        } else if name.eq_ignore_ascii_case("content-type") {
            part.content_type = Some(value);
        } else {
            part.headers.push((name, value));
        }
    }
    if is_named {
        Ok(part)
    } else {
        Err(Fault::new("has a part without a `Content-Disposition`"))
    }
}

type Disposition<'r> = (Cow<'r, str>, Option<Cow<'r, str>>);

/// The name and the filename. Backslashes in them are themselves, as browsers and our encoder write them.
fn disposition(value: &str) -> Result<Disposition<'_>> {
    let malformed = || Fault::new("has a part with a malformed `Content-Disposition`");
    let (kind, mut rest) = value.split_once(';').ok_or_else(malformed)?;
    if !kind.trim_ascii().eq_ignore_ascii_case("form-data") {
        return Err(malformed());
    }
    let (mut name, mut filename) = (None, None);
    loop {
        let (key, after) = rest.split_once('=').ok_or_else(malformed)?;
        let (text, tail) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or_else(malformed)?,
            None => after.split_at(after.find(';').unwrap_or(after.len())),
        };
        let slot = match key.trim_ascii() {
            key if key.eq_ignore_ascii_case("name") => Some(&mut name),
            key if key.eq_ignore_ascii_case("filename") => Some(&mut filename),
            _ => None,
        };
        if let Some(slot) = slot {
            if slot.replace(unescaped(text)).is_some() {
                return Err(malformed());
            }
        }
        match tail.trim_ascii_start().strip_prefix(';') {
            Some(next) => rest = next,
            None if tail.trim_ascii().is_empty() => break,
            None => return Err(malformed()),
        }
    }
    Ok((name.ok_or_else(malformed)?, filename))
}

/// Only these are escaped ([WHATWG](https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data)).
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let text = text.replace("%22", "\"").replace("%0D", "\r");
    Cow::Owned(text.replace("%0A", "\n"))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::cut;

    fn read(body: &str) -> Result<Vec<(String, String)>, String> {
        let body = Bytes::from(body.to_owned());
        let parts = cut("multipart/form-data; charset=utf-8; boundary=\"b\"", &body);
        let parts = parts.map_err(|fault| fault.to_string())?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let parts = parts
            .iter()
            .map(|part| (part.name.to_string(), text(&part.content)));
        Ok(parts.collect())
    }

    #[test]
    fn parts_are_cut_at_boundaries_alone() {
        const HEAD: &str = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
        let pair = |value: &str| vec![("a".to_owned(), value.to_owned())];
        let table = [
            ("--b--\r\n".to_owned(), Ok(vec![])),
            (format!("{HEAD}x\r\n--b--\r\n"), Ok(pair("x"))),
            (format!("{HEAD}\r\n--b--"), Ok(pair(""))),
            (
                format!("preamble\r\n{HEAD}--b\r\n-\r\n--b--epilogue"),
                Ok(pair("--b\r\n-")),
            ),
            (
                format!("{HEAD}x\r\n--b \t\r\n\r\ny\r\n--b--"),
                Err("has a part without a `Content-Disposition`"),
            ),
            (format!("{HEAD}x"), Err("ends without its last boundary")),
            (
                format!("{HEAD}x\r\n--bc"),
                Err("has a boundary that is not alone on its line"),
            ),
            (
                "--b\r\nx".to_owned(),
                Err("has a part whose headers do not end"),
            ),
            (String::new(), Err("ends without its last boundary")),
        ];
        for (body, expected) in table {
            assert_eq!(read(&body), expected.map_err(str::to_owned), "{body:?}");
        }
    }
}
