//! Parses path templates: `/guardrails/{id}/keys`. Pure text, so that every rule is tested in a table.

use std::collections::BTreeSet;

use super::foreign;
use crate::wire::percent;

/// A path template, cut at its placeholders.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Template {
    pub(crate) pieces: Vec<Piece>,
    names: BTreeSet<String>,
    /// What is wrong, one message each. The pieces are then those that could be parsed.
    pub(crate) mistakes: Vec<String>,
    reported: BTreeSet<String>,
    /// The words of a path with mistakes, any of which may be meant as a placeholder.
    words: BTreeSet<String>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Piece {
    Text(String),
    Placeholder(String),
}

impl Template {
    pub(crate) fn parse(template: &str) -> Self {
        let mut parsed = Self::default();
        if template.is_empty() {
            // The base URL itself.
            return parsed;
        }
        if !template.starts_with('/') {
            if template.contains("://") {
                parsed.mistake(
                    "a path starts with `/`: the scheme and the host are those of the client",
                );
                return parsed;
            }
            let or_url = if template.starts_with('{') {
                ", or `#[api(url)]` on a field that is a whole URL, without a `path`"
            } else {
                ""
            };
            parsed.mistake(format!(
                "a path starts with `/`, write `\"/{template}\"`{or_url}"
            ));
        }
        let before = parsed.mistakes.len();
        parsed.cut(template);
        // A placeholder that could not be parsed would leave other segments.
        if parsed.mistakes.len() == before {
            parsed.check_segments();
        }
        parsed.check_text();
        parsed
    }

    /// Other libraries write `:id` for `{id}`, and `*path` for a value of several segments, so a segment that is such a
    /// mark and a field is not meant as it stands.
    pub(crate) fn check_colons(&mut self, fields: &BTreeSet<String>) {
        let mut mistakes = Vec::new();
        let mut starts_segment = false;
        for piece in &self.pieces {
            let Piece::Text(text) = piece else {
                starts_segment = false;
                continue;
            };
            for (index, segment) in text.split('/').enumerate() {
                starts_segment |= index > 0;
                let rest = segment.strip_prefix([':', '*']);
                let Some(rest) = rest.filter(|_| starts_segment) else {
                    continue;
                };
                let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
                let name = &rest[..end.unwrap_or(rest.len())];
                if !fields.contains(name) {
                    continue;
                }
                let instead = if segment.starts_with(':') {
                    format!("write `{{{name}}}` for the field `{name}`")
                } else {
                    foreign::rest(name)
                };
                let mark = &segment[..1];
                mistakes.push(format!(
                    "`{mark}{name}` is text that is sent as it is, {instead}"
                ));
            }
            starts_segment = text.ends_with('/');
        }
        for mistake in mistakes {
            self.mistake(mistake);
        }
    }

