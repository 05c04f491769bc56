//! Sends declared requests with `hyper`, and reads a stream of events from it.
//!
//! ```console
//! cargo run -p api-request-cookbook --example stack_hyper
//! ```
//!
//! `Body` implements `http_body::Body` in both directions, so that neither side copies. A program that does only this
//! depends on `api-request` with `default-features = false, features = ["events"]`. The server runs in this program, on
//! loopback.

mod server;

use std::{convert::Infallible, error::Error};

use api_request::{ApiRequest, BaseUrl, Body, EventRequest as _};
use axum::{
    Json, Router,
    response::sse::{Event, Sse},
    routing::{get, post},
};
use futures_util::{TryStreamExt as _, stream};
use http_body_util::BodyExt as _;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::{Deserialize, Serialize};

/// Creates a key.
#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", fields = json, response = Key)]
struct CreateKey<'a> {
    label: &'a str,
}

#[derive(Debug, Serialize, Deserialize)]
struct Key {
    label: String,
}

/// Follows the progress of a job.
#[derive(ApiRequest)]
#[api(method = GET, path = "/progress", events(item = u32, done = "done"))]
struct WatchProgress;

type Hyper = Client<HttpConnector, Body>;

// ANCHOR: send
async fn send<R: ApiRequest<Error = api_request::ErrorBody>>(
    client: &Hyper,
    base: &BaseUrl,
    request: &R,
) -> Result<R::Response, Box<dyn Error>> {
    let response = client.request(request.to_http(base)?).await?;
    let (head, body) = response.into_parts();
    let body = body.collect().await?.to_bytes();
    Ok(R::decode(http::Response::from_parts(head, body))?)
}

async fn watch(client: &Hyper, base: &BaseUrl) -> Result<Vec<u32>, Box<dyn Error>> {
    let request = WatchProgress.events_to_http(base)?;
    let response = client.request(request).await?.map(Body::wrap);
    let events = WatchProgress::decode_events(response).await?;
    Ok(events.try_collect().await?)
}
// ANCHOR_END: send

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let progress = async || {
        let data = ["10", "60", "100", "done"].map(|data| Event::default().data(data));
        Sse::new(stream::iter(data.map(Ok::<_, Infallible>)))
    };
    let api = Router::new()
        .route("/keys", post(async |key: Json<Key>| key))
        .route("/progress", get(progress));
    let base: BaseUrl = server::start(api).await?.parse()?;

    let client = Client::builder(TokioExecutor::new()).build_http();
    let key = send(&client, &base, &CreateKey { label: "docs" }).await?;
    println!("Created: {key:?}");
    assert_eq!(key.label, "docs");
    let steps = watch(&client, &base).await?;
    println!("Steps: {steps:?}");
    assert_eq!(steps, [10, 60, 100]);
    Ok(())
}
