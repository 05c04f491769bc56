//! Whole bodies that are given as JSON, in the format that the field has.

use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use serde_json::Value;

use super::{fault::Fault, incoming::Format};
use crate::encoder::write_given_form;

/// Encodes a body.
pub(super) fn encode(body: &Value, format: Format) -> Result<Bytes, Fault> {
    match (format, body) {
        (Format::Json, body) => Ok(body.to_string().into()),
        (Format::Form, body) => {
            let form = write_given_form(body);
            let form = form.map_err(|problem| Fault::new(problem.into_reason(false)))?;
            Ok(form.into())
        }
        (Format::Text, Value::String(text)) => Ok(text.clone().into()),
        (Format::Text, Value::Number(_) | Value::Bool(_)) => Ok(body.to_string().into()),
        (Format::Text, _) => Err(Fault::new("is text, so the input has a string")),
        (Format::Lines, Value::Array(lines)) => {
            let lines = lines.iter().map(|line| format!("{line}\n"));
            Ok(lines.collect::<String>().into())
        }
        (Format::Lines, _) => Err(Fault::new("has lines, so the input has a list")),
        (Format::Bytes, Value::String(text)) => bytes(text),
        (Format::Bytes, _) => Err(Fault::new(NOT_BASE64)),
    }
}

const NOT_BASE64: &str = "is bytes, so the input has a string in base64";

/// Decodes base64, by RFC 4648, section 4.
pub(super) fn bytes(text: &str) -> Result<Bytes, Fault> {
    let bytes = BASE64_STANDARD.decode(text);
    bytes.map(Bytes::from).map_err(|_| Fault::new(NOT_BASE64))
}
