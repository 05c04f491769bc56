//! The parts of a multipart body that are given as JSON.

use std::{borrow::Cow, cell::Cell};

use bytes::Bytes;
use serde_json::{Map, Value};

use super::{fault::Fault, given_body::bytes, multipart::RawPart, parts::is_json};
use crate::operation::Param;

/// The one member of an object that is a file.
const FILE: &str = "$file";

/// A part.
pub(super) struct GivenPart {
    name: String,
    filename: Option<String>,
    content_type: Option<String>,
    content: Bytes,
}

impl GivenPart {
    /// The parts that a value is: one for each item of a list.
    pub(super) fn all(param: &Param, value: &Value) -> Result<Vec<Self>, Fault> {
        let values = match value {
            Value::Array(items) => items,
            value => std::slice::from_ref(value),
        };
        let part = |(index, value)| {
            let mut part = Self::one(param, value)?;
            part.name = if param.is_numbered {
                param.name.replacen("{n}", &usize::to_string(&index), 1)
            } else {
                param.name.to_owned()
            };
            Ok(part)
        };
        values.iter().enumerate().map(part).collect()
    }

    fn one(param: &Param, value: &Value) -> Result<Self, Fault> {
        let file = value.as_object().filter(|it| it.contains_key(FILE));
        let content = match value {
            _ if file.is_some() => return file.map_or_else(|| Err(Fault::missing()), Self::file),
            value if is_json(param) => value.to_string(),
            Value::String(text) => text.clone(),
            Value::Number(_) | Value::Bool(_) => value.to_string(),
            _ => {
                let reason = "is a part that is not JSON, so the input has a string, a number, `true`, `false`, or a file: `{\"$file\": {\"filename\": …, \"bytes_b64\": …, \"type\": …}}`";
                return Err(Fault::new(reason));
            }
        };
        Ok(Self {
            name: String::new(),
            filename: None,
            content_type: None,
            content: content.into(),
        })
    }

    fn file(object: &Map<String, Value>) -> Result<Self, Fault> {
        let malformed = || {
            let reason = "is not a file: `{\"$file\": {\"filename\": …, \"bytes_b64\": …, \"type\": …}}`, where `type` may be left out";
            Fault::new(reason)
        };
        let file = object.get(FILE).and_then(Value::as_object);
        let file = file.filter(|_| object.len() == 1).ok_or_else(malformed)?;
        let (mut filename, mut content, mut content_type) = (None, None, None);
        for (name, value) in file {
            let slot = match (&**name, value) {
                (_, Value::Null) => continue,
                ("filename", _) => &mut filename,
                ("bytes_b64", _) => &mut content,
                ("type", _) => &mut content_type,
                // Programs may note more.
                _ => continue,
            };
            *slot = Some(value.as_str().ok_or_else(malformed)?);
        }
        Ok(Self {
            name: String::new(),
            filename: Some(filename.ok_or_else(malformed)?.to_owned()),
            content_type: content_type.map(str::to_owned),
            content: bytes(content.ok_or_else(malformed)?)?,
        })
    }

    /// The part, as if it had been received.
    pub(super) fn raw(&self) -> RawPart<'_> {
        RawPart {
            name: Cow::Borrowed(&self.name),
            filename: self.filename.as_deref().map(Cow::Borrowed),
            content_type: self.content_type.as_deref(),
            headers: Vec::new(),
            content: self.content.clone(),
            taken: Cell::new(false),
        }
    }
}
