//! All names in the expansion of the derives. Nothing else may use them, and none is public API.

pub use std::{
    convert::{AsRef, From, TryInto},
    fmt::Display,
    str::FromStr,
};
use std::{fmt, marker::PhantomData};

pub use bytes::Bytes;
pub use http::{HeaderMap, StatusCode};
pub use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned};

#[cfg(feature = "events")]
pub use crate::EventRequest;
#[cfg(all(feature = "client", feature = "server"))]
pub use crate::operations::{
    CallProbe, Calls, HasEventCalls, HasItemCalls, HasNoCalls, HasRequestCalls,
};
#[cfg(feature = "events")]
pub use crate::operations::{EventCheck, EventProbe, HasEventCheck, HasNoEventCheck};
#[cfg(feature = "lines")]
pub use crate::response::{Lines, LinesField, lines};
#[cfg(all(feature = "server", feature = "events"))]
pub use crate::server::WriteEvent;
#[cfg(feature = "server")]
pub use crate::server::{
    AsAny, AsBytes, AsEmpty, AsJson, AsLines, AsStream, AsText, Asked, CutPages, Decoder, Fault,
    FlatDeserializer, FlatFrom, FlatFromDefaults, FromBytes, FromFlag, FromHeaders, FromHttp,
    FromHttpGroup, FromStream, FromValue, JsonValueDeserializer, LinesDeserializer, NextPlace,
    NextPlaceDefaults, NotWritten, ObjectWriter, PageFill, ParamDeserializer, Passed,
    PassedDefaults, ReadResult, Refusal, ResponseWriter, Unwritable, WriteAs, WriteError,
    WriteLines, WriteResponse, WriteStream, WriteValue, Written, not_read, read_bytes_body,
    read_flag, read_flat_json, read_flatten, read_flatten_by, read_form_body, read_form_body_by,
    read_group, read_headers, read_json, read_json_body, read_json_body_by, read_json_by,
    read_json_text, read_json_text_by, read_lines_body, read_lines_body_by, read_param,
    read_param_by, read_stream_body, read_text_body, read_text_body_by,
};
#[cfg(all(feature = "server", feature = "multipart"))]
pub use crate::server::{PartDeserializer, read_part, read_part_by};
pub use crate::{
    ApiGroup, ApiRequest, ApiResponse, Auth, ByteStream, Content, EncodeError, ErrorBody,
    ErrorFormat, Events, Next, Operation, Page, PageItems, Paginate, Pagination, Param,
    ResponseFormat,
    encoder::{
        BodyFormat, BodyOf, BytesValue, Encoder, Flag, FlagValue, Flatten, FlattenSerializer,
        FlattenValue, FlattenWith, Formatted, FormattedBody, Formatter, GroupValues, Grouped, Hand,
        HeaderNames, Headers, HeadersValue, JsonSerializer, JsonText, JsonUnless, JsonValue,
        JsonWith, LinesSerializer, LinesValue, LinesWith, NO_HEADERS, ParamSerializer, ParamUnless,
        ParamValue, ParamWith, PartSerializer, PartValue, PartWith, Payload, StreamValue, UrlValue,
        bytes, flatten, headers, stream, url,
    },
    error::{
        Briefly, ErrorReader,
        envelope::error_status,
        rules::{EnvelopeMark, ErrorRules, MessageStep},
    },
    group::{Flat, FlatDefaults, Member},
    open_enum::{OpenEnum, OtherText, no_variant, open_enum, open_enum_of_string, read_open_enum},
    operation::{
        Constant, Group, Idempotency, Joined, MAX_PATH, Meta, Notation, NullValue, ParamKind,
        PathValue, Piece, Style, TargetValue, joined_len,
    },
    operations::check_operations,
    paginate::{
        CursorFrom, CursorValue, Found, FoundDefaults, Last, List, ListOf, NextPage, Number, Seen,
        Slot, SlotDefaults, UrlText, count, is_last, last, next_cursor, next_given, next_link,
        next_number, next_of_header, next_offset, next_url, passed,
    },
    response::{
        BYTES, BodyField, Claim, EMPTY, Format, HeaderDeserializer, HeadersField, JsonDeserializer,
        Read, ResponseDecoder, STREAM, TEXT, Undecodable, body_field, json, json_text,
    },
};
use crate::{Nullable, Secret};

/// What derives write for servers: nothing without the feature `server`, so that clients need not compile it.
#[cfg(feature = "server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __server {
    ($($items:tt)*) => { $($items)* };
}

