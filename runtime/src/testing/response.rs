//! What a script returns for one request: a response, an error, or nothing ever.

use std::{fmt, future::ready, io, mem};

use http::{HeaderName, HeaderValue, Response, header};
use http_body_util::BodyExt as _;
use serde::Serialize;

use crate::{Body, BoxError, transport::error::TransportError};

/// A response of a [`Script`](super::Script), or the error in its place.
///
/// A [`TransportError`] and an `http::Response<Body>` convert into one. A header or a body changes nothing about an
/// error.
///
/// ```
/// use api_request::{TransportError, testing::ScriptedResponse};
///
/// let found = ScriptedResponse::new(200).header("x-request-id", "r-1").json(&["ada", "grace"]);
/// let late = ScriptedResponse::from(TransportError::timeout("no response for 30 s"));
/// ```
pub struct ScriptedResponse {
    pub(super) reply: Reply,
    is_cut_off: bool,
    times: Times,
}

pub(super) enum Reply {
    Response(Response<Body>),
    Error(TransportError),
    Never,
}

/// How many requests get a response.
#[derive(Clone, Copy)]
enum Times {
    /// So many more.
    Left(usize),
    All {
        was_asked: bool,
    },
}

impl ScriptedResponse {
    /// Makes a response with this status, no headers and no body.
    ///
    /// ```
    /// let response = api_request::testing::ScriptedResponse::new(204);
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if `status` is not a status code ([RFC 9110, section 15](https://www.rfc-editor.org/rfc/rfc9110#section-15)).
    #[must_use]
    pub fn new(status: u16) -> Self {
        let response = Response::builder().status(status).body(Body::empty());
        response.expect("a valid status").into()
    }

    /// Makes a response that never comes: for timeouts, and calls that are dropped.
    ///
    /// ```
    /// let response = api_request::testing::ScriptedResponse::never();
    /// ```
    #[must_use]
    pub fn never() -> Self {
        Self::once(Reply::Never)
    }

    /// Adds a header.
    ///
    /// ```
    /// use api_request::testing::ScriptedResponse;
    ///
    /// let response = ScriptedResponse::new(429).header("retry-after", "2");
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the name or the value is not valid.
    #[must_use]
    pub fn header<N, V>(self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        let name = name.try_into().ok().expect("a valid header name");
        let value = value.try_into().ok().expect("a valid header value");
        self.with(|response| {
            response.headers_mut().append(name, value);
        })
    }

    /// Sets the body.
    ///
    /// ```
    /// use api_request::testing::ScriptedResponse;
    ///
    /// let response = ScriptedResponse::new(418).body("short and stout");
    /// ```
    #[must_use]
    pub fn body(self, body: impl Into<Body>) -> Self {
        let body = body.into();
        self.with(|response| *response.body_mut() = body)
    }

    /// Sets the body to the JSON of a value, and `Content-Type` to `application/json`.
    ///
    /// ```
    /// use api_request::testing::ScriptedResponse;
    ///
    /// let response = ScriptedResponse::new(404).json(&serde_json::json!({"message": "no such key"}));
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the value cannot be encoded as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let body = serde_json::to_vec(value).expect("a value that can be encoded as JSON");
        self.body(body).with(|response| {
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
        })
    }

    /// Ends the body with a connection error, after the bytes that it has.
    ///
    /// ```
    /// use api_request::testing::ScriptedResponse;
    ///
    /// let response = ScriptedResponse::new(200).body(r#"{"data": ["#).cut_off();
    /// ```
    #[must_use]
    pub fn cut_off(self) -> Self {
        Self {
            is_cut_off: true,
            ..self
        }
    }

    /// Has the response come so many times, one after the other. 0 is a response that is not in the script.
    ///
    /// ```
    /// use api_request::testing::ScriptedResponse;
    ///
    /// let response = ScriptedResponse::new(503).times(3);
    /// ```
    ///
    /// # Panics
    ///
    /// Panics, in the script, if the body is a stream that cannot be opened again.
    #[must_use]
    pub fn times(self, times: usize) -> Self {
        let times = Times::Left(times);
        Self { times, ..self }
    }

    /// Has the response come for each request that it matches, of which there has to be one. What is in the script after it
    /// is for other methods and paths.
    ///
    /// ```
    /// use api_request::testing::ScriptedResponse;
    ///
    /// let response = ScriptedResponse::new(202).always();
    /// ```
    ///
    /// # Panics
    ///
    /// Panics as [`times`](Self::times) does.
    #[must_use]
    pub fn always(self) -> Self {
        let times = Times::All { was_asked: false };
        Self { times, ..self }
    }

    fn once(reply: Reply) -> Self {
        Self {
            reply,
            is_cut_off: false,
            times: Times::Left(1),
        }
    }

    /// How many requests have to ask for it.
    pub(super) fn left(&self) -> usize {
        match self.times {
            Times::Left(times) => times,
            Times::All { was_asked } => usize::from(!was_asked),
        }
    }

    /// Whether a request can get it.
    pub(super) fn is_there(&self) -> bool {
        !matches!(self.times, Times::Left(0))
    }

    /// Takes it for one request.
    pub(super) fn take(&mut self) -> Reply {
        let is_last = match &mut self.times {
            Times::Left(times) => {
                *times = times.saturating_sub(1);
                *times == 0
            }
            Times::All { was_asked } => {
                *was_asked = true;
                false
            }
        };
        let reply = if is_last {
            mem::replace(&mut self.reply, Reply::Never)
        } else {
            self.reply.again()
        };
        match reply {
            Reply::Response(response) if self.is_cut_off => Reply::Response(response.map(cut_off)),
            reply => reply,
        }
    }

    fn with(mut self, set: impl FnOnce(&mut Response<Body>)) -> Self {
        if let Reply::Response(response) = &mut self.reply {
            set(response);
        }
        self
    }
}

impl Reply {
    fn again(&self) -> Self {
        match self {
            Self::Response(response) => {
                let body = response.body().try_clone();
                let body =
                    body.expect("the body of a response that comes again can be opened again");
                let mut again = Response::new(body);
                *again.status_mut() = response.status();
                *again.version_mut() = response.version();
                again.headers_mut().clone_from(response.headers());
                again.extensions_mut().clone_from(response.extensions());
                Self::Response(again)
            }
            Self::Error(error) => Self::Error(error.again()),
            Self::Never => Self::Never,
        }
    }
}

/// Ends a body with an error of the connection.
pub(super) fn cut_off(body: Body) -> Body {
    // Instead of trailers, an error comes after the data.
    let error = io::Error::new(io::ErrorKind::ConnectionReset, "the connection was cut");
    Body::wrap(body.with_trailers(ready(Some(Err(BoxError::from(error))))))
}

impl From<Response<Body>> for ScriptedResponse {
    fn from(response: Response<Body>) -> Self {
        Self::once(Reply::Response(response))
    }
}

impl From<TransportError> for ScriptedResponse {
    fn from(error: TransportError) -> Self {
        Self::once(Reply::Error(error))
    }
}

impl fmt::Debug for ScriptedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_tuple("ScriptedResponse");
        match &self.reply {
            Reply::Response(response) => out.field(&response.status().as_u16()),
            Reply::Error(error) => out.field(error),
            Reply::Never => out.field(&format_args!("never")),
        };
        out.finish()
    }
}
