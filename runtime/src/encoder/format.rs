//! Whole bodies in a format of the program's own.

use std::marker::PhantomData;

use bytes::Bytes;

use crate::BoxError;

/// A format of request bodies of your own: `#[api(body(with = Csv))]`. It is the counterpart of
/// [`ResponseFormat`](crate::ResponseFormat), and one type may implement both.
///
/// `T` is the type of the field; of a field that is an `Option`, the type in it, because a `None` has no body. A format may
/// be for one type, or for many: `impl<T: Serialize> BodyFormat<T> for MessagePack`.
///
/// ```
/// use api_request::{ApiRequest, BaseUrl, BodyFormat, BoxError};
/// use bytes::Bytes;
///
/// /// Comma-separated values, a row on each line.
/// struct Csv;
///
/// impl BodyFormat<Vec<[u32; 2]>> for Csv {
///     const CONTENT_TYPE: &'static str = "text/csv";
///
///     fn encode(rows: &Vec<[u32; 2]>) -> Result<Bytes, BoxError> {
///         let rows = rows.iter().map(|[a, b]| format!("{a},{b}\r\n"));
///         Ok(rows.collect::<String>().into())
///     }
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = PUT, path = "/rows")]
/// struct PutRows {
///     #[api(body(with = Csv))]
///     rows: Vec<[u32; 2]>,
/// }
///
/// let base: BaseUrl = "https://api.example.com".parse()?;
/// let http = PutRows { rows: vec![[1, 2], [3, 4]] }.to_http(&base)?;
/// assert_eq!(http.headers()["content-type"], "text/csv");
/// assert_eq!(http.body().as_bytes().unwrap(), "1,2\r\n3,4\r\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a format for a body that is `{T}`",
    label = "named by `body(with = …)`",
    note = "implement `api_request::BodyFormat<{T}>` for `{Self}`",
    note = "for JSON write `#[api(body)]`"
)]
pub trait BodyFormat<T: ?Sized> {
    /// The media type, unless the field has a `content_type` of its own.
    const CONTENT_TYPE: &'static str;

    /// Encodes the value as the whole body.
    ///
    /// # Errors
    ///
    /// Fails, with any error, if the value has no form in this format. The request then fails with an
    /// [`EncodeError`](crate::EncodeError) that names the field, and has the text of the error unless the body is a
    /// secret.
    fn encode(value: &T) -> Result<Bytes, BoxError>;
}

/// The type that a format is for.
#[derive(Debug)]
pub struct BodyOf<T: ?Sized>(PhantomData<T>);

impl<T: ?Sized> BodyOf<T> {
    /// The type, as a value.
    pub const VALUE: Self = Self(PhantomData);

    /// What the format `F` does with the type. It has the one bound on a format, so that an error about it is reported
    /// once.
    #[must_use]
    pub const fn by<F: BodyFormat<T>>(&self) -> Formatter<T> {
        Formatter {
            content_type: F::CONTENT_TYPE,
            encode: F::encode,
        }
    }
}

/// A format for a `T`.
#[derive(Debug)]
pub struct Formatter<T: ?Sized> {
    content_type: &'static str,
    encode: fn(&T) -> Result<Bytes, BoxError>,
}

impl<T: ?Sized> Formatter<T> {
    /// The media type of the format.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// A body in this format; no body without a value.
    #[must_use]
    pub const fn given<'v>(&self, value: Option<&'v T>) -> Formatted<'v, T> {
        let encode = self.encode;
        Formatted { value, encode }
    }
}

/// A body in a format of the program's own.
#[expect(missing_debug_implementations, reason = "the value may be secret")]
pub struct Formatted<'v, T: ?Sized> {
    value: Option<&'v T>,
    encode: fn(&T) -> Result<Bytes, BoxError>,
}

/// A body in a format of the program's own.
pub trait FormattedBody {
    /// The bytes, or why there are none; `None` for no body.
    fn encode(&self) -> Option<Result<Bytes, BoxError>>;
}

impl<T: ?Sized> FormattedBody for Formatted<'_, T> {
    fn encode(&self) -> Option<Result<Bytes, BoxError>> {
        self.value.map(self.encode)
    }
}
