//! A stand-in for the API that runs in this process: for tests, and for use without a network.
//!
//! It keeps what is created until it stops. A file of this folder serves one resource, or a few that are alike: handlers
//! of declared requests, which say what is answered. What is the same for all stands here: who may come in, and what a
//! refusal looks like. What a request may hold, its declaration says.
#![allow(
    clippy::result_large_err,
    reason = "it is what an operation declares, and is answered at once"
)]

mod analytics;
mod assignments;
mod benchmarks;
mod budgets;
mod byok;
mod catalogue;
mod chat;
mod check;
mod collection;
mod credits;
mod datasets;
mod days;
mod embeddings;
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
mod prelude;
mod presets;
mod refusal;
mod rerank;
mod responses;
mod rules;
mod scim;
mod secret;
mod sent;
mod speech;
mod state;
mod transcriptions;
mod videos;
mod words;
mod workspaces;

use std::{io, net::SocketAddr};

use axum::{extract::DefaultBodyLimit, middleware};
use tokio::{net::TcpListener, task::JoinHandle};

use self::prelude::{Router, Shared};

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
        let server = tokio::spawn(async move {
            // Never returns, by its contract.
            let _ = axum::serve(listener, router()).await;
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

/// Where the API is on the host.
const ROOT: &str = "/api/v1";

/// How large a body may be, in bytes.
const LIMIT: usize = 32 << 20;

/// Adds the handlers of files to a router.
macro_rules! add {
    ($router:ident: $($file:ident)+) => {
        $(let $router = $file::add($router);)+
    };
}

fn router() -> axum::Router {
    let shared = Shared::new();
    let api = Router::new()
        .strict()
        .refuse_with(|refusal| refusal::rephrase(&refusal));
    add! { api:
        analytics assignments benchmarks budgets byok chat credits datasets embeddings files
        generations guardrails images keys memberships messages models oauth observability
        organization presets rerank responses scim speech transcriptions videos workspaces
    }
    let api = axum::Router::from(api.with_state(shared.clone()));
    // The last one of these is the first that a request comes to.
    let api = api
        .layer(DefaultBodyLimit::max(LIMIT))
        .layer(middleware::from_fn_with_state(shared.clone(), check::key))
        .layer(middleware::from_fn(messages::refuse));
    let page = oauth::page().with_state(shared);
    axum::Router::new().nest(ROOT, api).merge(page)
}
