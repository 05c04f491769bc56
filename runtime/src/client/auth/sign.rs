//! Signing: what a provider adds to a request when nothing else in it changes any more.

use std::sync::atomic::Ordering;

use http::{HeaderMap, Request, Uri, header, request};
use url::form_urlencoded;

use super::{
    credentials::{in_headers, secret},
    provider::Provider,
};
use crate::{
    BaseUrl, BoxError,
    encoder::{Encoded, FRAMING},
    secrets::{SecretText, wiped},
};

impl Provider {
    /// Signs a request, and returns the secrets in what was added. A provider that does not sign costs a look at a flag.
    pub(crate) fn sign(
        &self,
        request: &mut Encoded,
        base: &BaseUrl,
    ) -> Result<Vec<SecretText>, BoxError> {
        if !self.signs.load(Ordering::Relaxed) {
            return Ok(Vec::new());
        }
        let uri = request.base(base).uri(request.target.clone())?;
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.method = request.method.clone();
        parts.uri = uri.clone();
        parts.headers = request.headers.clone();
        parts.extensions = request.extensions.clone();
        parts.extensions.insert(request.operation);
        if !self.source.sign(&mut parts, request.body.as_bytes())? {
            self.signs.store(false, Ordering::Relaxed);
            return Ok(Vec::new());
        }
        check(request, &uri, &parts)?;
        let mut secrets = in_query(&uri, &parts.uri);
        if parts.uri != uri {
            let target = parts
                .uri
                .path_and_query()
                .map_or("/", |target| target.as_str());
            request.target = wiped(target.as_bytes().to_vec());
        }
        let unsigned = std::mem::replace(&mut request.headers, parts.headers);
        secrets.extend(mark(&unsigned, &mut request.headers));
        Ok(secrets)
    }
}

/// Refuses a request that is another one than before, or is sent elsewhere.
fn check(request: &Encoded, uri: &Uri, parts: &request::Parts) -> Result<(), BoxError> {
    let signed = &parts.uri;
    let what = if parts.method != request.method {
        "the method"
    } else if (signed.scheme(), signed.authority()) != (uri.scheme(), uri.authority()) {
        "the scheme or host of the URL"
    } else if signed.path() != uri.path() {
        "the path of the URL"
    } else if FRAMING
        .iter()
        .any(|name| parts.headers.get(name) != request.headers.get(name))
    {
        "a header that the connection sets"
    } else {
        return Ok(());
    };
    Err(format!("signing changed {what}, only other headers and the query may change").into())
}

/// Marks the headers that were added or changed as sensitive, and returns the secrets in them.
fn mark(unsigned: &HeaderMap, headers: &mut HeaderMap) -> Vec<SecretText> {
    let mut changed = Vec::new();
    for (name, value) in headers.iter_mut() {
        if unsigned.get_all(name).iter().all(|known| known != value) {
            value.set_sensitive(true);
            changed.push((name, &*value));
        }
    }
    let mut secrets: Vec<_> = in_headers(changed.iter().copied()).collect();
    for (name, value) in changed {
        if *name == header::AUTHORIZATION {
            // `Credential=…, Signature=…`: an API may repeat one of them alone.
            let value = String::from_utf8_lossy(value.as_bytes());
            let params = value
                .split([',', ' '])
                .filter_map(|param| param.split_once('='));
            secrets.extend(params.map(|(_, value)| secret(value.trim_matches('"'))));
        }
    }
    secrets
}

/// Returns the values in a query that the unsigned one does not have.
fn in_query(unsigned: &Uri, signed: &Uri) -> Vec<SecretText> {
    let known = unsigned.query().unwrap_or_default();
    let pairs = signed.query().unwrap_or_default().split('&');
    let added = pairs.filter(|pair| known.split('&').all(|known| known != *pair));
    let values = added.flat_map(|pair| form_urlencoded::parse(pair.as_bytes()));
    values.map(|(_, value)| secret(&value)).collect()
}
