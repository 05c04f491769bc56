//! Requests to handlers, by the declarations.

use std::{fmt, sync::Arc};

use axum::{body::Bytes, response::Response};
use http::{Method, Request, request::Parts};

use super::{
    extract::{into_axum, read},
    handler::{Handler, Responding},
};
#[cfg(feature = "client")]
use crate::Refusal;
use crate::{ApiRequest, Body, server::Table};

type Erased<S> = Arc<dyn Fn(Parts, Bytes, S) -> Responding + Send + Sync>;

/// A router of declared operations, which becomes an `axum::Router`.
///
/// A request is routed by its method and path, the path of the operation's group included. Text in a path comes before a
/// value: `/keys/current` before `/keys/{hash}`; two operations may name a placeholder differently. Constants in queries
/// and headers tell operations of the same path apart. A path that no operation has gets a 404, and a method
/// that no operation of the path has gets a 405 with `Allow`. A `HEAD` request goes to the handler of `GET`.
///
/// It can be nested, layered and served as any `axum::Router`; its routes are a fallback there. See the
/// [module](crate::axum) for an example.
pub struct Router<S = ()>(Table<Erased<S>>);

impl<S> Default for Router<S> {
    fn default() -> Self {
        Self(Table::default())
    }
}

impl<S: Clone + Send + Sync + 'static> Router<S> {
    /// Makes a router without operations.
    ///
    /// ```
    /// let app: axum::Router = api_request::axum::Router::new().into();
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the operation whose requests the [handler](Handler) takes.
    ///
    /// ```
    /// use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/health", response(text))]
    /// struct Health;
    ///
    /// async fn health(_: Health) -> Result<String, ErrorBody> {
    ///     Ok("fine".to_owned())
    /// }
    ///
    /// let app: axum::Router = Router::new().on(health).into();
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if an operation of the same method and path is there already, and no constant tells them apart.
    #[must_use]
    #[track_caller]
    pub fn on<H: Handler<Arguments, S>, Arguments>(mut self, handler: H) -> Self {
        let erased: Erased<S> =
            Arc::new(move |head, body, state| handler.clone().call(head, body, state));
        self.0.add(<H::Request as ApiRequest>::OPERATION, erased);
        self
    }

    /// Gives the state to the handlers, which the extractor `State` takes.
    ///
    /// ```
    /// # use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
    /// # use axum::extract::State;
    /// # #[derive(ApiRequest, FromHttp)]
    /// # #[api(method = GET, path = "/version", response(text))]
    /// # struct Version;
    /// async fn version(State(version): State<String>, _: Version) -> Result<String, ErrorBody> {
    ///     Ok(version)
    /// }
    ///
    /// let app: axum::Router = Router::new().on(version).with_state("1.2".to_owned()).into();
    /// ```
    #[must_use]
    pub fn with_state(self, state: S) -> Router {
        let table = self.0.map(|handler| {
            let state = state.clone();
            let erased: Erased<()> =
                Arc::new(move |head, body, ()| handler(head, body, state.clone()));
            erased
        });
        Router(table)
    }
}

impl Router {
    async fn respond(&self, request: Request<axum::body::Body>) -> Response {
        let found = self
            .0
            .find(request.method(), request.uri(), request.headers());
        let handler = match found {
            Ok(route) => &route.handler,
            Err(refusal) => return into_axum(refusal.into_response()),
        };
        let is_head = request.method() == Method::HEAD;
        let (head, body) = request.into_parts();
        // The limit of the body is in the extensions.
        let whole = Request::from_parts(head.clone(), body);
        let response = match read(whole, &()).await {
            Ok(bytes) => handler(head, bytes, ()).await,
            Err(refusal) => return into_axum(refusal.into_response()),
        };
        if is_head {
            return response.map(|_| axum::body::Body::new(Body::empty()));
        }
        response
    }
}

impl From<Router> for axum::Router {
    fn from(router: Router) -> Self {
        let router = Arc::new(router);
        Self::new().fallback(move |request: Request<axum::body::Body>| {
            let router = Arc::clone(&router);
            async move { router.respond(request).await }
        })
    }
}

/// A router of handlers, or why a request has none.
#[cfg(feature = "client")]
pub(crate) fn serve<F, Ready>(take: F) -> axum::Router
where
    F: Fn(Request<Bytes>) -> Result<Ready, String> + Clone + Send + Sync + 'static,
    Ready: Future<Output = http::Response<Body>> + Send + 'static,
{
    axum::Router::new().fallback(move |request: Request<axum::body::Body>| async move {
        let (head, body) = request.into_parts();
        let whole = Request::from_parts(head.clone(), body);
        let bytes = match read(whole, &()).await {
            Ok(bytes) => bytes,
            Err(refusal) => return into_axum(refusal.into_response()),
        };
        match take(Request::from_parts(head, bytes)) {
            Ok(ready) => into_axum(ready.await),
            Err(reason) => into_axum(Refusal::because(reason).into_response()),
        }
    })
}

impl<S> fmt::Debug for Router<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.routes().map(|route| route.operation.name()))
            .finish()
    }
}
