//! Texts that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

/// How many times a group is repeated at most, and how long a text may get.
const MAX_LENGTH: usize = 2_000;

/// A text that matches a pattern: the shortest one that has `min` characters, as far as that is simple. Whether it does
/// match is for the caller to find out: anchors in odd places are ignored here.
pub(super) fn matching(pattern: &str, min: usize) -> Option<String> {
    let hir = regex_syntax::ParserBuilder::new()
        .nest_limit(100)
        .build()
        .parse(pattern)
        .ok()?;
    let shortest = hir.properties().minimum_len()?;
    if shortest > MAX_LENGTH || min > MAX_LENGTH {
        return None;
    }
    let mut text = String::new();
    write(&hir, &mut 0, &mut text)?;
    let mut missing = min.saturating_sub(text.chars().count());
    if missing > 0 {
        text.clear();
        write(&hir, &mut missing, &mut text)?;
    }
    // What is not anchored may be followed by anything.
    let length = text.chars().count();
    text.extend(std::iter::repeat_n('a', min.saturating_sub(length)));
    Some(text)
}

/// Writes the shortest match, with `more` characters more where a repetition allows that.
fn write(hir: &Hir, more: &mut usize, text: &mut String) -> Option<()> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class)?),
        HirKind::Repetition(repetition) => {
            for _ in 0..repetition.min {
                let before = text.len();
                write(&repetition.sub, more, text)?;
                if text.len() == before {
                    break;
                }
            }
            let room = repetition.max.map(|max| max - repetition.min);
            let mut rounds = 0;
            while *more > 0 && room.is_none_or(|room| rounds < room) {
                let before = text.chars().count();
                write(&repetition.sub, &mut 0, text)?;
                let added = text.chars().count() - before;
                if added == 0 {
                    break;
                }
                *more = more.saturating_sub(added);
                rounds += 1;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text)?,
        HirKind::Concat(parts) => {
            for part in parts {
                write(part, more, text)?;
            }
        }
        HirKind::Alternation(parts) => {
            // Where the text has to be longer, the alternative that can be is taken.
            let can = |part: &&Hir| part.properties().minimum_len().is_some();
            let shortest = parts.iter().filter(can);
            let part = if *more > 0 {
                let longest = |part: &&Hir| part.properties().maximum_len().unwrap_or(usize::MAX);
                shortest.max_by_key(longest)
            } else {
                shortest.min_by_key(|part| part.properties().minimum_len())
            };
            write(part?, more, text)?;
        }
    }
    Some(())
}

/// A character of a class that is nothing special anywhere, if there is one.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|it| (it.start(), it.end())).collect(),
        Class::Bytes(class) => class
            .iter()
            .map(|it| (char::from(it.start()), char::from(it.end())))
            .collect(),
    };
    let holds = |c: &char| ranges.iter().any(|(start, end)| start <= c && c <= end);
    let plain = ('a'..='z')
        .chain('A'..='Z')
        .chain('1'..='9')
        .chain('0'..='0');
    plain
        .chain('!'..='~')
        .find(holds)
        .or_else(|| ranges.first().map(|(start, _)| *start))
}
