//! Whether a text is a media type: a type, a slash and a subtype, each a token, and parameters
//! ([RFC 9110, 8.3.1](https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1)).

/// Returns whether `text` is a media type.
pub(super) fn is_media_type(text: &str) -> bool {
    let (essence, mut rest) = text.split_at(text.find(';').unwrap_or(text.len()));
    let Some((kind, subtype)) = trim_end(essence).split_once('/') else {
        return false;
    };
    if !is_token(kind) || !is_token(subtype) {
        return false;
    }
    while let Some(next) = rest.strip_prefix(';') {
        rest = trim_start(next);
        // A parameter may be left out.
        if !rest.is_empty() && !rest.starts_with(';') {
            let Some(behind) = behind_parameter(rest) else {
                return false;
            };
            rest = trim_start(behind);
        }
    }
    rest.is_empty()
}

/// What is behind the parameter that `text` starts with.
fn behind_parameter(text: &str) -> Option<&str> {
    let (name, value) = text.split_once('=')?;
    if !is_token(name) {
        return None;
    }
    let Some(quoted) = value.strip_prefix('"') else {
        let end = value.find([';', ' ', '\t']).unwrap_or(value.len());
        return is_token(&value[..end]).then(|| &value[end..]);
    };
    let mut escaped = false;
    for (index, c) in quoted.char_indices() {
        match c {
            _ if c.is_control() && c != '\t' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(&quoted[index + 1..]),
            _ => {}
        }
    }
    None
}

fn is_token(text: &str) -> bool {
    let is_tchar = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_tchar)
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches([' ', '\t'])
}

fn trim_end(text: &str) -> &str {
    text.trim_end_matches([' ', '\t'])
}

#[cfg(test)]
mod tests {
    use super::is_media_type;

    #[test]
    fn a_media_type_is_two_tokens_and_parameters() {
        for text in [
            "text/plain",
            "text/plain; charset=utf-8",
            "text/plain ;charset=\"utf-8\" ; a=b",
            "text/plain;",
            "application/vnd.api+json; ext=\"https://x/\\\"y\\\"\"",
        ] {
            assert!(is_media_type(text), "{text:?}");
        }
        for text in [
            "",
            "text",
            "text/",
            "/plain",
            "\u{e9}/\u{e9}",
            "a/b c",
            " a/b",
            "a/b/c",
            "a/b; c",
            "a/b; c=",
            "a/b; c=d e",
            "a/b; c=\"d",
            "a/b; c=\"d\\\"",
            "a/b; c=\"\r\n\"",
            "a/b; =d",
            "a/b, c/d",
        ] {
            assert!(!is_media_type(text), "{text:?}");
        }
    }
}
