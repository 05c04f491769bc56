//! Names on the wire: serde's rename rules, what may be a name, and how names are written. Pure text.

use std::fmt::Write as _;

use crate::words::RenameRule;

impl RenameRule {
    pub(crate) fn apply(self, field: &str) -> String {
        match self {
            // As serde does: a field's name is taken to be lower case already.
            Self::Lower | Self::Snake => field.to_owned(),
            Self::Upper | Self::ScreamingSnake => field.to_ascii_uppercase(),
            Self::Pascal => pascal(field),
            Self::Camel => {
                let mut camel = pascal(field);
                if let Some(first) = camel.get_mut(..1) {
                    first.make_ascii_lowercase();
                }
                camel
            }
            Self::Kebab => field.replace('_', "-"),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
        }
    }
}

impl RenameRule {
    /// The name of a variant, which is in Pascal case.
    pub(crate) fn apply_to_variant(self, variant: &str) -> String {
        match self {
            Self::Lower => variant.to_ascii_lowercase(),
            Self::Upper => variant.to_ascii_uppercase(),
            Self::Pascal => variant.to_owned(),
            Self::Camel => {
                let mut camel = variant.to_owned();
                if let Some(first) = camel.get_mut(..1) {
                    first.make_ascii_lowercase();
                }
                camel
            }
            Self::Snake => snake(variant),
            Self::ScreamingSnake => snake(variant).to_ascii_uppercase(),
            Self::Kebab => snake(variant).replace('_', "-"),
            Self::ScreamingKebab => snake(variant).to_ascii_uppercase().replace('_', "-"),
        }
    }
}

fn snake(variant: &str) -> String {
    let mut snake = String::new();
    for (index, c) in variant.char_indices() {
        if index > 0 && c.is_uppercase() {
            snake.push('_');
        }
        snake.push(c.to_ascii_lowercase());
    }
    snake
}

fn pascal(field: &str) -> String {
    let mut pascal = String::new();
    let mut capital = true;
    for c in field.chars() {
        if c == '_' {
            capital = true;
        } else if capital {
            pascal.push(c.to_ascii_uppercase());
            capital = false;
        } else {
            pascal.push(c);
        }
    }
    pascal
}

/// `token` of RFC 9110: methods, names of headers and cookies.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty() && not_token_char(text).is_none()
}

/// The first character that keeps `text` from being a token.
pub(crate) fn not_token_char(text: &str) -> Option<char> {
    text.chars()
        .find(|c| !c.is_ascii_alphanumeric() && !"!#$%&'*+-.^_`|~".contains(*c))
}

/// The name of a header that was meant: with hyphens, and without a value behind it.
pub(crate) fn meant_token(text: &str) -> Option<String> {
    let name = text.split(':').next()?.trim();
    let meant = name.replace(|c| " /()[]{}".contains(c), "-");
    (is_token(&meant) && meant.contains(|c: char| c.is_ascii_alphanumeric())).then_some(meant)
}

/// A header's value as a constant may have it: what every server reads in the same way.
pub(crate) fn is_header_value(text: &str) -> bool {
    text.trim_matches([' ', '\t']).len() == text.len()
        && text
            .bytes()
            .all(|byte| byte == b'\t' || (b' '..=b'~').contains(&byte))
}

/// A type, a slash and a subtype, each a token, and parameters (RFC 9110, 8.3.1).
pub(crate) fn is_media_type(text: &str) -> bool {
    let blank = [' ', '\t'];
    let (essence, mut rest) = text.split_at(text.find(';').unwrap_or(text.len()));
    let tokens = essence.trim_end_matches(blank).split_once('/');
    if !tokens.is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype)) {
        return false;
    }
    while let Some(next) = rest.strip_prefix(';') {
        rest = next.trim_start_matches(blank);
        // A parameter may be left out.
        if !rest.is_empty() && !rest.starts_with(';') {
            let Some(behind) = behind_parameter(rest) else {
                return false;
            };
            rest = behind.trim_start_matches(blank);
        }
    }
    rest.is_empty() && is_header_value(text)
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
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return Some(&quoted[index + 1..]),
            _ => {}
        }
    }
    None
}

