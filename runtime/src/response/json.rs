//! JSON answers, whatever their media type.

use std::{borrow::Cow, marker::PhantomData};

use http::response;
use serde::{
    Deserializer,
    de::{self, DeserializeOwned, Visitor},
    forward_to_deserialize_any,
};

use super::format::{Format, Read, Received, Undecodable};

/// JSON of a `T`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Json<T>(PhantomData<T>);

/// A type that an answer is read as: any that deserializes from JSON.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the response of a request",
    label = "a response cannot be decoded as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime",
    note = "a response that is not JSON is declared with `response(text)`, `response(bytes)` or `response(with = …)`"
)]
pub trait JsonResponse: Sized {
    fn decode(body: &[u8]) -> Result<Self, Undecodable>;
}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> JsonResponse for T {
    fn decode(body: &[u8]) -> Result<Self, Undecodable> {
        if body.is_empty() {
            return T::deserialize(Absent).map_err(Undecodable::new);
        }
        serde_json::from_slice(body).map_err(|error| locate::<T>(body, &error))
    }
}

impl<T: JsonResponse> Format for Json<T> {
    type Output = T;
    const ACCEPT: &'static str = "application/json";
    const READ: Read = Read::Buffered;

    fn decode(_: &response::Parts, body: Received) -> Result<T, Undecodable> {
        T::decode(&body.into_bytes())
    }
}

/// Reads JSON where nobody asks what is wrong with it.
pub(crate) fn read<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    if body.is_empty() {
        return T::deserialize(Absent).ok();
    }
    serde_json::from_slice(body).ok()
}

/// Decodes again, slowly, to learn the path of what does not fit.
pub(super) fn locate<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> Undecodable {
    let mut json = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut json) {
        Err(located) if error.is_data() => {
            let path = located.path().to_string();
            Undecodable {
                path: (path != ".").then_some(path),
                ..Undecodable::new(without_string(&located.inner().to_string()))
            }
        }
        // A body that is no JSON at all has a line and a column, which say more than a path.
        _ => Undecodable::new(error),
    }
}

/// Leaves out the string that serde quotes: the content of a body is not for messages.
fn without_string(message: &str) -> Cow<'_, str> {
    let quoting = ["invalid type: string", "invalid value: string"];
    let quoted = quoting.iter().find_map(|start| {
        let rest = message.strip_prefix(start)?.strip_prefix(" \"")?;
        Some((start, rest))
    });
    let Some((start, rest)) = quoted else {
        return message.into();
    };
    let mut is_escaped = false;
    let end = rest.find(|c| {
        let is_end = c == '"' && !is_escaped;
        is_escaped = c == '\\' && !is_escaped;
        is_end
    });
    format!("{start}{}", end.map_or("", |end| &rest[end + 1..])).into()
}

/// No body: nothing but an `Option` or `()` can be read from it.
struct Absent;

impl<'de> Deserializer<'de> for Absent {
    type Error = de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(de::Error::custom("it is empty"))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit_struct newtype_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, de::Error as _};

    use super::{Undecodable, locate};

    #[test]
    fn a_message_does_not_quote_a_string() {
        #[derive(Debug)]
        struct Refused;

        impl<'de> Deserialize<'de> for Refused {
            fn deserialize<D: serde::Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
                let text = String::deserialize(json)?;
                let found = serde::de::Unexpected::Str(&text);
                Err(D::Error::invalid_value(found, &"a URL"))
            }
        }

        fn message<T: serde::de::DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
            let error = serde_json::from_str::<T>(json).unwrap_err();
            let Undecodable { message, .. } = locate::<T>(json.as_bytes(), &error);
            message
        }

        for json in [r#""a""#, r#""""#, r#""a\"b\\""#, r#""\", expected \"""#] {
            let start = "invalid type: string, expected u32 at line 1 column ";
            let found = message::<u32>(json);
            assert!(found.starts_with(start), "{json}: {found}");
            let start = "invalid value: string, expected a URL";
            let found = message::<Refused>(json);
            assert!(found.starts_with(start), "{json}: {found}");
        }
        let found = message::<u32>("-1");
        assert!(
            found.starts_with("invalid value: integer `-1`, expected u32"),
            "{found}"
        );
    }
}
