//! A response on its way to a value: the expansion of `#[derive(ApiResponse)]` takes from it what each field is.
//!
//! Invariant: the body is taken once, after the headers. No function that has a type parameter does more than to
//! deserialize.

use std::str;

use bytes::Bytes;
use http::{StatusCode, response};

use super::{
    claim::{Claim, index},
    fields::FieldValue,
    header::{HeaderDeserializer, HeadersField},
    object::Object,
    reason::Reason,
    received::Received,
    settle::Check,
    stream::ByteStream,
    undecodable::Undecodable,
};
use crate::{Operation, error::rules::ErrorRules};

/// A response that is decoded.
#[doc(hidden)]
#[derive(Debug)]
#[allow(
    unreachable_pub,
    reason = "Rust 1.85 overlooks the public trait that names it"
)]
pub struct ResponseDecoder<'r> {
    pub(super) operation: &'static Operation,
    /// What the error type says of the lines that are errors.
    #[cfg_attr(
        not(feature = "lines"),
        expect(dead_code, reason = "only lines have errors")
    )]
    pub(super) errors: ErrorRules,
    pub(super) head: &'r response::Parts,
    pub(super) body: Received,
    /// The object that the body is, once a member was asked for.
    pub(super) object: Option<Object>,
    /// The response is checked, rather than decoded: what would be read later is read at once.
    pub(super) check: Option<&'r mut Check>,
}

impl<'r> ResponseDecoder<'r> {
    pub(super) fn new(
        operation: &'static Operation,
        errors: ErrorRules,
        head: &'r response::Parts,
        body: Received,
    ) -> Self {
        Self {
            operation,
            errors,
            head,
            body,
            object: None,
            check: None,
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Why there is no value: no variant has this status.
    #[must_use]
    pub fn no_variant(&self) -> Undecodable {
        undeclared(self.head.status)
    }

    /// The index of the claim that has the status, in the order alone, class, rest; `usize::MAX` if there is none.
    #[must_use]
    pub fn claimed(&self, claims: &'static [Claim]) -> usize {
        index(claims, self.head.status)
    }

    /// A header, by its name in lower case, or another of its names.
    ///
    /// # Errors
    ///
    /// Fails if the header is missing and `T` needs one, and if its value is not of a `T`.
    pub fn header<T: FieldValue>(
        &mut self,
        names: &'static [&'static str],
    ) -> Result<T, Undecodable> {
        self.header_with(names, |header| T::deserialize(header))
    }

    /// The same, or a value in place of a header that is missing.
    ///
    /// # Errors
    ///
    /// As [`header`](Self::header).
    pub fn header_or<T: FieldValue>(
        &mut self,
        names: &'static [&'static str],
        default: impl FnOnce() -> T,
    ) -> Result<T, Undecodable> {
        self.header_with_or(names, |header| T::deserialize(header), default)
    }

    /// A header, as a function reads it.
    ///
    /// # Errors
    ///
    /// As [`header`](Self::header).
    pub fn header_with<T>(
        &mut self,
        names: &'static [&'static str],
        read: impl FnOnce(HeaderDeserializer<'_>) -> Result<T, Reason>,
    ) -> Result<T, Undecodable> {
        let header = HeaderDeserializer::new(&self.head.headers, names);
        read(header).map_err(|reason| header.undecodable(&reason))
    }

    /// The same, or a value in place of a header that is missing.
    ///
    /// # Errors
    ///
    /// As [`header`](Self::header).
    pub fn header_with_or<T>(
        &mut self,
        names: &'static [&'static str],
        read: impl FnOnce(HeaderDeserializer<'_>) -> Result<T, Reason>,
        default: impl FnOnce() -> T,
    ) -> Result<T, Undecodable> {
        let header = HeaderDeserializer::new(&self.head.headers, names);
        if header.is_absent() {
            return Ok(default());
        }
        read(header).map_err(|reason| header.undecodable(&reason))
    }

    /// All headers.
    ///
    /// # Errors
    ///
    /// Fails if the names and values are not of a `T`.
    pub fn headers<T: HeadersField<How>, How>(&mut self) -> Result<T, Undecodable> {
        T::from_headers(&self.head.headers)
    }

    /// The body, which is text.
    ///
    /// # Errors
    ///
    /// Fails if it is not UTF-8.
    pub fn text(&mut self) -> Result<String, Undecodable> {
        match str::from_utf8(&self.bytes()) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(Undecodable::malformed(error)),
        }
    }

    /// The body.
    #[must_use]
    pub fn bytes(&mut self) -> Bytes {
        self.body.take().into_bytes()
    }

    /// The body, as it is received.
    pub fn stream(&mut self) -> ByteStream {
        self.body.take().into_stream(self.operation, self.head)
    }
}

/// Why a response is not a value: its status is none that the type declares.
pub(super) fn undeclared(status: StatusCode) -> Undecodable {
    let status = status.as_u16();
    Undecodable::of_head(format_args!(
        "the response type does not declare the status {status}"
    ))
}
