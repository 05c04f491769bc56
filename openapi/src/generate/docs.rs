//! Descriptions as documentation: Markdown with what rustdoc and clippy would stumble over escaped, wrapped.

use crate::text::{add, first_paragraph, repeats};

/// The columns of a line of code.
const WIDTH: usize = 100;

/// Writes the first paragraph of a description, unless it only repeats names.
pub(super) fn about(out: &mut String, text: Option<&String>, indent: usize, names: &[&str]) {
    if let Some(text) = text.filter(|text| !repeats(text, names)) {
        write(out, first_paragraph(text), indent, "///");
    }
}

/// Writes documentation: `indent` spaces and `prefix`, such as `///`, before each line.
pub(crate) fn write(out: &mut String, text: &str, indent: usize, prefix: &str) {
    let width = WIDTH.saturating_sub(indent + prefix.len() + 1);
    for line in lines(text, width) {
        let line = format!("{:indent$}{prefix} {line}", "");
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

fn lines(text: &str, width: usize) -> Vec<String> {
    let text = without_html(&clean(text));
    let mut blocks = Blocks {
        width,
        lines: Vec::new(),
        open: None,
    };
    let mut fence: Option<String> = None;
    let source: Vec<&str> = text.lines().collect();
    for (index, raw) in source.iter().enumerate() {
        let line = raw.trim();
        if let Some(mark) = &fence {
            if line.starts_with(mark.as_str()) {
                blocks.lines.push(mark.clone());
                fence = None;
            } else {
                blocks.lines.push(raw.trim_end().to_owned());
            }
            continue;
        }
        if let Some(mark) = ["```", "~~~"]
            .into_iter()
            .find(|mark| line.starts_with(mark))
        {
            blocks.close();
            blocks.gap();
            let language = line
                .trim_start_matches(['`', '~'])
                .split_whitespace()
                .next()
                .unwrap_or("text");
            let language: String = language
                .chars()
                .filter(|c| c.is_ascii_alphanumeric() || "-_+".contains(*c))
                .collect();
            let is_rust = matches!(
                language.as_str(),
                "" | "rust" | "ignore" | "no_run" | "compile_fail" | "should_panic"
            );
            blocks.lines.push(format!(
                "{mark}{}",
                if is_rust { "text" } else { &language }
            ));
            fence = Some(mark.to_owned());
            continue;
        }
        let is_row = line.starts_with('|')
            || (line.contains('|') && source.get(index + 1).is_some_and(|next| is_rule(next)));
        blocks.line(raw, is_row || is_rule(line) && line.contains('|'));
    }
    if let Some(mark) = fence {
        blocks.lines.push(mark);
    }
    blocks.close();
    while blocks.lines.last().is_some_and(String::is_empty) {
        blocks.lines.pop();
    }
    blocks.lines
}

/// Whether a line is the one below the head of a table.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.chars().all(|c| "|-: ".contains(c))
}

/// What has been written, and the paragraph or item that is being read.
struct Blocks {
    width: usize,
    lines: Vec<String>,
    open: Option<Open>,
}

struct Open {
    first: String,
    next: String,
    text: String,
}

impl Blocks {
    fn line(&mut self, raw: &str, is_row: bool) {
        let line = raw.trim();
        if line.is_empty() {
            self.close();
            self.gap();
        } else if is_row {
            self.close();
            if !self.lines.last().is_some_and(|last| last.contains('|')) {
                self.gap();
            }
            self.lines.push(escape(line));
        } else if let Some(level) = heading(line) {
            self.close();
            self.gap();
            self.lines.push(format!(
                "{} {}",
                "#".repeat(level),
                escape(line[level..].trim())
            ));
            self.gap();
        } else if let Some((marker, text)) = item(line) {
            let depth = (raw.len() - raw.trim_start().len()) / 2;
            let was_item = self.close_item();
            if !was_item
                && depth == 0
                && !self.lines.last().is_some_and(|last| {
                    last.is_empty() || item(last).is_some() || last.starts_with(' ')
                })
            {
                self.gap();
            }
            // An item that is in none is not indented: it would be code.
            let depth = if was_item { depth.min(3) } else { 0 };
            self.open = Some(Open {
                first: format!("{:1$}{marker} ", "", depth * 2),
                next: " ".repeat(depth * 2 + marker.len() + 1),
                text: text.to_owned(),
            });
        } else if let Some(quote) = line.strip_prefix('>') {
            self.close();
            self.gap();
            self.open = Some(Open {
                first: "> ".to_owned(),
                next: "> ".to_owned(),
                text: quote.trim().to_owned(),
            });
        } else if let Some(open) = &mut self.open {
            open.text.push(' ');
            open.text.push_str(line);
        } else {
            // After an item, a paragraph without a line between them would be part of the item.
            if self.lines.last().is_some_and(|last| !last.is_empty()) {
                self.gap();
            }
            self.open = Some(Open {
                first: String::new(),
                next: String::new(),
                text: line.to_owned(),
            });
        }
    }

    /// Closes what is open. Returns whether it is an item, or the last line was part of one.
    fn close_item(&mut self) -> bool {
        let was_item = self
            .open
            .as_ref()
            .is_some_and(|open| !open.next.is_empty() && open.next.trim().is_empty());
        self.close();
        was_item
    }

    fn gap(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let text = escape(&open.text);
        let mut line = open.first;
        let mut is_empty = true;
        for word in text.split_whitespace() {
            let fits = line.chars().count() + 1 + word.chars().count() <= self.width;
            // Such a word would begin an item, a heading or a quote.
            let is_mark = item(&format!("{word} x")).is_some()
                || word.starts_with(['#', '>', '|', '='])
                || word.chars().all(|c| c == '-');
            if !is_empty && !fits && !is_mark {
                self.lines
                    .push(std::mem::replace(&mut line, open.next.clone()));
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        if !is_empty {
            self.lines.push(line);
        }
    }
}

fn heading(line: &str) -> Option<usize> {
    let level = line.chars().take_while(|c| *c == '#').count();
    ((1..=6).contains(&level) && line[level..].starts_with(' ')).then_some(level)
}

/// The marker and the text of an item of a list.
fn item(line: &str) -> Option<(String, &str)> {
    for mark in ["- ", "* ", "+ ", "\u{2022} "] {
        if let Some(text) = line.strip_prefix(mark) {
            return Some(("-".to_owned(), text.trim()));
        }
    }
    let digits = line.chars().take_while(char::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let text = line[digits..]
            .strip_prefix(". ")
            .or_else(|| line[digits..].strip_prefix(") "))?;
        return Some((format!("{}.", &line[..digits]), text.trim()));
    }
    None
}

/// Removes what is invisible.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .replace('\t', "    ")
        .chars()
        .filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2028}' | '\u{2029}') && (*c == '\n' || !c.is_control()))
        .collect()
}

/// Writes the usual elements of HTML as Markdown, and leaves all other tags out.
fn without_html(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut links = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tag = &rest[at..];
        let Some(end) = tag.find('>').filter(|end| is_tag(&tag[1..*end])) else {
            out.push('<');
            rest = &tag[1..];
            continue;
        };
        let inside = &tag[1..end];
        let name = inside
            .trim_matches('/')
            .split([' ', '\n', '/'])
            .next()
            .unwrap_or_default()
            .to_ascii_lowercase();
        match (name.as_str(), inside.starts_with('/')) {
            ("code" | "tt", _) => out.push('`'),
            ("pre", false) => out.push_str("\n\n```text\n"),
            ("pre", true) => out.push_str("\n```\n\n"),
            ("b" | "strong", _) => out.push_str("**"),
            ("i" | "em", _) => out.push('*'),
            ("li", false) => out.push_str("\n- "),
            ("p" | "br" | "ul" | "ol" | "div" | "table" | "h1" | "h2" | "h3" | "h4" | "tr", _) => {
                out.push_str("\n\n");
            }
            ("a", false) => {
                let href = inside
                    .split_once("href=")
                    .map(|(_, rest)| rest.trim_start_matches(['"', '\'']));
                let url = href
                    .and_then(|href| href.split(['"', '\'', ' ']).next())
                    .unwrap_or_default();
                links.push(url.to_owned());
                out.push('[');
            }
            ("a", true) => {
                let url = links.pop().unwrap_or_default();
                add!(out, "]({url})");
            }
            _ => {}
        }
        rest = &tag[end + 1..];
    }
    out.push_str(rest);
    out.replace("****", "").replace("``", "`")
}