    pub(crate) fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Placeholder(name) => Some(name.as_str()),
            Piece::Text(_) => None,
        })
    }

    /// Keeps the words of `template`, if there are mistakes in it.
    pub(crate) fn keep_words(&mut self, template: &str) {
        if !self.mistakes.is_empty() {
            let words = template.split(|c: char| !c.is_alphanumeric() && c != '_');
            self.words = words.map(str::to_owned).collect();
        }
    }

    /// Whether a field of this name may be meant as a placeholder that could not be parsed.
    pub(crate) fn may_have_placeholder(&self, name: &str) -> bool {
        self.words.contains(name)
    }

    pub(crate) fn has_placeholder(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    fn mistake(&mut self, message: impl Into<String>) {
        let message = message.into();
        if self.reported.insert(message.clone()) {
            self.mistakes.push(message);
        }
    }

    /// Finds the placeholders.
    fn cut(&mut self, template: &str) {
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            let (text, brace) = rest.split_at(at);
            self.text(text);
            let Some(inside) = brace.strip_prefix('{') else {
                self.mistake("`}` has no `{` before it");
                rest = &brace[1..];
                continue;
            };
            match inside.find(['{', '}']) {
                Some(end) if inside[end..].starts_with('}') => {
                    self.placeholder(&inside[..end]);
                    rest = &inside[end + 1..];
                }
                Some(end) => {
                    self.mistake("a placeholder is not closed before the next `{`");
                    rest = &inside[end..];
                }
                None => {
                    self.mistake(format!("`{{{inside}` has no `}}` after it"));
                    rest = "";
                }
            }
        }
        self.text(rest);
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, name, after)) = foreign::in_angles(rest) {
            self.mistake(format!(
                "`<{name}>` is not a placeholder, write `{{{name}}}`"
            ));
            self.text(before);
            self.placeholder(name);
            rest = after;
        }
        if !rest.is_empty() {
            self.pieces.push(Piece::Text(rest.to_owned()));
        }
    }

    fn placeholder(&mut self, name: &str) {
        if name.is_empty() {
            self.mistake("`{}` is empty, write the name of a field in it");
        } else if let Some(bare) = name.strip_prefix("r#") {
            self.mistake(format!(
                "a placeholder is written without `r#`: `{{{bare}}}`"
            ));
        } else if let Some(instead) = foreign::placeholder(name) {
            self.mistake(format!("`{{{name}}}` is not a placeholder: {instead}"));
        } else if !name
            .chars()
            .all(|c| c.is_alphanumeric() || "_-.".contains(c))
        {
            self.mistake(format!(
                "`{{{name}}}` is not a placeholder: a placeholder is a name of letters, digits, `_`, `-` and `.` in braces"
            ));
        } else if !self.names.insert(name.to_owned()) {
            self.mistake(format!("`{{{name}}}` is in the path twice"));
        } else {
            self.pieces.push(Piece::Placeholder(name.to_owned()));
        }
    }

    /// Literal text is sent as it is written, so it has to be valid already.
    fn check_text(&mut self) {
        let mut mistakes = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            let Piece::Text(text) = piece else { continue };
            let next = self.pieces.get(index + 1);
            if let Some(Piece::Placeholder(name)) = next.filter(|_| text.ends_with('$')) {
                mistakes.push(format!(
                    "`${{{name}}}` sends a `$` before the value: write `{{{name}}}`, or `%24{{{name}}}` if it is meant"
                ));
            }
            for (at, c) in text.char_indices() {
                match c {
                    '?' => mistakes.push("`?` begins a query: declare query parameters as fields or with `query(\"name\" = \"value\")`".to_owned()),
                    '#' => mistakes.push("`#` begins a fragment, which is never sent".to_owned()),
                    '%' if !is_escape(&text.as_bytes()[at + 1..]) => mistakes.push(
                        "`%` is not followed by two hexadecimal digits, write `%25` for a percent sign".to_owned(),
                    ),
                    '%' => {}
                    c if is_path_char(c) => {}
                    c => mistakes.push(format!(
                        "`{}` is not allowed in a path, percent-encode it: `{}`",
                        c.escape_debug(),
                        percent(c.encode_utf8(&mut [0; 4])),
                    )),
                }
            }
        }
        for mistake in mistakes {
            self.mistake(mistake);
        }
    }

    /// URL parsers remove dot segments, and an empty segment is nearly always a slip.
    fn check_segments(&mut self) {
        // A placeholder counts as text that is neither empty nor dots.
        let text: String = self
            .pieces
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.as_str(),
                Piece::Placeholder(_) => "x",
            })
            .collect();
        let path = text.split(['?', '#']).next().unwrap_or_default();
        let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        for (index, segment) in segments.iter().enumerate() {
            let dots = segment.to_ascii_lowercase().replace("%2e", ".");
            if dots == "." || dots == ".." {
                self.mistake(format!(
                    "the segment `{segment}` cannot be sent: every URL parser removes it"
                ));
            } else if segment.is_empty() && index + 1 < segments.len() {
                self.mistake("`//` leaves an empty segment, write one `/`");
            }
        }
    }
}

