//! Headers that are given to a client or a call, not declared.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{
    ConfigError,
    encoder::FRAMING,
    sensitive::{self, is_sensitive},
};

/// Headers in the order in which they were given, each name once.
#[derive(Clone, Default)]
pub(super) struct Headers(Vec<(HeaderName, HeaderValue)>);

impl Headers {
    /// Sets a header, in place of an earlier one of that name.
    pub(super) fn set(&mut self, name: HeaderName, value: HeaderValue) {
        match self.0.iter_mut().find(|(known, _)| *known == name) {
            Some(header) => header.1 = value,
            None => self.0.push((name, value)),
        }
    }

    pub(super) fn remove(&mut self, name: &HeaderName) {
        self.0.retain(|(known, _)| known != name);
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts the headers on a request, in place of those of the same name.
    pub(super) fn put_on(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.insert(name, value.clone());
        }
    }

    /// Puts the headers on a request that has none of that name.
    pub(super) fn fill(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sensitive::debug(self.0.iter().map(|(name, value)| (name, value)), f)
    }
}

/// Parses a header that a program gave.
pub(super) fn parse<N, V>(name: N, value: V) -> Result<(HeaderName, HeaderValue), ConfigError>
where
    N: TryInto<HeaderName>,
    V: TryInto<HeaderValue>,
{
    check(name.try_into().ok(), value.try_into().ok())
}

fn check(
    name: Option<HeaderName>,
    value: Option<HeaderValue>,
) -> Result<(HeaderName, HeaderValue), ConfigError> {
    let name =
        name.ok_or_else(|| ConfigError::new("the name of a header is not a token (RFC 9110)"))?;
    if FRAMING.contains(&name) {
        return Err(ConfigError::new(format!(
            "the header `{name}` is not allowed: the connection sets it"
        )));
    }
    let refused = || {
        ConfigError::new(format!(
            "the value of the header `{name}` contains a control character, or starts or ends with a space or tab"
        ))
    };
    let mut value = value.ok_or_else(refused)?;
    let bytes = value.as_bytes();
    if [bytes.first(), bytes.last()]
        .iter()
        .any(|end| matches!(end, Some(b' ' | b'\t')))
    {
        return Err(refused());
    }
    if is_sensitive(name.as_str()) {
        value.set_sensitive(true);
    }
    Ok((name, value))
}
