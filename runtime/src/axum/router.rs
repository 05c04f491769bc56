//! Requests to handlers, by the declarations.

use std::{collections::BTreeMap, fmt, sync::Arc};

use axum::{body::Bytes, response::Response, routing::any};
use http::{Method, Request, header::ALLOW, request::Parts};

#[cfg(feature = "events")]
use super::handler::EventsHandler;
use super::{
    extract::{into_axum, read},
    handler::{Handler, Responding},
};
use crate::{
    Body, Location, Operation, Refusal,
    operation::ParamKind,
    server::{Handlers, Kind, Table, Unfit, is_usual},
};

type Erased<S> = Arc<dyn Fn(Parts, Bytes, S) -> Responding + Send + Sync>;

type Refuse = Box<dyn Fn(Refusal) -> http::Response<Body> + Send + Sync>;

/// A router of declared operations, which becomes an `axum::Router`.
///
/// A request is routed by its method and path, the path of the operation's group included. Text in a path comes before a
/// value: `/keys/current` before `/keys/{hash}`; two operations may name a placeholder differently. Constants in queries
/// and headers tell operations of the same path apart, and so does the media type of the body. A path that no operation has gets a 404, and a method
/// that no operation of the path has gets a 405 with `Allow`
/// ([RFC 9110, section 15.5.6](https://www.rfc-editor.org/rfc/rfc9110#section-15.5.6)). A `HEAD` request goes to the handler
/// of `GET`.
///
/// It can be nested, layered and served as any `axum::Router`. Its paths are routes there, which `MatchedPath` and
/// `route_layer` know, except one that axum has no syntax for, such as `/keys/{hash}.json`. That one, and what no operation
/// takes, is for the fallback. axum does not merge two routers that both have a fallback: [`merge`](Self::merge) two of
/// this type, `nest` it, or take the fallback away by axum's `reset_fallback`.
///
/// See the [module](crate::axum) for an example.
pub struct Router<S = ()> {
    table: Table<Handlers<Erased<S>>>,
    is_strict: bool,
    /// Writes refusals; `None` for problems of RFC 9457.
    refuse: Option<Refuse>,
}

