//! Tells operations of one list apart, while the program is compiled.

use super::{
    Constant, Operation, Piece,
    text::{Text, is_same_text},
};

impl Operation {
    pub(crate) const fn hash_of_name(&self) -> usize {
        hash(OFFSET, self.name)
    }

    /// The names of placeholders do not count, because a path with other names is the same path.
    pub(crate) const fn hash_of_route(&self) -> usize {
        let mut sum = hash(OFFSET, self.method);
        let path = self.path.as_bytes();
        let mut at = 0;
        while at < path.len() {
            sum = add(sum, path[at]);
            at = next(path, at);
        }
        sum
    }

    /// Whether a field is the URL, so that the path says nothing.
    const fn is_of_url(&self) -> bool {
        matches!(self.route, [Piece::Url(_)])
    }
}

const OFFSET: usize = 0x811c_9dc5;

/// One step of FNV-1a.
const fn add(sum: usize, byte: u8) -> usize {
    (sum ^ byte as usize).wrapping_mul(0x0100_0193)
}

const fn hash(mut sum: usize, text: &str) -> usize {
    let text = text.as_bytes();
    let mut at = 0;
    while at < text.len() {
        sum = add(sum, text[at]);
        at += 1;
    }
    sum
}

/// The index after a byte, or after the name of the placeholder that begins there.
const fn next(path: &[u8], mut at: usize) -> usize {
    if path[at] == b'{' {
        while at + 1 < path.len() && path[at + 1] != b'}' {
            at += 1;
        }
    }
    at + 1
}

/// Whether two operations have the same method, path, constants and media type of the body: no request tells them apart.
pub(crate) const fn is_same_route(a: &Operation, b: &Operation) -> bool {
    is_same_target(a, b) && !has_other_body(a, b)
}

/// Whether two operations are one with a body of two media types, each declared by itself.
pub(crate) const fn is_other_body_of(a: &Operation, b: &Operation) -> bool {
    is_same_target(a, b) && has_other_body(a, b)
}

const fn is_same_target(a: &Operation, b: &Operation) -> bool {
    !a.is_of_url()
        && !b.is_of_url()
        && is_same_text(a.method, b.method)
        && is_same_path(a.path, b.path)
        && has_constants_of(a, b)
        && has_constants_of(b, a)
}

/// Whether the bodies have different media types. One that may have any, or be absent, is not different.
const fn has_other_body(a: &Operation, b: &Operation) -> bool {
    match (a.content_type(), b.content_type()) {
        (Some(a), Some(b)) => !is_same_media_type(a, b),
        _ => false,
    }
}

/// Whether two media types are the same, apart from their parameters and case.
const fn is_same_media_type(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut at = 0;
    loop {
        match (essence_byte(a, at), essence_byte(b, at)) {
            (None, None) => return true,
            (Some(x), Some(y)) if x == y => at += 1,
            _ => return false,
        }
    }
}

/// The byte of a media type at an index, in lower case, if it is before the parameters.
const fn essence_byte(media_type: &[u8], at: usize) -> Option<u8> {
    if at >= media_type.len() || matches!(media_type[at], b';' | b' ' | b'\t') {
        return None;
    }
    Some(media_type[at].to_ascii_lowercase())
}

const fn is_same_path(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let (mut at_a, mut at_b) = (0, 0);
    while at_a < a.len() && at_b < b.len() {
        if a[at_a] != b[at_b] {
            return false;
        }
        at_a = next(a, at_a);
        at_b = next(b, at_b);
    }
    at_a == a.len() && at_b == b.len()
}

const fn has_constants_of(a: &Operation, b: &Operation) -> bool {
    let mut at = 0;
    while at < b.constants.len() {
        let (mut other, mut found) = (0, false);
        while other < a.constants.len() {
            found = found || is_same_constant(&a.constants[other], &b.constants[at]);
            other += 1;
        }
        if !found {
            return false;
        }
        at += 1;
    }
    true
}

const fn is_same_constant(a: &Constant, b: &Constant) -> bool {
    match (*a, *b) {
        (
            Constant::Query { name, value },
            Constant::Query {
                name: other,
                value: more,
            },
        )
        | (
            Constant::Header { name, value },
            Constant::Header {
                name: other,
                value: more,
            },
        ) => is_same_text(name, other) && is_same_text(value, more),
        (Constant::Name(name), Constant::Name(other)) => is_same_text(name, other),
        _ => false,
    }
}

/// Says which two operations are the same, by their names or by method and path.
#[track_caller]
pub(crate) const fn twice(first: &Operation, second: &Operation, by_name: bool) -> ! {
    if by_name {
        Text::new("two operations are called `")
            .and(second.name)
            .and("`: leave one out, or give it another `name`")
            .panic()
    } else {
        Text::new("the operations `")
            .and(first.name)
            .and("` and `")
            .and(second.name)
            .and("` are both `")
            .and(second.method)
            .and(" ")
            .and(second.path)
            .and("`")
            .panic()
    }
}
