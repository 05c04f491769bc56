//! What an open enum declares, valid by construction. Plain data that borrows from the `DeriveInput`.

use proc_macro2::Ident;
use syn::{DeriveInput, Member, Path, Type};

pub(super) struct OpenEnum<'a> {
    pub(super) input: &'a DeriveInput,
    /// Where the runtime is.
    pub(super) runtime: Path,
    /// No two have the same text.
    pub(super) declared: Vec<Declared<'a>>,
    /// The variant that keeps any other text; there is one unless there was a mistake.
    pub(super) other: Option<Other<'a>>,
}

/// A unit variant.
pub(super) struct Declared<'a> {
    pub(super) ident: &'a Ident,
    pub(super) text: String,
}

pub(super) struct Other<'a> {
    pub(super) ident: &'a Ident,
    /// The only field.
    pub(super) member: Member,
    pub(super) ty: &'a Type,
}
