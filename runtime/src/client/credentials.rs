//! What lets a client in.
//!
//! Each is formatted once, when it is given. They are put on a request in one place, [`Credentials::put_on`] and
//! [`Credentials::fill`]; `Debug` shows only of which kinds there are.

use std::fmt;

use base64::{Engine, prelude::BASE64_STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use zeroize::Zeroizing;

use super::header::Headers;
use crate::{
    ConfigError, Secret,
    encoder::{Encoded, Escape},
};

/// Credentials of several kinds, one of each: those of one kind replace each other.
#[derive(Default)]
pub(super) struct Credentials {
    /// `Authorization`, and API keys in headers.
    headers: Headers,
    query: Vec<ApiKeyQuery>,
}

/// An API key in the query, percent-encoded: `key=`, and the value.
struct ApiKeyQuery {
    prefix: Vec<u8>,
    value: Zeroizing<Vec<u8>>,
}

impl Credentials {
    pub(super) fn bearer(&mut self, token: &Secret<String>) -> Result<(), ConfigError> {
        let value = Zeroizing::new(format!("Bearer {}", token.expose()));
        let usable =
            !token.expose().is_empty() && token.expose().bytes().all(|b| b.is_ascii_graphic());
        let value = usable.then(|| sensitive(&value)).flatten().ok_or_else(|| {
            ConfigError::new(
                "the bearer token is empty, or has white space or a character outside ASCII in it",
            )
        })?;
        self.headers.set(header::AUTHORIZATION, value);
        Ok(())
    }

    pub(super) fn basic(
        &mut self,
        user: &str,
        password: &Secret<String>,
    ) -> Result<(), ConfigError> {
        let both = Zeroizing::new(format!("{user}:{}", password.expose()));
        if user.contains(':') || both.chars().any(char::is_control) {
            return Err(ConfigError::new(
                "the user name has a colon, or it or the password a control character",
            ));
        }
        let value = Zeroizing::new(format!(
            "Basic {}",
            *Zeroizing::new(BASE64_STANDARD.encode(both.as_bytes()))
        ));
        if let Some(value) = sensitive(&value) {
            self.headers.set(header::AUTHORIZATION, value);
        }
        Ok(())
    }

    pub(super) fn api_key_header<N: TryInto<HeaderName>>(
        &mut self,
        name: N,
        key: &Secret<String>,
    ) -> Result<(), ConfigError> {
        let (name, value) = super::header::parse(name, key.expose().as_str())?;
        if value.is_empty() {
            return Err(ConfigError::new(format!(
                "the API key for the header `{name}` is empty"
            )));
        }
        self.header(name, value);
        Ok(())
    }

    /// An API key or `Authorization` header that is ready.
    pub(super) fn header(&mut self, name: HeaderName, mut value: HeaderValue) {
        value.set_sensitive(true);
        self.headers.set(name, value);
    }

    pub(super) fn api_key_query(
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

    pub(super) fn is_empty(&self) -> bool {
        self.headers.len() == 0 && self.query.is_empty()
    }

    /// How many headers they add at most.
    pub(super) fn headers(&self) -> usize {
        self.headers.len()
    }

    /// The API keys in the query.
    pub(super) fn in_query(&self) -> impl Iterator<Item = &str> {
        let values = self.query.iter();
        // Percent-encoded text is ASCII.
        values.filter_map(|key| std::str::from_utf8(&key.value).ok())
    }

    /// Puts them on a request, in place of what it declares.
    pub(super) fn put_on(&self, request: &mut Encoded) {
        self.headers.put_on(&mut request.headers);
        self.add_to_query(&mut request.target);
    }

    /// Puts them on a request that declares none of that kind.
    pub(super) fn fill(&self, request: &mut Encoded) {
        self.headers.fill(&mut request.headers);
        self.add_to_query(&mut request.target);
    }

    /// Adds the API keys that the query lacks.
    pub(super) fn add_to_query(&self, target: &mut Bytes) {
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
pub(super) fn in_headers(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let secrets = headers.values().filter(|value| value.is_sensitive());
    secrets.filter_map(|value| {
        let value = value.to_str().ok()?;
        let token = value.strip_prefix("Bearer ");
        Some(
            token
                .or_else(|| value.strip_prefix("Basic "))
                .unwrap_or(value),
        )
    })
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query = self
            .query
            .iter()
            .map(|key| key.prefix.escape_ascii().to_string());
        f.debug_struct("Credentials")
            .field("headers", &self.headers)
            .field("query", &query.collect::<Vec<_>>())
            .finish()
    }
}