/// Percent-encodes all but the unreserved characters of RFC 3986.
pub(crate) fn percent(text: &str) -> String {
    escape(text, |byte| {
        byte.is_ascii_alphanumeric() || b"-._~".contains(&byte)
    })
}

/// Writes a name as WHATWG's `application/x-www-form-urlencoded` does.
pub(crate) fn form(text: &str) -> String {
    escape(text, |byte| {
        byte.is_ascii_alphanumeric() || b"*-._ ".contains(&byte)
    })
    .replace(' ', "+")
}

fn escape(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let mut escaped = String::new();
    for byte in text.bytes() {
        if keep(byte) {
            escaped.push(char::from(byte));
        } else {
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// Escapes a name as `serde_json` does between the quotes.
pub(crate) fn json(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\u{8}' => escaped.push_str("\\b"),
            '\u{c}' => escaped.push_str("\\f"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            c if c < ' ' => {
                let _ = write!(escaped, "\\u{:04x}", u32::from(c));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// Stands for the index of an item in the name of a part.
pub(crate) const NUMBER: &str = "{n}";

/// Splits the name of a part at its `{n}`, if it has one.
pub(crate) fn around_number(name: &str) -> Option<(&str, &str)> {
    name.split_once(NUMBER)
}

/// What is wrong with the braces in the name of a part, if something is.
pub(crate) fn wrong_braces(name: &str) -> Option<String> {
    if name.matches(NUMBER).count() > 1 {
        return Some(format!("`{NUMBER}` is in the name of the part twice"));
    }
    let rest = name.replacen(NUMBER, "", 1);
    let start = rest.find('{')?;
    let length = rest[start..].find('}')?;
    let braces = &rest[start..=start + length];
    Some(format!(
        "`{braces}` is not allowed in the name of a part: `{NUMBER}` is the index of the item, and nothing else is in braces"
    ))
}

/// What is before and after the digits and the `{n}` in the name of a part, once for each run of them: only names that have
/// one of these in common [may be the same](may_be_same).
pub(crate) fn around_digits(name: &str) -> Vec<(String, String)> {
    let is_digit = |c: char| c.is_ascii_digit();
    if let Some((before, after)) = around_number(name) {
        let around = (
            before.trim_end_matches(is_digit),
            after.trim_start_matches(is_digit),
        );
        return vec![(around.0.to_owned(), around.1.to_owned())];
    }
    let mut around = Vec::new();
    let mut before = 0;
    while let Some(start) = name[before..].find(is_digit) {
        let start = before + start;
        let after = name[start..].trim_start_matches(is_digit);
        around.push((name[..start].to_owned(), after.to_owned()));
        before = name.len() - after.len();
    }
    around
}

/// Whether a number in place of the `{n}` of one name, or of both, makes the two the same.
pub(crate) fn may_be_same(one: &str, other: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match (around_number(one), around_number(other)) {
        (None, None) => one == other,
        (None, Some(_)) => may_be_same(other, one),
        (Some((before, after)), None) => {
            let rest = other.strip_prefix(before);
            rest.and_then(|rest| rest.strip_suffix(after))
                .is_some_and(is_number)
        }
        (Some(one), Some(other)) => {
            let extends =
                |rest: Option<&str>| rest.is_some_and(|rest| rest.is_empty() || is_number(rest));
            let before =
                extends(one.0.strip_prefix(other.0)) || extends(other.0.strip_prefix(one.0));
            let after =
                extends(one.1.strip_suffix(other.1)) || extends(other.1.strip_suffix(one.1));
            before && after
        }
    }
}

/// Writes the name of a part, which has no control characters, as WHATWG's `multipart/form-data` does: the quote that
/// would end it is escaped.
pub(crate) fn part(text: &str) -> String {
    text.replace('"', "%22")
}

#[cfg(test)]
mod tests {
    use super::{
        form, is_header_value, is_media_type, is_token, json, may_be_same, part, percent,
        wrong_braces,
    };
    use crate::words::RenameRule;

    #[test]
    fn renames_as_serde_does() {
        let apply = |field: &str| {
            RenameRule::ALL
                .iter()
                .map(|(_, r)| r.apply(field))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            apply("very_tasty"),
            [
                "very_tasty",
                "VERY_TASTY",
                "VeryTasty",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY",
            ]
        );
        assert_eq!(RenameRule::Camel.apply("_z42"), "z42");
        assert_eq!(RenameRule::Camel.apply("élan_vital"), "élanVital");
        assert_eq!(RenameRule::Camel.apply("__"), "");
    }

    #[test]
    fn renames_variants_as_serde_does() {
        let apply = |variant: &str| {
            let rules = RenameRule::ALL.iter();
            rules
                .map(|(_, rule)| rule.apply_to_variant(variant))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            apply("VeryTasty"),
            [
                "verytasty",
                "VERYTASTY",
                "VeryTasty",
                "veryTasty",
                "very_tasty",
                "VERY_TASTY",
                "very-tasty",
                "VERY-TASTY",
            ]
        );
        assert_eq!(RenameRule::Snake.apply_to_variant("Z42AB"), "z42_a_b");
        assert_eq!(RenameRule::Camel.apply_to_variant("Élan"), "Élan");
    }

    #[test]
    fn knows_tokens_and_values() {
        assert!(is_token("X-Version_2.0"));
        for text in ["", "a b", "a:b", "é", "a\n"] {
            assert!(!is_token(text), "{text:?}");
        }
        assert!(is_header_value("") && is_header_value("a b\tc"));
        for text in [" a", "a\t", "é", "a\nb", "\u{7f}"] {
            assert!(!is_header_value(text), "{text:?}");
        }
        assert!(
            is_media_type("text/plain; charset=utf-8")
                && is_media_type("application/merge-patch+json")
                && is_media_type("a/b ; c=\"d; \\\"e\"; f=g;")
        );
        for text in [
            "",
            "json",
            "text/",
            "/plain",
            "a b/c",
            "text/plain; x=é",
            "text/plain; x",
            "text/plain; x=\"y",
            "text/plain; x=y z",
            " text/plain",
        ] {
            assert!(!is_media_type(text), "{text:?}");
        }
    }

    #[test]
    fn knows_which_numbered_names_may_be_the_same() {
        for (one, other) in [
            ("files[{n}]", "files[0]"),
            ("a{n}", "a12"),
            ("a{n}", "a1{n}"),
            ("a{n}1b", "a{n}b"),
            ("a{n}1b", "a1{n}b"),
        ] {
            assert!(
                may_be_same(one, other) && may_be_same(other, one),
                "{one} {other}"
            );
        }
        for (one, other) in [
            ("files[{n}]", "files[]"),
            ("files[{n}]", "files[x]"),
            ("files[{n}]", "file[0]"),
            ("a{n}b", "a{n}"),
            ("a{n}", "b{n}"),
        ] {
            assert!(
                !may_be_same(one, other) && !may_be_same(other, one),
                "{one} {other}"
            );
        }
    }

    #[test]
    fn knows_wrong_braces() {
        for name in ["a", "a{n}", "{", "}{", "a[{n}].b"] {
            assert_eq!(wrong_braces(name), None, "{name}");
        }
        for name in ["{}", "{i}", "{n}{n}", "{{n}}", "{n}{i}"] {
            assert!(wrong_braces(name).is_some(), "{name}");
        }
    }

    #[test]
    fn writes_names() {
        assert_eq!(percent("a b[é]~"), "a%20b%5B%C3%A9%5D~");
        assert_eq!(form("a b~*+"), "a+b%7E*%2B");
        assert_eq!(part("a\"b%é"), "a%22b%é");
        assert_eq!(json("a\"\\\n\u{1}é"), "a\\\"\\\\\\n\\u0001é");
    }
}
