//! Declarations of [`api-request`](https://docs.rs/api-request) from `OpenAPI` documents.
//!
//! Data flows one way: files ([`Sources`]), the document of any version as one model ([`Document`]), what declarations
//! need of it ([`Model`]), and the text of the declarations ([`generate`]). [`instances`] makes values that the schemas of a
//! document allow.
//!
//! [`check`](check()) compares declarations with a document, in a test of the package that has them:
//!
//! ```no_run
//! # api_request::operations! { static OPERATIONS: [] }
//! # fn main() {
//! // In `#[test] fn declarations_agree_with_the_document()`:
//! api_request_openapi::check(OPERATIONS, "openapi.yaml")
//!     .allow("listKeys", "query parameter `limit`", "the server takes it; the document is behind")
//!     .assert();
//! # }
//! ```
#![allow(
    clippy::struct_excessive_bools,
    reason = "they are facts of a document"
)]

mod check;
mod document;
mod error;
mod generate;
pub mod instances;
pub mod model;
mod output;
mod report;
mod source;
mod text;

pub use check::{Agreement, Check, Difference, Unchecked, check};
pub use document::{
    Additional, Body, Condition, Discriminator, Document, Encoding, Limits, Location, Media,
    Operation, Parameter, Place, Response, Schema, SchemaId, Scheme, Server, Status, Type,
};
pub use error::Error;
pub use generate::{File, Head, Item, generate};
pub use model::{Model, Selection};
pub use output::{Changes, Output, OutputError};
pub use report::{Remark, Report};
pub use source::{Data, Node, Object, Sources, Value};
