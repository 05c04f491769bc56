//! A stand-in for the API that runs in this process: for tests, and for use without a network.
//!
//! It keeps what is created until it stops. A file of this folder serves one resource, or a few that are alike: it knows
//! their paths and what they answer. What is the same for all stands here: who may come in, what a body may hold, and
//! what a refusal looks like.

mod activity;
mod analytics;
mod assignments;
mod benchmarks;
mod budgets;
mod byok;
mod catalogue;
mod chat;
mod check;
mod classifications;
mod collection;
mod credits;
mod datasets;
mod days;
mod embeddings;
mod events;
mod files;
mod generations;
mod guardrails;
mod images;
mod keys;
mod memberships;
mod messages;
mod models;
mod oauth;
mod observability;
mod organization;
mod presets;
mod providers;
mod query;
mod refusal;
mod rerank;
mod responses;
mod rules;
mod scim;
mod secret;
mod speech;
mod state;
mod transcriptions;
mod videos;
mod words;
mod workspaces;

use std::{io, net::SocketAddr};

use api_request::Client;
use axum::{Json, Router, extract::DefaultBodyLimit, http::StatusCode, middleware};
use serde_json::Value;
use tokio::{net::TcpListener, task::JoinHandle};

use self::{refusal::Refusal, state::Shared};

/// Answers like the API, at an address of this machine, until it is dropped.
///
/// A model that makes text repeats the last message of the user, and a word is a token: so the answer to a chat is known
/// beforehand, whole and as a stream. Where the message is `fail in the stream`, a stream ends with an error after its
/// first word. Which models there are, [`ListModels`](crate::models::ListModels) tells. A key that is there, and not
/// switched off, may do everything: the stand-in does not tell management keys from others.
///
/// ```
/// use api_request::Client;
/// use openrouter::{api_keys::ListKeys, fake::Fake};
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let fake = Fake::start().await?;
/// let client = Client::builder(fake.base_url()).bearer(Fake::KEY).build()?;
/// assert_eq!(client.send(&ListKeys::default()).await?.data.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// # use api_request::ApiRequest;
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Fake {
    address: SocketAddr,
    server: JoinHandle<()>,
}

impl Fake {
    /// The key that it knows from the start: a management key of the default workspace.
    pub const KEY: &'static str = "sk-or-v1-offline";

    /// Starts it at a free port of `127.0.0.1`.
    ///
    /// # Errors
    ///
    /// Fails if there is no free port.
    pub async fn start() -> io::Result<Self> {
        Self::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Starts it at an address; port 0 is any free one.
    ///
    /// # Errors
    ///
    /// Fails if the address cannot be listened at.
    pub async fn bind(address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address).await?;
        let address = listener.local_addr()?;
        let client = Client::new(crate::BASE_URL).map_err(io::Error::other)?;
        let server = tokio::spawn(async move {
            // Never returns, by its contract.
            let _ = axum::serve(listener, router(client)).await;
        });
        Ok(Self { address, server })
    }

    /// The base URL of the API: what [`BASE_URL`](crate::BASE_URL) is to the real one.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}{ROOT}", self.address)
    }

    /// Waits until it stops, which it does not do by itself.
    pub async fn stopped(mut self) {
        // It ends with an error if it is aborted or panics: it has stopped.
        let _ = (&mut self.server).await;
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// What an operation answers with JSON.
type Answer = Result<Json<Value>, Refusal>;

/// What an operation that creates something answers.
type Created = Result<(StatusCode, Json<Value>), Refusal>;

/// Where the API is on the host.
const ROOT: &str = "/api/v1";

fn router(client: Client) -> Router {
    let shared = Shared::new();
    let operations = Router::new()
        .merge(activity::routes())
        .merge(analytics::routes())
        .merge(assignments::routes())
        .merge(benchmarks::routes())
        .merge(budgets::routes())
        .merge(byok::routes())
        .merge(chat::routes())
        .merge(classifications::routes())
        .merge(credits::routes())
        .merge(datasets::routes())
        .merge(embeddings::routes())
        .merge(files::routes())
        .merge(generations::routes())
        .merge(guardrails::routes())
        .merge(images::routes())
        .merge(keys::routes())
        .merge(memberships::routes())
        .merge(messages::routes())
        .merge(models::routes())
        .merge(oauth::routes())
        .merge(observability::routes())
        .merge(organization::routes())
        .merge(presets::routes())
        .merge(providers::routes())
        .merge(rerank::routes())
        .merge(responses::routes())
        .merge(scim::routes())
        .merge(speech::routes())
        .merge(transcriptions::routes())
        .merge(videos::routes())
        .merge(workspaces::routes())
        .method_not_allowed_fallback(|| async { Refusal::method_not_allowed() })
        .layer(DefaultBodyLimit::max(check::LIMIT))
        // The last one of these is the first that a request comes to.
        .route_layer(middleware::from_fn_with_state(client, check::input))
        .route_layer(middleware::from_fn_with_state(shared.clone(), check::key))
        .route_layer(middleware::from_fn(refusal::rephrase))
        .route_layer(middleware::from_fn(messages::refuse));
    Router::new()
        .nest(ROOT, operations)
        .merge(oauth::page())
        .fallback(|| async { Refusal::not_found("there is nothing at this path") })
        .with_state(shared)
}
