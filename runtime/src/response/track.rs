//! What is known on the way through JSON that is decoded once more: where that is, and why it does not fit.
//!
//! Invariant: path and message of a misfit have what is known at compile time, which is the names of fields and variants
//! and what a type expects, and the kinds of values; neither has a value, the key of a map or a message of a type's own,
//! which may quote one.

use std::{
    cell::RefCell,
    fmt::{Display, Write as _},
};

use serde::de;

use super::{
    names::{BodyNames, NamesKind, Notes},
    reason::Reason,
    route::Step,
};

/// Where and why a value does not fit.
#[derive(Debug, Clone)]
pub(crate) struct Misfit {
    pub(crate) path: Option<String>,
    pub(crate) reason: String,
    /// The path by RFC 6901, which may have the keys of maps.
    #[cfg_attr(
        not(all(feature = "server", any(feature = "axum", feature = "client"))),
        allow(dead_code, reason = "what is strict reads it")
    )]
    pub(crate) pointer: Option<String>,
    /// How many members and elements the path has.
    #[cfg_attr(
        not(all(feature = "server", any(feature = "axum", feature = "client"))),
        allow(dead_code, reason = "what is strict reads it")
    )]
    pub(crate) depth: usize,
    /// The names of the fields, if it is a struct that is read there.
    #[cfg_attr(
        not(all(feature = "server", any(feature = "axum", feature = "client"))),
        allow(dead_code, reason = "what is strict reads it")
    )]
    pub(crate) fields: Option<&'static [&'static str]>,
}

/// The path to what is decoded, and the reason on its way through an error of `serde_json`, which has no room for
/// it.
#[derive(Default)]
pub(super) struct Track<'n> {
    state: RefCell<State>,
    /// What is told the names that are read.
    notes: Option<Notes<'n>>,
}

#[derive(Default)]
struct State {
    path: Vec<Segment>,
    /// The path to the error, if it is known.
    route: Vec<Step>,
    /// How many segments of the path are those of the route.
    on_route: usize,
    /// Elements are left out of what is not a list, such as a tuple, so that others are read in their place.
    is_misled: bool,
    /// The last key or variant, if it is declared.
    name: Option<&'static str>,
    /// It, whatever it is.
    key: Option<String>,
    reason: Option<Reason>,
    /// The fields of the last struct that did not fit, and the depth of its path.
    fields: Option<(usize, &'static [&'static str])>,
}

enum Segment {
    Index(usize),
    /// A member, with its name where that is not content, and with its key, which no message has.
    Member(Option<&'static str>, Option<String>),
}

impl State {
    /// Enters the element or member of that index in the text, and returns its own index.
    fn enter(&mut self, index: usize) -> usize {
        let is_on_route = self.on_route == self.path.len();
        let next = self.route.get(self.on_route);
        match next.filter(|step| is_on_route && step.in_text == index) {
            Some(step) => {
                self.on_route += 1;
                step.index
            }
            None => index,
        }
    }
}

#[cfg(feature = "server")]
impl<'n> Track<'n> {
    /// Notes the names that are read in a member, or in a whole body.
    pub(super) fn noting(member: Option<&str>, notes: Notes<'n>) -> Self {
        let member = member.map(|name| Segment::Member(None, Some(name.to_owned())));
        let state = State {
            path: member.into_iter().collect(),
            ..State::default()
        };
        Self {
            state: state.into(),
            notes: Some(notes),
        }
    }
}

impl Track<'_> {
    /// Expects the elements that come before the error, to which the route leads, to be left out.
    pub(super) fn to(route: Vec<Step>) -> Self {
        let state = State {
            route,
            ..State::default()
        };
        Self {
            state: state.into(),
            notes: None,
        }
    }

    pub(super) fn is_misled(&self) -> bool {
        self.state.borrow().is_misled
    }

    pub(super) fn depth(&self) -> usize {
        self.state.borrow().path.len()
    }

    /// Enters the element of that index in the text, whose own index is another if elements before it are left out.
    pub(super) fn enter_item(&self, in_text: usize, is_list: bool) {
        let mut state = self.state.borrow_mut();
        let index = state.enter(in_text);
        state.is_misled |= index != in_text && !is_list;
        state.path.push(Segment::Index(index));
    }

    /// Enters the member, or the variant, whose name was seen. So many come before it.
    pub(super) fn enter_member(&self, index: usize) {
        let mut state = self.state.borrow_mut();
        let member = Segment::Member(state.name.take(), state.key.take());
        state.enter(index);
        state.path.push(member);
    }

