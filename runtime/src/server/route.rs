//! Finds the values of placeholders in a path.
//!
//! The path is compared as it is written: what a value has of the characters that are text in a template is escaped, or
//! the value could be cut in more than one way, which is refused.

use smallvec::SmallVec;

use super::{fault::Fault, unescape::Unescape};
use crate::operation::{Group, Operation, Param, ParamKind, Piece};

/// The text of the field with this index: of the group that the operation is in, or of the operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Capture<'r> {
    pub(super) of_group: bool,
    pub(super) index: usize,
    pub(super) text: &'r str,
}

pub(super) type Captures<'r> = Vec<Capture<'r>>;

/// Why a path is not one of the operation.
pub(super) enum Mismatch {
    /// Its text is another.
    Other,
    /// The value of a field is not one.
    Value(Fault, &'static Param),
}

/// A piece of a segment.
#[derive(Debug, Clone, Copy)]
enum Part {
    Text(&'static str),
    Field {
        of_group: bool,
        index: usize,
        param: &'static Param,
    },
}

/// A segment of a template. It matches several if a field in it is a path of its own.
#[derive(Debug, Default)]
struct Segment {
    parts: SmallVec<[Part; 3]>,
    is_path: bool,
}

type Segments = SmallVec<[Segment; 6]>;

/// Matches a path that is relative to where the operation is mounted.
pub(super) fn find<'r>(
    operation: &'static Operation,
    path: &'r str,
) -> Result<Captures<'r>, Mismatch> {
    let group = operation.group.unwrap_or(Group::NONE);
    if group.route.is_empty() && operation.route.is_empty() {
        return if is_same(path, operation.path) {
            Ok(Captures::new())
        } else {
            Err(Mismatch::Other)
        };
    }
    let rest = operation.path.get(group.path.len()..).unwrap_or_default();
    if let Some(captures) = find_plain(operation, group, rest, path) {
        return Ok(captures);
    }
    let mut segments = Segments::new();
    segments.push(Segment::default());
    add(&mut segments, group.path, group.route, group.fields, true);
    add(
        &mut segments,
        rest,
        operation.route,
        operation.fields,
        false,
    );
    let texts = align(&segments, path).ok_or(Mismatch::Other)?;
    let mut captures = Captures::new();
    let pairs = || segments.iter().zip(&texts);
    // What is text has to be the same before anything is said about a value.
    for (segment, text) in pairs() {
        segment.cut(text, &mut captures)?;
    }
    for (segment, text) in pairs() {
        segment.check(text)?;
    }
    for capture in &captures {
        let fields = if capture.of_group {
            group.fields
        } else {
            operation.fields
        };
        check(&fields[capture.index], capture.text)?;
    }
    Ok(captures)
}

/// Matches a path that has the text of the template as it is, and a value for each field that is a whole segment. All
/// others are `None`, for the general way to tell: that is several times slower.
fn find_plain<'r>(
    operation: &Operation,
    group: &Group,
    rest: &'static str,
    path: &'r str,
) -> Option<Captures<'r>> {
    let mut captures = Captures::new();
    let mut left = path;
    let mut starts_segment = false;
    let templates = [
        (true, group.path, group.route, group.fields),
        (false, rest, operation.route, operation.fields),
    ];
    for (of_group, text, route, fields) in templates {
        let text = [Piece::Text(text)];
        let pieces = if route.is_empty() { &text[..] } else { route };
        for piece in pieces {
            match *piece {
                Piece::Text("") => {}
                Piece::Text(text) => {
                    left = left.strip_prefix(text)?;
                    starts_segment = text.ends_with('/');
                }
                Piece::Field(index) if starts_segment => {
                    let is_one = matches!(
                        fields[index].kind,
                        ParamKind::Path {
                            segments: false,
                            ..
                        }
                    );
                    let end = memchr::memchr(b'/', left.as_bytes()).unwrap_or(left.len());
                    // It may be a segment of dots.
                    let is_odd = matches!(left.as_bytes()[..end], [] | [b'.' | b'%', ..]);
                    if is_odd || !is_one {
                        return None;
                    }
                    let text = &left[..end];
                    captures.push(Capture {
                        of_group,
                        index,
                        text,
                    });
                    left = &left[end..];
                    starts_segment = false;
                }
                _ => return None,
            }
        }
    }
    left.is_empty().then_some(captures)
}

/// Cuts a template into segments.
fn add(
    segments: &mut Segments,
    path: &'static str,
    route: &'static [Piece],
    fields: &'static [Param],
    of_group: bool,
) {
    let text = [Piece::Text(path)];
    let pieces = if route.is_empty() { &text[..] } else { route };
    for piece in pieces {
        match *piece {
            Piece::Text(text) => {
                for (nth, text) in text.split('/').enumerate() {
                    if nth > 0 {
                        segments.push(Segment::default());
                    }
                    if let (Some(last), false) = (segments.last_mut(), text.is_empty()) {
                        last.parts.push(Part::Text(text));
                    }
                }
            }
            Piece::Field(index) | Piece::Url(index) => {
                let param = &fields[index];
                let part = Part::Field {
                    of_group,
                    index,
                    param,
                };
                if let Some(last) = segments.last_mut() {
                    last.is_path |= matches!(param.kind, ParamKind::Path { segments: true, .. });
                    last.parts.push(part);
                }
            }
        }
    }
}

