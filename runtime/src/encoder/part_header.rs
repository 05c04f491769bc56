//! The headers that a program gives to a part.
//!
//! Invariant: what is written is one header field a line, none of which frames the part.

use http::HeaderName;

use super::{problem::Problem, redact::Redact};
use crate::{part::is_credential, secret, secrets};

type Headers = [(String, String)];

/// Appends the headers of a part of a field that is a secret or not.
pub(super) fn write(headers: &Headers, is_secret: bool, redact: Redact, out: &mut Vec<u8>) {
    for header in headers {
        let (name, value) = header;
        let is_secret = is_secret || is_credential(header);
        let marker = redact.marker(is_secret, name);
        if is_secret {
            secret::see();
            secrets::keep(value);
        }
        for text in [name, ": ", marker.as_ref().unwrap_or(value), "\r\n"] {
            out.extend_from_slice(text.as_bytes());
        }
    }
}

/// Refuses headers that are none, or that others of the part would contradict.
pub(super) fn check(headers: &Headers) -> Result<(), Problem> {
    for (index, (name, value)) in headers.iter().enumerate() {
        let Ok(known) = HeaderName::try_from(name) else {
            let name = name.escape_debug();
            return Err(Problem::new(format!(
                "has a part with a header `{name}`, whose name is not a token (RFC 9110)"
            )));
        };
        let instead = match known.as_str() {
            "content-disposition" => "`name` and `filename` make it, write `Part::filename`",
            "content-type" => "write `Part::content_type`",
            "content-transfer-encoding" => {
                "a part is sent as it is, and RFC 7578 deprecates the header, leave it out"
            }
            _ if headers[..index]
                .iter()
                .any(|(other, _)| other.eq_ignore_ascii_case(name)) =>
            {
                "the part has it already"
            }
            _ => "",
        };
        if !instead.is_empty() {
            return Err(Problem::new(format!(
                "has a part with a header `{name}`: {instead}"
            )));
        }
        let is_blank = |c| matches!(c, ' ' | '\t');
        let why = if value.contains(|c: char| c.is_control() && c != '\t') {
            "a control character"
        } else if value.starts_with(is_blank) || value.ends_with(is_blank) {
            "white space at an end"
        } else {
            continue;
        };
        return Err(Problem::new(format!(
            "has a part with a header `{name}` whose value has {why}"
        )));
    }
    Ok(())
}