/// What derives write for servers: nothing without the feature `server`, so that clients need not compile it.
#[cfg(not(feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __server {
    ($($items:tt)*) => {};
}

pub use crate::__server as server;

/// What `ApiRequest::encode` returns.
pub type EncodeResult = Result<(), EncodeError>;

/// Stands for the trait of that name while the feature `events` is off: no type will do.
#[cfg(not(feature = "events"))]
pub trait EventRequest: ApiRequest {
    /// What is missing.
    type Event: FeatureEvents;
}

/// Is implemented by nothing, so that the compiler says what to do.
#[cfg(not(feature = "events"))]
#[diagnostic::on_unimplemented(
    message = "`events` needs the feature `events` of `api-request`",
    label = "the feature is off",
    note = "enable it in `Cargo.toml`: `cargo add api-request --features events`"
)]
pub trait FeatureEvents {}

/// Stands for the type of that name while the feature `lines` is off.
#[cfg(not(feature = "lines"))]
#[derive(Debug)]
pub struct Lines<T, E>(PhantomData<fn() -> (T, E)>);

/// Stands for the function of that name while the feature `lines` is off: no type will do.
#[cfg(not(feature = "lines"))]
#[must_use]
pub const fn lines<T: FeatureLines<E>, E>() -> Format<Lines<T, E>> {
    T::FORMAT
}

/// Is implemented by nothing, so that the compiler says what to do.
#[cfg(not(feature = "lines"))]
#[diagnostic::on_unimplemented(
    message = "`response(lines = …)` needs the feature `lines` of `api-request`",
    label = "the feature is off",
    note = "enable it in `Cargo.toml`: `cargo add api-request --features lines`"
)]
pub trait FeatureLines<E>: Sized {
    /// What is missing.
    const FORMAT: Format<Lines<Self, E>>;
}

/// Stands for the trait of that name while the feature `lines` is off: no type will do.
#[cfg(not(feature = "lines"))]
#[diagnostic::on_unimplemented(
    message = "`body = lines` needs the feature `lines` of `api-request`",
    label = "the feature is off",
    note = "enable it in `Cargo.toml`: `cargo add api-request --features lines`"
)]
pub trait LinesField: Sized {
    /// What is missing.
    const MISSING: Self;
}

/// How a body of lines is read.
#[cfg(feature = "lines")]
pub const LINES: Read = Read::Lines;

/// Stands for the constant of that name while the feature `lines` is off.
#[cfg(not(feature = "lines"))]
pub const LINES: Read = Read::Streamed;

#[cfg(not(feature = "lines"))]
impl ResponseDecoder<'_> {
    /// Stands for the function of that name while the feature `lines` is off.
    ///
    /// # Errors
    ///
    /// None.
    pub fn lines<L: LinesField>(&mut self) -> Result<L, Undecodable> {
        Ok(L::MISSING)
    }
}

/// The value of `Accept` of a response type whose variants have these: the one that all have, or any.
#[must_use]
pub const fn accept(all: &[&'static str]) -> &'static str {
    let [first, rest @ ..] = all else {
        return "*/*";
    };
    let mut at = 0;
    while at < rest.len() {
        if !same(first.as_bytes(), rest[at].as_bytes()) {
            return "*/*";
        }
        at += 1;
    }
    first
}

/// Whether two texts are the same, where `==` cannot be used.
const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut at = 0;
    while at < a.len() && at < b.len() && a[at] == b[at] {
        at += 1;
    }
    at == a.len() && at == b.len()
}

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
    /// There is always text for the placeholder.
    const IN_PATH: PhantomData<()> = PhantomData;
    /// Its `None`, if it has one, may be sent as `null`.
    const AS_NULL: PhantomData<()> = PhantomData;
    /// It is not a group.
    const GROUP: Option<&'static Group> = None;
    /// It is not the JSON of a response by itself.
    const IS_JSON_RESPONSE: bool = false;
    /// It is not the JSON of an error by itself.
    const IS_JSON_ERROR: bool = false;
}

impl<T: ?Sized> ProbeDefaults for Probe<T> {}

impl<T: DeserializeOwned> Probe<T> {
    /// It is an `ApiResponse`, without the derive.
    pub const IS_JSON_RESPONSE: bool = true;
}

impl<T: DeserializeOwned + fmt::Debug + Send + Sync + 'static> Probe<T> {
    /// It is an `ErrorFormat`, without the derive.
    pub const IS_JSON_ERROR: bool = true;
}

