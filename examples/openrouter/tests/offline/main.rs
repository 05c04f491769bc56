//! Each resource, through the client and the stand-in for the API.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use api_request::{Client, Error};
use openrouter::{error::OpenRouterError, fake::Fake};

mod analytics;
mod api_keys;
mod benchmarks;
mod byok;
mod chat;
mod classifications;
mod credits;
mod datasets;
mod embeddings;
mod files;
mod generations;
mod guardrails;
mod images;
mod messages;
mod models;
mod oauth;
mod observability;
mod organization;
mod paths;
mod presets;
mod refusals;
mod rerank;
mod responses;
mod scim;
mod speech;
mod transcriptions;
mod videos;
mod workspaces;

/// A stand-in, and a client of it. The stand-in has to be kept as long as it is to answer.
async fn start() -> (Fake, Client) {
    let fake = Fake::start().await.unwrap();
    let client = client(&fake, Fake::KEY);
    (fake, client)
}

/// A client with another key.
fn client(fake: &Fake, key: &str) -> Client {
    let builder = Client::builder(fake.base_url()).bearer(key);
    builder.build().unwrap()
}

/// Fails unless a call was refused with this status.
#[track_caller]
fn assert_refused<T: std::fmt::Debug>(answer: Result<T, Error<OpenRouterError>>, status: u16) {
    let error = answer.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), status, "{error}");
}
