//! Servers of declared operations, with [axum](https://docs.rs/axum).
//!
//! [`Router`] routes by the declarations, to handlers of responses and of events. [`Api`] is an extractor for handlers of
//! an `axum::Router`.
//!
//! ```
//! use api_request::{ApiError, ApiRequest, FromHttp, axum::Router};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Serialize, Deserialize)]
//! struct Key {
//!     hash: String,
//! }
//!
//! #[derive(Debug, ApiError)]
//! enum KeyError {
//!     #[api(status = 404)]
//!     NotFound,
//!     #[api(other)]
//!     Other(String),
//! }
//!
//! #[derive(ApiRequest, FromHttp)]
//! #[api(method = GET, path = "/keys/{hash}", response = Key, error = KeyError)]
//! struct GetKey {
//!     hash: String,
//! }
//!
//! async fn get_key(request: GetKey) -> Result<Key, KeyError> {
//!     match &*request.hash {
//!         "f01d" => Ok(Key { hash: request.hash }),
//!         _ => Err(KeyError::NotFound),
//!     }
//! }
//!
//! let keys = Router::new().on(get_key);
//! let app = axum::Router::new().nest("/api/v1", keys.into());
//! # let _: axum::Router = app;
//! ```
//!
//! A request that no handler takes gets the response of a [`Refusal`](crate::Refusal), in the form that
//! [`refuse_with`](Router::refuse_with) says. So does one that has what is not declared, if the router is
//! [`strict`](Router::strict).

mod extract;
mod handler;
mod router;

#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
pub use self::handler::EventsHandler;
#[cfg(feature = "client")]
pub(crate) use self::router::serve;
pub use self::{extract::Api, handler::Handler, router::Router};
