//! Which names a request declares: a flattened map reads the others.

use std::ptr;

use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};

use super::{rules::Rules, tree, unescape::Unescape};
use crate::{
    encoder::FRAMING,
    operation::{Constant, Group, Operation, Param, ParamKind},
};

/// What the names are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    Query,
    Form,
    Header,
}

/// The names that are declared beside a field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Declared {
    /// `None` where the value is all that there is.
    pub(super) operation: Option<&'static Operation>,
    pub(super) names: Names,
    /// The field, in whose place its members stand.
    pub(super) own: Option<&'static Param>,
}

impl Declared {
    pub(super) fn has(&self, name: &str) -> bool {
        let Some(operation) = self.operation else {
            return false;
        };
        if self.names == Names::Header && Self::is_of_connection(name) {
            return true;
        }
        let group = operation.group.unwrap_or(Group::NONE);
        let members = operation.content.map_or(&[][..], |content| content.members);
        let fields = operation.fields.iter().flat_map(Param::declared);
        let mut params = fields.chain(group.fields).chain(members);
        let mut constants = operation.constants.iter().chain(group.constants);
        params.any(|param| self.is_of(param, name))
            || constants.any(|constant| self.is_constant(constant, name))
    }

    /// Headers that a flattened map does not send.
    fn is_of_connection(name: &str) -> bool {
        FRAMING.iter().any(|framing| framing == name) || name == COOKIE.as_str()
    }

    fn is_of(&self, param: &'static Param, name: &str) -> bool {
        if param.flatten || self.own.is_some_and(|own| ptr::eq(own, param)) {
            return false;
        }
        match (&param.kind, self.names) {
            (ParamKind::Header { .. }, Names::Header) => param.name.eq_ignore_ascii_case(name),
            (ParamKind::Query { style, .. }, Names::Query)
            | (ParamKind::Form { style, .. }, Names::Form) => {
                if Rules::of(&param.kind).nests() {
                    tree::keys(name, param.name, *style).is_some()
                } else {
                    param.name == name
                }
            }
            _ => false,
        }
    }

    fn is_constant(&self, constant: &Constant, name: &str) -> bool {
        match *constant {
            Constant::Query { name: own, .. } | Constant::Name(own) => {
                self.names == Names::Query && Unescape::Form.name(own) == name
            }
            Constant::Header { name: own, .. } => self.names == Names::Header && own == name,
        }
    }

    /// Whether a header is what is sent without a declaration.
    pub(super) fn is_default(&self, name: &str, value: &[u8], accept: &str) -> bool {
        let Some(operation) = self.operation else {
            return false;
        };
        if name == ACCEPT.as_str() {
            return value == accept.as_bytes();
        }
        name == CONTENT_TYPE.as_str()
            && operation.content_type().is_some_and(|content_type| {
                value == content_type.as_bytes() || content_type.starts_with("multipart/")
            })
    }
}
