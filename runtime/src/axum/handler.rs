//! The handlers of one operation's requests.

use std::pin::Pin;

use axum::{
    body::Bytes,
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
use http::{Request, request::Parts};

use super::extract::into_axum;
use crate::{FromHttp, server::Handled};

/// The response of a handler, when it comes.
pub(super) type Responding = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A function that handles the requests of an operation: `async fn(R) -> Result<R::Response, R::Error>`, with up to four
/// of axum's extractors before `R`, each a `FromRequestParts`, such as `State`.
///
/// ```
/// use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
/// use axum::extract::State;
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/names/{id}", response = String)]
/// struct GetName {
///     id: usize,
/// }
///
/// async fn get_name(State(names): State<&'static [&'static str]>, request: GetName) -> Result<String, ErrorBody> {
///     Ok(names.get(request.id).copied().unwrap_or("nobody").to_owned())
/// }
///
/// let names: &[&str] = &["ada", "grace"];
/// let app: axum::Router = Router::new().on(get_name).with_state(names).into();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handler of an operation",
    label = "is not an `async fn(R) -> Result<R::Response, R::Error>`",
    note = "`R` derives `FromHttp`, and its response and error `serde::Serialize`",
    note = "up to four extractors of axum may come before `R`, each a `FromRequestParts`"
)]
pub trait Handler<Arguments, S>: Clone + Send + Sync + 'static {
    /// The request that it takes.
    type Request: FromHttp;

    #[doc(hidden)]
    fn call(self, head: Parts, body: Bytes, state: S) -> Responding;
}

macro_rules! handlers {
    ($([$($extractor:ident)*])*) => {$(
        #[allow(non_snake_case, reason = "an extractor is called as its type")]
        #[allow(unused_mut, unused_variables, reason = "a handler may have no extractors")]
        impl<F, Ready, S, R, $($extractor,)*> Handler<($($extractor,)* R,), S> for F
        where
            F: Fn($($extractor,)* R) -> Ready + Clone + Send + Sync + 'static,
            Ready: Future<Output = Result<R::Response, R::Error>> + Send,
            S: Send + Sync + 'static,
            R: Handled,
            $($extractor: FromRequestParts<S> + Send,)*
        {
            type Request = R;

            fn call(self, mut head: Parts, body: Bytes, state: S) -> Responding {
                Box::pin(async move {
                    $(let $extractor = match $extractor::from_request_parts(&mut head, &state).await {
                        Ok(value) => value,
                        Err(rejection) => return rejection.into_response(),
                    };)*
                    let result = match R::from_http(Request::from_parts(head, body)) {
                        Ok(request) => self($($extractor,)* request),
                        Err(refusal) => return into_axum(refusal.into_response()),
                    };
                    into_axum(R::response(result.await))
                })
            }
        }
    )*};
}

handlers! {
    []
    [A]
    [A B]
    [A B C]
    [A B C D]
}
