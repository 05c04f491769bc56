//! A transport without a network, for the tests of programs that call an API.
//!
//! A [`Script`] holds raw responses, and records the requests. A
//! [`Fake`](struct.Fake.html), with the feature `server`, has a typed handler for
//! each declared request. All else works as with a network: retries, redirects, timeouts, limits, decoding.
//!
//! ```
//! use api_request::{
//!     ApiRequest, Client,
//!     testing::{ScriptedResponse, Script},
//! };
//!
//! #[derive(ApiRequest)]
//! #[api(method = GET, path = "/names/{id}", response = String)]
//! struct GetName {
//!     id: u64,
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let api = Script::new().then(ScriptedResponse::new(200).json("ada"));
//! let client = Client::builder("https://api.example.com/v1")
//!     .transport(api.clone())
//!     .build()?;
//! assert_eq!(client.send(&GetName { id: 7 }).await?, "ada");
//!
//! let requests = api.requests();
//! assert_eq!(requests[0].method(), "GET");
//! assert_eq!(requests[0].uri(), "https://api.example.com/v1/names/7");
//! # Ok::<(), api_request::Error>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![cfg_attr(feature = "server", doc = include_str!("../../docs/testing.md"))]

#[cfg(feature = "server")]
mod fake;
#[cfg(feature = "server")]
mod faults;
#[cfg(feature = "server")]
mod located;
#[cfg(feature = "server")]
mod pages;
mod recorded;
mod response;

use std::{
    fmt,
    future::pending,
    iter,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    thread,
};

use http::{Method, Request, Response};
use http_body_util::BodyExt;

#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
pub use self::{fake::Fake, faults::Faults};
pub use self::{recorded::Recorded, response::ScriptedResponse};

use self::response::Reply;
use crate::{
    Body, BoxError,
    transport::{Transport, error::TransportError},
};

/// A transport that returns scripted responses, and records the requests.
///
/// A request gets the first response in the script that matches it. A response comes once, or as often as
/// [`times`](ScriptedResponse::times) and [`always`](ScriptedResponse::always) say. If there is none, the call fails at
/// once, with an error that names the method and path. Clones share the script and the records.
///
/// ```
/// use api_request::{
///     ApiRequest, Client, TransportError,
///     testing::{ScriptedResponse, Script},
/// };
/// use http::Method;
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/names/{id}", response = String)]
/// struct GetName {
///     id: u64,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
/// let api = Script::new()
///     .then(TransportError::connect("refused"))
///     .then(ScriptedResponse::new(503).header("retry-after", "0"))
///     .on(Method::GET, "/v1/names/7", ScriptedResponse::new(200).json("ada").times(2));
/// let client = Client::builder("https://api.example.com/v1").transport(api.clone()).build()?;
///
/// assert_eq!(client.send(&GetName { id: 7 }).await?, "ada");
/// assert_eq!(api.left(), 1);
/// assert_eq!(client.send(&GetName { id: 7 }).await?, "ada");
/// # Ok::<(), api_request::Error>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
///
/// Panics when the last clone is dropped, if responses were never asked for: a test does not pass by calls that are not
/// made. The message has the last requests, each with its response. It does not panic while the thread panics already.
///
/// A test that returns early by `?` leaves responses too. The script cannot know that, and the panic comes before the
/// test's error is printed: `unwrap` the call to see it.
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    entries: Vec<Entry>,
    requests: Vec<Recorded>,
    /// What each of the requests got, for people.
    replies: Vec<String>,
}

/// How many requests a panic shows.
const SHOWN_REQUESTS: usize = 8;

/// The panic comes before the harness prints what the test returns.
const HIDDEN: &str =
    "if the test returned an error by `?`, this panic hides it: `unwrap` the call to see it";

struct Entry {
    /// The request that it is for; any if there is none.
    only: Option<(Method, String)>,
    response: ScriptedResponse,
}

impl Entry {
    fn is_for(&self, request: &Recorded) -> bool {
        let is_meant = self.only.as_ref().is_none_or(|(method, path)| {
            method == request.method() && path == request.uri().path()
        });
        is_meant && self.response.is_there()
    }
}

impl State {
    fn left(&self) -> usize {
        self.entries.iter().map(|entry| entry.response.left()).sum()
    }

