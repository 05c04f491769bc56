//! `paginate(…)`: the same steps as for the whole struct, for the impls of `Paginate` and `PageItems`.

pub(crate) mod attr;
pub(crate) mod expand;
pub(crate) mod lower;
pub(crate) mod path;
