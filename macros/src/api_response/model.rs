//! What a response declares, valid by construction. Plain data that borrows from the `DeriveInput`.

use proc_macro2::Ident;
use syn::{DeriveInput, ExprPath, Member, Path, Type};

use crate::{
    request::serde_reading::Fallback,
    status::{self, Status},
    words::BodyFormat,
};

pub(super) struct ApiResponse<'a> {
    pub(super) input: &'a DeriveInput,
    /// Where the runtime is.
    pub(super) runtime: Path,
    /// One without a name, if it is a struct. No two have a status in common.
    pub(super) variants: Vec<Variant<'a>>,
}

pub(super) struct Variant<'a> {
    /// `None` of a struct.
    pub(super) ident: Option<&'a Ident>,
    /// Empty only of a struct, which is then any 2xx.
    pub(super) statuses: Vec<Status>,
    /// At most one of them takes the body as a whole, and none then takes members of it.
    pub(super) fields: Vec<Field<'a>>,
}

pub(super) struct Field<'a> {
    pub(super) member: Member,
    pub(super) ty: &'a Type,
    pub(super) source: Source,
    pub(super) reading: Reading,
    pub(super) writing: Writing,
}

/// What of the response a field holds.
pub(super) enum Source {
    Status,
    Header {
        /// In lower case. The first is the declared one, the others are aliases.
        names: Vec<String>,
        /// The value is JSON text.
        json: bool,
        secret: bool,
    },
    /// All headers.
    Headers,
    /// A member of the JSON object that is the body.
    Member {
        names: Vec<String>,
    },
    /// The members that no other field holds.
    Members,
    Body {
        format: BodyFormat,
        /// The type of `body(with = …)`.
        with: Option<Box<Type>>,
    },
    /// The whole response, as the type says.
    Response,
    /// None of it.
    Skip,
}

/// What serde's attributes say of how a value is read.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) with: Option<ExprPath>,
    /// What is used if the header or the member is absent.
    pub(super) default: Option<Fallback>,
}

/// What serde's attributes say of how a value is written, by a server.
#[derive(Default)]
pub(super) struct Writing {
    pub(super) with: Option<ExprPath>,
    /// Only how it is read is known: the module of serde's `with` need not have more.
    pub(super) is_unknown: bool,
    /// Says whether the value is left out.
    pub(super) skip_if: Option<ExprPath>,
}

/// The statuses with their variants, in the order in which they are tried.
pub(super) fn ordered<'v, 'a>(variants: &'v [Variant<'a>]) -> Vec<(Status, &'v Variant<'a>)> {
    status::ordered(variants.iter().map(|variant| {
        let declared = variant.statuses.as_slice();
        let success = &[Status::Class(2)];
        let statuses = if declared.is_empty() {
            success
        } else {
            declared
        };
        (variant, statuses)
    }))
}