    /// The last requests, and what each got.
    fn sent(&self) -> String {
        let count = self.requests.len();
        let first = count.saturating_sub(SHOWN_REQUESTS);
        let shown = self.requests.iter().zip(&self.replies).skip(first);
        let shown =
            shown.map(|(request, reply)| format!("- `{}` got {reply}", request.shown_target()));
        let head = match count {
            0 => "no request was sent".to_owned(),
            count => format!("requests that were sent, {count} in all:"),
        };
        let lines = iter::once(head)
            .chain((first > 0).then(|| "- …".to_owned()))
            .chain(shown)
            .chain(iter::once(HIDDEN.to_owned()));
        lines.collect::<Vec<_>>().join("\n")
    }
}

impl Drop for State {
    fn drop(&mut self) {
        let left = self.left();
        // A second panic would abort the process, and hide the first.
        if left == 0 || thread::panicking() {
            return;
        }
        let entries = self.entries.iter().filter(|it| it.response.left() > 0);
        let meant = entries.map(|entry| match &entry.only {
            Some((method, path)) => format!("{:?} to `{method} {path}`", entry.response),
            None => format!("{:?} to any request", entry.response),
        });
        let meant = meant.collect::<Vec<_>>().join(", ");
        let sent = self.sent();
        panic!("responses of the script were never asked for, {left} in all: {meant}\n{sent}");
    }
}

impl Script {
    /// Makes a script without responses.
    ///
    /// ```
    /// assert_eq!(api_request::testing::Script::new().left(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a response to any request.
    ///
    /// ```no_run
    /// use api_request::testing::{ScriptedResponse, Script};
    ///
    /// let api = Script::new().then(ScriptedResponse::new(204));
    /// ```
    #[must_use]
    pub fn then(self, response: impl Into<ScriptedResponse>) -> Self {
        self.add(None, response.into())
    }

    /// Adds a response to a request with this method and path. The path is that of the whole URL, encoded, without the
    /// query.
    ///
    /// ```no_run
    /// use api_request::testing::{ScriptedResponse, Script};
    /// use http::Method;
    ///
    /// let api = Script::new()
    ///     .on(Method::GET, "/v1/names/7", ScriptedResponse::new(200).json("ada"))
    ///     .on(Method::DELETE, "/v1/names/7", ScriptedResponse::new(204));
    /// ```
    #[must_use]
    pub fn on(
        self,
        method: Method,
        path: impl Into<String>,
        response: impl Into<ScriptedResponse>,
    ) -> Self {
        self.add(Some((method, path.into())), response.into())
    }

    fn add(self, only: Option<(Method, String)>, response: ScriptedResponse) -> Self {
        self.state().entries.push(Entry { only, response });
        self
    }

    /// Returns the requests so far, those without a matching response included.
    ///
    /// ```
    /// assert!(api_request::testing::Script::new().requests().is_empty());
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    /// Returns how many responses have to be asked for before the script is dropped.
    ///
    /// ```
    /// assert_eq!(api_request::testing::Script::new().left(), 0);
    /// ```
    #[must_use]
    pub fn left(&self) -> usize {
        self.state().left()
    }

    /// Records a request, and takes its response.
    fn respond(&self, request: Recorded) -> Result<Reply, TransportError> {
        let mut state = self.state();
        let mut entries = state.entries.iter_mut();
        let entry = entries.find(|entry| entry.is_for(&request));
        // Before the response is taken.
        let shown = entry.as_ref().map(|entry| format!("{:?}", entry.response));
        let reply = entry.map(|entry| entry.response.take()).ok_or_else(|| {
            let target = request.shown_target();
            TransportError::unsendable(format!("the script has no response left for `{target}`"))
        });
        state.requests.push(request);
        let shown = shown.unwrap_or_else(|| "no response".to_owned());
        state.replies.push(shown);
        reply
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Script {
    async fn send(&self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let (head, body) = request.into_parts();
        // Before the response: as a server that waits for the whole request.
        let body = body.collect().await.map_err(TransportError::other)?;
        let request = Recorded::new(head, body.to_bytes());
        match self.respond(request)? {
            Reply::Response(response) => Ok(response),
            Reply::Error(error) => Err(error.into()),
            Reply::Never => pending().await,
        }
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Script")
            .field("left", &state.left())
            .field("requests", &state.requests)
            .finish()
    }
}
