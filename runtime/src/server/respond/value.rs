//! Headers of a response, and members of the JSON object that is its body.

use http::header::SET_COOKIE;
use serde::Serialize;
use serde_json::Value;

use super::writer::{ResponseWriter, Unwritable, Written};
use crate::encoder::{
    HeadersValue, JsonText, JsonValue, ParamValue, WrittenHeader, write_header, write_headers,
};

/// A value that can be written into a response: any that serializes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written into a response",
    label = "does not implement `Serialize`",
    note = "derive `serde::Serialize` for `{Self}`"
)]
pub trait WriteValue: Serialize {}

#[diagnostic::do_not_recommend]
impl<T: Serialize> WriteValue for T {}

impl ResponseWriter {
    /// Writes a header, by its name in lower case, if there is a value. `Set-Cookie` is one line for each item.
    ///
    /// # Errors
    ///
    /// Fails if the value is not text, or not a list of texts.
    pub fn header<T: WriteValue>(
        &mut self,
        name: &'static str,
        secret: bool,
        value: &T,
    ) -> Written {
        if name == SET_COOKIE.as_str() {
            if let Ok(Value::Array(items)) = serde_json::to_value(value) {
                let mut items = items.iter();
                return items.try_for_each(|item| self.header_with(name, secret, item));
            }
        }
        self.header_with(name, secret, value)
    }

    /// Writes a header whose value is JSON text.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be serialized.
    pub fn json_header<T: WriteValue>(
        &mut self,
        name: &'static str,
        secret: bool,
        value: &T,
    ) -> Written {
        self.header_with(name, secret, &JsonText(value))
    }

    /// Writes a header, as serde's attributes say.
    ///
    /// # Errors
    ///
    /// As [`header`](Self::header).
    pub fn header_with(
        &mut self,
        name: &'static str,
        secret: bool,
        value: &dyn ParamValue,
    ) -> Written {
        let written = write_header(name, value).map_err(|problem| {
            // The words of a `Serialize` implementation may repeat the value.
            Unwritable::header(name, problem.into_reason(true))
        })?;
        let Some(header) = written else { return Ok(()) };
        let sensitive = secret || header.sensitive;
        self.put(WrittenHeader {
            sensitive,
            ..header
        })
    }

    /// Writes the headers that are flattened, after all others.
    ///
    /// # Errors
    ///
    /// Fails if one of them is not text.
    pub fn headers<T: HeadersValue<How>, How>(&mut self, value: &T) -> Written {
        let headers = write_headers(value).map_err(|problem| {
            Unwritable::new(format!(
                "a field with headers {}",
                problem.into_reason(true)
            ))
        })?;
        self.put_others(headers)
    }
}

/// The JSON object that a body is made of.
#[derive(Debug)]
pub struct ObjectWriter(Vec<u8>);

impl Default for ObjectWriter {
    fn default() -> Self {
        Self(b"{".to_vec())
    }
}

impl ObjectWriter {
    /// Writes a member, unless it is `None` and `keeps_null` is `false`.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be serialized.
    pub fn member(
        &mut self,
        name: &'static str,
        keeps_null: bool,
        value: &dyn JsonValue,
    ) -> Written {
        let start = self.0.len();
        self.separate();
        serde_json::to_writer(&mut self.0, name).map_err(Unwritable::body)?;
        self.0.push(b':');
        let is_none = value.write(&mut self.0, None).map_err(Unwritable::body)?;
        if is_none && !keeps_null {
            self.0.truncate(start);
        }
        Ok(())
    }

    /// Writes the members of a struct or map.
    ///
    /// # Errors
    ///
    /// Fails if it is neither.
    pub fn rest(&mut self, value: &dyn JsonValue) -> Written {
        let mut json = Vec::new();
        value.write(&mut json, None).map_err(Unwritable::body)?;
        let members = match json.as_slice() {
            b"null" => &[],
            [b'{', members @ .., b'}'] => members,
            _ => return Err(Unwritable::new("the flattened members are not an object")),
        };
        if !members.is_empty() {
            self.separate();
            self.0.extend_from_slice(members);
        }
        Ok(())
    }

    fn separate(&mut self) {
        if self.0.len() > 1 {
            self.0.push(b',');
        }
    }
}

impl ResponseWriter {
    /// Takes an object as the body.
    pub fn object(&mut self, object: ObjectWriter) {
        let ObjectWriter(mut json) = object;
        json.push(b'}');
        self.body("application/json", json);
    }

    /// Takes a body of JSON, as serde's attributes say.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be serialized.
    pub fn json_with(&mut self, value: &dyn JsonValue) -> Written {
        let mut json = Vec::new();
        value.write(&mut json, None).map_err(Unwritable::body)?;
        self.body("application/json", json);
        Ok(())
    }
}
