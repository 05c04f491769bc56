//! Signatures over HTTP/2: of each request as it arrives, at origins that get what the client has.

use std::sync::atomic::{AtomicU32, Ordering};

use api_request::{ApiRequest, Authorization, BoxError, Credentials, Retry};
use bytes::Bytes;
use http::request::Parts;

use crate::canary::{Decoding, Reply, client_of};

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders/{id}", idempotency_key = "Idempotency-Key")]
struct PlaceOrder {
    id: &'static str,
    #[api(query)]
    note: &'static str,
    #[api(json)]
    item: &'static str,
}

const ORDER: PlaceOrder = PlaceOrder {
    id: "a b",
    note: "ü&=",
    item: "\"ü\"",
};

/// Signs with a number of its own each time.
#[derive(Default)]
struct Signer(AtomicU32);

impl Credentials for Signer {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::bearer("token"))
    }

    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let number = self.0.fetch_add(1, Ordering::Relaxed);
        parts.headers.insert("x-number", number.into());
        let target = parts.uri.path_and_query().unwrap();
        let headers = parts.headers.iter();
        let headers = headers.map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()));
        let body = std::str::from_utf8(body.ok_or("a stream cannot be signed")?)?;
        let text = signed(
            &format!("{} {target}", parts.method),
            headers.collect(),
            body,
        );
        parts.headers.insert("x-signature", text.parse()?);
        Ok(())
    }
}

/// A checksum of what is signed: the target, the body, and all headers but those of the connection.
fn signed(target: &str, mut headers: Vec<String>, body: &str) -> String {
    let of_connection = ["accept-encoding: ", "content-length: ", "x-signature: "];
    headers.retain(|line| !of_connection.iter().any(|name| line.starts_with(name)));
    headers.sort();
    let text = format!("{target}\n{}\n{body}", headers.join("\n"));
    let mix = |sum: u64, byte: u8| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", text.bytes().fold(0x5eed, mix))
}

/// Returns the number of a request, whose signature is checked.
fn verified(request: &str) -> u32 {
    let mut lines: Vec<String> = request.lines().map(str::to_owned).collect();
    let target = lines.remove(0);
    let body = lines.pop().unwrap();
    let value = |name: &str| {
        let mut values = lines.iter().filter_map(|line| line.strip_prefix(name));
        values
            .next()
            .unwrap_or_else(|| panic!("no {name}: {request}"))
    };
    let (number, signature) = (value("x-number: "), value("x-signature: ").to_owned());
    let number = number.parse().unwrap();
    assert_eq!(
        signature,
        signed(&target, lines.clone(), &body),
        "{request}"
    );
    number
}

#[tokio::test]
async fn each_request_arrives_as_it_was_signed() {
    for (reply, expected) in [(Reply::Success, 1), (Reply::Redirected, 2)] {
        let server = Decoding::start(reply).await;
        let client = client_of(&server, &[]).credentials(Signer::default());
        client.build().unwrap().send(&ORDER).await.unwrap();
        let numbers: Vec<u32> = server.requests().iter().map(|it| verified(it)).collect();
        assert!(numbers.into_iter().eq(0..expected), "{reply:?}");
    }
}

#[tokio::test]
async fn another_origin_gets_a_signature_if_it_is_trusted() {
    let home = Decoding::start(Reply::Success).await;
    let other = Decoding::start(Reply::Success).await;
    let builder = || client_of(&home, &[&other]).retry(Retry::none());
    for trusts in [true, false] {
        let builder = builder().credentials(Signer::default());
        let builder = if trusts {
            builder.trust_origin(&other.origin)
        } else {
            builder
        };
        let client = builder.build().unwrap();
        let call = client.call(&ORDER).base_url(&*other.origin);
        call.send().await.unwrap();
        let sent = other.requests().pop().unwrap();
        if trusts {
            assert_eq!(verified(&sent), 0);
        } else {
            assert!(
                !sent.contains("x-signature") && !sent.contains("token"),
                "{sent}"
            );
        }
    }
    assert!(home.requests().is_empty());
}