fn is_escape(bytes: &[u8]) -> bool {
    matches!(bytes, [a, b, ..] if a.is_ascii_hexdigit() && b.is_ascii_hexdigit())
}

/// `pchar` of RFC 3986 without the escapes, and `/`.
fn is_path_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~!$&'()*+,;=:@/".contains(c)
}

#[cfg(test)]
mod tests {
    use super::{Piece, Template};

    #[test]
    fn cuts_templates() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let placeholder = |name: &str| Piece::Placeholder(name.to_owned());
        for (template, pieces) in [
            ("", vec![]),
            ("/", vec![text("/")]),
            ("/keys/", vec![text("/keys/")]),
            (
                "/{id}.json",
                vec![text("/"), placeholder("id"), text(".json")],
            ),
            (
                "/{0}/{type}",
                vec![text("/"), placeholder("0"), text("/"), placeholder("type")],
            ),
            ("/a:b@c/%C3%A9", vec![text("/a:b@c/%C3%A9")]),
            ("/...", vec![text("/...")]),
        ] {
            let parsed = Template::parse(template);
            assert_eq!(parsed.mistakes, Vec::<String>::new(), "{template}");
            assert_eq!(parsed.pieces, pieces, "{template}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_sent() {
        for (template, word) in [
            ("keys", "starts with `/`"),
            ("{url}", "`#[api(url)]`"),
            ("https://example.com/a", "the scheme and the host"),
            ("/a?b", "`?`"),
            ("/a#b", "`#`"),
            ("/a b", "%20"),
            ("/é", "%C3%A9"),
            ("/a\\b", "%5C"),
            ("/100%", "`%25`"),
            ("/%2", "`%25`"),
            ("/a/../b", "`..`"),
            ("/a/%2E", "`%2E`"),
            ("/.%2e/b", "`.%2e`"),
            ("//a", "`//`"),
            ("/a//b", "`//`"),
            ("/{id", "no `}`"),
            ("/id}", "no `{`"),
            ("/{a{b}}", "before the next `{`"),
            ("/{}", "is empty"),
            ("/{id}/{id}", "twice"),
            ("/{r#type}", "`{type}`"),
            ("/{*rest}", "`{rest}`, and `#[api(path(segments))]`"),
            ("/{rest*}", "`{rest}`, and `#[api(path(segments))]`"),
            ("/{+rest}", "`{rest}`, and `#[api(path(segments))]`"),
            ("/{**rest}", "`{rest}`, and `#[api(path(segments))]`"),
            ("/{...rest}", "`{rest}`, and `#[api(path(segments))]`"),
            ("/{*}", "not a placeholder"),
            ("/{id:[0-9]+}", "not a placeholder"),
            ("/${id}", "`%24{id}`"),
            ("/<id>", "write `{id}`"),
        ] {
            let mistakes = Template::parse(template).mistakes;
            assert!(
                mistakes.iter().any(|m| m.contains(word)),
                "{template}: {mistakes:?}"
            );
        }
    }

    #[test]
    fn refuses_a_colon_before_a_field() {
        let fields = ["id", "name", "0"].map(str::to_owned).into();
        for (template, mistakes) in [
            ("/users/:id", 1),
            ("/:id.json/:name/keys", 2),
            ("/:0", 1),
            ("/{name}/:id", 1),
            ("/{name}:id", 0),
            ("/files/*name", 1),
            ("/files/*.json", 0),
            ("/users:id", 0),
            ("/:identity", 0),
            ("/:cancel", 0),
        ] {
            let mut parsed = Template::parse(template);
            parsed.check_colons(&fields);
            assert_eq!(parsed.mistakes.len(), mistakes, "{template}");
        }
    }

    #[test]
    fn reports_every_mistake_once() {
        assert_eq!(Template::parse("/a b c/{}/{}/é").mistakes.len(), 3);
    }
}
