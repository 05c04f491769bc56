//! From a request that was received to the declared struct: the inverse of the encoder.
//!
//! Read in this order: [`fault`] and [`refusal`] (why a value is not read), [`unescape`], [`scalar`] (one text), [`pairs`],
//! [`texts`] and [`rules`] (where the texts of a value are, and how they are cut), [`access`], [`tree`], [`declared`],
//! [`leaf`], [`flat`] and [`value`] (serde deserializers), [`json`], `multipart` and `parts`, [`kinds`] (what serde does not read),
//! [`route`] and [`incoming`] (a request, cut once), [`decoder`], [`read`] and [`group`] (what the derive asks for), and
//! [`request`], the trait. The way to the response is in [`respond`]. `table`, `handled`, `handlers`, `undeclared` and
//! `strict` are for several operations, and [`pages`] for those that are listings.
//!
//! Invariant: what is read depends on the request and the [`Operation`](crate::operation::Operation) alone, by the facts
//! that the encoder writes by; memory is bounded by the request.

mod access;
#[cfg(any(feature = "axum", feature = "client"))]
mod at;
mod declared;
mod decoder;
mod fault;
mod flat;
#[cfg(feature = "client")]
mod given;
#[cfg(feature = "client")]
mod given_body;
#[cfg(all(feature = "client", feature = "multipart"))]
mod given_parts;
mod group;
#[cfg(any(feature = "axum", feature = "client"))]
mod handled;
#[cfg(any(feature = "axum", feature = "client"))]
mod handlers;
mod incoming;
mod json;
mod kinds;
mod leaf;
#[cfg(feature = "multipart")]
mod multipart;
#[cfg_attr(
    not(feature = "client"),
    allow(
        dead_code,
        reason = "the derive names the module, and only tests of clients cut pages"
    )
)]
mod pages;
mod pairs;
#[cfg(feature = "multipart")]
mod parts;
mod read;
mod refusal;
mod request;
mod respond;
mod route;
mod rules;
mod scalar;
#[cfg(any(feature = "axum", feature = "client"))]
mod strict;
#[cfg(any(feature = "axum", feature = "client"))]
mod table;
mod texts;
mod tree;
#[cfg(any(feature = "axum", feature = "client"))]
mod undeclared;
mod unescape;
mod value;

#[cfg(feature = "client")]
pub(crate) use self::given::Given;
#[cfg(all(feature = "events", any(feature = "axum", feature = "client")))]
pub(crate) use self::handled::EventsHandled;
#[cfg(feature = "client")]
pub(crate) use self::pages::{check_pages, cut_page};
#[cfg(feature = "multipart")]
pub use self::parts::{PartDeserializer, read_part, read_part_by};
#[cfg(feature = "events")]
pub use self::respond::WriteEvent;
#[cfg(feature = "client")]
pub(crate) use self::strict::{misread, undeclared};
pub use self::{
    decoder::Decoder,
    fault::Fault,
    flat::Flat as FlatDeserializer,
    group::{FlatFrom, FlatFromDefaults, FromHttpGroup, read_group},
    json::{JsonValueDeserializer, LinesDeserializer},
    kinds::{FromBytes, FromFlag, FromHeaders, FromStream},
    pages::{Asked, CutPages, NextPlace, NextPlaceDefaults, PageFill, Passed, PassedDefaults},
    read::{
        FromValue, read_bytes_body, read_flag, read_flat_json, read_flatten, read_flatten_by,
        read_form_body, read_form_body_by, read_headers, read_json, read_json_body,
        read_json_body_by, read_json_by, read_json_text, read_json_text_by, read_lines_body,
        read_lines_body_by, read_param, read_param_by, read_stream_body, read_text_body,
        read_text_body_by,
    },
    refusal::Refusal,
    request::FromHttp,
    respond::{
        AsAny, AsBytes, AsEmpty, AsJson, AsLines, AsStream, AsText, NotWritten, ObjectWriter,
        ResponseWriter, Unwritable, WriteAs, WriteError, WriteLines, WriteResponse, WriteStream,
        WriteValue, Written,
    },
    value::ParamDeserializer,
};
#[cfg(any(feature = "axum", feature = "client"))]
pub(crate) use self::{
    handled::Handled,
    handlers::{Handlers, Kind},
    strict::{Unfit, is_usual},
    table::Table,
};
#[cfg(feature = "client")]
pub(crate) use self::{handlers::is_same, undeclared::distance};

/// What the functions of the derive return.
pub type ReadResult<T> = Result<T, Refusal>;

/// Stands where a struct whose attributes do not compile would be read.
///
/// # Errors
///
/// Always, though a program that contains it never runs.
pub fn not_read<T>() -> ReadResult<T> {
    Err(Refusal::not_found())
}
