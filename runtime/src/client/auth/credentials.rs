//! What lets a client in.
//!
//! Each is formatted once, when it is given. They are put on a request in one place, [`CredentialSet::put_on`] and
//! [`CredentialSet::fill`], but for those of a provider, which take time to get: `exchange` does that. `Debug` shows
//! only of which kinds there are.

use std::{fmt, sync::Arc};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use zeroize::Zeroizing;

use super::{
    authorization::{basic, bearer},
    provider::Provider,
};
use crate::{
    ConfigError, Secret,
    client::header::{self as given, Headers},
    encoder::{Encoded, Escape},
};

/// Credentials of several kinds, one of each: those of one kind replace each other.
#[derive(Clone, Default)]
pub(crate) struct CredentialSet {
    /// `Authorization`, and API keys in headers.
    headers: Headers,
    /// Of `Authorization`, in place of one in `headers`.
    provider: Option<Arc<Provider>>,
    query: Vec<ApiKeyQuery>,
}

/// An API key in the query, percent-encoded: `key=`, and the value.
#[derive(Clone)]
struct ApiKeyQuery {
    prefix: Vec<u8>,
    value: Zeroizing<Vec<u8>>,
}

impl CredentialSet {
    pub(crate) fn bearer(&mut self, token: &Secret<String>) -> Result<(), ConfigError> {
        self.header(header::AUTHORIZATION, bearer(token)?);
        Ok(())
    }

    pub(crate) fn basic(
        &mut self,
        user: &str,
        password: &Secret<String>,
    ) -> Result<(), ConfigError> {
        self.header(header::AUTHORIZATION, basic(user, password)?);
        Ok(())
    }

    pub(crate) fn provider(&mut self, provider: Provider) {
        self.headers.remove(&header::AUTHORIZATION);
        self.provider = Some(Arc::new(provider));
    }

    pub(crate) fn api_key_header<N: TryInto<HeaderName>>(
        &mut self,
        name: N,
        key: &Secret<String>,
    ) -> Result<(), ConfigError> {
        let (name, value) = given::parse(name, key.expose().as_str())?;
        if value.is_empty() {
            return Err(ConfigError::new(format!(
                "the API key for the header `{name}` is empty"
            )));
        }
        self.header(name, value);
        Ok(())
    }

    /// An API key or `Authorization` header that is ready.
    pub(crate) fn header(&mut self, name: HeaderName, mut value: HeaderValue) {
        value.set_sensitive(true);
        if name == header::AUTHORIZATION {
            self.provider = None;
        }
        self.headers.set(name, value);
    }

    pub(crate) fn api_key_query(
        &mut self,
        name: &str,
        key: &Secret<String>,
    ) -> Result<(), ConfigError> {
        if name.is_empty() || key.expose().is_empty() {
            return Err(ConfigError::new(
                "an API key for the query, or its name, is empty",
            ));
        }
        let mut prefix = Vec::new();
        Escape::Percent.write(name, &mut prefix);
        prefix.push(b'=');
        // No part of the key is left behind in a buffer that was too small.
        let mut value = Zeroizing::new(Vec::with_capacity(key.expose().len() * 3));
        Escape::Percent.write(key.expose(), &mut value);
        self.query.retain(|known| known.prefix != prefix);
        self.query.push(ApiKeyQuery { prefix, value });
        Ok(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.headers() == 0 && self.query.is_empty()
    }

    /// How many headers they add at most.
    pub(crate) fn headers(&self) -> usize {
        self.headers.len() + usize::from(self.provider.is_some())
    }

    /// Where to get `Authorization` for a request, unless it has one.
    pub(crate) fn provider_for(&self, request: &Encoded) -> Option<&Provider> {
        let provider = self.provider.as_deref();
        provider.filter(|_| !request.headers.contains_key(header::AUTHORIZATION))
    }

    /// Gets those of a provider anew when they are needed next.
    pub(crate) fn forget(&self) {
        if let Some(provider) = &self.provider {
            provider.forget();
        }
    }

    /// The API keys in the query.
    pub(crate) fn in_query(&self) -> impl Iterator<Item = &str> {
        let values = self.query.iter();
        // Percent-encoded text is ASCII.
        values.filter_map(|key| std::str::from_utf8(&key.value).ok())
    }

    /// Puts them on a request, in place of what it declares.
    pub(crate) fn put_on(&self, request: &mut Encoded) {
        self.headers.put_on(&mut request.headers);
        self.add_to_query(&mut request.target);
    }

    /// Puts them on a request that declares none of that kind.
    pub(crate) fn fill(&self, request: &mut Encoded) {
        self.headers.fill(&mut request.headers);
        self.add_to_query(&mut request.target);
    }

    /// Adds the API keys that the query lacks.
    pub(crate) fn add_to_query(&self, target: &mut Bytes) {
        for key in &self.query {
            let query = target.iter().position(|&byte| byte == b'?');
            let query = query.map(|mark| &target[mark + 1..]);
            let mut pairs = query.unwrap_or_default().split(|&byte| byte == b'&');
            if pairs.any(|pair| pair.starts_with(&key.prefix)) {
                continue;
            }
            let separator = match query {
                None => "?",
                Some([]) => "",
                Some(_) => "&",
            };
            let parts = [target, separator.as_bytes(), &key.prefix, &key.value];
            *target = parts.concat().into();
        }
    }
}

/// What let the client in, as far as it is in headers.
pub(crate) fn in_headers(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let secrets = headers.iter().filter(|(_, value)| value.is_sensitive());
    secrets.filter_map(|(name, value)| {
        let value = value.to_str().ok()?;
        // The scheme is no secret, and an API may repeat the rest without it.
        Some(match value.split_once(' ') {
            Some((scheme, rest))
                if name == header::AUTHORIZATION || ["Bearer", "Basic"].contains(&scheme) =>
            {
                rest.trim_start_matches(' ')
            }
            _ => value,
        })
    })
}

impl fmt::Debug for CredentialSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = self
            .query
            .iter()
            .map(|key| key.prefix.escape_ascii().to_string());
        f.debug_struct("Credentials")
            .field("headers", &self.headers)
            .field("provider", &self.provider.is_some())
            .field("query", &query.collect::<Vec<_>>())
            .finish()
    }
}
