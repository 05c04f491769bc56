//! What there is to choose at each place of an instance.

use serde_json::{Map, Value as Json};

use crate::document::{Schema, Type};

use super::{schema::is_of_type, shape::Shape};

/// What is not the default of a value.
#[derive(Debug, Clone, Default)]
pub(super) struct Choice {
    /// The alternatives of unions, in the order in which they are met.
    pub(super) picks: Vec<usize>,
    pub(super) kind: Option<Type>,
    pub(super) value: Option<Json>,
    pub(super) is_empty: bool,
    /// Whether members that may be left out are.
    pub(super) is_smallest: bool,
}

/// A place of an instance where there is something else to choose.
#[derive(Debug, Clone)]
pub(super) struct Spot<'a> {
    pub(super) pointer: String,
    pub(super) schemas: Vec<&'a Schema>,
    pub(super) choice: Choice,
    /// The first choices of all places come before the second ones.
    pub(super) rank: usize,
}

/// Whether a value has a member that may be left out.
pub(super) fn has_optional(shape: &Shape<'_>, made: &Json) -> bool {
    let members = made.as_object().into_iter().flat_map(Map::keys);
    members.into_iter().any(|name| {
        shape.properties.contains_key(name.as_str()) && !shape.required.contains(name.as_str())
    })
}

/// What else there is to choose.
pub(super) fn others_of(shape: &Shape<'_>, choice: &Choice, made: &Json, others: &mut Vec<Choice>) {
    let is_default = choice.picks.is_empty() && choice.kind.is_none();
    let with_value = |value: Json| Choice {
        value: Some(value),
        ..choice.clone()
    };
    // Of unions, those that were not decided already.
    for (union, (count, picked)) in shape.unions.iter().enumerate().skip(choice.picks.len()) {
        let picked_before = shape.unions[..union].iter().map(|(_, pick)| *pick);
        for pick in (0..*count).filter(|pick| pick != picked) {
            let mut picks: Vec<usize> = picked_before.clone().collect();
            picks.push(pick);
            others.push(Choice {
                picks,
                ..Choice::default()
            });
        }
    }
    if shape.nullable && is_default && !made.is_null() {
        others.push(with_value(Json::Null));
    }
    if choice.value.is_none() && choice.kind.is_none() {
        let listed = shape.listed().unwrap_or_default();
        let more = listed.into_iter().filter(|value| *value != made);
        others.extend(more.cloned().map(with_value));
        if shape.values.is_none() {
            let kinds = shape.kinds();
            let more = kinds.iter().filter(|kind| !is_of_type(made, **kind));
            others.extend(more.map(|kind| Choice {
                kind: Some(*kind),
                ..choice.clone()
            }));
        }
    }
    let may_be_empty = shape.limits.min_items.unwrap_or_default() == 0 && shape.contains.is_empty();
    if may_be_empty && !choice.is_empty && made.as_array().is_some_and(|list| !list.is_empty()) {
        others.push(Choice {
            is_empty: true,
            ..choice.clone()
        });
    }
}