impl<T> Probe<Option<T>> {
    /// It may be `None`.
    pub const REQUIRED: bool = false;
    /// It is neither a `PathValue` nor a `TargetValue`.
    pub const IN_PATH: PhantomData<Option<T>> = PhantomData;
}

impl<T> Probe<Nullable<T>> {
    /// It may be absent.
    pub const REQUIRED: bool = false;
    /// It is not a `PathValue`.
    pub const IN_PATH: PhantomData<Nullable<T>> = PhantomData;
    /// It is not a `NullValue`.
    pub const AS_NULL: PhantomData<Nullable<T>> = PhantomData;
}

impl<T: zeroize::Zeroize> Probe<Nullable<Secret<T>>> {
    /// It is a secret.
    pub const SECRET: bool = true;
}

impl<T: zeroize::Zeroize> Probe<Secret<T>> {
    /// It is a secret.
    pub const SECRET: bool = true;
}

impl<T: zeroize::Zeroize> Probe<Option<Secret<T>>> {
    /// It is a secret.
    pub const SECRET: bool = true;
}

/// What a format of a body is given of a field: an inherent item for `Option<T>` takes precedence over the trait's.
pub trait ProbeBody {
    /// The type that the format is for.
    type Value: ?Sized;

    /// It, as a value.
    const BODY: BodyOf<Self::Value> = BodyOf::VALUE;

    /// The value in the field, if there is one.
    fn body(field: &Self::Value) -> Option<&Self::Value> {
        Some(field)
    }
}

impl<T: ?Sized> ProbeBody for Probe<T> {
    type Value = T;
}

impl<T> Probe<Option<T>> {
    /// The type in the `Option`.
    pub const BODY: BodyOf<T> = BodyOf::VALUE;

    /// The value, if there is one.
    #[must_use]
    pub const fn body(field: &Option<T>) -> Option<&T> {
        field.as_ref()
    }
}

/// The types of two values of `meta`: an inherent method for twice the same takes precedence over the trait's.
#[derive(Debug)]
pub struct Pair<A, B>(PhantomData<(A, B)>);

/// What holds for two types that differ.
pub trait PairDefaults {
    /// They differ.
    #[must_use]
    fn __api_request_types(&self) -> Different {
        Different
    }
}

impl<A, B> PairDefaults for Pair<A, B> {}

impl<T> Pair<T, T> {
    /// They are the same.
    #[must_use]
    pub fn __api_request_types(&self) -> Same {
        Same
    }
}

/// Two types that differ.
#[derive(Debug)]
pub struct Different;

/// A type, twice.
#[derive(Debug)]
pub struct Same;

/// What two values of `meta` have to be.
#[diagnostic::on_unimplemented(
    message = "two values of `meta` have one type, by which they cannot be told apart",
    label = "there is another value of this type",
    note = "keep one of them, or give one a type of its own, such as `struct Cost(u32);`"
)]
pub trait Distinct {}

#[diagnostic::do_not_recommend]
impl Distinct for Different {}

/// Takes two values of `meta`.
#[must_use]
pub fn pair<A, B>(_: &A, _: &B) -> Pair<A, B> {
    Pair(PhantomData)
}

/// Takes the types of two values of `meta`.
pub fn distinct<T: Distinct>(_: T) {}

impl<T: ApiGroup> Probe<T> {
    /// It is a group.
    pub const GROUP: Option<&'static Group> = Some(T::GROUP);
}

/// What a `validate` function returns.
#[diagnostic::on_unimplemented(
    message = "a `validate` function cannot return `{Self}`",
    label = "returns `{Self}`",
    note = "the function is called with a reference to the request: `fn(&Request) -> Result<(), E>`, where `E: Display`"
)]
pub trait Verdict {
    /// Why the request is not valid, if it is not.
    fn refusal(self) -> Option<String>;
}

#[diagnostic::do_not_recommend]
impl<E: Display> Verdict for Result<(), E> {
    fn refusal(self) -> Option<String> {
        self.err().map(|error| error.to_string())
    }
}

/// Converts the result of a `validate` function.
///
/// # Errors
///
/// Returns its message.
pub fn validated(operation: &'static Operation, verdict: impl Verdict) -> EncodeResult {
    match verdict.refusal() {
        Some(reason) => Err(EncodeError::new(operation.name, None, reason)),
        None => Ok(()),
    }
}

/// Stands where a struct whose attributes do not compile would be encoded.
///
/// # Errors
///
/// Always, though a program that contains it never runs.
pub fn not_declared() -> EncodeResult {
    Err(EncodeError::new("", None, "it is not declared"))
}
