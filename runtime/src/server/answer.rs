//! The requests that handlers answer.

use http::Response;

use super::{
    request::FromHttp,
    respond::{WriteAs, WriteError},
};
use crate::{ApiRequest, Body};

/// A request that is read and whose response and error are written: every [`FromHttp`] whose types are `Serialize`, or
/// made by a derive of this crate.
pub trait Answer: FromHttp {
    #[doc(hidden)]
    fn answer(result: Result<Self::Response, Self::Error>) -> Response<Body>;
}

#[diagnostic::do_not_recommend]
impl<R> Answer for R
where
    R: FromHttp,
    R::Kind: WriteAs<<R as ApiRequest>::Response>,
    R::Error: WriteError,
{
    fn answer(result: Result<Self::Response, Self::Error>) -> Response<Body> {
        R::respond(result)
    }
}
