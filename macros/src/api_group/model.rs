//! What a group declares, valid by construction. Plain data that borrows from the `DeriveInput`.

use syn::{DeriveInput, Path, Type};

use crate::request::{
    model::{AuthValue, Constant, Param},
    path::Piece,
};

pub(super) struct Group<'a> {
    pub(super) input: &'a DeriveInput,
    /// The path of the runtime.
    pub(super) runtime: Path,
    pub(super) name: String,
    /// Empty if none is declared.
    pub(super) path: String,
    pub(super) route: Vec<Piece>,
    pub(super) auth: Option<&'a AuthValue>,
    pub(super) error: Option<&'a Type>,
    pub(super) constants: Vec<Constant>,
    pub(super) params: Vec<Param<'a>>,
}
