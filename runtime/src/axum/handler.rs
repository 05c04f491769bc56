//! The handlers of one operation's requests.

use std::pin::Pin;

use axum::{
    body::Bytes,
    extract::FromRequestParts,
    response::{IntoResponse, Response},
};
#[cfg(feature = "events")]
use futures_core::Stream;
use http::{Request, request::Parts};

use super::extract::into_axum;
#[cfg(feature = "events")]
use crate::server::EventsHandled;
use crate::{FromHttp, Refusal, server::Handled};

/// The response of a handler, when it comes, or why the handler cannot be called.
pub(super) type Responding = Pin<Box<dyn Future<Output = Result<Response, Refusal>> + Send>>;

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

/// A function that makes the events of an operation: `async fn(R) -> Result<S, R::Error>`, where `S` is a
/// `Stream<Item = Result<R::Event, R::Error>>`, with up to four of axum's extractors before `R`, as of a [`Handler`].
///
/// ```
/// use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
/// use axum::extract::State;
/// use futures_util::{Stream, stream};
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/news", events(item = String))]
/// struct FollowNews;
///
/// async fn follow_news(
///     State(news): State<&'static [&'static str]>,
///     _: FollowNews,
/// ) -> Result<impl Stream<Item = Result<String, ErrorBody>>, ErrorBody> {
///     Ok(stream::iter(news.iter().map(|it| Ok((*it).to_owned()))))
/// }
///
/// let news: &[&str] = &["rain", "sun"];
/// let app: axum::Router = Router::new().events(follow_news).with_state(news).into();
/// ```
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a handler of an operation's events",
    label = "is not an `async fn(R) -> Result<S, R::Error>` of a stream `S`",
    note = "`S` is a `Stream<Item = Result<R::Event, R::Error>>` that is `Send` and borrows nothing",
    note = "`R` derives `FromHttp` and declares `events = T`, and `T` and the error derive `serde::Serialize`",
    note = "up to four extractors of axum may come before `R`, each a `FromRequestParts`"
)]
pub trait EventsHandler<Arguments, S>: Clone + Send + Sync + 'static {
    /// The request that it takes.
    type Request: FromHttp;

    #[doc(hidden)]
    fn call(self, head: Parts, body: Bytes, state: S) -> Responding;
}

/// Takes the extractors and the request from a request, and writes what the handler makes of them.
macro_rules! called {
    ($handler:ident($head:ident, $body:ident, $state:ident): [$($extractor:ident)*] $response:path) => {
        Box::pin(async move {
            $(let $extractor = match $extractor::from_request_parts(&mut $head, &$state).await {
                Ok(value) => value,
                Err(rejection) => return Ok(rejection.into_response()),
            };)*
            let request = R::from_http(Request::from_parts($head, $body))?;
            Ok(into_axum($response($handler($($extractor,)* request).await)))
        })
    };
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
                called!(self(head, body, state): [$($extractor)*] R::response)
            }
        }

        #[cfg(feature = "events")]
        #[allow(non_snake_case, reason = "an extractor is called as its type")]
        #[allow(unused_mut, unused_variables, reason = "a handler may have no extractors")]
        impl<F, Ready, Items, S, R, $($extractor,)*> EventsHandler<($($extractor,)* R,), S> for F
        where
            F: Fn($($extractor,)* R) -> Ready + Clone + Send + Sync + 'static,
            Ready: Future<Output = Result<Items, R::Error>> + Send,
            Items: Stream<Item = Result<R::Event, R::Error>> + Send + 'static,
            S: Send + Sync + 'static,
            R: EventsHandled,
            $($extractor: FromRequestParts<S> + Send,)*
        {
            type Request = R;

            fn call(self, mut head: Parts, body: Bytes, state: S) -> Responding {
                called!(self(head, body, state): [$($extractor)*] R::events_response)
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
