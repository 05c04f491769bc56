//! A request that a script recorded.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Uri, request};
use serde::de::DeserializeOwned;

use crate::{secrets::Secrets, sensitive::RedactedHeaders};

/// A request that was sent to a [`Script`](super::Script): its method, URL, headers, and its body as bytes.
///
/// `Debug` shows no query, no body, no secret in the path, and no header that may hold a credential.
///
/// ```
/// use api_request::{Body, Transport, testing::{ScriptedResponse, Script}};
/// use futures_util::FutureExt;
///
/// let api = Script::new().then(ScriptedResponse::new(204));
/// let request = http::Request::post("https://api.example.com/names?key=k")
///     .header("authorization", "Bearer sk-0e6f")
///     .body(Body::from("[1, 2]"))?;
/// api.send(request).now_or_never().unwrap()?;
///
/// let request = &api.requests()[0];
/// assert_eq!(request.headers()["authorization"], "Bearer sk-0e6f");
/// assert_eq!(request.body(), "[1, 2]");
/// assert_eq!(
///     format!("{request:?}"),
///     r#"Recorded { method: POST, path: "/names", headers: {"authorization": (hidden)}, body: 6 bytes }"#
/// );
/// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
/// ```
#[derive(Clone)]
pub struct Recorded {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
    secrets: Secrets,
}

impl Recorded {
    pub(super) fn new(mut head: request::Parts, body: Bytes) -> Self {
        let secrets: Secrets = head.extensions.remove().unwrap_or_default();
        secrets.mark(&mut head.headers);
        Self {
            secrets,
            method: head.method,
            uri: head.uri,
            headers: head.headers,
            body,
        }
    }

    /// Returns the method and the path, without the secrets in it.
    pub(super) fn shown_target(&self) -> String {
        format!("{} {}", self.method, self.secrets.hide(self.uri.path()))
    }

    /// Returns the method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// Returns the whole URL.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        &self.uri
    }

    /// Returns the headers, credentials included.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// Returns the body, whole also where it was a stream or multipart.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// Decodes the body as JSON.
    ///
    /// ```
    /// use api_request::{Body, Transport, testing::{ScriptedResponse, Script}};
    /// use futures_util::FutureExt;
    ///
    /// let api = Script::new().then(ScriptedResponse::new(204));
    /// let request = http::Request::post("https://api.example.com/names").body(Body::from("[1, 2]"))?;
    /// api.send(request).now_or_never().unwrap()?;
    /// assert_eq!(api.requests()[0].json::<Vec<u8>>()?, [1, 2]);
    /// # Ok::<(), Box<dyn std::error::Error + Send + Sync>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the body is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(&self.body)
    }
}

impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded")
            .field("method", &self.method)
            .field("path", &self.secrets.hide(self.uri.path()))
            .field("headers", &RedactedHeaders(&self.headers))
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
