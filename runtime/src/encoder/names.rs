//! The names that the values of one location bring: no two values bring the same name.
//!
//! Names that are declared are known from the [`Operation`](crate::operation::Operation), where the derive has compared
//! them. So only the others are kept: those of members that are parameters of their own.

use std::{ops::Range, ptr};

use super::{kind::SinkKind, name_set::NameSet};
use crate::operation::{Constant, Content, Group, Operation, Param, ParamKind};

/// What is known about names that are not declared, if there are any.
#[derive(Default)]
pub(super) struct Names {
    /// The flattened member that is written: which of the names its own is.
    pub(super) member: Option<usize>,
    /// The names so far, encoded.
    pub(super) brought: NameSet,
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
    /// The name of the flattened member that is written, encoded.
    pub(super) fn member(&self) -> Option<&[u8]> {
        self.member.map(|index| self.brought.get(index))
    }
}

/// Whether the operation declares the name for something other than `own`, whose members stand in its place.
///
/// A header of the request and one of the group that it is in may have the same name.
pub(super) fn declares(
    operation: &Operation,
    kind: SinkKind,
    own: Option<&'static Param>,
    name: &[u8],
) -> bool {
    // Most names are of other lengths, so that this is asked first.
    let is_name = |text: &str| match kind {
        SinkKind::Header => text.as_bytes().eq_ignore_ascii_case(name),
        _ => text.as_bytes() == name,
    };
    let is_own = |param: &Param| own.is_some_and(|own| ptr::eq(own, param));
    let clash = |param: &Param| {
        is_name(param.wire)
            && !param.flatten
            && !is_own(param)
            && match param.kind {
                ParamKind::Query { .. } => kind == SinkKind::Query,
                ParamKind::Form { .. } => kind == SinkKind::Form,
                ParamKind::Header { .. } => kind == SinkKind::Header,
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
            kind == SinkKind::Query && is_name(own)
        }
        Constant::Header { name: own, .. } => kind == SinkKind::Header && is_name(own),
    };
    // A form has no constants, and nothing else has members. This is asked for each name, so that what is not there is not
    // looked through.
    let is_form = kind == SinkKind::Form;
    let has_constant = |constants: &[Constant]| !is_form && constants.iter().any(constant);
    let has_member = |content: &Content| is_form && content.members.iter().any(clash);
    let in_group = |group: &Group| group.fields.iter().any(clash) || has_constant(group.constants);
    let in_request = || {
        let mut fields = operation.fields.iter();
        fields.any(|field| match field.kind {
            ParamKind::Group(group) => group.fields.iter().any(clash),
            _ => clash(field),
        }) || operation.content.as_ref().is_some_and(has_member)
            || has_constant(operation.constants)
    };
    match (kind, operation.group) {
        (SinkKind::Header, Some(group)) if group.fields.iter().any(is_own) => in_group(group),
        (SinkKind::Header, _) | (_, None) => in_request(),
        (_, Some(group)) => in_group(group) || in_request(),
    }
}
