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
pub struct ScriptedResponse(pub(super) Reply);

pub(super) enum Reply {
    Response(Response<Body>),
    Error(TransportError),
    Never,
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
        Self(Reply::Never)
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
        self.with(|response| {
            let body = mem::take(response.body_mut());
            // Instead of trailers, an error comes after the data.
            let error = io::Error::new(io::ErrorKind::ConnectionReset, "the connection was cut");
            let body = body.with_trailers(ready(Some(Err(BoxError::from(error)))));
            *response.body_mut() = Body::wrap(body);
        })
    }

    fn with(mut self, set: impl FnOnce(&mut Response<Body>)) -> Self {
        if let Reply::Response(response) = &mut self.0 {
            set(response);
        }
        self
    }
}

impl From<Response<Body>> for ScriptedResponse {
    fn from(response: Response<Body>) -> Self {
        Self(Reply::Response(response))
    }
}

impl From<TransportError> for ScriptedResponse {
    fn from(error: TransportError) -> Self {
        Self(Reply::Error(error))
    }
}

impl fmt::Debug for ScriptedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_tuple("ScriptedResponse");
        match &self.0 {
            Reply::Response(response) => out.field(&response.status().as_u16()),
            Reply::Error(error) => out.field(error),
            Reply::Never => out.field(&format_args!("never")),
        };
        out.finish()
    }
}
