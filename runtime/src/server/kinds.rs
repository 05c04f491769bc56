//! The traits of what is not read by serde: bytes, streams, flags and headers.

use std::{borrow::Cow, sync::Arc};

use bytes::Bytes;
use http::HeaderMap;
use serde::de::DeserializeOwned;

use super::{fault::Fault, flat::Flat};
use crate::{Body, Secret};

/// A body of bytes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from the bytes of a body",
    label = "not bytes that are owned",
    note = "use `Bytes`, `Vec<u8>` or an `Option` of one"
)]
pub trait FromBytes: Sized {
    /// The bytes; `None` if there has to be a body, and is none.
    fn from_bytes(bytes: Option<&Bytes>) -> Option<Self>;
}

macro_rules! from_bytes {
    ($($ty:ty, [$($param:tt)*], $bytes:ident => $value:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($param)*> FromBytes for $ty {
            fn from_bytes(bytes: Option<&Bytes>) -> Option<Self> {
                let none = Bytes::new();
                // A body of no bytes looks like none.
                let $bytes = bytes.unwrap_or(&none);
                $value
            }
        }
    )*};
}

from_bytes! {
    Bytes, [], bytes => Some(bytes.clone());
    Vec<u8>, [], bytes => Some(bytes.to_vec());
    Box<[u8]>, [], bytes => Some(bytes[..].into());
    Arc<[u8]>, [], bytes => Some(bytes[..].into());
    Cow<'_, [u8]>, [], bytes => Some(Cow::Owned(bytes.to_vec()));
    [u8; N], [const N: usize], bytes => bytes[..].try_into().ok();
}

#[diagnostic::do_not_recommend]
impl<T: FromBytes> FromBytes for Option<T> {
    fn from_bytes(bytes: Option<&Bytes>) -> Option<Self> {
        match bytes {
            None => Some(None),
            Some(_) => T::from_bytes(bytes).map(Some),
        }
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromBytes + zeroize::Zeroize> FromBytes for Secret<T> {
    fn from_bytes(bytes: Option<&Bytes>) -> Option<Self> {
        T::from_bytes(bytes).map(Secret::new)
    }
}

/// A streamed body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a streamed body",
    label = "not a `Body`",
    note = "use `api_request::Body` or an `Option` of it"
)]
pub trait FromStream: Sized {
    /// The body; `None` if there has to be one, and is none.
    fn from_stream(bytes: Option<&Bytes>) -> Option<Self>;
}

#[diagnostic::do_not_recommend]
impl FromStream for Body {
    fn from_stream(bytes: Option<&Bytes>) -> Option<Self> {
        Some(bytes.cloned().unwrap_or_default().into())
    }
}

#[diagnostic::do_not_recommend]
impl<T: FromStream> FromStream for Option<T> {
    fn from_stream(bytes: Option<&Bytes>) -> Option<Self> {
        match bytes {
            None => Some(None),
            Some(_) => T::from_stream(bytes).map(Some),
        }
    }
}

/// A flag.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from a flag",
    label = "not a `bool`",
    note = "a flag is a `bool` or an `Option<bool>`, which is `None` where the name is not there"
)]
pub trait FromFlag {
    /// What it is if the name is there, or is not.
    fn from_flag(is_on: bool) -> Self;
}

#[diagnostic::do_not_recommend]
impl FromFlag for bool {
    fn from_flag(is_on: bool) -> Self {
        is_on
    }
}

#[diagnostic::do_not_recommend]
impl FromFlag for Option<bool> {
    fn from_flag(is_on: bool) -> Self {
        is_on.then_some(true)
    }
}

/// What is flattened from headers. `How` tells what serde reads from a `HeaderMap`, so that the compiler can.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be read from headers",
    label = "not a struct or map of headers that is owned",
    note = "use an `http::HeaderMap`, or implement `serde::Deserialize` for it, for example with `#[derive(serde::Deserialize)]`"
)]
pub trait FromHeaders<How>: Sized {
    /// Reads the headers that are declared by no field.
    ///
    /// # Errors
    ///
    /// Fails if they are not of the type.
    fn from_headers(headers: Flat<'_>) -> Result<Self, Fault>;
}

/// By `Deserialize`.
#[derive(Debug)]
pub struct ByMembers;

/// As a `HeaderMap`.
#[derive(Debug)]
pub struct ByMap;

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> FromHeaders<ByMembers> for T {
    fn from_headers(headers: Flat<'_>) -> Result<Self, Fault> {
        T::deserialize(headers)
    }
}

#[diagnostic::do_not_recommend]
impl FromHeaders<ByMap> for HeaderMap {
    fn from_headers(headers: Flat<'_>) -> Result<Self, Fault> {
        Ok(headers.header_map())
    }
}

#[diagnostic::do_not_recommend]
impl FromHeaders<ByMap> for Option<HeaderMap> {
    fn from_headers(headers: Flat<'_>) -> Result<Self, Fault> {
        Ok(Some(headers.header_map()).filter(|map| !map.is_empty()))
    }
}
