//! The operations of an API, listed: for programs that know them by name.

use std::fmt;

use crate::{
    ApiRequest,
    operation::{
        Operation,
        distinct::{is_other_body_of, is_same_route, twice},
        text::is_same_text,
    },
};

/// An operation of a list that [`operations!`](crate::operations!) makes, whatever the type of its request.
///
/// ```
/// # use api_request::ApiRequest;
/// # #[derive(ApiRequest)]
/// # #[api(method = GET, path = "/keys/{hash}")]
/// # struct GetKey {
/// #     hash: String,
/// # }
/// api_request::operations! { static OPERATIONS: [GetKey] }
///
/// assert_eq!(OPERATIONS[0].operation().path(), "/keys/{hash}");
/// ```
#[derive(Clone, Copy)]
pub struct AnyOperation {
    operation: &'static Operation,
}

impl AnyOperation {
    /// Returns what is declared.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// The operation of a request. Only [`operations!`](crate::operations!) calls this.
    #[doc(hidden)]
    #[must_use]
    pub const fn of<R: ApiRequest>() -> Self {
        Self {
            operation: R::OPERATION,
        }
    }
}

impl fmt::Debug for AnyOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AnyOperation")
            .field(&self.operation.name())
            .finish()
    }
}

/// Lists the operations of an API, for programs that know them by name: a `static` of type `&'static [AnyOperation]`.
///
/// Two operations of the same name, or of the same method and path, do not compile, unless constants in their queries or
/// headers tell them apart. An operation whose body has one of several media types is declared once for each, under the
/// same name.
///
/// ```
/// use api_request::ApiRequest;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys/{hash}")]
/// struct GetKey {
///     hash: String,
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys")]
/// struct ListKeys;
///
/// api_request::operations! {
///     /// All operations of the API.
///     pub static OPERATIONS: [GetKey, ListKeys]
/// }
///
/// # fn main() {
/// let names: Vec<&str> = OPERATIONS.iter().map(|it| it.operation().name()).collect();
/// assert_eq!(names, ["GetKey", "ListKeys"]);
/// # }
/// ```
///
/// ```compile_fail
/// # use api_request::ApiRequest;
/// # #[derive(ApiRequest)]
/// # #[api(method = GET, path = "/keys")]
/// # struct ListKeys;
/// api_request::operations! { static OPERATIONS: [ListKeys, ListKeys] }
/// ```
#[macro_export]
macro_rules! operations {
    (
        $(#[$attribute:meta])*
        $visibility:vis static $name:ident: [$($(#[$cfg:meta])* $request:ty),* $(,)?] $(;)?
    ) => {
        $(#[$attribute])*
        $visibility static $name: &'static [$crate::AnyOperation] = {
            const OPERATIONS: &[$crate::AnyOperation] =
                &[$($(#[$cfg])* $crate::AnyOperation::of::<$request>()),*];
            const COUNT: ::core::primitive::usize = OPERATIONS.len();
            $crate::__private::check_operations::<COUNT>(OPERATIONS);
            OPERATIONS
        };
    };
}

/// No name, and no method with a path, is there twice.
///
/// This runs while the program is compiled, where comparing each with each takes too long.
#[track_caller]
pub const fn check_operations<const N: usize>(operations: &[AnyOperation]) {
    // The last operation of each hash, and the one before each: indices from 1 on, 0 is none.
    let (mut by_name, mut before_by_name) = ([0; N], [0; N]);
    let (mut by_route, mut before_by_route) = ([0; N], [0; N]);
    let mut at = 0;
    while at < N {
        let operation = operations[at].operation;
        if operation.name.is_empty() {
            // The request does not compile, and its derive has said why.
            at += 1;
            continue;
        }
        let slot = operation.hash_of_name() % N;
        let mut other = by_name[slot];
        while other > 0 {
            let known = operations[other - 1].operation;
            if is_same_text(known.name, operation.name) && !is_other_body_of(known, operation) {
                twice(known, operation, true);
            }
            other = before_by_name[other - 1];
        }
        before_by_name[at] = by_name[slot];
        by_name[slot] = at + 1;

        let slot = operation.hash_of_route() % N;
        let mut other = by_route[slot];
        while other > 0 {
            let known = operations[other - 1].operation;
            if is_same_route(known, operation) {
                twice(known, operation, false);
            }
            other = before_by_route[other - 1];
        }
        before_by_route[at] = by_route[slot];
        by_route[slot] = at + 1;
        at += 1;
    }
}
