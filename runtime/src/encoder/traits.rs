//! The traits that the type of a field needs, by the location of the field. The derive hands over references to fields
//! in the position of their types, so that an error underlines the type.

use std::fmt;

use bytes::Bytes;
use http::HeaderMap;
use serde::{Serialize, Serializer};

use super::{
    flatten::Flattener,
    header_names::HeaderNames,
    json::{self, JsonSerializer, Keys},
    problem::Problem,
    sink::Sink,
    value::Writer,
};
use crate::{Body, EncodeError, Secret, secrets};

/// A value of a path, query, header or cookie parameter, of a form member or a text body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a parameter",
    label = "not a parameter's value",
    note = "implement `serde::Serialize` for it, for example with `#[derive(serde::Serialize)]`",
    note = "a field that is not part of the request takes `#[api(skip)]`"
)]
pub trait ParamValue {
    /// Writes the value.
    ///
    /// # Errors
    ///
    /// Fails if the value is not supported in the location of the sink.
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem>;

    /// The group that it is, whose parameters have locations of their own.
    fn group(&self) -> Option<&dyn GroupValues> {
        None
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> ParamValue for T {
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.serialize(sink)
    }
}

/// A JSON body or a member of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as JSON",
    label = "not a JSON value",
    note = "implement `serde::Serialize` for it, for example with `#[derive(serde::Serialize)]`",
    note = "a field that is not part of the request takes `#[api(skip)]`"
)]
pub trait JsonValue {
    /// Appends the value, and says whether it is `None`. The names of its members are told to `keys`.
    ///
    /// # Errors
    ///
    /// Returns what `serde_json` does.
    fn write(&self, out: &mut Vec<u8>, keys: Keys<'_>) -> Result<bool, serde_json::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> JsonValue for T {
    fn write(&self, out: &mut Vec<u8>, keys: Keys<'_>) -> Result<bool, serde_json::Error> {
        json::write(out, keys, |serializer| self.serialize(serializer))
    }
}

/// A part of a multipart body: no type implements it without the feature `multipart`.
#[cfg(not(feature = "multipart"))]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a part without the feature `multipart` of `api-request`",
    label = "parts need the feature `multipart`",
    note = "add `multipart` to the features of `api-request` in `Cargo.toml`"
)]
pub trait PartValue {}

/// A struct or map whose members are parameters.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as parameters or a form",
    label = "not a struct or map",
    note = "implement `serde::Serialize` for it, for example with `#[derive(serde::Serialize)]`",
    note = "a group, which derives `ApiGroup`, is flattened by `#[api(flatten)]` alone"
)]
pub trait FlattenValue {
    /// Writes each member as a parameter.
    ///
    /// # Errors
    ///
    /// Fails if a member is not supported in the location of the sink.
    fn write_members(&self, sink: &mut Sink<'_>) -> Result<(), Problem>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> FlattenValue for T {
    fn write_members(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.serialize(Flattener::new(sink))
    }
}

/// What is flattened into headers: what [`FlattenValue`] is, or an `http::HeaderMap`. `How` tells the two apart, so that
/// the compiler can.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be flattened into headers",
    label = "not a struct or map of headers",
    note = "use an `http::HeaderMap`, or implement `serde::Serialize` for it, for example with `#[derive(serde::Serialize)]`"
)]
pub trait HeadersValue<How> {
    /// Writes each member as a header.
    ///
    /// # Errors
    ///
    /// Fails if a member is not supported as a header.
    fn write_headers(&self, sink: &mut Sink<'_>) -> Result<(), Problem>;
}

/// By `Serialize`.
#[derive(Debug)]
pub struct AsMembers;

/// As a `HeaderMap`, which is not `Serialize`.
#[derive(Debug)]
pub struct AsMap;

#[diagnostic::do_not_recommend]
impl<T: FlattenValue> HeadersValue<AsMembers> for T {
    fn write_headers(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.write_members(sink)
    }
}

#[diagnostic::do_not_recommend]
impl HeadersValue<AsMap> for HeaderMap {
    fn write_headers(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        sink.header_map(self)
    }
}

#[diagnostic::do_not_recommend]
impl HeadersValue<AsMap> for &HeaderMap {
    fn write_headers(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        sink.header_map(self)
    }
}

#[diagnostic::do_not_recommend]
impl HeadersValue<AsMap> for Option<HeaderMap> {
    fn write_headers(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.as_ref().map_or(Ok(()), |map| sink.header_map(map))
    }
}

/// A field that is flattened into headers.
pub struct Headers<'v, How>(&'v dyn HeadersValue<How>);

