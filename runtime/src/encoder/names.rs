//! The names that the values of one location bring: no two values bring the same name.
//!
//! Names that are declared are known from the [`Operation`](crate::operation::Operation), where the derive has compared
//! them. So only the others are kept: those of members that are parameters of their own.

#![expect(
    clippy::disallowed_types,
    reason = "names are asked for, never listed, and there may be thousands"
)]

use std::{
    collections::{HashMap, hash_map::Entry},
    ops::Range,
    ptr,
};

use super::{kind::SinkKind, problem::Problem};
use crate::operation::{Constant, Group, Operation, Param, ParamKind};

type Result<T = ()> = std::result::Result<T, Problem>;

/// What is known about names that are not declared, if there are any.
#[derive(Default)]
pub(super) struct Names {
    /// The name of the flattened member that is written, encoded.
    pub(super) member: Option<String>,
    /// The names so far, encoded, each with the field that brought it.
    brought: HashMap<String, &'static str>,
    /// The headers written so far.
    pub(super) headers: Vec<FlatHeader>,
    /// Where the value that is written begins.
    pub(super) start: usize,
    /// A flattened member was a secret.
    pub(super) has_secret: bool,
}

/// A header that a flattened field has brought, and where its value is.
pub(super) struct FlatHeader {
    pub(super) name: String,
    pub(super) range: Range<usize>,
    pub(super) sensitive: bool,
}

impl Names {
    /// Takes a name for a field. `shown` tells the name before it was encoded. A field that `repeats` its names may take
    /// one again.
    pub(super) fn bring(
        &mut self,
        name: String,
        shown: impl FnOnce(&str) -> String,
        field: &'static str,
        repeats: bool,
    ) -> Result {
        match self.brought.entry(name) {
            Entry::Occupied(known) if repeats && *known.get() == field => Ok(()),
            Entry::Occupied(known) => {
                let shown = shown(known.key());
                Err(Problem::brings_again(&shown, known.get(), field))
            }
            Entry::Vacant(free) => {
                free.insert(field);
                Ok(())
            }
        }
    }
}

/// Whether the operation declares the name for something other than `own`, whose members stand in its place.
///
/// A header of the request and one of the group that it is in may have the same name.
pub(super) fn declares(
    operation: &Operation,
    kind: SinkKind,
    own: Option<&'static Param>,
    name: &str,
) -> bool {
    let is_own = |param: &Param| own.is_some_and(|own| ptr::eq(own, param));
    let group = operation.group.unwrap_or(Group::NONE);
    let is_of_group = group.fields.iter().any(is_own);
    let clash = |param: &Param| {
        !param.flatten
            && !is_own(param)
            && match param.kind {
                ParamKind::Query { .. } => kind == SinkKind::Query && param.wire == name,
                ParamKind::Form { .. } => kind == SinkKind::Form && param.wire == name,
                ParamKind::Header { .. } => {
                    kind == SinkKind::Header && param.wire.eq_ignore_ascii_case(name)
                }
                ParamKind::Path { .. }
                | ParamKind::Url
                | ParamKind::Cookie { .. }
                | ParamKind::Json { .. }
                | ParamKind::Part { .. }
                | ParamKind::Group(_) => false,
            }
    };
    let constant = |constant: &Constant| match *constant {
        Constant::Query { name: own, .. } | Constant::Name(own) => {
            kind == SinkKind::Query && own == name
        }
        Constant::Header { name: own, .. } => kind == SinkKind::Header && own == name,
    };
    let in_group = || group.fields.iter().any(clash) || group.constants.iter().any(constant);
    let in_request = || {
        let members = operation.content.map_or(&[][..], |content| content.members);
        let fields = operation.fields.iter().flat_map(Param::declared);
        fields.chain(members).any(clash) || operation.constants.iter().any(constant)
    };
    match kind {
        SinkKind::Header if is_of_group => in_group(),
        SinkKind::Header => in_request(),
        _ => in_group() || in_request(),
    }
}
