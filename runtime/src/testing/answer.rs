//! What a script answers: a response, a failure, or nothing ever.

use std::{
    fmt, io, mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Response, header};
use http_body::Frame;
use serde::Serialize;

use crate::{Body, BoxError, TransportError};

/// What a [`Script`](super::Script) answers to one request.
///
/// It is also made of a [`TransportError`], of which a header or a body makes nothing else, and of an
/// `http::Response<Body>`.
///
/// ```
/// use api_request::{TransportError, testing::Answer};
///
/// let found = Answer::new(200).header("x-request-id", "r-1").json(&["ada", "grace"]);
/// let late = Answer::from(TransportError::timeout("no answer for 30 s"));
/// ```
pub struct Answer(pub(super) Reply);

pub(super) enum Reply {
    Response(Response<Body>),
    Fails(TransportError),
    Never,
}

impl Answer {
    /// A response with this status, no headers and no body.
    ///
    /// ```
    /// let answer = api_request::testing::Answer::new(204);
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if it is no status ([RFC 9110, section 15](https://www.rfc-editor.org/rfc/rfc9110#section-15)).
    #[must_use]
    pub fn new(status: u16) -> Self {
        let response = Response::builder().status(status).body(Body::empty());
        response.expect("a valid status").into()
    }

    /// Nothing comes, however long one waits: for timeouts, and calls that are dropped.
    ///
    /// ```
    /// let answer = api_request::testing::Answer::never();
    /// ```
    #[must_use]
    pub fn never() -> Self {
        Self(Reply::Never)
    }

    /// Adds a header.
    ///
    /// ```
    /// use api_request::testing::Answer;
    ///
    /// let answer = Answer::new(429).header("retry-after", "2");
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the name or the value cannot be sent.
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
    /// use api_request::testing::Answer;
    ///
    /// let answer = Answer::new(418).body("short and stout");
    /// ```
    #[must_use]
    pub fn body(self, body: impl Into<Body>) -> Self {
        let body = body.into();
        self.with(|response| *response.body_mut() = body)
    }

    /// Sets the body to the JSON of a value, and `Content-Type` to `application/json`.
    ///
    /// ```
    /// use api_request::testing::Answer;
    ///
    /// let answer = Answer::new(404).json(&serde_json::json!({"message": "no such key"}));
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if the value cannot be written as JSON.
    #[must_use]
    pub fn json<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let body = serde_json::to_vec(value).expect("a value that JSON can express");
        self.body(body).with(|response| {
            let json = HeaderValue::from_static("application/json");
            response.headers_mut().insert(header::CONTENT_TYPE, json);
        })
    }

    /// Ends the body with an error of the connection, after what there is of it.
    ///
    /// ```
    /// use api_request::testing::Answer;
    ///
    /// let answer = Answer::new(200).body(r#"{"data": ["#).broken_off();
    /// ```
    #[must_use]
    pub fn broken_off(self) -> Self {
        self.with(|response| {
            let body = mem::take(response.body_mut());
            *response.body_mut() = Body::wrap(BrokenOff(body));
        })
    }

    fn with(mut self, set: impl FnOnce(&mut Response<Body>)) -> Self {
        if let Reply::Response(response) = &mut self.0 {
            set(response);
        }
        self
    }
}

impl From<Response<Body>> for Answer {
    fn from(response: Response<Body>) -> Self {
        Self(Reply::Response(response))
    }
}

impl From<TransportError> for Answer {
    fn from(error: TransportError) -> Self {
        Self(Reply::Fails(error))
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_tuple("Answer");
        match &self.0 {
            Reply::Response(response) => out.field(&response.status().as_u16()),
            Reply::Fails(error) => out.field(error),
            Reply::Never => out.field(&format_args!("never")),
        };
        out.finish()
    }
}

/// A body that ends with an error.
struct BrokenOff(Body);

impl http_body::Body for BrokenOff {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
        Poll::Ready(frame.or_else(|| {
            let error = io::Error::new(io::ErrorKind::ConnectionReset, "the body broke off");
            Some(Err(error.into()))
        }))
    }
}
