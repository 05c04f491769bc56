//! The types that a response is decoded as.

use serde::de::DeserializeOwned;

use super::{
    claim::Claim,
    decoder::ResponseDecoder,
    format::Format,
    json::{JsonDeserializer, decode, decode_with},
    undecodable::Undecodable,
};

/// A type that a response is decoded as: one of status, headers and body, or any type that deserializes from JSON.
///
/// A type that implements `serde::Deserialize` has it, and is the JSON of the body of any 2xx. A type that derives
/// `ApiResponse` says which statuses are its values, and what its fields are: headers, the status, the body.
///
/// # What a client makes of a status
///
/// - A status that the type names, alone (`304`) or with its class (`"4xx"`), is a value, whatever it is elsewhere. A redirect
///   that is named is not followed.
/// - What is [retried](crate::Retry) is retried first: a 429 or 503 is a value when there is no retry left, and a 401 after
///   the credentials of a provider were refreshed.
/// - `other` takes every status left. A redirect that can be followed is followed, though: to get it, name it.
/// - A 2xx that the type does not declare is a decode error, and any other status the error that it is to a type of JSON.
/// - An error in the envelope of a 2xx stays an error.
/// - `pages()` and `items()` read pages of such a type, and `events()` reads events, for which the statuses do not
///   count.
///
/// ```
/// use api_request::ApiRequest;
///
/// #[derive(serde::Deserialize)]
/// struct Key {
///     hash: String,
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys", response = Vec<Key>)]
/// struct ListKeys;
///
/// let keys = ListKeys::decode(http::Response::new(r#"[{"hash": "f01d"}]"#.into()))?;
/// assert_eq!(keys[0].hash, "f01d");
/// # Ok::<(), api_request::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the response of a request",
    label = "a response cannot be decoded as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime",
    note = "a response that is not JSON is declared with `response(text)`, `response(bytes)` or `response(with = …)`"
)]
pub trait ApiResponse: Sized {
    /// The media types that the type can be decoded from.
    #[doc(hidden)]
    const ACCEPT: &'static str = "application/json";

    /// The statuses that are values of the type, in the order in which they are tried: first those alone, then classes,
    /// then the rest.
    #[doc(hidden)]
    const STATUSES: &'static [Claim] = &[Claim::SUCCESS];

    /// Decodes a response. Only the derive writes this.
    #[doc(hidden)]
    fn decode(response: &mut ResponseDecoder<'_>) -> Result<Self, Undecodable>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> ApiResponse for T {
    fn decode(response: &mut ResponseDecoder<'_>) -> Result<Self, Undecodable> {
        response.json()
    }
}

/// What a `T` is decoded from: JSON, unless it says otherwise.
#[must_use]
pub const fn json<T: ApiResponse>() -> Format<T> {
    Format {
        accept: T::ACCEPT,
        claims: T::STATUSES,
        decode: T::decode,
    }
}

impl ResponseDecoder<'_> {
    /// The body, which is JSON.
    ///
    /// # Errors
    ///
    /// Fails if it is not JSON of a `T`.
    pub fn json<T: DeserializeOwned>(&mut self) -> Result<T, Undecodable> {
        decode(&self.bytes())
    }

    /// The body, which is JSON, as a function reads it.
    ///
    /// # Errors
    ///
    /// Fails if it is not JSON, or the function fails.
    pub fn json_with<T>(
        &mut self,
        read: impl FnOnce(JsonDeserializer<'_, '_>) -> Result<T, serde_json::Error>,
    ) -> Result<T, Undecodable> {
        decode_with(&self.bytes(), read)
    }
}

impl Claim {
    /// The statuses from `first` to `last`, whose value is a `T`.
    #[must_use]
    pub const fn nested<T: ApiResponse>(first: u16, last: u16) -> Self {
        Self::like(first, last, T::STATUSES)
    }

    /// The rest of the statuses, whose value is a `T`.
    #[must_use]
    pub const fn rest_nested<T: ApiResponse>() -> Self {
        Self::rest_like(T::STATUSES)
    }
}
