//! A request as a `curl` command.
//!
//! Input: a request in which secrets are markers. Each marker becomes `"$NAME"` outside of the single quotes, so the
//! command runs in any POSIX shell that has the variable.

use std::{collections::BTreeMap, fmt::Write as _};

use http::{Method, header::CONTENT_TYPE};

use crate::{
    BaseUrl, Body,
    encoder::Encoded,
    secret::{Nonce, variable},
};

/// Renders `request`, whose secrets are markers of `nonce`.
pub(crate) fn render(request: &Encoded, base: &BaseUrl, nonce: Nonce) -> String {
    let mut shell = Shell {
        nonce,
        used: BTreeMap::new(),
    };
    let target = String::from_utf8_lossy(&request.target);
    // The marker of a secret URL stands for all of it.
    let origin = if target.starts_with('/') {
        request.base(base).origin()
    } else {
        ""
    };
    let url = shell.quoted(&format!("{origin}{target}"), false);
    let mut lines = vec![match request.method {
        Method::HEAD => format!("curl --head {url}"),
        ref method => format!("curl -X {} {url}", shell.quoted(method.as_str(), false)),
    }];
    for (name, value) in &request.headers {
        let header = match &*String::from_utf8_lossy(value.as_bytes()) {
            // curl drops a header whose value is empty, unless it ends in a semicolon.
            "" => format!("{name};"),
            value => format!("{name}: {value}"),
        };
        lines.push(format!("-H {}", shell.quoted(&header, false)));
    }
    let mut input = String::new();
    let body = &request.body;
    let text = |bytes| std::str::from_utf8(bytes).ok();
    match body.as_bytes().map(|bytes| (bytes, text(bytes))) {
        Some((_, Some(""))) if !request.headers.contains_key(CONTENT_TYPE) => {}
        _ if is_of(request, "multipart/") => {
            let pieces = body.pieces().into_iter().map(|piece| shell.print(piece));
            let pieces = pieces.collect::<Vec<_>>().join("; ");
            input = format!("{{ {pieces}; }} | ");
            lines.push("--data-binary @-".to_owned());
        }
        Some((_, Some(text))) if !text.contains('\0') => {
            let text = shell.quoted(text, is_of(request, "json"));
            lines.push(format!("--data-raw {text}"));
        }
        Some((bytes, _)) => {
            input = format!("printf '{}' | ", octal(bytes));
            lines.push("--data-binary @-".to_owned());
        }
        None => {
            let from = match body.path() {
                Some(path) => shell.quoted(&format!("@{}", path.display()), false),
                None => "@-".to_owned(),
            };
            lines.push(format!("--data-binary {from}"));
        }
    }
    input + &lines.join(" \\\n  ")
}

/// Returns whether the content type contains a word.
fn is_of(request: &Encoded, word: &str) -> bool {
    let content_type = request.headers.get(CONTENT_TYPE);
    content_type.is_some_and(|value| {
        let value = String::from_utf8_lossy(value.as_bytes());
        value.to_ascii_lowercase().contains(word)
    })
}

fn octal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "\\{byte:03o}");
        text
    })
}

struct Shell {
    nonce: Nonce,
    /// How often each variable was asked for: two secrets of one name need not be the same.
    used: BTreeMap<String, u32>,
}

impl Shell {
    /// `text` as one word.
    fn quoted(&mut self, text: &str, json: bool) -> String {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if !text.is_empty() && text.bytes().all(plain) {
            return text.to_owned();
        }
        let mut word = String::new();
        let mut rest = text;
        while let Some(secret) = self.secret(rest, json) {
            single(&mut word, secret.before);
            let _ = write!(word, "\"${}\"", secret.variable);
            rest = secret.after;
        }
        single(&mut word, rest);
        if word.is_empty() {
            word.push_str("''");
        }
        word
    }

    /// The first secret in `text`, which may be in a member of JSON.
    fn secret<'t>(&mut self, text: &'t str, json: bool) -> Option<ShellSecret<'t>> {
        let mark = self.nonce.find(text)?;
        let (mut before, mut after) = (mark.before, mark.after);
        let key = if json { json_key(before) } else { None };
        if json && mark.raw {
            before = before.strip_suffix('"').unwrap_or(before);
            after = after.strip_prefix('"').unwrap_or(after);
        }
        let variable = self.name(key.as_deref().unwrap_or(mark.variable));
        Some(ShellSecret {
            before,
            variable,
            after,
        })
    }

    /// A command that prints a piece of a multipart body.
    fn print(&mut self, piece: &Body) -> String {
        let Some(bytes) = piece.as_bytes() else {
            return match piece.path() {
                Some(path) => format!("cat -- {}", self.quoted(&path.to_string_lossy(), false)),
                None => "cat".to_owned(),
            };
        };
        let (mut format, mut arguments) = (String::new(), String::new());
        for chunk in bytes.utf8_chunks() {
            let mut rest = chunk.valid();
            while let Some(secret) = self.secret(rest, true) {
                format.push_str(&escaped(secret.before));
                format.push_str("%s");
                let _ = write!(arguments, " \"${}\"", secret.variable);
                rest = secret.after;
            }
            format.push_str(&escaped(rest));
            format.push_str(&octal(chunk.invalid()));
        }
        // The text begins with `--`, but is not an option.
        format!("printf -- '{format}'{arguments}")
    }

    fn name(&mut self, variable: &str) -> String {
        let used = self.used.entry(variable.to_owned()).or_default();
        *used += 1;
        match *used {
            1 => variable.to_owned(),
            times => format!("{variable}_{times}"),
        }
    }
}

/// A secret in a text, by the variable that stands for it.
struct ShellSecret<'t> {
    before: &'t str,
    variable: String,
    after: &'t str,
}

/// Text as it stands in the format of `printf`, in single quotes.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '%' => escaped.push_str("%%"),
            '\\' => escaped.push_str("\\\\"),
            '\r' => escaped.push_str("\\r"),
            '\n' => escaped.push_str("\\n"),
            '\0' => escaped.push_str("\\000"),
            '\'' => escaped.push_str(r"'\''"),
            c => escaped.push(c),
        }
    }
    escaped
}

fn single(word: &mut String, text: &str) {
    if !text.is_empty() {
        let _ = write!(word, "'{}'", text.replace('\'', r"'\''"));
    }
}

/// The variable for a secret in JSON: the key of the member that `before` ends in.
fn json_key(before: &str) -> Option<String> {
    let key = before.strip_suffix('"')?.strip_suffix("\":")?;
    let start = key.rfind('"')? + 1;
    Some(variable(&key[start..]))
}