/// The elements of HTML that descriptions have.
const TAGS: [&str; 30] = [
    "a", "b", "br", "code", "div", "em", "h1", "h2", "h3", "h4", "i", "img", "li", "ol", "p",
    "pre", "span", "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "tt", "u",
    "ul", "details",
];

fn is_tag(inside: &str) -> bool {
    let name = inside.strip_prefix('/').unwrap_or(inside);
    let end = name
        .find(|c: char| !c.is_ascii_alphanumeric())
        .unwrap_or(name.len());
    TAGS.contains(&name[..end].to_ascii_lowercase().as_str())
}

/// Escapes what rustdoc would take for something else than text.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '`' => code(rest, &mut out),
            '[' => link(rest, &mut out),
            ']' => {
                out.push_str("\\]");
                1
            }
            '<' => autolink(rest, &mut out),
            '\\' => {
                out.push_str(
                    if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) {
                        "\\"
                    } else {
                        "\\\\"
                    },
                );
                // The character that is escaped already is not escaped twice.
                match rest[1..].chars().next().filter(char::is_ascii_punctuation) {
                    Some(next) => {
                        out.push(next);
                        2
                    }
                    None => 1,
                }
            }
            'h' if rest.starts_with("http://") || rest.starts_with("https://") => {
                url(rest, &mut out)
            }
            c => {
                out.push(c);
                c.len_utf8()
            }
        };
        rest = &rest[taken..];
    }
    out
}

