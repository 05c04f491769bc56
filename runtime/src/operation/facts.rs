//! The facts of operations and of groups that are not parameters.

/// A piece of the path template.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Text that is written as it is.
    Text(&'static str),
    /// The value of the field with this index in `Operation::fields`.
    Field(usize),
    /// The same of the field that is the whole URL, and the only piece.
    Url(usize),
}

/// A header or query parameter that is sent with a fixed value.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// Percent-encoded name and value.
    Query {
        name: &'static str,
        value: &'static str,
    },
    /// The percent-encoded name of a query parameter without a value.
    Name(&'static str),
    /// Lower-case name and value. The name is in the table of header names too.
    Header {
        name: &'static str,
        value: &'static str,
    },
}

/// What the value of a parameter or member is on the wire.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// What its location makes of it.
    Plain,
    /// JSON text.
    Json,
    /// The name alone, or nothing.
    Flag,
}

/// Which of the client's credentials are sent with a request.
///
/// ```
/// use api_request::{ApiRequest, Auth};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/key", auth = required)]
/// struct GetKey;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys", auth = management)]
/// struct ListKeys;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/models")]
/// struct ListModels;
///
/// assert_eq!(GetKey::OPERATION.auth(), Auth::Required);
/// assert_eq!(ListKeys::OPERATION.auth(), Auth::Named("management"));
/// assert_eq!(ListModels::OPERATION.auth(), Auth::Optional);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// They are sent, if the client has any.
    Optional,
    /// They are sent; a client without credentials is an error.
    Required,
    /// They are not sent.
    None,
    /// Those of this name are sent, and no others: `ClientBuilder::scheme` gives them to the client. A client without them
    /// is an error.
    Named(&'static str),
}

/// Whether a request is idempotent, and why.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idempotency {
    /// By its method.
    OfMethod,
    /// By `idempotent`.
    Declared,
    /// By a key in the header of this lower-case name.
    Key(&'static str),
}
