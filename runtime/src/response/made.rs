//! Streams of bytes that a program makes, for a response that it sends.

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

/// The rest of the stream, to hand it on.
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
impl From<ByteStream> for Body {
    fn from(stream: ByteStream) -> Self {
        stream
            .into_body()
            .unwrap_or_else(|stream| Self::once(*stream))
    }
}
