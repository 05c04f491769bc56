//! A transport of typed handlers.

use std::{
    fmt,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use bytes::Bytes;
#[cfg(feature = "events")]
use futures_core::Stream;
use http::{Request, Response, Uri, header::COOKIE, uri::PathAndQuery};
use http_body_util::BodyExt as _;

use super::{Faults, located::locate};
#[cfg(feature = "events")]
use crate::server::EventsHandled;
use crate::{
    Body, BoxError, FromHttp, Location, Operation, Transport, TransportError,
    operation::Param,
    server::{Handled, Handlers, Kind, Table, Unfit, distance, is_same, is_usual},
    transport::Added,
};

/// An API in memory: handlers of declared requests, as a transport.
///
/// A request is read by its declaration and given to the handler of its method and path, under any base path. The
/// response, or the error, is encoded as it is declared, and the client decodes it: all of the client works as with a
/// network.
///
/// It is strict. What a request has and its operation does not declare is an error of the call, and of the test: query
/// parameters, headers, cookies, parts, and members of a JSON or form body, nested ones too. What the client's builder
/// adds is allowed; what a [`Call`](crate::Call) adds is not. A request that no handler takes is an error that names the
/// nearest operations.
///
/// Clones are the same API.
///
/// ```
/// use api_request::{ApiRequest, Client, ErrorBody, FromHttp, testing::Fake};
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/names/{id}", response = String)]
/// struct GetName {
///     id: u64,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// let api = Fake::new().on(|request: GetName| async move { Ok(format!("name {}", request.id)) });
/// let client = Client::builder("https://api.example.com/v1").transport(api.clone()).build()?;
///
/// assert_eq!(client.send(&GetName { id: 7 }).await?, "name 7");
/// assert_eq!(api.sent::<GetName>()[0].id, 7);
/// # Ok::<(), api_request::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
///
/// Panics when a clone is dropped, if requests had what is not declared: all of it is named, so that a test fails whatever
/// the program did with the errors of its calls. It does not while the thread panics already.
#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    table: Table<Handlers<Erased>>,
    /// The requests that were read, relative to the base path.
    sent: Vec<(&'static Operation, Request<Bytes>)>,
    /// What is not declared.
    problems: Vec<String>,
    faults: Option<Faults>,
}

pub(super) type Responding = Pin<Box<dyn Future<Output = Response<Body>> + Send>>;

pub(super) type Erased = Arc<dyn Fn(Request<Bytes>) -> Responding + Send + Sync>;

impl Fake {
    /// Makes an API without operations.
    ///
    /// ```
    /// let api = api_request::testing::Fake::new();
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the operation whose requests the handler takes.
    ///
    /// ```
    /// use api_request::{ApiRequest, FromHttp, testing::Fake};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = DELETE, path = "/names/{id}", response(empty))]
    /// struct DeleteName {
    ///     id: u64,
    /// }
    ///
    /// let api = Fake::new().on(async |_: DeleteName| Ok(()));
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if an operation of the same method and path is there already, and neither constants nor the media type of the
    /// body tell them apart.
    #[must_use]
    #[track_caller]
    pub fn on<R, F, Ready>(self, handler: F) -> Self
    where
        R: Handled,
        F: Fn(R) -> Ready + Send + Sync + 'static,
        Ready: Future<Output = Result<R::Response, R::Error>> + Send + 'static,
    {
        let respond = move |request| -> Responding {
            match R::from_http(request) {
                Ok(request) => {
                    let ready = handler(request);
                    Box::pin(async move { R::response(ready.await) })
                }
                Err(refusal) => Box::pin(async move { refusal.into_response() }),
            }
        };
        self.put::<R>(Arc::new(respond));
        self
    }

    /// Adds the operation whose events the handler makes: a stream of items, or the error in its place. The operation may
    /// have a handler [`on`](Self::on) it too, which takes the requests that do not ask for events.
    ///
    /// ```
    /// use api_request::{ApiRequest, Client, FromHttp, testing::Fake};
    /// use futures_util::{TryStreamExt, stream};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/count", events(item = u32, done = "[DONE]"))]
    /// struct Count;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
    /// let api = Fake::new().events(async |_: Count| Ok(stream::iter([1, 2].map(Ok))));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let items: Vec<u32> = client.call(&Count).events().await?.try_collect().await?;
    /// assert_eq!(items, [1, 2]);
    /// # Ok::<(), api_request::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics as [`on`](Self::on) does.
    #[cfg(feature = "events")]
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    #[must_use]
    #[track_caller]
    pub fn events<R, F, Ready, S>(self, handler: F) -> Self
    where
        R: EventsHandled,
        F: Fn(R) -> Ready + Send + Sync + 'static,
        Ready: Future<Output = Result<S, R::Error>> + Send + 'static,
        S: Stream<Item = Result<R::Event, R::Error>> + Send + 'static,
    {
        let respond = move |request| -> Responding {
            match R::from_http(request) {
                Ok(request) => {
                    let ready = handler(request);
                    Box::pin(async move { R::events_response(ready.await) })
                }
                Err(refusal) => Box::pin(async move { refusal.into_response() }),
            }
        };
        self.state().table.put::<R>(Kind::Events(Arc::new(respond)));
        self
    }

    /// Has faults at random: of requests that a handler takes, which are among those that were [`sent`](Self::sent).
    ///
    /// ```
    /// use api_request::testing::{Fake, Faults};
    ///
    /// let api = Fake::new().faults(Faults::seeded(1).status(503, 0.2));
    /// ```
    #[must_use]
    pub fn faults(self, faults: Faults) -> Self {
        self.state().faults = Some(faults);
        self
    }

    #[track_caller]
    pub(super) fn put<R: FromHttp>(&self, respond: Erased) {
        self.state().table.put::<R>(Kind::Respond(respond));
    }

    /// Turns the API into a router, to be served to clients of any language. Requests that have what is not declared, and
    /// those that no handler takes, get a 400 with the text of the error.
    ///
    /// A clone that the test keeps panics when it is dropped, and has what was [`sent`](Self::sent).
    ///
    /// ```
    /// use api_request::{ApiRequest, FromHttp, testing::Fake};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/names", response = Vec<String>)]
    /// struct ListNames;
    ///
    /// let api = Fake::new().on(async |_: ListNames| Ok(Vec::new()));
    /// let app: axum::Router = api.clone().into_router();
    /// ```
    #[cfg(feature = "axum")]
    #[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
    pub fn into_router(self) -> axum::Router {
        // Not the `Fake` itself, which would panic where the server is dropped.
        let shared = Arc::clone(&self.0);
        crate::axum::serve(move |request| Self::take(&shared, request))
    }

    /// Returns the requests of an operation so far, in order. One that the API refused is not among them.
    ///
    /// ```
    /// # use api_request::{ApiRequest, FromHttp, testing::Fake};
    /// # #[derive(ApiRequest, FromHttp)]
    /// # #[api(method = GET, path = "/names", response = Vec<String>)]
    /// # struct ListNames;
    /// assert!(Fake::new().sent::<ListNames>().is_empty());
    /// ```
    #[must_use]
    pub fn sent<R: FromHttp>(&self) -> Vec<R> {
        let sent: Vec<_> = self.state().sent.clone();
        let of_operation = sent
            .into_iter()
            .filter(|(operation, _)| is_same(operation, R::OPERATION));
        let read = of_operation.filter_map(|(_, request)| R::from_http(request).ok());
        read.collect()
    }

    /// Records a request and starts its handler.
    fn take(shared: &Mutex<State>, request: Request<Bytes>) -> Result<Responding, String> {
        let mut request = request;
        locate(&mut request);
        let mut state = lock(shared);
        let (operation, handler, uri) = state.find(&request)?;
        *request.uri_mut() = uri;
        let is_meant = |location, name: &str| is_meant(&request, location, name);
        match handler.check(operation, &request, &is_meant) {
            Ok(()) => {}
            Err(Unfit::Unread(refusal)) => {
                return Ok(Box::pin(async move { refusal.into_response() }));
            }
            Err(Unfit::Undeclared(refusal)) => {
                let problem = format!("`{}`: {refusal}", operation.name);
                state.problems.push(problem.clone());
                return Err(problem);
            }
        }
        state.sent.push((operation, request.clone()));
        let fault = state.faults.as_mut().map(Faults::draw);
        // A handler may ask what was sent.
        drop(state);
        let respond = handler.of(operation, &request);
        let respond = respond.ok_or_else(|| format!("`{}` has no handler", operation.name))?;
        let respond = Arc::clone(respond);
        Ok(match fault {
            Some(fault) => Box::pin(fault.befall(async move { respond(request).await })),
            None => respond(request),
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0)
    }
}

fn lock(shared: &Mutex<State>) -> MutexGuard<'_, State> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether a request says a parameter, and not the client or the HTTP stack apart from it.
fn is_meant(request: &Request<Bytes>, location: Location, name: &str) -> bool {
    let extensions = request.extensions();
    let Some(client) = extensions.get::<&'static Operation>() else {
        return location != Location::Header || !is_usual(name);
    };
    let is_added = extensions
        .get::<Added>()
        .is_some_and(|added| match location {
            Location::Query => added.query.iter().any(|it| it == name),
            Location::Cookie => added.headers.contains(&COOKIE),
            _ => added.headers.iter().any(|it| it == name) && !is_usual(name),
        });
    let is_declared = |param: &'static Param| {
        param.location() == location && param.name.eq_ignore_ascii_case(name)
    };
    is_added || client.params().any(is_declared)
}