impl<S> Default for Router<S> {
    fn default() -> Self {
        Self {
            table: Table::default(),
            is_strict: false,
            refuse: None,
        }
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
    /// Panics if an operation of the same method and path is there already, and neither constants nor the media type of the
    /// body tell them apart.
    #[must_use]
    #[track_caller]
    pub fn on<H: Handler<Arguments, S>, Arguments>(mut self, handler: H) -> Self {
        let erased: Erased<S> =
            Arc::new(move |head, body, state| handler.clone().call(head, body, state));
        self.table.put::<H::Request>(Kind::Respond(erased));
        self
    }

    /// Adds the operation whose events the [handler](EventsHandler) makes: a stream of items, or the error in its place. The
    /// operation may have a handler [`on`](Self::on) it too, which takes the requests that do not ask for events, by the
    /// declared flag or `Accept: text/event-stream`.
    ///
    /// ```
    /// use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
    /// use futures_util::{Stream, stream};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = POST, path = "/count", fields = json, response = u32)]
    /// #[api(events(item = u32, flag = "stream", done = "[DONE]"))]
    /// struct Count {
    ///     to: u32,
    /// }
    ///
    /// async fn count(request: Count) -> Result<u32, ErrorBody> {
    ///     Ok(request.to)
    /// }
    ///
    /// async fn counting(request: Count) -> Result<impl Stream<Item = Result<u32, ErrorBody>>, ErrorBody> {
    ///     Ok(stream::iter((1..=request.to).map(Ok)))
    /// }
    ///
    /// let app: axum::Router = Router::new().on(count).events(counting).into();
    /// ```
    ///
    /// # Panics
    ///
    /// Panics as [`on`](Self::on) does.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    #[must_use]
    #[track_caller]
    pub fn events<H: EventsHandler<Arguments, S>, Arguments>(mut self, handler: H) -> Self {
        let erased: Erased<S> =
            Arc::new(move |head, body, state| handler.clone().call(head, body, state));
        self.table.put::<H::Request>(Kind::Events(erased));
        self
    }

    /// Adds the operations of another router. The result is [`strict`](Self::strict) if one of the two is, and
    /// [refuses with](Self::refuse_with) what this one does, or else the other.
    ///
    /// ```
    /// # use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
    /// # #[derive(ApiRequest, FromHttp)]
    /// # #[api(method = GET, path = "/health", response(text))]
    /// # struct Health;
    /// # async fn health(_: Health) -> Result<String, ErrorBody> { Ok("fine".to_owned()) }
    /// # #[derive(ApiRequest, FromHttp)]
    /// # #[api(method = GET, path = "/version", response(text))]
    /// # struct Version;
    /// # async fn version(_: Version) -> Result<String, ErrorBody> { Ok("1.2".to_owned()) }
    /// let health = Router::new().on(health);
    /// let app: axum::Router = Router::new().on(version).merge(health).into();
    /// ```
    ///
    /// # Panics
    ///
    /// Panics as [`on`](Self::on) does.
    #[must_use]
    #[track_caller]
    pub fn merge(mut self, other: Self) -> Self {
        self.is_strict |= other.is_strict;
        self.refuse = self.refuse.or(other.refuse);
        for route in other.table {
            self.table.join(route.operation, route.handler);
        }
        self
    }

    /// Refuses requests that have what their operation does not declare, with 400, before the handler: query parameters,
    /// headers, cookies, parts, and members of a JSON or form body, nested ones too. All of it is named at once, each with
    /// the nearest declared name; what is missing is said too. Headers that HTTP stacks, browsers and proxies add to any
    /// request are allowed.
    ///
    /// A request is read twice for that. Without it, what is not declared is ignored.
    ///
    /// ```
    /// use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
    /// use tower::ServiceExt;
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/names", response = Vec<String>)]
    /// struct ListNames {
    ///     #[api(query)]
    ///     limit: Option<u32>,
    /// }
    ///
    /// async fn list_names(_: ListNames) -> Result<Vec<String>, ErrorBody> {
    ///     Ok(Vec::new())
    /// }
    ///
    /// # futures_util::FutureExt::now_or_never(async {
    /// let app: axum::Router = Router::new().on(list_names).strict().into();
    /// let request = http::Request::get("/names?limt=7").body(axum::body::Body::empty())?;
    /// let response = app.oneshot(request).await?;
    /// assert_eq!(response.status(), 400);
    /// let problem = axum::body::to_bytes(response.into_body(), 1024).await?;
    /// assert_eq!(
    ///     problem,
    ///     r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"the query parameter `limt` is not declared: the nearest is `limit`","in":"query","name":"limt"}"#,
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap().unwrap();
    /// ```
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// Writes the response of each [`Refusal`] of the router, in place of [`Refusal::into_response`], for an API whose errors
    /// have another form: of a path that no operation has, a method that the path does not allow, a request that cannot be
    /// read or is not [`strict`](Self::strict). The header `Allow` of a refused method is added if the response has none.
    ///
    /// The rejection of an extractor has the response that its type says.
    ///
    /// ```
    /// use api_request::{ApiRequest, ErrorBody, FromHttp, Refusal, axum::Router};
    /// use http::Response;
    /// use tower::ServiceExt;
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/names/{id}", response = String)]
    /// struct GetName {
    ///     id: u64,
    /// }
    ///
    /// async fn get_name(request: GetName) -> Result<String, ErrorBody> {
    ///     Ok(format!("name {}", request.id))
    /// }
    ///
    /// fn refuse(refusal: Refusal) -> Response<api_request::Body> {
    ///     let error = serde_json::json!({"error": refusal.to_string()});
    ///     let mut response = Response::new(error.to_string().into());
    ///     *response.status_mut() = refusal.status();
    ///     response
    /// }
    ///
    /// # futures_util::FutureExt::now_or_never(async {
    /// let app: axum::Router = Router::new().on(get_name).refuse_with(refuse).into();
    /// let request = http::Request::get("/pets").body(axum::body::Body::empty())?;
    /// let response = app.oneshot(request).await?;
    /// assert_eq!(response.status(), 404);
    /// let body = axum::body::to_bytes(response.into_body(), 1024).await?;
    /// assert_eq!(body, r#"{"error":"the path is not one of the API"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap().unwrap();
    /// ```
    #[must_use]
    pub fn refuse_with<F>(mut self, refuse: F) -> Self
    where
        F: Fn(Refusal) -> http::Response<Body> + Send + Sync + 'static,
    {
        self.refuse = Some(Box::new(refuse));
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
        let give = |handler: Erased<S>| -> Erased<()> {
            let state = state.clone();
            Arc::new(move |head, body, ()| handler(head, body, state.clone()))
        };
        Router {
            table: self.table.map(|handlers| handlers.map(give)),
            is_strict: self.is_strict,
            refuse: self.refuse,
        }
    }
}

impl Router {
    async fn respond(&self, request: Request<axum::body::Body>) -> Response {
        let is_head = request.method() == Method::HEAD;
        let response = match self.handle(request).await {
            Ok(response) => response,
            Err(refusal) => into_axum(self.refused(refusal)),
        };
        if is_head {
            return response.map(|_| axum::body::Body::new(Body::empty()));
        }
        response
    }

