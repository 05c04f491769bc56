//! Streams of bytes that a program makes, for a response that it sends.

use http::HeaderMap;

use super::stream::ByteStream;
use crate::{Body, Operation};

/// What errors of a stream that was made name.
static MADE: Operation = Operation::declare("ByteStream", "", "", &[]);

/// The body of a response that a program sends; also that of one that was received, to hand it on.
///
/// ```
/// use api_request::{ApiRequest, Body, FromHttp};
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/files/{id}/content", response(stream))]
/// struct Download {
///     id: u64,
/// }
///
/// let response = Download::respond(Ok(Body::from("hello").into()));
/// assert_eq!(response.headers()["content-type"], "application/octet-stream");
/// assert_eq!(response.body().as_bytes().unwrap(), "hello");
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
impl From<Body> for ByteStream {
    fn from(body: Body) -> Self {
        let (head, ()) = http::Response::new(()).into_parts();
        Self::new(body, &MADE, &head)
    }
}

/// The body of a response that a program sends, with the headers of this response, such as its `Content-Type`.
///
/// ```
/// use api_request::{ApiRequest, Body, FromHttp};
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/films/{id}/content", response(stream))]
/// struct Watch {
///     id: u64,
/// }
///
/// let film = http::Response::builder().header("Content-Type", "video/mp4").body(Body::from("film"))?;
/// let response = Watch::respond(Ok(film.into()));
/// assert_eq!(response.headers()["content-type"], "video/mp4");
/// # Ok::<(), http::Error>(())
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
impl From<http::Response<Body>> for ByteStream {
    fn from(response: http::Response<Body>) -> Self {
        let (head, body) = response.into_parts();
        Self::new(body, &MADE, &head)
    }
}

impl ByteStream {
    /// The headers that a program has given; those that were received are not sent again.
    pub(crate) fn made_headers(&self) -> HeaderMap {
        let is_made = std::ptr::eq(self.context.operation, MADE.name);
        let headers = is_made.then(|| self.context.headers.clone());
        headers.unwrap_or_default()
    }
}

/// The rest of the stream, to hand it on.
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
impl From<ByteStream> for Body {
    fn from(stream: ByteStream) -> Self {
        stream
            .into_body()
            .unwrap_or_else(|stream| Self::once(*stream))
    }
}
