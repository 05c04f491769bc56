//! What the clients have that is secret, and whether a request has what it may have, signed as it arrived.

use std::sync::atomic::{AtomicU32, Ordering};

use api_request::{Authorization, BoxError, Credentials};
use bytes::Bytes;
use http::request::Parts;

use crate::{
    calls::{Kind, Made},
    server::Received,
};

/// A token, and a key to sign with.
#[derive(Clone, Copy)]
pub(crate) struct Keys {
    pub(crate) token: &'static str,
    key: u64,
}

pub(crate) const OWN: Keys = Keys {
    token: "canary-own",
    key: 0x5eed,
};
pub(crate) const PARTNER: Keys = Keys {
    token: "canary-partner",
    key: 0xfeed,
};

/// The token of a call.
pub(crate) const OF_CALL: &str = "of-the-call";

/// Gives a token, and signs each request with a number of its own.
pub(crate) struct Signer {
    keys: Keys,
    signed: AtomicU32,
}

impl Signer {
    pub(crate) fn new(keys: Keys) -> Self {
        let signed = AtomicU32::new(1);
        Self { keys, signed }
    }
}

impl Credentials for Signer {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::bearer(self.keys.token))
    }

    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let number = self.signed.fetch_add(1, Ordering::Relaxed);
        let headers = parts.headers.iter();
        let headers = headers.map(|(name, value)| (name.as_str(), value.as_bytes()));
        let signature = signature(
            self.keys.key,
            number,
            parts.method.as_str(),
            &parts.uri.to_string(),
            headers,
            body.ok_or("a stream cannot be signed")?,
        );
        parts.headers.insert("x-number", number.into());
        parts.headers.insert("x-signature", signature.parse()?);
        Ok(())
    }
}

/// The headers that are not signed: those of a connection, and of the signature.
const UNSIGNED: [&str; 5] = [
    "accept-encoding",
    "content-length",
    "host",
    "x-number",
    "x-signature",
];

/// A checksum with a key, for a message authentication code: what is signed is told apart, and nothing else.
fn signature<'h>(
    key: u64,
    number: u32,
    method: &str,
    url: &str,
    headers: impl Iterator<Item = (&'h str, &'h [u8])>,
    body: &[u8],
) -> String {
    let mut text = format!("{number}\n{method}\n{url}\n").into_bytes();
    let mut lines: Vec<_> = headers
        .filter(|(name, _)| !UNSIGNED.contains(name))
        .map(|(name, value)| [name.as_bytes(), b":", value, b"\n"].concat())
        .collect();
    lines.sort();
    text.extend(lines.concat());
    text.extend(body);
    let mix = |sum: u64, byte: &u8| (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("signed-{:016x}", text.iter().fold(key, mix))
}

/// Checks the secrets of a request that arrived, and returns the number in its signature.
pub(crate) fn check(made: &Made, received: &Received, about: &str) -> Option<u32> {
    if !made.to.is_trusted() {
        assert!(!received.text().contains("canary"), "{about}: {received:?}");
        assert_eq!(received.header("x-signature"), None, "{about}");
        let own = made.has_own().then(|| format!("Bearer {OF_CALL}"));
        assert_eq!(received.header("authorization"), own.as_deref(), "{about}");
        return None;
    }
    let is_named = made.kind == Kind::Named;
    let keys = if is_named { PARTNER } else { OWN };
    let other = if is_named { OWN } else { PARTNER };
    let token = format!("Bearer {}", keys.token);
    assert_eq!(received.header("authorization"), Some(&*token), "{about}");
    assert_eq!(received.header("x-default"), Some(OWN.token), "{about}");
    let in_query = received.target.split_once('?').map(|(_, query)| query);
    if is_named {
        assert_eq!(received.header("x-partner"), Some(keys.token), "{about}");
        assert_eq!(
            (received.header("x-key"), in_query),
            (None, None),
            "{about}"
        );
    } else {
        assert!(
            !received.text().contains(other.token),
            "{about}: {received:?}"
        );
        assert_eq!(received.header("x-key"), Some(keys.token), "{about}");
        assert_eq!(in_query, Some("key=canary-own"), "{about}");
    }
    let number = received.header("x-number").unwrap().parse().unwrap();
    let headers = received.headers.iter();
    let expected = signature(
        keys.key,
        number,
        &received.method,
        &format!(
            "http://{}{}",
            received.header("host").unwrap(),
            received.target
        ),
        headers.map(|(name, value)| (name.as_str(), value.as_bytes())),
        &received.body,
    );
    assert_eq!(received.header("x-signature"), Some(&*expected), "{about}");
    Some(number)
}
