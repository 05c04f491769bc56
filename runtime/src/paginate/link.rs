//! The header `Link`: [RFC 8288, appendix B](https://www.rfc-editor.org/rfc/rfc8288#appendix-B), which reads what it can.
//! Pure text.

use http::{HeaderMap, header::LINK};

const SPACE: [char; 2] = [' ', '\t'];

/// The target of the first link of a relation.
pub(super) fn find(headers: &HeaderMap, relation: &str) -> Option<String> {
    let values = headers.get_all(LINK).iter();
    let texts = values.filter_map(|value| std::str::from_utf8(value.as_bytes()).ok());
    texts.into_iter().find_map(|text| find_in(text, relation))
}

fn find_in(mut text: &str, relation: &str) -> Option<String> {
    loop {
        text = text.trim_start_matches([' ', '\t', ',']);
        let (target, mut rest) = text.strip_prefix('<')?.split_once('>')?;
        let (mut relations, mut is_of_another) = (None, false);
        while let Some((name, value, after)) = param(rest) {
            rest = after;
            is_of_another |= name.eq_ignore_ascii_case("anchor");
            if name.eq_ignore_ascii_case("rel") {
                // Only the first one counts.
                relations.get_or_insert(value);
            }
        }
        let relations = relations.unwrap_or_default();
        let mut relations = relations.split_ascii_whitespace();
        if !is_of_another && relations.any(|other| other.eq_ignore_ascii_case(relation)) {
            return Some(target.trim_matches(SPACE).to_owned());
        }
        // Anything else before the next link is ignored.
        text = &rest[rest.find(',')?..];
    }
}

/// The parameter that the text begins with, and what comes after it.
fn param(text: &str) -> Option<(&str, String, &str)> {
    let text = text.trim_start_matches(SPACE).strip_prefix(';')?;
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let name = name.trim_matches(SPACE);
    let Some(value) = rest.strip_prefix('=') else {
        return Some((name, String::new(), rest));
    };
    let value = value.trim_start_matches(SPACE);
    if let Some(quoted) = value.strip_prefix('"') {
        let (value, rest) = unquote(quoted);
        return Some((name, value, rest));
    }
    let end = value.find([';', ',']).unwrap_or(value.len());
    let (value, rest) = value.split_at(end);
    Some((name, value.trim_end_matches(SPACE).to_owned(), rest))
}

/// What stands before the closing quote, and what comes after it.
fn unquote(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, escaped)| escaped)),
            c => value.push(c),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, header::LINK};

    use super::find;

    #[test]
    fn finds_the_next_link() {
        let cases: &[(&[&str], Option<&str>)] = &[
            (&[], None),
            (&[""], None),
            (&["</a>; rel=\"next\""], Some("/a")),
            (&["</a>; rel=next"], Some("/a")),
            (&["</a>;rel=next;title=x"], Some("/a")),
            (&["</a>; title=\"x, y; rel=prev\"; rel=next"], Some("/a")),
            (
                &["</a>; title=\"\\\"; rel=\\\"prev\"; rel=\"next\""],
                Some("/a"),
            ),
            (&["</a> ; REL = \"Next\""], Some("/a")),
            (&["</a>; rel=\"prev next\""], Some("/a")),
            (&["</a>; rel=\"\tprev\tNEXT \""], Some("/a")),
            (&["</p>; rel=\"prev\", </n>; rel=\"next\""], Some("/n")),
            (
                &["</p>; rel=\"prev\",</n>;rel=next,</l>;rel=last"],
                Some("/n"),
            ),
            (&["</p>; rel=prev", "</n>; rel=next"], Some("/n")),
            (&["</n>; rel=next, </m>; rel=next"], Some("/n")),
            (&["</a,b;c?d=e,f>; rel=next"], Some("/a,b;c?d=e,f")),
            (&["<>; rel=next"], Some("")),
            (&["< /a >; rel=next"], Some("/a")),
            (&["<?page=2>; rel=next"], Some("?page=2")),
            (&[", ,</a>; rel=next"], Some("/a")),
            (&["</a>; rel=\"next"], Some("/a")),
            (&["</a>; rel; title=x, </b>; rel=next"], Some("/b")),
            (&["</a>; rel=prev; rel=next"], None),
            (&["</a>; rel=nextish"], None),
            (&["</a>; rel=\"x-next\""], None),
            (&["</a>; rev=next"], None),
            (&["</a>"], None),
            (&["</a>; rel=next; anchor=\"/b\""], None),
            (
                &["</a>; rel=next; anchor=\"/b\", </c>; rel=next"],
                Some("/c"),
            ),
            (&["/a; rel=next"], None),
            (&["</a; rel=next"], None),
            (&["</a> garbage, </b>; rel=next"], Some("/b")),
            (
                &["</a>; rel=\"prev\" garbage; rel=next, </b>; rel=next"],
                Some("/b"),
            ),
            (&["</\u{e9}>; rel=next"], Some("/\u{e9}")),
            (&["garbage", "</b>; rel=next"], Some("/b")),
        ];
        for (values, expected) in cases {
            let mut headers = HeaderMap::new();
            for value in *values {
                headers.append(LINK, HeaderValue::from_bytes(value.as_bytes()).unwrap());
            }
            assert_eq!(find(&headers, "next").as_deref(), *expected, "{values:?}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_passed_over() {
        let mut headers = HeaderMap::new();
        headers.append(LINK, HeaderValue::from_bytes(b"</\xff>; rel=next").unwrap());
        assert_eq!(find(&headers, "next"), None);
        headers.append(LINK, HeaderValue::from_static("</a>; rel=next"));
        assert_eq!(find(&headers, "next").as_deref(), Some("/a"));
    }
}
