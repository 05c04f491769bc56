//! A transport without a network, for the tests of programs that call an API.
//!
//! A [`Script`] is given the answers, and afterwards tells the requests. All else is as it is in earnest: retries,
//! redirects, timeouts, limits, decoding.
//!
//! ```
//! use api_request::{
//!     ApiRequest, Client,
//!     testing::{Answer, Script},
//! };
//!
//! #[derive(ApiRequest)]
//! #[api(method = GET, path = "/names/{id}", response = String)]
//! struct GetName {
//!     id: u64,
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let api = Script::new().then(Answer::new(200).json("ada"));
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

mod answer;
mod recorded;

use std::{
    fmt,
    future::pending,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::{Method, Request, Response};
use http_body_util::BodyExt;

pub use self::{answer::Answer, recorded::Recorded};

use self::answer::Reply;
use crate::{Body, BoxError, Transport, TransportError};

/// A transport that gives the answers it was told to, each once, and records the requests.
///
/// A request gets the first answer in the script that is for it. If there is none, the call fails at once, with an
/// error that names the method and path. A clone has the same script and the same records.
///
/// ```
/// use api_request::{
///     TransportError,
///     testing::{Answer, Script},
/// };
/// use http::Method;
///
/// let api = Script::new()
///     .then(TransportError::connect("refused"))
///     .then(Answer::new(503).header("retry-after", "0"))
///     .on(Method::GET, "/v1/names/7", Answer::new(200).json("ada"));
/// assert_eq!(api.left(), 3);
/// ```
#[derive(Clone, Default)]
pub struct Script(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    lines: Vec<Line>,
    requests: Vec<Recorded>,
}

struct Line {
    /// Any request's if there is none.
    only: Option<(Method, String)>,
    answer: Answer,
}

impl Line {
    fn is_for(&self, request: &Recorded) -> bool {
        self.only
            .as_ref()
            .is_none_or(|(method, path)| method == request.method() && path == request.uri().path())
    }
}

impl Script {
    /// Makes a script without an answer.
    ///
    /// ```
    /// assert_eq!(api_request::testing::Script::new().left(), 0);
    /// ```
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an answer to any request.
    ///
    /// ```
    /// use api_request::testing::{Answer, Script};
    ///
    /// let api = Script::new().then(Answer::new(204));
    /// ```
    #[must_use]
    pub fn then(self, answer: impl Into<Answer>) -> Self {
        self.add(None, answer.into())
    }

    /// Adds an answer to a request with this method and path. The path is that of the whole URL, encoded, without the
    /// query.
    ///
    /// ```
    /// use api_request::testing::{Answer, Script};
    /// use http::Method;
    ///
    /// let api = Script::new()
    ///     .on(Method::GET, "/v1/names/7", Answer::new(200).json("ada"))
    ///     .on(Method::DELETE, "/v1/names/7", Answer::new(204));
    /// ```
    #[must_use]
    pub fn on(self, method: Method, path: impl Into<String>, answer: impl Into<Answer>) -> Self {
        self.add(Some((method, path.into())), answer.into())
    }

    fn add(self, only: Option<(Method, String)>, answer: Answer) -> Self {
        self.state().lines.push(Line { only, answer });
        self
    }

    /// The requests so far, those that found no answer included.
    ///
    /// ```
    /// assert!(api_request::testing::Script::new().requests().is_empty());
    /// ```
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    /// How many answers have not been given.
    ///
    /// ```
    /// use api_request::testing::{Answer, Script};
    ///
    /// assert_eq!(Script::new().then(Answer::new(204)).left(), 1);
    /// ```
    #[must_use]
    pub fn left(&self) -> usize {
        self.state().lines.len()
    }

    /// Records a request, and takes its answer out of the script.
    fn answer(&self, request: Recorded) -> Result<Answer, TransportError> {
        let mut state = self.state();
        let found = state.lines.iter().position(|line| line.is_for(&request));
        let answer = match found {
            Some(index) => Ok(state.lines.remove(index).answer),
            None => Err(TransportError::unsendable(format!(
                "no answer in the script is left for `{} {}`",
                request.method(),
                request.uri().path()
            ))),
        };
        state.requests.push(request);
        answer
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Script {
    async fn send(&self, request: Request<Body>) -> Result<Response<Body>, BoxError> {
        let (head, body) = request.into_parts();
        // Before there can be an answer: this reads as a server does that waits for the whole request.
        let body = body.collect().await.map_err(TransportError::other)?;
        let request = Recorded::new(head, body.to_bytes());
        match self.answer(request)?.0 {
            Reply::Response(response) => Ok(response),
            Reply::Fails(error) => Err(error.into()),
            Reply::Never => pending().await,
        }
    }
}

impl fmt::Debug for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.state();
        f.debug_struct("Script")
            .field("left", &state.lines.len())
            .field("requests", &state.requests)
            .finish()
    }
}
