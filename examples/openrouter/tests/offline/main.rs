//! Each resource, through the client and the stand-in for the API.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use api_request::Client;
use openrouter::fake::Fake;

mod api_keys;
mod organization;

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
