//! The OpenRouter API, declared with [`api_request`]: a module for each resource, a struct for each operation.
//!
//! ```no_run
//! use api_request::{ApiRequest, Client};
//! use openrouter::chat::{ChatMessage, ChatRequest, ChatUserMessage, SendChatCompletion};
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::builder(openrouter::BASE_URL)
//!     .bearer("sk-or-v1-0e6f")
//!     .header("X-OpenRouter-Title", "My app")
//!     .build()?;
//! let hello = ChatUserMessage { content: "hello".to_owned().into(), name: None };
//! let chat = SendChatCompletion {
//!     body: ChatRequest {
//!         model: Some("openai/gpt-4o".to_owned()),
//!         messages: vec![hello.into()],
//!         ..ChatRequest::default()
//!     },
//!     ..SendChatCompletion::default()
//! };
//! let answer = client.send(&chat).await?;
//! println!("{:?}", answer.choices);
//! # Ok(())
//! # }
//! ```
//!
//! # Which operations there are
//!
//! All, and [`OPERATIONS`] lists them. [`operation`] finds one by its name, as what can be built and sent from JSON.
//!
//! The program `openrouter` calls them from a command line: `openrouter keys list`, `openrouter call list`. Its help says
//! more; it is made of the documentation of the structs. With the feature `fake`, `fake::Fake` stands in for the API.
//!
//! # Another operation
//!
//! is one struct, and its line in `operations.rs`:
//!
//! ```
//! use api_request::ApiRequest;
//! use serde::Deserialize;
//!
//! /// Tells how many credits were bought and used.
//! #[derive(Debug, Clone, Default, ApiRequest)]
//! #[api(in = openrouter::OpenRouter, method = GET, path = "/credits", name = "getCredits")]
//! #[api(response = CreditsResponse)]
//! pub struct GetCredits;
//!
//! /// How many credits were bought and used.
//! #[derive(Debug, Deserialize)]
//! pub struct CreditsResponse {
//!     /// The numbers.
//!     pub data: serde_json::Value,
//! }
//! ```
//!
//! # What the types keep
//!
//! - An enum of texts has a variant `Other` for those that are added later, and so has a value that can be of several
//!   types, which keeps it as JSON.
//! - A member of a request that may be left out is an `Option`; one that may be `null` too is a
//!   [`Nullable`](json::Nullable).
//! - A member that only tells a type from others, such as `type`, is not a field of that type: the enum around it writes
//!   it. Members of answers with one fixed value, such as `object`, are left out. Members of answers that are not
//!   declared are ignored; `client.call(&request).send_as::<serde_json::Value>()` reads all of them.
//! - The options that are passed through to providers are a map by the provider's slug, and what all destinations of
//!   [`observability`] have in common stands once, beside what is of their kind.
//! - The three headers that name the app, and how an operation fails, are said once, by [`OpenRouter`]; only the exchange
//!   of a code has these headers as fields, as the page of the API shows it. Most listings have their [`Paging`] in common.
#![allow(
    clippy::struct_excessive_bools,
    reason = "they are members of the API's objects"
)]

pub mod error;
#[cfg(feature = "fake")]
pub mod fake;
mod group;
pub mod json;
pub mod named;
mod operations;

pub mod analytics;
pub mod api_keys;
pub mod benchmarks;
pub mod byok;
pub mod chat;
pub mod classifications;
pub mod common;
pub mod credits;
pub mod datasets;
pub mod embeddings;
pub mod endpoints;
pub mod files;
pub mod generations;
pub mod guardrails;
pub mod images;
pub mod messages;
pub mod models;
pub mod oauth;
pub mod observability;
pub mod organization;
pub mod presets;
pub mod providers;
pub mod rerank;
pub mod responses;
pub mod scim;
pub mod speech;
pub mod transcriptions;
pub mod video_generation;
pub mod workspaces;

pub use group::{OpenRouter, Paging};
pub use operations::{
    DECLARED, OPERATIONS, RESOURCES, any_operations, build, nearest_operations, operation,
    operation_for,
};

/// Where the API is.
pub const BASE_URL: &str = "https://openrouter.ai/api/v1";
