//! Signs each request with a key that the client and the API share: HMAC of the method, the target and the final bytes of
//! the body, with a number that is used once.
//!
//! ```console
//! cargo run -p api-request-cookbook --example sign_hmac
//! ```
//!
//! The API is a server in this program. It checks each signature, and is busy the first time, so that the client signs
//! twice.

mod server;

use std::{
    error::Error,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

use api_request::{ApiRequest, Authorization, BoxError, Client, Credentials, Phase};
use axum::{Router, extract::State, response::IntoResponse, routing::post};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use bytes::Bytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{HeaderMap, Method, StatusCode, Uri, request::Parts};
use sha2::Sha256;

/// Places an order. Without `auth = required`, a client without credentials would send it unsigned.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/orders", response(text), auth = required)]
struct PlaceOrder<'a> {
    #[api(query)]
    shop: &'a str,
    #[api(json)]
    item: &'a str,
    #[api(json)]
    count: u32,
}

// ANCHOR: sign
/// Credentials that are never sent: they sign.
struct Signer {
    key: &'static [u8],
    last: AtomicU64,
}

impl Credentials for Signer {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    // Called for each attempt, when nothing else in the request changes any more.
    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let body = body.ok_or("a body that is a stream cannot be signed")?;
        let number = self.last.fetch_add(1, Ordering::Relaxed).to_string();
        let signature = mac(self.key, &number, &parts.method, &parts.uri, body)?.finalize();
        let signature = BASE64_STANDARD.encode(signature.into_bytes());
        parts.headers.insert("x-number", number.parse()?);
        parts.headers.insert("x-signature", signature.parse()?);
        Ok(())
    }
}

/// What both sides sign. The target is as it is on the wire, percent-encoded.
fn mac(
    key: &[u8],
    number: &str,
    method: &Method,
    uri: &Uri,
    body: &[u8],
) -> Result<Hmac<Sha256>, BoxError> {
    let target = uri.path_and_query().ok_or("the URL has no path")?;
    let mut mac = Hmac::<Sha256>::new_from_slice(key)?;
    for part in [number, method.as_str(), target.as_str()] {
        mac.update(part.as_bytes());
        mac.update(b"\n");
    }
    mac.update(body);
    Ok(mac)
}
// ANCHOR_END: sign

const KEY: &[u8] = b"0e6f-shared";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let orders = Orders::default();
    let api = Router::new()
        .route("/orders", post(place))
        .with_state(orders.clone());
    let url = server::start(api).await?;
    let signed_with = |key| Signer {
        key,
        last: AtomicU64::new(1),
    };
    let order = PlaceOrder {
        shop: "Tea & Co",
        item: "Earl Grey",
        count: 2,
    };

    let client = Client::builder(&*url)
        .credentials(signed_with(KEY))
        .build()?;
    let placed = client.call(&order).send_full().await?;
    assert_eq!((&*placed.body, placed.attempts), ("placed", 2));
    let numbers = orders.numbers();
    println!(
        "Placed after {} attempts, signed with the numbers {numbers:?}.",
        placed.attempts
    );
    assert_eq!(numbers, ["1", "2"]);

    let client = Client::builder(&*url)
        .credentials(signed_with(b"guessed"))
        .build()?;
    let refused = client.send(&order).await.expect_err("the key is another");
    assert_eq!(refused.status(), Some(StatusCode::UNAUTHORIZED));
    println!("With another key: {refused}.");

    let refused = Client::new(&*url)?
        .send(&order)
        .await
        .expect_err("there is no key");
    assert_eq!(refused.phase(), Phase::NotSent);
    println!("Without a key: {refused}.");
    Ok(())
}

/// The numbers of the signatures that were valid.
#[derive(Clone, Default)]
struct Orders(Arc<Mutex<Vec<String>>>);

impl Orders {
    fn numbers(&self) -> Vec<String> {
        self.0.lock().expect("no thread panics").clone()
    }
}

async fn place(
    State(orders): State<Orders>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let Some(number) = verified(&method, &uri, &headers, &body) else {
        return (
            StatusCode::UNAUTHORIZED,
            [("retry-after", "")],
            "the signature is not valid",
        );
    };
    let mut numbers = orders.0.lock().expect("no thread panics");
    numbers.push(number);
    if numbers.len() == 1 {
        return (
            StatusCode::SERVICE_UNAVAILABLE,
            [("retry-after", "0")],
            "busy",
        );
    }
    (StatusCode::CREATED, [("retry-after", "")], "placed")
}

/// Returns the number of the signature, if that is valid.
fn verified(method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Option<String> {
    let header = |name| headers.get(name)?.to_str().ok();
    let number = header("x-number")?;
    let signature = BASE64_STANDARD.decode(header("x-signature")?).ok()?;
    let mac = mac(KEY, number, method, uri, body).ok()?;
    mac.verify_slice(&signature).ok()?;
    Some(number.to_owned())
}