impl<How> fmt::Debug for Headers<'_, How> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it holds may be secret.
        f.debug_struct("Headers").finish_non_exhaustive()
    }
}

#[diagnostic::do_not_recommend]
impl<How> ParamValue for Headers<'_, How> {
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.0.write_headers(sink)
    }
}

/// A flattened field.
pub struct Flatten<'v>(&'v dyn FlattenValue);

impl fmt::Debug for Flatten<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it holds may be secret.
        f.debug_struct("Flatten").finish_non_exhaustive()
    }
}

#[diagnostic::do_not_recommend]
impl ParamValue for Flatten<'_> {
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.0.write_members(sink)
    }
}

/// What takes the values of a group.
pub type Hand<'h> = dyn FnMut(&[&dyn ParamValue]) -> Result<(), EncodeError> + 'h;

/// The values of a group.
pub trait GroupValues {
    /// The names of its headers.
    fn headers(&self) -> &'static HeaderNames;

    /// Hands over the values of its fields, in order.
    ///
    /// # Errors
    ///
    /// Returns what `hand` does.
    fn values(&self, hand: &mut Hand<'_>) -> Result<(), EncodeError>;
}

/// A flattened group, or nothing in place of one.
#[expect(missing_debug_implementations, reason = "the values may be secret")]
pub struct Grouped<'v>(pub(crate) Option<&'v dyn GroupValues>);

#[diagnostic::do_not_recommend]
impl ParamValue for Grouped<'_> {
    fn write(&self, _: &mut Sink<'_>) -> Result<(), Problem> {
        Ok(())
    }

    fn group(&self) -> Option<&dyn GroupValues> {
        self.0
    }
}

/// A parameter with `#[serde(with = …)]`.
#[derive(Debug)]
pub struct ParamWith<F>(pub F);

#[diagnostic::do_not_recommend]
impl<F> ParamValue for ParamWith<F>
where
    F: Fn(Writer<'_, '_>) -> Result<(), Problem>,
{
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.0(sink)
    }
}

/// A flattened field with `#[serde(with = …)]`.
#[derive(Debug)]
pub struct FlattenWith<F>(pub F);

#[diagnostic::do_not_recommend]
impl<F> ParamValue for FlattenWith<F>
where
    F: Fn(Flattener<'_, '_>) -> Result<(), Problem>,
{
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.0(Flattener::new(sink))
    }
}

/// A part with `#[serde(with = …)]`: never one without the feature `multipart`.
#[cfg(not(feature = "multipart"))]
#[derive(Debug)]
pub struct PartWith<F>(pub F);

/// A parameter with `#[serde(skip_serializing_if = …)]`, and whether it is skipped.
#[expect(missing_debug_implementations, reason = "the value may be secret")]
pub struct ParamUnless<'v>(pub bool, pub &'v dyn ParamValue);

#[diagnostic::do_not_recommend]
impl ParamValue for ParamUnless<'_> {
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        if self.0 {
            sink.none()
        } else {
            self.1.write(sink)
        }
    }
}

/// A JSON body with `#[serde(skip_serializing_if = …)]`, and whether it is skipped.
#[expect(missing_debug_implementations, reason = "the value may be secret")]
pub struct JsonUnless<'v>(pub bool, pub &'v dyn JsonValue);

