//! The declared formats of responses, other than JSON.

use std::{fmt, str};

use bytes::Bytes;
use http::{HeaderMap, header, response};

use super::stream::ByteStream;
#[cfg(feature = "lines")]
use crate::error::rules::ErrorRules;
use crate::{BoxError, Operation, error::ErrorKind};

/// A response format of your own: `#[api(response(with = Csv))]`, or `Call::send_with::<Csv>` where another is declared.
///
/// ```
/// use api_request::{ApiRequest, BoxError, ResponseFormat};
/// use bytes::Bytes;
///
/// /// Comma-separated values of one line.
/// struct Csv;
///
/// impl ResponseFormat for Csv {
///     type Output = Vec<String>;
///     const ACCEPT: &'static str = "text/csv";
///
///     fn decode(response: http::Response<Bytes>) -> Result<Vec<String>, BoxError> {
///         let line = std::str::from_utf8(response.body())?;
///         Ok(line.split(',').map(str::to_owned).collect())
///     }
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/names", response(with = Csv))]
/// struct ListNames;
///
/// let names = ListNames::decode(http::Response::new("ada,grace".into()))?;
/// assert_eq!(names, ["ada", "grace"]);
/// # Ok::<(), api_request::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a response format",
    label = "does not implement `ResponseFormat`",
    note = "implement `api_request::ResponseFormat` for `{Self}`",
    note = "for JSON write `response = T`, or call `send_as`"
)]
pub trait ResponseFormat {
    /// The type that a response is decoded as.
    type Output;

    /// The value of the `Accept` header.
    const ACCEPT: &'static str = "*/*";

    /// Decodes a 2xx response with its whole body.
    ///
    /// # Errors
    ///
    /// Fails, with any error, if the response is not of this format; the call then fails with that error as its source.
    fn decode(response: http::Response<Bytes>) -> Result<Self::Output, BoxError>;

    /// How a response of this format is read.
    #[doc(hidden)]
    const FORMAT: Format<Self::Output> = Format {
        accept: Self::ACCEPT,
        read: Read::Buffered,
        decode: of_program::<Self>,
    };
}

/// How a response is read and decoded as a `T`: data, so that the code that reads responses does not depend on the type of
/// a request.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub struct Format<T> {
    pub(crate) accept: &'static str,
    pub(crate) read: Read,
    pub(super) decode: fn(Undecoded<'_>) -> Result<T, Undecodable>,
}

/// A response that a format decodes.
#[derive(Debug)]
pub(crate) struct Undecoded<'r> {
    pub(super) operation: &'static Operation,
    /// What the error type says of the lines that are errors.
    #[cfg(feature = "lines")]
    pub(super) errors: ErrorRules,
    pub(super) head: &'r response::Parts,
    pub(super) body: Received,
}

/// How much of a body a format reads.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub enum Read {
    /// All of it.
    Buffered,
    /// The format reads it itself.
    Streamed,
    /// A stream of lines, which the format reads itself.
    #[cfg(feature = "lines")]
    Lines,
    /// None of it.
    Discarded,
    /// A stream of events; the start of anything else.
    #[cfg(feature = "events")]
    Events,
}

/// A body received as the format's [`Read`] says; empty where that is not at all.
#[derive(Debug)]
pub(crate) enum Received {
    Buffered(Bytes),
    Streamed(ByteStream),
}

impl Received {
    /// What an error keeps of it.
    pub(crate) fn kept(&self) -> Option<Bytes> {
        match self {
            Self::Buffered(bytes) => Some(bytes.clone()),
            Self::Streamed(_) => None,
        }
    }

    /// All of it; nothing of a stream.
    pub(super) fn into_bytes(self) -> Bytes {
        match self {
            Self::Buffered(bytes) => bytes,
            Self::Streamed(_) => Bytes::new(),
        }
    }

    /// The body as a stream; of one piece, if it is in memory.
    pub(crate) fn into_stream(
        self,
        operation: &'static Operation,
        head: &response::Parts,
    ) -> ByteStream {
        match self {
            Self::Buffered(bytes) => ByteStream::new(bytes.into(), operation, head),
            Self::Streamed(stream) => stream,
        }
    }
}

/// Why a response is not of the expected format.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub struct Undecodable {
    /// Where in the body.
    pub(super) path: Option<String>,
    pub(super) message: String,
    /// It is not even text of the format's syntax, so that the head of the response may explain it.
    pub(super) is_malformed: bool,
    pub(super) source: Option<BoxError>,
}

impl Undecodable {
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self {
            path: None,
            message: message.to_string(),
            is_malformed: false,
            source: None,
        }
    }

    /// Adds what the head of the response says of its body, if that may be why.
    pub(super) fn explained(mut self, headers: &HeaderMap) -> Self {
        let text = |name| headers.get(name)?.to_str().ok();
        let coding = text(header::CONTENT_ENCODING);
        let coding = coding.filter(|coding| !coding.eq_ignore_ascii_case("identity"));
        let explanation = match (coding, text(header::CONTENT_TYPE)) {
            _ if !self.is_malformed => return self,
            (Some(coding), _) => {
                format!(" (the content coding is `{coding}`, which is not decoded)")
            }
            (None, Some(media_type)) if !is_json(media_type) => {
                format!(" (the media type is `{media_type}`)")
            }
            _ => return self,
        };
        self.message += &explanation;
        self
    }

    /// The error that it makes of a call.
    pub(crate) fn into_kind(self) -> (ErrorKind, Option<BoxError>) {
        let Self {
            path,
            message,
            is_malformed: _,
            source,
        } = self;
        (ErrorKind::Decode { path, message }, source)
    }
}

/// Text in UTF-8.
pub const TEXT: Format<String> = Format {
    accept: "text/plain",
    read: Read::Buffered,
    decode: |response| match str::from_utf8(&response.body.into_bytes()) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(Undecodable {
            is_malformed: true,
            ..Undecodable::new(error)
        }),
    },
};

/// Bytes.
pub const BYTES: Format<Bytes> = Format {
    accept: "*/*",
    read: Read::Buffered,
    decode: |response| Ok(response.body.into_bytes()),
};

/// Bytes as they are received.
pub const STREAM: Format<ByteStream> = Format {
    accept: "*/*",
    read: Read::Streamed,
    decode: |response| Ok(response.body.into_stream(response.operation, response.head)),
};

/// Nothing, whatever the body.
pub const EMPTY: Format<()> = Format {
    accept: "*/*",
    read: Read::Discarded,
    decode: |_| Ok(()),
};

/// Whether a body of that `Content-Type` is JSON.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let suffix = essence.rsplit(['/', '+']).next().unwrap_or_default();
    suffix.eq_ignore_ascii_case("json")
}

/// Decodes what the format `F` of the program is for.
fn of_program<F: ResponseFormat + ?Sized>(
    response: Undecoded<'_>,
) -> Result<F::Output, Undecodable> {
    let Undecoded { head, body, .. } = response;
    let mut response = http::Response::new(body.into_bytes());
    *response.status_mut() = head.status;
    *response.version_mut() = head.version;
    response.headers_mut().clone_from(&head.headers);
    F::decode(response).map_err(|error| Undecodable {
        source: Some(error),
        ..Undecodable::new("the response format refused it")
    })
}
