//! The formats an answer can be declared to have, other than JSON.

use std::{fmt, marker::PhantomData, str};

use bytes::Bytes;
use http::response;

use super::ByteStream;
use crate::BoxError;

/// A format of one's own for answers: `#[api(response(with = Csv))]`.
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
    label = "named by `response(with = …)`",
    note = "implement `api_request::ResponseFormat` for `{Self}`",
    note = "for JSON write `response = T`"
)]
pub trait ResponseFormat {
    /// What an answer is decoded into.
    type Output;

    /// The value of the `Accept` header.
    const ACCEPT: &'static str = "*/*";

    /// Decodes an answer with a 2xx status and its whole body.
    ///
    /// # Errors
    ///
    /// Fails, with any error, if the answer is not of this format; the call then fails with that error as its source.
    fn decode(response: http::Response<Bytes>) -> Result<Self::Output, BoxError>;
}

/// How an answer is declared; the derive names the implementation.
#[doc(hidden)]
pub trait Format {
    type Output;
    const ACCEPT: &'static str;
    const READ: Read;

    fn decode(head: &response::Parts, body: Received) -> Result<Self::Output, Undecodable>;
}

/// How much of a body a format asks for.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// All of it.
    Buffered,
    /// The format reads it itself.
    Streamed,
    /// None of it.
    Discarded,
    /// A stream of events; whatever else comes, up to the limit of an error.
    #[cfg(feature = "events")]
    Events,
}

/// A body received as the format's [`Read`] says.
#[doc(hidden)]
#[derive(Debug)]
pub enum Received {
    Buffered(Bytes),
    Streamed(ByteStream),
    Discarded,
    #[cfg(feature = "events")]
    Events(super::events::Source),
}

impl Received {
    /// What an error keeps of it.
    pub(super) fn kept(&self) -> Option<Bytes> {
        match self {
            Self::Buffered(bytes) => Some(bytes.clone()),
            _ => None,
        }
    }

    /// All of it; nothing where the format did not ask for it.
    pub(super) fn into_bytes(self) -> Bytes {
        match self {
            Self::Buffered(bytes) => bytes,
            _ => Bytes::new(),
        }
    }
}

/// Why an answer is not of the declared format.
#[doc(hidden)]
#[derive(Debug)]
pub struct Undecodable {
    /// Where in the body.
    pub(super) path: Option<String>,
    pub(super) message: String,
    pub(super) source: Option<BoxError>,
}

impl Undecodable {
    pub(super) fn new(message: impl fmt::Display) -> Self {
        Self {
            path: None,
            message: message.to_string(),
            source: None,
        }
    }
}

/// Text in UTF-8.
#[doc(hidden)]
#[derive(Debug)]
pub enum Text {}

impl Format for Text {
    type Output = String;
    const ACCEPT: &'static str = "text/plain";
    const READ: Read = Read::Buffered;

    fn decode(_: &response::Parts, body: Received) -> Result<String, Undecodable> {
        match str::from_utf8(&body.into_bytes()) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Undecodable::new(error)),
        }
    }
}

/// Bytes.
#[doc(hidden)]
#[derive(Debug)]
pub enum Raw {}

impl Format for Raw {
    type Output = Bytes;
    const ACCEPT: &'static str = "*/*";
    const READ: Read = Read::Buffered;

    fn decode(_: &response::Parts, body: Received) -> Result<Bytes, Undecodable> {
        Ok(body.into_bytes())
    }
}

/// Bytes as they come.
#[doc(hidden)]
#[derive(Debug)]
pub enum Stream {}

impl Format for Stream {
    type Output = ByteStream;
    const ACCEPT: &'static str = "*/*";
    const READ: Read = Read::Streamed;

    fn decode(_: &response::Parts, body: Received) -> Result<ByteStream, Undecodable> {
        match body {
            Received::Streamed(stream) => Ok(stream),
            _ => Err(Undecodable::new("it was not received as a stream")),
        }
    }
}

/// Nothing, whatever comes.
#[doc(hidden)]
#[derive(Debug)]
pub enum Empty {}

impl Format for Empty {
    type Output = ();
    const ACCEPT: &'static str = "*/*";
    const READ: Read = Read::Discarded;

    fn decode(_: &response::Parts, _: Received) -> Result<(), Undecodable> {
        Ok(())
    }
}

/// What `F` makes of it.
#[doc(hidden)]
#[derive(Debug)]
pub struct Custom<F>(PhantomData<F>);

impl<F: ResponseFormat> Format for Custom<F> {
    type Output = F::Output;
    const ACCEPT: &'static str = F::ACCEPT;
    const READ: Read = Read::Buffered;

    fn decode(head: &response::Parts, body: Received) -> Result<F::Output, Undecodable> {
        let mut response = http::Response::new(body.into_bytes());
        *response.status_mut() = head.status;
        *response.version_mut() = head.version;
        response.headers_mut().clone_from(&head.headers);
        F::decode(response).map_err(|error| Undecodable {
            source: Some(error),
            ..Undecodable::new("its format refused it")
        })
    }
}