#[diagnostic::do_not_recommend]
impl JsonValue for JsonUnless<'_> {
    fn write(&self, out: &mut Vec<u8>, keys: Keys<'_>) -> Result<bool, serde_json::Error> {
        if self.0 {
            json::write(out, keys, |serializer| serializer.serialize_none())
        } else {
            self.1.write(out, keys)
        }
    }
}

/// A JSON member with `#[serde(with = …)]`.
#[derive(Debug)]
pub struct JsonWith<F>(pub F);

#[diagnostic::do_not_recommend]
impl<F> JsonValue for JsonWith<F>
where
    F: Fn(JsonSerializer<'_, '_>) -> Result<(), serde_json::Error>,
{
    fn write(&self, out: &mut Vec<u8>, keys: Keys<'_>) -> Result<bool, serde_json::Error> {
        json::write(out, keys, &self.0)
    }
}

/// The bytes of a body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a body of bytes",
    label = "not bytes",
    note = "use `Bytes`, `Vec<u8>`, `&[u8]` or an `Option` of one",
    note = "for JSON write `#[api(body)]`, for text `#[api(body = text)]`, for a `Body` `#[api(body = stream)]`"
)]
pub trait BytesValue {
    /// The bytes, without a copy where the type allows that; `None` for no body.
    fn to_bytes(&self) -> Option<Bytes>;
}

#[diagnostic::do_not_recommend]
impl BytesValue for Bytes {
    fn to_bytes(&self) -> Option<Bytes> {
        Some(self.clone())
    }
}

#[diagnostic::do_not_recommend]
impl BytesValue for [u8] {
    fn to_bytes(&self) -> Option<Bytes> {
        Some(Bytes::copy_from_slice(self))
    }
}

macro_rules! as_slice {
    ($($ty:ty, [$($param:tt)*];)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($param)*> BytesValue for $ty {
            fn to_bytes(&self) -> Option<Bytes> {
                self[..].to_bytes()
            }
        }
    )*};
}

as_slice! {
    [u8; N], [const N: usize];
    Vec<u8>, [];
    std::borrow::Cow<'_, [u8]>, [];
}

macro_rules! pointers {
    ($($ty:ty;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: BytesValue + ?Sized> BytesValue for $ty {
            fn to_bytes(&self) -> Option<Bytes> {
                T::to_bytes(self)
            }
        }
    )*};
}

pointers! { &T; Box<T>; std::sync::Arc<T>; }

#[diagnostic::do_not_recommend]
impl<T: BytesValue> BytesValue for Option<T> {
    fn to_bytes(&self) -> Option<Bytes> {
        self.as_ref().and_then(T::to_bytes)
    }
}

#[diagnostic::do_not_recommend]
impl<T: BytesValue + zeroize::Zeroize> BytesValue for Secret<T> {
    fn to_bytes(&self) -> Option<Bytes> {
        self.expose().to_bytes().map(secrets::wiped_bytes)
    }
}

/// A streamed body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a streamed body",
    label = "not a `Body`",
    note = "use `api_request::Body` or an `Option` of it"
)]
pub trait StreamValue {
    /// The body; `None` for no body.
    fn to_body(&self) -> Option<Body>;
}

#[diagnostic::do_not_recommend]
impl StreamValue for Body {
    fn to_body(&self) -> Option<Body> {
        Some(self.share())
    }
}

#[diagnostic::do_not_recommend]
impl<T: StreamValue> StreamValue for Option<T> {
    fn to_body(&self) -> Option<Body> {
        self.as_ref().and_then(T::to_body)
    }
}

/// Takes a field whose members are parameters.
pub fn flatten<T: FlattenValue>(value: &T) -> Flatten<'_> {
    Flatten(value)
}

/// Takes a field whose members are headers.
pub fn headers<T: HeadersValue<How>, How>(value: &T) -> Headers<'_, How> {
    Headers(value)
}

/// Takes a body of bytes.
pub fn bytes<T: BytesValue>(value: &T) -> Option<Bytes> {
    value.to_bytes()
}

/// Takes a streamed body.
pub fn stream<T: StreamValue>(value: &T) -> Option<Body> {
    value.to_body()
}