    async fn handle(&self, request: Request<axum::body::Body>) -> Result<Response, Refusal> {
        let route = self
            .table
            .find(request.method(), request.uri(), request.headers())?;
        let (head, body) = request.into_parts();
        // The limit of the body is in the extensions.
        let whole = Request::from_parts(head.clone(), body);
        let request = Request::from_parts(head, read(whole, &()).await?);
        if self.is_strict {
            let is_meant = |location, name: &str| location != Location::Header || !is_usual(name);
            let checked = route.handler.check(route.operation, &request, &is_meant);
            // What cannot be read is refused by the handler, after its extractors.
            if let Err(Unfit::Undeclared(refusal)) = checked {
                return Err(refusal);
            }
        }
        let handler = route.handler.of(route.operation, &request);
        let handler = handler.ok_or_else(Refusal::not_found)?;
        let (head, bytes) = request.into_parts();
        handler(head, bytes, ()).await
    }

    fn refused(&self, refusal: Refusal) -> http::Response<Body> {
        let Some(refuse) = &self.refuse else {
            return refusal.into_response();
        };
        let allow = refusal.allow();
        let mut response = refuse(refusal);
        if let Some(allow) = allow {
            response.headers_mut().entry(ALLOW).or_insert(allow);
        }
        response
    }
}

impl From<Router> for axum::Router {
    fn from(router: Router) -> Self {
        let operations = router.table.routes().map(|route| route.operation);
        let paths = operations.filter_map(axum_path);
        let paths: BTreeMap<_, _> = paths.map(|path| (without_names(&path), path)).collect();
        // Beside a placeholder, axum has no wildcard.
        let is_beside = |path: &str| {
            let start = path.strip_suffix("{*}").map(|start| format!("{start}{{}}"));
            start.is_some_and(|start| paths.keys().any(|other| other.starts_with(&start)))
        };
        let router = Arc::new(router);
        let respond = move |request: Request<axum::body::Body>| {
            let router = Arc::clone(&router);
            async move { router.respond(request).await }
        };
        let add = |app: Self, path: &String| app.route(path, any(respond.clone()));
        // For `MatchedPath`, `route_layer` and `reset_fallback`: all of them go the same way.
        let paths = paths.iter().filter(|(path, _)| !is_beside(path));
        let app = paths.map(|(_, path)| path).fold(Self::new(), add);
        app.fallback(respond)
    }
}

/// The path of an operation in axum's syntax, if it has one: that has no text beside a placeholder.
fn axum_path(operation: &'static Operation) -> Option<String> {
    let is_path = |name: &str| {
        let is_segments = |kind| matches!(kind, ParamKind::Path { segments: true, .. });
        let mut params = operation.params();
        params.any(|param| param.name == name && is_segments(param.kind))
    };
    let mut path = String::new();
    let mut has_ended = false;
    for segment in operation.path.split('/').skip(1) {
        let name = segment.strip_prefix('{');
        let name = name.and_then(|rest| rest.strip_suffix('}'));
        let text = name.unwrap_or(segment);
        if has_ended || text.contains(['{', '}']) || segment.starts_with([':', '*']) {
            return None;
        }
        has_ended = name.is_some_and(is_path);
        match name {
            Some(name) if has_ended => path.extend(["/{*", name, "}"]),
            _ => path.extend(["/", segment]),
        }
    }
    if path.is_empty() {
        path.push('/');
    }
    Some(path)
}

/// Two paths whose placeholders have other names are the same path.
fn without_names(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment {
        wildcard if wildcard.starts_with("{*") => "{*}",
        field if field.starts_with('{') => "{}",
        text => text,
    });
    segments.collect::<Vec<_>>().join("/")
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
            .entries(self.table.routes().map(|route| route.operation.name()))
            .finish()
    }
}