    /// Returns to what had that depth. Not after an error, so that the path stays.
    pub(super) fn leave(&self, depth: usize) {
        let mut state = self.state.borrow_mut();
        state.path.truncate(depth);
        state.on_route = state.on_route.min(depth);
    }

    /// Takes note of a key or a variant, and of its name if it is one of those that are declared.
    pub(super) fn saw(&self, names: &'static [&'static str], text: &str) {
        let mut state = self.state.borrow_mut();
        state.name = names.iter().copied().find(|name| *name == text);
        state.key = Some(text.to_owned());
    }

    pub(super) fn forget_name(&self) {
        let mut state = self.state.borrow_mut();
        (state.name, state.key) = (None, None);
    }

    /// Hides a reason in an error.
    pub(super) fn hide<E: de::Error>(&self, reason: Reason) -> E {
        self.state.borrow_mut().reason = Some(reason);
        E::custom("")
    }

    /// The reason that is hidden in an error, or else what `serde_json` says, with the position.
    pub(super) fn reason(&self, error: &impl Display) -> Reason {
        let error = error.to_string();
        match self.state.borrow_mut().reason.take() {
            Some(reason) if reason.has_position || error.is_empty() => reason,
            Some(reason) => Reason {
                text: reason.text + &error,
                has_position: true,
            },
            None => Reason {
                text: without_value(&error),
                has_position: true,
            },
        }
    }

    /// Notes the fields of what did not fit, unless it is something in it that did not.
    pub(super) fn note_misfit(&self, depth: usize, fields: &'static [&'static str]) {
        let mut state = self.state.borrow_mut();
        if state.path.len() == depth {
            state.fields = Some((depth, fields));
        }
    }

    pub(super) fn misfit(&self, reason: Reason) -> Misfit {
        let depth = self.depth();
        let fields = self.state.borrow().fields;
        Misfit {
            path: self.path(),
            pointer: self.pointer(),
            reason: reason.text,
            depth,
            fields: fields.filter(|(at, _)| *at == depth).map(|it| it.1),
        }
    }

    pub(super) fn is_noting(&self) -> bool {
        self.notes.is_some()
    }

    pub(super) fn note_names(&self, kind: NamesKind, names: &[&str]) {
        if self.is_noting() {
            self.note(kind, names.iter().map(|&name| name.to_owned()).collect());
        }
    }

    pub(super) fn note(&self, kind: NamesKind, names: Vec<String>) {
        if let (Some(notes), Some(pointer)) = (self.notes, self.pointer()) {
            notes(BodyNames {
                pointer,
                names,
                kind,
            });
        }
    }

    /// The path by RFC 6901, if the keys of all maps are texts.
    fn pointer(&self) -> Option<String> {
        let mut pointer = String::new();
        for segment in &self.state.borrow().path {
            pointer.push('/');
            match segment {
                Segment::Index(index) => pointer.push_str(&index.to_string()),
                Segment::Member(_, key) => {
                    let key = key.as_ref()?;
                    pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
            }
        }
        Some(pointer)
    }

    fn path(&self) -> Option<String> {
        let mut path = String::new();
        for segment in &self.state.borrow().path {
            let dot = if path.is_empty() { "" } else { "." };
            let written = match segment {
                Segment::Index(index) => write!(path, "[{index}]"),
                Segment::Member(name, _) => write!(path, "{dot}{}", name.unwrap_or("*")),
            };
            written.expect("a `String` takes all");
        }
        (!path.is_empty()).then_some(path)
    }
}

/// Leaves out the value that the message of `serde_json` quotes: a string in quotes, anything else in backticks.
fn without_value(message: &str) -> String {
    let starts = ["invalid type: ", "invalid value: "];
    let Some(start) = starts.iter().find(|start| message.starts_with(**start)) else {
        return message.to_owned();
    };
    let rest = &message[start.len()..];
    let Some(quote) = rest.find(['"', '`']) else {
        return message.to_owned();
    };
    // The kind of a value that is not quoted, such as `null`, comes before what was expected, which may have quotes.
    if rest.find(", expected ").is_some_and(|end| end < quote) {
        return message.to_owned();
    }
    let (kind, quoted) = (rest[..quote].trim_end(), &rest[quote + 1..]);
    let mut is_escaped = false;
    let end = quoted.find(|c| {
        let is_end = rest[quote..].starts_with(c) && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    let after = end.map_or("", |end| &quoted[end + 1..]);
    format!("{start}{kind}{after}")
}
