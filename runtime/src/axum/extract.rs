//! One request, extracted.

use axum::{
    body::{Body as AxumBody, Bytes},
    extract::{FromRequest, Request},
    response::{IntoResponse, Response},
};
use http::StatusCode;

use crate::{Body, FromHttp, Refusal};

/// An extractor of a declared request, for a handler of an `axum::Router`.
///
/// The path of the route has to be the declared one. The body is bounded by axum's `DefaultBodyLimit`; a larger one is
/// refused with 413. What cannot be read gets the response of [`Refusal::into_response`].
///
/// ```
/// use api_request::{ApiRequest, Body, FromHttp, axum::Api};
/// use axum::routing;
/// use http::Response;
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/names/{id}", response = String)]
/// struct GetName {
///     id: u64,
/// }
///
/// async fn get_name(Api(request): Api<GetName>) -> Response<Body> {
///     GetName::respond(Ok(format!("name {}", request.id)))
/// }
///
/// let app: axum::Router = axum::Router::new().route("/names/{id}", routing::get(get_name));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Api<R>(
    /// The request.
    pub R,
);

impl<R: FromHttp, S: Send + Sync> FromRequest<S> for Api<R> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let (head, body) = request.into_parts();
        let bytes = Request::from_parts(head.clone(), body);
        let bytes = read(bytes, state).await?;
        R::from_http(Request::from_parts(head, bytes)).map(Self)
    }
}

/// Reads the body, up to the limit of axum.
pub(super) async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    let bytes = Bytes::from_request(request, state).await;
    bytes.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Refusal::too_large(),
        _ => Refusal::unread(),
    })
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        into_axum(self.into_response())
    }
}

pub(super) fn into_axum(response: http::Response<Body>) -> Response {
    response.map(AxumBody::new)
}
