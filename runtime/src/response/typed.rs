//! The types that a response is decoded as.

use serde::de::DeserializeOwned;

use super::{
    claim::Claim,
    decoder::ResponseDecoder,
    fields::FieldValue,
    format::Format,
    json::{JsonDeserializer, decode, decode_with},
    undecodable::Undecodable,
};

/// A type that a response is decoded as.
///
/// Each type that implements `serde::Deserialize` is one: its values are decoded from the JSON of any 2xx response. A
/// type that derives [`ApiResponse`](macro@crate::ApiResponse) declares the statuses of its values, and which fields are
/// headers, the status or the body. A type is one or the other. `ApiRequest::decode` and all functions of the client
/// apply the same rules; a redirect or a retry is the client's alone:
///
/// | status | result |
/// |---|---|
/// | declared, alone (`304`) or with its class (`"4xx"`) | a value; a redirect is not followed |
/// | declared by `other` alone | a value; a redirect with a `Location` is followed as it is without a declaration |
/// | not declared, 2xx | a decode error |
/// | not declared, any other | an error, as for a type of JSON |
///
/// - What is retried is retried first: a 429 or 503 is a value when there is no retry left. That is not a
///   success for the client's retry budget.
/// - A 401 is a value after the credentials of a provider were refreshed. If that fails, the call does.
/// - An error in a 2xx response, by the envelope of the error type, stays an error.
/// - A value has a body of up to the limit of bodies, not of errors, and how it is read depends on the status: one variant
///   may be a stream.
/// - `Call::pages` and `Call::items` follow declared paths through the fields of such a type; `missing` ends them at a 404
///   only where the type does not declare 404.
/// - `Call::events` needs a 2xx response, whatever the type declares.
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
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime, or `api_request::ApiResponse`",
    note = "of a list, a map or an `Option`, the type of the items is what derives it",
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
    pub fn json<T: FieldValue>(&mut self) -> Result<T, Undecodable> {
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
