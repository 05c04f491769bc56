#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
#[cfg(feature = "axum")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
pub mod axum;
mod base_url;
#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;
mod body;
#[cfg(feature = "client")]
mod client;
mod curl;
mod encoder;
mod error;
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub mod events;
mod group;
mod json;
mod nullable;
mod open_enum;
mod operation;
mod operations;
mod paginate;
#[cfg(feature = "multipart")]
mod part;
mod reference;
mod request;
mod response;
mod secret;
mod secrets;
mod sensitive;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod testing;
mod trace;
#[cfg(feature = "client")]
mod transport;

#[doc = include_str!("../docs/api_error.md")]
pub use api_request_macros::ApiError;
#[doc = include_str!("../docs/api_group.md")]
pub use api_request_macros::ApiGroup;
#[doc = include_str!("../docs/api_request.md")]
#[doc = include_str!("../docs/diagnostics.md")]
pub use api_request_macros::ApiRequest;
#[doc = include_str!("../docs/api_response.md")]
pub use api_request_macros::ApiResponse;
#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
#[doc = include_str!("../docs/from_http.md")]
pub use api_request_macros::FromHttp;
#[doc = include_str!("../docs/open_enum.md")]
pub use api_request_macros::OpenEnum;

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use crate::client::{
    Authorization, Call, Client, ClientBuilder, Credentials, Decide, IntoScheme, Items, Limits,
    Pages, Retry, Scheme, Seen, Until,
};
#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub use crate::events::{
    request::EventRequest,
    stream::{EventStream, OpenEvents, WithEvent},
};
#[cfg(feature = "multipart")]
#[cfg_attr(docsrs, doc(cfg(feature = "multipart")))]
pub use crate::part::Part;
#[cfg(feature = "lines")]
#[cfg_attr(docsrs, doc(cfg(feature = "lines")))]
pub use crate::response::Lines;
#[cfg(feature = "server")]
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
pub use crate::server::{FromHttp, Refusal};
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub use crate::transport::tower::ReqwestTransport;
#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub use crate::transport::{Transport, error::TransportError};
pub use crate::{
    base_url::BaseUrl,
    body::Body,
    encoder::BodyFormat,
    error::{BoxError, ConfigError, EncodeError, Error, ErrorBody, ErrorFormat, Phase},
    group::ApiGroup,
    nullable::Nullable,
    operation::{
        Auth, ConstantParam, Content, Events, Location, Operation, PageStyle, Pagination, Param,
    },
    operations::AnyOperation,
    paginate::{Next, Page, PageItems, Paginate},
    request::ApiRequest,
    response::{
        ApiResponse, ByteReader, ByteStream, Deprecation, Progress, Raw, Response, ResponseFormat,
        Text,
    },
    secret::Secret,
};
#[cfg(all(feature = "client", feature = "server"))]
#[cfg_attr(docsrs, doc(cfg(all(feature = "client", feature = "server"))))]
pub use crate::{
    operations::Input,
    response::{AnyResponse, BodyNames, NamesKind},
};
