//! The declared formats of responses, other than JSON.

use bytes::Bytes;

use super::{
    claim::Claim, decoder::ResponseDecoder, received::Read, stream::ByteStream,
    undecodable::Undecodable,
};
use crate::BoxError;

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
        claims: &[Claim::SUCCESS],
        decode: |response| response.with::<Self>(),
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
    /// The statuses that are a `T`, and how the body of each is read.
    pub(crate) claims: &'static [Claim],
    pub(super) decode: Decode<T>,
}

/// Decodes a response as a `T`.
pub(super) type Decode<T> = fn(&mut ResponseDecoder<'_>) -> Result<T, Undecodable>;

/// Text in UTF-8.
pub const TEXT: Format<String> = Format {
    accept: "text/plain",
    claims: &[Claim::SUCCESS],
    decode: |response| response.text(),
};

/// Bytes.
pub const BYTES: Format<Bytes> = Format {
    accept: "*/*",
    claims: &[Claim::SUCCESS],
    decode: |response| Ok(response.bytes()),
};

/// Bytes as they are received.
pub const STREAM: Format<ByteStream> = Format {
    accept: "*/*",
    claims: &[Claim::success(Read::Streamed)],
    decode: |response| Ok(response.stream()),
};

/// Nothing, whatever the body.
pub const EMPTY: Format<()> = Format {
    accept: "*/*",
    claims: &[Claim::success(Read::Discarded)],
    decode: |_| Ok(()),
};

impl ResponseDecoder<'_> {
    /// The response, in the format `F` of the program.
    ///
    /// # Errors
    ///
    /// Fails as `F` does.
    pub fn with<F: ResponseFormat + ?Sized>(&mut self) -> Result<F::Output, Undecodable> {
        F::decode(self.response()).map_err(|error| Undecodable {
            source: Some(error),
            ..Undecodable::new("the response format refused it")
        })
    }

    fn response(&mut self) -> http::Response<Bytes> {
        let mut response = http::Response::new(self.bytes());
        *response.status_mut() = self.head.status;
        *response.version_mut() = self.head.version;
        response.headers_mut().clone_from(&self.head.headers);
        response
    }
}
