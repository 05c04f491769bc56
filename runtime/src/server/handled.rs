//! The requests that handlers take.

use http::Response;

use super::{
    request::FromHttp,
    respond::{WriteAs, WriteError},
};
use crate::{ApiRequest, Body};

/// A request that is read and whose response and error are written: every [`FromHttp`] whose types are `Serialize`, or
/// made by a derive of this crate.
#[diagnostic::on_unimplemented(
    message = "a handler cannot take `{Self}`",
    label = "the request cannot be read, or its response or error cannot be written",
    note = "derive `FromHttp` beside `ApiRequest` for `{Self}`, so that it is read",
    note = "derive `serde::Serialize` and `serde::Deserialize`, or `ApiResponse` or `ApiError`, for its response and error types, so that they are written"
)]
pub trait Handled: FromHttp {
    #[doc(hidden)]
    fn response(result: Result<Self::Response, Self::Error>) -> Response<Body>;
}

#[diagnostic::do_not_recommend]
impl<R> Handled for R
where
    R: FromHttp,
    R::Kind: WriteAs<<R as ApiRequest>::Response>,
    R::Error: WriteError,
{
    fn response(result: Result<Self::Response, Self::Error>) -> Response<Body> {
        R::respond(result)
    }
}
