//! The operations of an API, listed: for programs that know them by name.
//!
//! An input is read as a request and sent by the functions in `calls`, `received` and `streams`, which are generic;
//! `by_name` calls them.

#[cfg(all(feature = "client", feature = "server"))]
mod by_name;
#[cfg(all(feature = "client", feature = "server"))]
mod calls;
mod check;
#[cfg(all(feature = "client", feature = "server"))]
mod input;
#[cfg(all(feature = "client", feature = "server"))]
mod received;
mod responses;
#[cfg(all(feature = "client", feature = "server"))]
mod streams;

use std::fmt;

use self::responses::{Check, check};
#[cfg(feature = "events")]
pub use self::responses::{EventCheck, EventProbe, HasEventCheck, HasNoEventCheck};
#[cfg(all(feature = "client", feature = "server"))]
pub use self::{
    calls::{CallProbe, Calls, HasEventCalls, HasItemCalls, HasNoCalls, HasRequestCalls},
    input::Input,
};
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
///
/// With the features `client` and `server`, an operation whose request derives `FromHttp` is called with an `Input`,
/// which is JSON: by `send`, `events` and `items`. Nothing is sent if the input has what is not declared, lacks what is required, or has a value
/// that is not of the declared type.
#[derive(Clone, Copy)]
pub struct AnyOperation {
    operation: &'static Operation,
    check: Check,
    #[cfg(feature = "events")]
    event_check: fn() -> Option<EventCheck>,
    accept: &'static str,
    #[cfg(all(feature = "client", feature = "server"))]
    calls: fn() -> Calls,
}

impl AnyOperation {
    /// Returns what is declared.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Returns the media type of the response: [`ApiRequest::ACCEPT`].
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/log", response(text))]
    /// struct ReadLog;
    ///
    /// api_request::operations! { static OPERATIONS: [ReadLog] }
    ///
    /// assert_eq!(OPERATIONS[0].accept(), "text/plain");
    /// ```
    #[must_use]
    pub const fn accept(&self) -> &'static str {
        self.accept
    }

    /// The operation of a request. Only [`operations!`](crate::operations!) calls this.
    #[doc(hidden)]
    #[must_use]
    pub const fn of<R: ApiRequest>() -> Self {
        Self {
            operation: R::OPERATION,
            check: check::<R>,
            #[cfg(feature = "events")]
            event_check: || None,
            accept: R::ACCEPT,
            #[cfg(all(feature = "client", feature = "server"))]
            calls: || Calls::NONE,
        }
    }

    /// Adds how its events are checked. Only [`operations!`](crate::operations!) calls this.
    #[cfg(feature = "events")]
    #[doc(hidden)]
    #[must_use]
    pub const fn checking(self, event_check: fn() -> Option<EventCheck>) -> Self {
        Self {
            event_check,
            ..self
        }
    }

    /// Adds what can be done with it. Only [`operations!`](crate::operations!) calls this.
    #[cfg(all(feature = "client", feature = "server"))]
    #[doc(hidden)]
    #[must_use]
    pub const fn calling(self, calls: fn() -> Calls) -> Self {
        Self { calls, ..self }
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
                &[$($(#[$cfg])* $crate::__any_operation!($request)),*];
            const COUNT: ::core::primitive::usize = OPERATIONS.len();
            $crate::__private::check_operations::<COUNT>(OPERATIONS);
            OPERATIONS
        };
    };
}

/// One of the operations, and what can be done with it.
#[cfg(all(feature = "client", feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __any_operation {
    ($request:ty) => {
        $crate::__checked_operation!($request).calling(|| {
            #[allow(unused_imports)]
            use $crate::__private::{
                HasEventCalls as _, HasItemCalls as _, HasNoCalls as _, HasRequestCalls as _,
            };
            let probe = &$crate::__private::CallProbe::<$request>::NEW;
            $crate::__private::Calls::new(
                probe.__api_request_calls(),
                probe.__api_request_event_calls(),
                probe.__api_request_item_calls(),
            )
        })
    };
}

/// One of the operations.
#[cfg(not(all(feature = "client", feature = "server")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __any_operation {
    ($request:ty) => {
        $crate::__checked_operation!($request)
    };
}

/// One of the operations, and how its events are checked.
#[cfg(feature = "events")]
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_operation {
    ($request:ty) => {
        $crate::AnyOperation::of::<$request>().checking(|| {
            #[allow(unused_imports)]
            use $crate::__private::{HasEventCheck as _, HasNoEventCheck as _};
            (&$crate::__private::EventProbe::<$request>::NEW).__api_request_event_check()
        })
    };
}

/// One of the operations.
#[cfg(not(feature = "events"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __checked_operation {
    ($request:ty) => {
        $crate::AnyOperation::of::<$request>()
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
