//! The path to an error in JSON text, as far as the text alone tells it, and the text without what comes before the error.

use memchr::{memchr_iter, memchr2, memrchr};

/// Elements of fewer bytes are not left out: their array may be a tuple.
const MANY: usize = 1024;

/// Where an error of `serde_json` is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Position {
    offset: usize,
    line: usize,
    column: usize,
}

/// JSON text without the elements of arrays that come before an error.
pub(super) struct Cut {
    pub(super) json: Vec<u8>,
    /// What the message of the error ends with in this text.
    pub(super) suffix: String,
    /// The elements and members around the error.
    pub(super) route: Vec<Step>,
}

/// An element or member.
#[derive(Debug, PartialEq)]
pub(super) struct Step {
    pub(super) index: usize,
    /// Its index in the text that is left.
    pub(super) in_text: usize,
}

/// An array or object that is not closed.
struct Level {
    is_array: bool,
    start: usize,
    /// The last element or member.
    index: usize,
    last: usize,
}

impl Position {
    /// That of an error of the text from `start` on.
    pub(crate) fn of(error: &serde_json::Error, json: &[u8], start: usize) -> Self {
        let (before, rest) = json.split_at(start);
        let (line, column) = (error.line(), error.column());
        let breaks = line.checked_sub(2);
        let line_start = breaks.and_then(|breaks| memchr_iter(b'\n', rest).nth(breaks));
        let in_line = if line > 1 { 0 } else { column_of(before) };
        Self {
            offset: (start + line_start.map_or(0, |at| at + 1) + column).min(json.len()),
            line: line + memchr_iter(b'\n', before).count(),
            column: column + in_line,
        }
    }

    /// What the message of the error ends with.
    pub(super) fn suffix(self) -> String {
        format!(" at line {} column {}", self.line, self.column)
    }

    pub(super) fn cut(self, json: &[u8]) -> Cut {
        let (mut left, mut kept) = (Vec::new(), 0);
        let mut route = Vec::new();
        for level in levels(&json[..self.offset]) {
            let is_cut = level.is_array && level.last - level.start >= MANY;
            if is_cut {
                left.extend_from_slice(&json[kept..level.start]);
                kept = level.last;
            }
            route.push(Step {
                index: level.index,
                in_text: if is_cut { 0 } else { level.index },
            });
        }
        left.extend_from_slice(&json[kept..self.offset]);
        let position = Self {
            line: memchr_iter(b'\n', &left).count() + 1,
            column: column_of(&left),
            ..self
        };
        left.extend_from_slice(&json[self.offset..]);
        Cut {
            json: left,
            suffix: position.suffix(),
            route,
        }
    }
}

/// The number of bytes after the last line feed.
fn column_of(text: &[u8]) -> usize {
    text.len() - memrchr(b'\n', text).map_or(0, |at| at + 1)
}

/// The arrays and objects that are not closed.
fn levels(json: &[u8]) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    let mut at = 0;
    while let Some(byte) = json.get(at) {
        at += 1;
        match byte {
            b'[' | b'{' => levels.push(Level {
                is_array: *byte == b'[',
                start: at,
                index: 0,
                last: at,
            }),
            b']' | b'}' => {
                levels.pop();
            }
            b',' => {
                if let Some(level) = levels.last_mut() {
                    level.index += 1;
                    level.last = at;
                }
            }
            b'"' => at += string_end(&json[at..]),
            _ => {}
        }
    }
    levels
}

/// Returns where a string that starts with `text` ends, behind its quote.
fn string_end(text: &[u8]) -> usize {
    let mut end = 0;
    while let Some(at) = memchr2(b'"', b'\\', &text[end..]) {
        end += at + 1;
        if text[end - 1] == b'"' {
            return end;
        }
        // What is escaped.
        end = (end + 1).min(text.len());
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{Cut, MANY, Position};

    /// Cuts text that is not JSON from `start` on, where that is.
    fn cut(json: &str, start: usize) -> (Position, Cut) {
        let error = serde_json::from_str::<Value>(&json[start..]).unwrap_err();
        let position = Position::of(&error, json.as_bytes(), start);
        (position, position.cut(json.as_bytes()))
    }

    fn indexes(cut: &Cut) -> Vec<usize> {
        cut.route.iter().map(|step| step.index).collect()
    }

    #[test]
    fn a_route_has_the_indexes_around_the_error() {
        let cases: &[(&str, &[usize])] = &[
            ("x", &[]),
            ("[x", &[0]),
            ("[1, [2, 3], {\"a\": 4}, x", &[3]),
            (
                "{\n  \"a\": [{\"b\": \"],\\\",\\\\\", \"c\": [1, x",
                &[0, 0, 1, 1],
            ),
            ("[\"\\\\\", \"{\", x", &[2]),
        ];
        for (json, route) in cases {
            let (position, cut) = cut(json, 0);
            assert_eq!(indexes(&cut), *route, "{json}");
            assert_eq!(cut.json, json.as_bytes());
            assert_eq!(cut.suffix, position.suffix());
            let error = serde_json::from_str::<Value>(json).unwrap_err().to_string();
            assert!(error.ends_with(&cut.suffix), "{error}, not {}", cut.suffix);
        }
    }

    #[test]
    fn the_position_of_an_error_in_a_part_is_that_in_the_whole() {
        let (position, whole) = cut("{\"a\": 1,\n\"b\": [1,\n2, x]}", 14);
        assert_eq!(position.suffix(), " at line 3 column 4");
        assert_eq!(indexes(&whole), [1, 2]);
        let (position, _) = cut("[1,\n [2, x]]", 5);
        assert_eq!(position.suffix(), " at line 2 column 6");
    }

    #[test]
    fn many_bytes_of_elements_are_left_out() {
        let many = "\"a\",\n".repeat(MANY);
        let (position, cut) = cut(&format!("{{\"a\": [{many}[{many} {{\"b\": 1, x}}]]}}"), 0);
        assert_eq!(cut.json, b"{\"a\": [\n[\n {\"b\": 1, x}]]}");
        assert_eq!(indexes(&cut), [0, MANY, MANY, 1]);
        assert_eq!(cut.suffix, " at line 3 column 11");
        let line = 2 * MANY + 1;
        assert_eq!(position.suffix(), format!(" at line {line} column 11"));
    }
}
