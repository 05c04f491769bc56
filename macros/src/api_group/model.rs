//! What a group declares, valid by construction. Plain data that borrows from the `DeriveInput`.

use syn::{DeriveInput, Path, Type};

use crate::request::{
    model::{AuthValue, Constant, Param},
    path::Piece,
};

pub(crate) struct Group<'a> {
    pub(crate) input: &'a DeriveInput,
    /// The path of the runtime.
    pub(crate) runtime: Path,
    pub(crate) name: String,
    /// Empty if none is declared.
    pub(crate) path: String,
    pub(crate) route: Vec<Piece>,
    pub(crate) auth: Option<&'a AuthValue>,
    pub(crate) error: Option<&'a Type>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) params: Vec<Param<'a>>,
}
