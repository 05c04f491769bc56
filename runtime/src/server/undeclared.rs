//! A name that a request has and its operation does not declare, and the nearest that it does.

use std::{cmp::Reverse, fmt};

use super::refusal::{Refusal, noun};
use crate::operation::{Location, Operation};

/// How long a name may be to be compared with others: the time grows with both.
const MAX_COMPARED: usize = 100;

/// A name that is not declared.
#[derive(Debug)]
pub(super) struct Undeclared {
    location: Location,
    /// That of a nested member is the path to it.
    name: String,
    nearest: Option<String>,
}

impl Undeclared {
    pub(super) fn new<'n>(
        location: Location,
        name: &str,
        declared: impl Iterator<Item = &'n str>,
    ) -> Self {
        let name = name.escape_debug().to_string();
        let near = Some(&name).filter(|name| name.len() <= MAX_COMPARED);
        let near = near.and_then(|name| nearest(name, declared).map(str::to_owned));
        Self {
            location,
            name,
            nearest: near,
        }
    }

    fn reason(&self) -> String {
        match &self.nearest {
            Some(near) => format!("is not declared: the nearest is `{near}`"),
            None => "is not declared".to_owned(),
        }
    }

    /// Refuses a request that has these names, and may be unread because of that.
    pub(super) fn refusal(
        found: &[Self],
        operation: &'static Operation,
        unread: Option<Refusal>,
    ) -> Refusal {
        let unread = unread.map(|unread| unread.to_string());
        let [only] = found else {
            let found = found.iter().map(ToString::to_string);
            let found: Vec<_> = found.chain(unread).collect();
            return Refusal::because(found.join("; "));
        };
        let top = only.name.split(['.', '[']).next();
        let members = operation.content.iter().flat_map(|it| it.members);
        let mut members = members.filter(|_| only.location == Location::Body);
        let field = members.find(|it| !it.flatten && Some(it.name) == top);
        let field = field.map_or("", |member| member.field);
        let reason: Vec<_> = [only.reason()].into_iter().chain(unread).collect();
        Refusal::undeclared(only.location, field, only.name.clone(), reason.join("; "))
    }
}

impl fmt::Display for Undeclared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { location, name, .. } = self;
        write!(f, "the {} `{name}` {}", noun(*location), self.reason())
    }
}

/// The name that takes the fewest changes, if there is any.
fn nearest<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let shared = |it: &str| {
        let pairs = it.chars().zip(name.chars());
        pairs.take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count()
    };
    names.min_by_key(|it| (distance(name, it), Reverse(shared(it))))
}

/// Whether at least half of a name stays when it is changed to the other.
pub(super) fn is_like(a: &str, b: &str) -> bool {
    let length = a.len().max(b.len());
    length <= MAX_COMPARED && 2 * distance(a, b) <= length
}

/// How many characters have to be added, left out or replaced; case does not matter.
pub(crate) fn distance(from: &str, to: &str) -> usize {
    strsim::levenshtein(&from.to_lowercase(), &to.to_lowercase())
}