/// The text of each segment: that of a field of several is what the others leave.
fn align<'r>(segments: &Segments, path: &'r str) -> Option<SmallVec<[&'r str; 8]>> {
    let mut texts: SmallVec<[&str; 8]> = path.split('/').collect();
    let mut paths = (0..segments.len()).filter(|at| segments[*at].is_path);
    let (first, second) = (paths.next(), paths.next());
    let Some(at) = first else {
        return (texts.len() == segments.len()).then_some(texts);
    };
    // Of two, nothing says where one ends.
    if second.is_some() || texts.len() < segments.len() {
        return None;
    }
    let after = segments.len() - at - 1;
    let length = |texts: &[&str]| texts.iter().map(|text| text.len() + 1).sum::<usize>();
    let start = length(&texts[..at]);
    let end = path.len() - length(&texts[texts.len() - after..]);
    texts.drain(at..texts.len() - after);
    texts.insert(at, &path[start..end]);
    Some(texts)
}

impl Segment {
    /// Finds the values of the fields.
    fn cut<'r>(&self, text: &'r str, captures: &mut Captures<'r>) -> Result<(), Mismatch> {
        let (fields, text) = match self.parts.as_slice() {
            [] => {
                return if text.is_empty() {
                    Ok(())
                } else {
                    Err(Mismatch::Other)
                };
            }
            [Part::Text(expected)] => {
                return if is_same(text, expected) {
                    Ok(())
                } else {
                    Err(Mismatch::Other)
                };
            }
            [Part::Text(before), fields @ ..] => (fields, text.strip_prefix(before)),
            fields => (fields, Some(text)),
        };
        let (fields, text) = match fields {
            [fields @ .., Part::Text(after)] => {
                (fields, text.and_then(|text| text.strip_suffix(after)))
            }
            fields => (fields, text),
        };
        let text = text.ok_or(Mismatch::Other)?;
        let between: SmallVec<[&str; 2]> = fields.iter().filter_map(Part::text).collect();
        let (first, last) = (from_left(text, &between), from_right(text, &between));
        let (Some(first), Some(last)) = (first, last) else {
            return Err(Mismatch::Other);
        };
        let is_ambiguous = first != last || first.len() + between.len() != fields.len();
        for (part, text) in fields
            .iter()
            .filter(|part| part.text().is_none())
            .zip(first)
        {
            if let Part::Field {
                of_group,
                index,
                param,
            } = *part
            {
                if is_ambiguous {
                    let reason = "has a text that separates it from another value of the segment";
                    return Err(Mismatch::Value(Fault::new(reason), param));
                }
                captures.push(Capture {
                    of_group,
                    index,
                    text,
                });
            }
        }
        Ok(())
    }

    /// A segment of dots is none, whatever made it.
    fn check(&self, text: &str) -> Result<(), Mismatch> {
        let mut params = self.parts.iter().rev().filter_map(Part::param);
        match params.next() {
            Some(param) if text.split('/').any(is_dots) => {
                let reason = "makes a path segment `.` or `..`, which names another resource";
                Err(Mismatch::Value(Fault::new(reason), param))
            }
            _ => Ok(()),
        }
    }
}

impl Part {
    fn text(&self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Field { .. } => None,
        }
    }

    fn param(&self) -> Option<&'static Param> {
        match self {
            Self::Text(_) => None,
            Self::Field { param, .. } => Some(param),
        }
    }
}

/// What is around the texts between, each as far left as it can be.
fn from_left<'r>(mut text: &'r str, between: &[&str]) -> Option<SmallVec<[&'r str; 3]>> {
    let mut values = SmallVec::new();
    for between in between {
        let (value, rest) = text.split_once(between)?;
        values.push(value);
        text = rest;
    }
    values.push(text);
    Some(values)
}

/// The same from the right.
fn from_right<'r>(mut text: &'r str, between: &[&str]) -> Option<SmallVec<[&'r str; 3]>> {
    let mut values = SmallVec::new();
    for between in between.iter().rev() {
        let (rest, value) = text.rsplit_once(between)?;
        values.insert(0, value);
        text = rest;
    }
    values.insert(0, text);
    Some(values)
}

/// Refuses an empty value that is not declared to be one.
fn check(param: &'static Param, text: &str) -> Result<(), Mismatch> {
    let ParamKind::Path {
        allow_empty,
        segments,
        ..
    } = param.kind
    else {
        return Ok(());
    };
    let reason = if text.is_empty() {
        (!allow_empty).then_some("is empty")
    } else {
        let is_empty = segments && text.split('/').any(str::is_empty);
        is_empty.then_some("has an empty segment")
    };
    match reason {
        Some(reason) => Err(Mismatch::Value(Fault::new(reason), param)),
        None => Ok(()),
    }
}

/// Whether a URL parser takes the segment as `.` or `..`.
fn is_dots(segment: &str) -> bool {
    segment.len() <= 6 && matches!(&*Unescape::Percent.name(segment), "." | "..")
}

/// Whether a text of the path is one of the template, escaped or not.
fn is_same(text: &str, template: &str) -> bool {
    if text == template || (template.is_empty() && text == "/") {
        return true;
    }
    if !text.contains('%') && !template.contains('%') {
        return false;
    }
    let (mut texts, mut templates) = (text.split('/'), template.split('/'));
    loop {
        match (texts.next(), templates.next()) {
            (None, None) => return true,
            (Some(text), Some(template)) => {
                if Unescape::Percent.name(text) != Unescape::Percent.name(template) {
                    return false;
                }
            }
            _ => return false,
        }
    }
}
