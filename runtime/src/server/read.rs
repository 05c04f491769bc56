//! The functions that the expansion calls, one for each way in which a value is read. Each names the type of the field, so
//! that an error underlines it.

#![expect(
    clippy::missing_errors_doc,
    reason = "all of them fail if the value is missing or is not one of the type"
)]

use std::cell::Cell;

use serde::de::DeserializeOwned;

use super::{
    decoder::Decoder,
    fault::Fault,
    flat::Flat,
    incoming::Format,
    json::{FlatJson, JsonValueDeserializer, LinesDeserializer, note, read, read_body},
    kinds::{FromBytes, FromFlag, FromHeaders, FromStream},
    pairs::{Pair, Pairs},
    refusal::Refusal,
    rules::Rules,
    texts::Texts,
    value::ParamDeserializer,
};
use crate::operation::ParamKind;

type Result<T, E = Refusal> = std::result::Result<T, E>;

/// A value that is read by serde.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a request",
    label = "does not implement `Deserialize`, or borrows from what it is read from",
    note = "implement `serde::Deserialize` for it, for example with `#[derive(serde::Deserialize)]`",
    note = "a field that is not part of the request takes `#[api(skip)]`"
)]
pub trait FromValue: DeserializeOwned {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromValue for T {}

/// Reads a parameter or a member of a form.
pub fn read_param<T: FromValue>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    read_param_by(decoder, index, |value| T::deserialize(value))
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_param_by<T>(
    decoder: &Decoder<'_>,
    index: usize,
    read: impl Fn(ParamDeserializer<'_>) -> Result<T, Fault>,
) -> Result<T> {
    let seen = Cell::new(false);
    let value = decoder.value(index, &seen);
    let (is_absent, rules) = (value.is_absent(), value.leaf.rules);
    read(value).or_else(|fault| {
        // Members that are pairs of their own may all be others.
        if is_absent && !seen.get() {
            let nothing = ParamDeserializer::new(Texts::One(None), rules);
            if let Ok(value) = read(nothing) {
                return Ok(value);
            }
        }
        Err(decoder.refused(index, fault, is_absent && !seen.get()))
    })
}

/// Reads a query parameter without a value.
pub fn read_flag<T: FromFlag>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    if let Some(value) = decoder.given(index) {
        let is_on = value.as_bool().ok_or_else(|| {
            let fault = Fault::new("is a flag, so the input has `true` or `false`");
            decoder.refused(index, fault, false)
        });
        return is_on.map(T::from_flag);
    }
    let param = &decoder.fields[index];
    let pairs = match param.kind {
        ParamKind::Query { .. } => Some(decoder.query()),
        _ => decoder.form(),
    };
    let pair = pairs.map_or(Ok(None), |pairs| pairs.one(decoder.name(index)));
    let is_on = pair.and_then(|pair| match pair.map(Pair::value) {
        None => Ok(false),
        Some("") => Ok(true),
        Some(_) => Err(Fault::new("has a value, but is declared to have none")),
    });
    let is_on = is_on.map_err(|fault| decoder.refused(index, fault, false))?;
    Ok(T::from_flag(is_on))
}

/// Reads a parameter that is JSON text.
pub fn read_json_text<T: FromValue>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    read_json_text_by(decoder, index, |json| read(json.0, false))
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_json_text_by<T>(
    decoder: &Decoder<'_>,
    index: usize,
    read: impl Fn(JsonValueDeserializer<'_>) -> Result<T, Fault>,
) -> Result<T> {
    let seen = Cell::new(false);
    if let Some(value) = decoder.given(index) {
        let value = read(JsonValueDeserializer(Some(&value.to_string())));
        return value.map_err(|fault| decoder.refused(index, fault, false));
    }
    let value = decoder.value(index, &seen);
    let is_absent = value.is_absent();
    let text = value.leaf.texts.one().and_then(|text| match text {
        Some(text) => value.leaf.rules.read(text).map(Some),
        None => Ok(None),
    });
    let value = text.and_then(|text| read(JsonValueDeserializer(text.as_deref())));
    value.map_err(|fault| decoder.refused(index, fault, is_absent))
}

/// Reads a flattened field.
pub fn read_flatten<T: FromValue>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    read_flatten_by(decoder, index, |members| T::deserialize(members))
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_flatten_by<T>(
    decoder: &Decoder<'_>,
    index: usize,
    read: impl Fn(Flat<'_>) -> Result<T, Fault>,
) -> Result<T> {
    let seen = Cell::new(false);
    let nothing = Pairs::default();
    let none = || super::decoder::whole_form(&nothing, &seen);
    let members = decoder.flat(index, &seen).unwrap_or_else(none);
    read(members).or_else(|fault| match read(none()) {
        // All that there is belongs to no field.
        Ok(value) if !seen.get() => Ok(value),
        _ => Err(decoder.refused(index, fault, false)),
    })
}

/// Reads a field that is flattened from headers.
pub fn read_headers<T: FromHeaders<How>, How>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    read_flatten_by(decoder, index, T::from_headers)
}

/// Reads a member of a JSON body.
pub fn read_json<T: FromValue>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    let null = matches!(decoder.fields[index].kind, ParamKind::Json { null: true });
    read_json_by(decoder, index, |json| {
        let value = read(json.0, null)?;
        note::<T>(decoder.notes(), json.0, Some(decoder.name(index)));
        Ok(value)
    })
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_json_by<T>(
    decoder: &Decoder<'_>,
    index: usize,
    read: impl Fn(JsonValueDeserializer<'_>) -> Result<T, Fault>,
) -> Result<T> {
    let name = decoder.name(index);
    let json = decoder.object().map_or(Ok(None), |object| object.one(name));
    let is_absent = matches!(json, Ok(None));
    let value = json.and_then(|json| read(JsonValueDeserializer(json)).map_err(Fault::into_unfit));
    value.map_err(|fault| decoder.refused(index, fault, is_absent))
}

/// Reads the members of a JSON body that are declared by no field.
pub fn read_flat_json<T: FromValue>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    let object = decoder.object();
    let seen = Cell::new(false);
    let is_free = |name: &str| object.is_some() && decoder.is_free(name);
    let members = FlatJson::new(object, &is_free, &seen);
    T::deserialize(members).or_else(|fault| {
        if !seen.get() {
            if let Ok(value) = T::deserialize(JsonValueDeserializer(None)) {
                return Ok(value);
            }
        }
        Err(decoder.refused(index, fault.into_unfit(), false))
    })
}

/// Reads a whole JSON body.
pub fn read_json_body<T: FromValue>(decoder: &Decoder<'_>) -> Result<T> {
    let body = decoder.bytes(Format::Json)?.map(|bytes| &**bytes);
    let value = read_body(body).map_err(|fault| decoder.refused_body(fault))?;
    note::<T>(decoder.notes(), decoder.text(Format::Json)?, None);
    Ok(value)
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_json_body_by<T>(
    decoder: &Decoder<'_>,
    read: impl Fn(JsonValueDeserializer<'_>) -> Result<T, Fault>,
) -> Result<T> {
    read(JsonValueDeserializer(decoder.text(Format::Json)?))
        .map_err(|fault| decoder.refused_body(fault))
}

/// Reads a whole form.
pub fn read_form_body<T: FromValue>(decoder: &Decoder<'_>) -> Result<T> {
    read_form_body_by(decoder, |members| T::deserialize(members))
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_form_body_by<T>(
    decoder: &Decoder<'_>,
    read: impl Fn(Flat<'_>) -> Result<T, Fault>,
) -> Result<T> {
    let seen = Cell::new(false);
    let text = decoder.text(Format::Form)?;
    let pairs = Pairs::cut(text.unwrap_or_default());
    let mut members = super::decoder::whole_form(&pairs, &seen);
    members.is_some = text.is_some();
    read(members).map_err(|fault| decoder.refused_body(fault))
}

/// Reads a whole body of text.
pub fn read_text_body<T: FromValue>(decoder: &Decoder<'_>) -> Result<T> {
    read_text_body_by(decoder, |value| T::deserialize(value))
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_text_body_by<T>(
    decoder: &Decoder<'_>,
    read: impl Fn(ParamDeserializer<'_>) -> Result<T, Fault>,
) -> Result<T> {
    let value = ParamDeserializer::new(Texts::One(decoder.text(Format::Text)?), Rules::TEXT);
    read(value).map_err(|fault| decoder.refused_body(fault))
}

/// Reads the lines of a body.
pub fn read_lines_body<T: FromValue>(decoder: &Decoder<'_>) -> Result<T> {
    read_lines_body_by(decoder, |lines| T::deserialize(lines))
}

/// The same by a function of `#[serde(with = …)]`.
pub fn read_lines_body_by<T>(
    decoder: &Decoder<'_>,
    read: impl Fn(LinesDeserializer<'_>) -> Result<T, Fault>,
) -> Result<T> {
    read(LinesDeserializer(decoder.text(Format::Lines)?))
        .map_err(|fault| decoder.refused_body(fault))
}

/// Reads a body of bytes.
pub fn read_bytes_body<T: FromBytes>(decoder: &Decoder<'_>) -> Result<T> {
    let value = T::from_bytes(decoder.bytes(Format::Bytes)?);
    value.ok_or_else(|| decoder.refused_body(Fault::missing()))
}

/// Reads a streamed body.
pub fn read_stream_body<T: FromStream>(decoder: &Decoder<'_>) -> Result<T> {
    let value = T::from_stream(decoder.bytes(Format::Bytes)?);
    value.ok_or_else(|| decoder.refused_body(Fault::missing()))
}
