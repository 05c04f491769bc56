//! JSON responses, whatever their media type.

use std::{borrow::Cow, marker::PhantomData};

use serde::de::DeserializeOwned;

use super::format::{Format, Read, Undecodable, Undecoded};
use crate::json::Absent;

/// JSON of a `T`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Json<T>(PhantomData<T>);

/// A type that a response is decoded as: any that deserializes from JSON.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the response of a request",
    label = "a response cannot be decoded as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime",
    note = "a response that is not JSON is declared with `response(text)`, `response(bytes)` or `response(with = …)`"
)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
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

    fn decode(response: Undecoded<'_>) -> Result<T, Undecodable> {
        T::decode(&response.body.into_bytes())
    }
}

/// Decodes again, slowly, to learn the path of what does not fit.
pub(crate) fn locate<T: DeserializeOwned>(body: &[u8], error: &serde_json::Error) -> Undecodable {
    let mut json = serde_json::Deserializer::from_slice(body);
    match serde_path_to_error::deserialize::<_, T>(&mut json) {
        Err(located) if error.is_data() => {
            let path = located.path().to_string();
            Undecodable {
                path: (path != ".").then_some(path),
                ..Undecodable::new(without_string(&located.inner().to_string()))
            }
        }
        // A body that is not JSON has a line and a column, which say more than a path.
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