impl State {
    /// Finds the operation of a request, its handler, and the target relative to the base path: that of the operation
    /// that the client sends, if it is there.
    fn find(
        &self,
        request: &Request<Bytes>,
    ) -> Result<(&'static Operation, Handlers<Erased>, Uri), String> {
        let sent = request.extensions().get::<&'static Operation>();
        let is_sent = |operation: &Operation| {
            sent.is_some_and(|it| it.path == operation.path && it.method == operation.method)
        };
        let path = request.uri().path();
        let starts = path.match_indices('/').map(|(start, _)| &path[start..]);
        let mut first = None;
        for rest in starts.chain(["/"]) {
            let Some(uri) = with_path(request.uri(), rest) else {
                continue;
            };
            let Ok(route) = self.table.find(request.method(), &uri, request.headers()) else {
                continue;
            };
            if is_sent(route.operation) {
                return Ok((route.operation, route.handler.clone(), uri));
            }
            first = first.or(Some((route, uri)));
        }
        let (route, uri) = first.ok_or_else(|| self.nearest(request))?;
        Ok((route.operation, route.handler.clone(), uri))
    }

    /// Says that no handler takes a request, and which operations are like it.
    fn nearest(&self, request: &Request<Bytes>) -> String {
        let sent = request.extensions().get::<&'static Operation>();
        let (method, path) = match sent {
            // Its template has no values in it.
            Some(operation) => (operation.method, operation.path),
            None => (request.method().as_str(), request.uri().path()),
        };
        let mut routes: Vec<_> = self.table.routes().map(|route| route.operation).collect();
        routes.sort_by_key(|it| distance(path, it.path) + usize::from(it.method != method));
        let routes = routes.iter().take(3);
        let routes = routes.map(|it| format!("`{}` (`{} {}`)", it.name, it.method, it.path));
        let routes: Vec<_> = routes.collect();
        if routes.is_empty() {
            return format!("no handler takes `{method} {path}`, and there is none at all");
        }
        let routes = routes.join(", ");
        format!("no handler takes `{method} {path}`: the nearest are {routes}")
    }
}

/// The same query with another path, and without an origin.
fn with_path(uri: &Uri, path: &str) -> Option<Uri> {
    let target = match uri.query() {
        Some(query) => PathAndQuery::try_from(format!("{path}?{query}")),
        None => PathAndQuery::try_from(path),
    };
    target.ok().map(Uri::from)
}

impl Transport for Fake {
    async fn send(&self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let (head, body) = request.into_parts();
        let body = body.collect().await.map_err(TransportError::other)?;
        let request = Request::from_parts(head, body.to_bytes());
        let responding = Self::take(&self.0, request).map_err(TransportError::unsendable)?;
        Ok(responding.await)
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        let problems = std::mem::take(&mut self.state().problems);
        // A second panic would abort the process, and hide the first.
        assert!(
            problems.is_empty() || thread::panicking(),
            "requests have what is not declared:\n{}",
            problems.join("\n")
        );
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        let operations = state.table.routes().map(|route| route.operation.name);
        f.debug_struct("Fake")
            .field("operations", &operations.collect::<Vec<_>>())
            .field("sent", &state.sent.len())
            .finish()
    }
}
