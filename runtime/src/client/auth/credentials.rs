//! The credentials of a client or a call.
//!
//! They are put on a request in one place, [`CredentialSet::put_on`] and [`CredentialSet::fill`], except for those of a
//! provider, which take time to get: `exchange` does that. `Debug` shows only of which kinds there are.

use std::{
    fmt, str,
    sync::{Arc, OnceLock},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderName, HeaderValue, header};
use zeroize::Zeroizing;

use super::{
    authorization::{Authorization, Credential, QueryKey, sensitive},
    provider::{Credentials, Provider},
};
use crate::{
    ConfigError,
    client::{header::Headers, query},
    encoder::Encoded,
    secrets::{self, SecretText, Secrets},
    sensitive::is_credentials,
};

/// Credentials of several kinds, one of each: those of one kind replace each other.
#[derive(Clone, Default)]
pub(crate) struct CredentialSet {
    /// `Authorization`, and API keys in headers.
    headers: Headers,
    /// Of `Authorization`, in place of one in `headers`.
    provider: Option<Arc<Provider>>,
    query: Vec<QueryKey>,
    /// What of the headers and the query is secret, once a call has asked for it: each response is searched for it.
    secrets: OnceLock<Secrets>,
}

impl CredentialSet {
    pub(crate) fn authorization(&mut self, given: Authorization) -> Result<(), ConfigError> {
        given
            .into_credential()
            .map(|credential| self.set(credential))
    }

    pub(crate) fn provider(&mut self, provider: impl Credentials) {
        self.secrets.take();
        self.headers.remove(&header::AUTHORIZATION);
        self.provider = Some(Arc::new(Provider::new(provider)));
    }

    /// Sets a header of a client or a call; `Authorization` is a credential.
    pub(crate) fn header(
        &mut self,
        others: &mut Headers,
        (name, value): (HeaderName, HeaderValue),
    ) {
        if name == header::AUTHORIZATION {
            self.set(sensitive(name, value));
        } else {
            others.set(name, value);
        }
    }

    fn set(&mut self, credential: Credential) {
        self.secrets.take();
        match credential {
            Credential::Header(name, value) => {
                if name == header::AUTHORIZATION {
                    self.provider = None;
                }
                self.headers.set(name, value);
            }
            Credential::Query(key) => {
                self.query.retain(|known| known.prefix != key.prefix);
                self.query.push(key);
            }
            Credential::None => {}
        }
    }

    /// Adds other credentials, in place of those of the same kind.
    pub(crate) fn add(&mut self, others: Self) {
        for (name, value) in others.headers {
            self.set(Credential::Header(name, value));
        }
        for key in others.query {
            self.set(Credential::Query(key));
        }
        if let Some(provider) = others.provider {
            self.secrets.take();
            self.headers.remove(&header::AUTHORIZATION);
            self.provider = Some(provider);
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.headers() == 0 && self.query.is_empty()
    }

    /// Returns how many headers they add at most.
    pub(crate) fn headers(&self) -> usize {
        self.headers.len() + usize::from(self.provider.is_some())
    }

    /// Returns the provider of `Authorization` for a request, unless the request has that header.
    pub(crate) fn provider_for(&self, request: &Encoded) -> Option<&Provider> {
        let provider = self.provider.as_deref();
        provider.filter(|_| !request.headers.contains_key(header::AUTHORIZATION))
    }

    /// Drops the provider's cached credentials.
    pub(crate) fn forget(&self) {
        if let Some(provider) = &self.provider {
            provider.forget();
        }
    }

    /// Returns the API keys in the query, as they were given.
    pub(crate) fn in_query(&self) -> impl Iterator<Item = SecretText> {
        self.query.iter().map(|key| key.given.clone())
    }

    /// Returns the secrets in the headers and in the query.
    pub(crate) fn secrets(&self) -> &Secrets {
        let texts = || in_headers(self.headers.iter()).chain(self.in_query());
        self.secrets.get_or_init(|| Secrets::new(texts().collect()))
    }

    /// Returns whether a header is one of these credentials, so that [`Self::secrets`] has what is secret in it.
    pub(crate) fn has(&self, name: &HeaderName, value: &HeaderValue) -> bool {
        self.headers.iter().any(|header| header == (name, value))
    }

    /// Puts the credentials on a request, in place of those that it declares.
    pub(crate) fn put_on(&self, request: &mut Encoded) {
        self.headers.put_on(&mut request.headers);
        for key in &self.query {
            key.remove_from(&mut request.target);
        }
        self.add_to_query(&mut request.target);
    }

    /// Puts the credentials on a request where it declares none of that kind.
    pub(crate) fn fill(&self, request: &mut Encoded) {
        self.headers.fill(&mut request.headers);
        self.add_to_query(&mut request.target);
    }

    /// Adds the API keys that the query lacks.
    pub(crate) fn add_to_query(&self, target: &mut Bytes) {
        for key in &self.query {
            if !query::has(target, &key.prefix) {
                *target = secrets::wiped(query::with(target, &key.prefix, &key.value));
            }
        }
    }
}

/// Returns the secrets in headers: the values that are marked as sensitive, and the parts of them that an API may repeat
/// alone.
pub(crate) fn in_headers<'h>(
    headers: impl Iterator<Item = (&'h HeaderName, &'h HeaderValue)>,
) -> impl Iterator<Item = SecretText> {
    let secrets = headers.filter(|(_, value)| value.is_sensitive());
    secrets.flat_map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        if name == header::COOKIE {
            let pairs = value.split("; ").filter_map(|pair| pair.split_once('='));
            return pairs.map(|(_, value)| secret(value)).collect();
        }
        match value.split_once(' ') {
            // The scheme is not a secret.
            Some((scheme, rest))
                if is_credentials(name.as_str()) || ["Bearer", "Basic"].contains(&scheme) =>
            {
                let rest = rest.trim_start_matches(' ');
                let mut secrets = vec![secret(rest)];
                secrets.extend(password(scheme, rest).into_iter().flatten());
                secrets
            }
            _ => vec![secret(&value)],
        }
    })
}

pub(super) fn secret(text: &str) -> SecretText {
    Zeroizing::new(text.to_owned())
}

/// Returns the user name and password of basic credentials, and the password alone.
fn password(scheme: &str, encoded: &str) -> Option<[SecretText; 2]> {
    let encoded = Some(encoded).filter(|_| scheme.eq_ignore_ascii_case("basic"))?;
    let pair = Zeroizing::new(BASE64_STANDARD.decode(encoded).ok()?);
    let pair = str::from_utf8(&pair).ok()?;
    let (_, password) = pair.split_once(':')?;
    Some([secret(pair), secret(password)])
}

#[expect(
    clippy::missing_fields_in_debug,
    reason = "the secrets are those of the other fields"
)]
impl fmt::Debug for CredentialSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<String> = self.query.iter().map(QueryKey::name).collect();
        f.debug_struct("Credentials")
            .field("headers", &self.headers)
            .field("provider", &self.provider.is_some())
            .field("query", &query)
            .finish()
    }
}
