//! The names that a type reads in JSON.

/// The names that the type of a JSON body reads in one place of the body: what
/// [`AnyOperation::body_names`](crate::AnyOperation::body_names) gives, with an example there.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
#[allow(
    unreachable_pub,
    reason = "it is exported with the features `client` and `server`"
)]
pub struct BodyNames {
    /// Where the value is in the body: a JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)), empty for the
    /// whole body.
    pub pointer: String,
    /// The names, in the order of their declaration, with aliases.
    pub names: Vec<String>,
    /// What they are names of.
    pub kind: NamesKind,
}

/// What the names of [`BodyNames`] are names of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[allow(
    unreachable_pub,
    reason = "it is exported with the features `client` and `server`"
)]
pub enum NamesKind {
    /// The members of an object.
    Fields,
    /// The variants of an enum: the texts that it reads, or, of a variant that has a value, the name of the one member of an
    /// object.
    Variants,
    /// The declared texts of an enum that derives [`OpenEnum`](macro@crate::OpenEnum), and may read others.
    OpenVariants,
}

/// What is told the names that are read.
pub(crate) type Notes<'n> = &'n dyn Fn(BodyNames);
