//! What an error enum declares, valid by construction. Plain data that borrows from the `DeriveInput`.

use proc_macro2::Ident;
use syn::{DeriveInput, Member, Path, Type};

use super::rules::{Envelope, Step};
use crate::status::Status;

pub(super) struct ApiError<'a> {
    pub(super) input: &'a DeriveInput,
    /// Where the runtime is.
    pub(super) runtime: Path,
    pub(super) envelope: Option<&'a Envelope>,
    /// Where the message is; empty where that is not declared.
    pub(super) message: &'a [Step],
    pub(super) variants: Vec<ErrorVariant<'a>>,
}

pub(super) struct ErrorVariant<'a> {
    pub(super) ident: &'a Ident,
    /// The field that the body is decoded as, if the variant has one.
    pub(super) value: Option<(Member, &'a Type)>,
    /// No two variants have one in common.
    pub(super) statuses: Vec<Status>,
}
