//! Everything that the expansion of the derives names. Nothing else may use it, and nothing here is public API.

use std::{fmt::Display, marker::PhantomData};

pub use bytes::Bytes;

use crate::Secret;
pub use crate::{
    ApiRequest, ByteStream, EncodeError, ErrorBody, Operation, Param, ResponseFormat,
    encoder::{
        BytesValue, Encoder, Flatten, FlattenValue, HeaderNames, JsonSerializer, JsonValue,
        JsonWith, NO_HEADERS, ParamValue, ParamWith, Payload, StreamValue, Writer, bytes, flatten,
        stream,
    },
    operation::{Auth, Constant, Content, Kind, Piece, Style},
    response::{Custom, Empty, Json, Raw, Stream, Text},
};

/// What `ApiRequest::encode` returns.
pub type EncodeResult = Result<(), EncodeError>;

/// Asks a field's type what it is, through aliases: an inherent constant for `Option<T>` and `Secret<T>` takes
/// precedence over the trait's.
#[derive(Debug)]
pub struct Probe<T: ?Sized>(PhantomData<T>);

/// What holds for every other type.
pub trait ProbeDefaults {
    /// A value is always there.
    const REQUIRED: bool = true;
    /// The value may be shown.
    const SECRET: bool = false;
}

impl<T: ?Sized> ProbeDefaults for Probe<T> {}

impl<T> Probe<Option<T>> {
    /// It may be `None`.
    pub const REQUIRED: bool = false;
}

impl<T: zeroize::Zeroize> Probe<Secret<T>> {
    /// It is a secret.
    pub const SECRET: bool = true;
}

impl<T: zeroize::Zeroize> Probe<Option<Secret<T>>> {
    /// It is a secret.
    pub const SECRET: bool = true;
}

/// Turns the answer of a `validate` function into ours.
///
/// # Errors
///
/// Returns its message.
pub fn validated<E: Display>(
    operation: &'static Operation,
    result: Result<(), E>,
) -> Result<(), EncodeError> {
    result.map_err(|error| EncodeError::new(operation.name, None, error.to_string()))
}

/// Stands where a struct whose attributes do not compile would be encoded.
///
/// # Errors
///
/// Always, though a program that contains it never runs.
pub fn not_declared() -> EncodeResult {
    Err(EncodeError::new("", None, "it is not declared"))
}