/// Copies a code span, or escapes a backtick without its counterpart.
fn code(rest: &str, out: &mut String) -> usize {
    let ticks = rest.chars().take_while(|c| *c == '`').count();
    let fence = &rest[..ticks];
    let closed = rest[ticks..].find(fence).filter(|at| *at > 0);
    if let Some(at) = closed {
        let end = ticks + at + ticks;
        out.push_str(&rest[..end]);
        end
    } else {
        out.push_str(&"\\`".repeat(ticks));
        ticks
    }
}

/// Copies a link to a page, or its text if the link leads elsewhere.
fn link(rest: &str, out: &mut String) -> usize {
    let found = rest.find("](").and_then(|middle| {
        let text = &rest[1..middle];
        let after = &rest[middle + 2..];
        let end = after.find(')')?;
        (!text.contains(['[', ']'])).then_some((text, after[..end].trim(), middle + 2 + end + 1))
    });
    let Some((text, target, end)) = found else {
        out.push_str("\\[");
        return 1;
    };
    let is_page = target.starts_with("http://") || target.starts_with("https://");
    let text = escape(text).replace("<http", "http").replace('>', "");
    if is_page && !target.contains([' ', '<', '>']) && !text.trim().is_empty() {
        add!(out, "[{text}]({target})");
    } else {
        out.push_str(&text);
    }
    end
}

fn autolink(rest: &str, out: &mut String) -> usize {
    let end = rest
        .find('>')
        .filter(|end| rest[1..*end].starts_with("http") && !rest[1..*end].contains([' ', '<']));
    if let Some(end) = end {
        out.push_str(&rest[..=end]);
        end + 1
    } else {
        out.push_str("\\<");
        1
    }
}

fn url(rest: &str, out: &mut String) -> usize {
    let end = rest
        .find(|c: char| c.is_whitespace() || "<>\"`'()[]{}|\\".contains(c))
        .unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    if url.ends_with("//") {
        out.push_str(url);
    } else {
        add!(out, "<{url}>");
    }
    url.len()
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn escapes_what_rustdoc_would_stumble_over() {
        for (text, docs) in [
            ("see [this]", "see \\[this\\]"),
            ("a <b>bold</b> move", "a **bold** move"),
            ("Vec<T>", "Vec\\<T>"),
            (
                "`a[0]` and [b](https://b.example)",
                "`a[0]` and [b](https://b.example)",
            ),
            ("go to https://a.example/x.", "go to <https://a.example/x>."),
            ("[there](#section)", "there"),
            ("a ` alone", "a \\` alone"),
            (
                "<a href=\"https://a.example\">a</a>",
                "[a](https://a.example)",
            ),
        ] {
            assert_eq!(lines(text, 80), [docs], "{text}");
        }
    }

    #[test]
    fn keeps_code_from_being_a_test() {
        assert_eq!(
            lines("a\n```\nx\n```\nb", 80),
            ["a", "", "```text", "x", "```", "b"]
                .map(str::to_owned)
                .iter()
                .flat_map(|line| if line == "b" {
                    vec![String::new(), line.clone()]
                } else {
                    vec![line.clone()]
                })
                .collect::<Vec<_>>()
        );
        assert_eq!(lines("    indented", 80), ["indented"]);
    }

    #[test]
    fn wraps_items() {
        assert_eq!(
            lines("intro\n- one two three\n- four\n\nend", 12),
            ["intro", "", "- one two", "  three", "- four", "", "end"]
        );
    }
}
