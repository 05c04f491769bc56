//! The types of fields: what serde decodes, what is made of JSON text in a header, and what is made of the body itself.

use bytes::Bytes;
use serde::{Deserialize as _, de::DeserializeOwned};

use super::{
    header::HeaderDeserializer, json::explain, reason::Reason, stream::ByteStream,
    undecodable::Undecodable,
};

/// The type of a field that serde decodes.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be decoded from a part of a response",
    label = "does not implement `Deserialize`",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime"
)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub trait FieldValue: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FieldValue for T {}

/// The value of a header that is JSON text.
///
/// # Errors
///
/// Fails if the header is missing and `T` needs one, and if its text is not JSON of a `T`.
pub fn json_text<T: FieldValue>(header: HeaderDeserializer<'_>) -> Result<T, Reason> {
    if header.is_absent() {
        return T::deserialize(header);
    }
    let text = String::deserialize(header)?;
    serde_json::from_str(&text).map_err(|error| {
        let Undecodable { path, message, .. } = explain::<T>(text.as_bytes(), &error);
        Reason::new(match path {
            Some(path) => format!("{path}: {message}"),
            None => message,
        })
    })
}

/// The type of a field that is the body as a `B`, which is a text, bytes or a stream.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "a body of this format cannot be a `{Self}`",
    label = "not made of such a body by `From`",
    note = "`body = text` is a `String`, `body = bytes` is `Bytes` and `body = stream` is a `ByteStream`, or any type that implements `From` for that, such as `Secret<String>`",
    note = "for JSON write `#[api(body)]`"
)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public function that names it"
)]
pub trait BodyField<B> {
    fn of(body: B) -> Self;
}

macro_rules! body_fields {
    ($($ty:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: From<$ty>> BodyField<$ty> for T {
            fn of(body: $ty) -> Self {
                body.into()
            }
        }
    )*};
}

body_fields!(String, Bytes, ByteStream);

/// The body as the type of a field.
#[must_use]
pub fn body_field<T: BodyField<B>, B>(body: B) -> T {
    T::of(body)
}
