//! Headers given to the client or to one call, rather than declared.

use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::{ConfigError, encoder::FRAMING, sensitive::is_sensitive};

/// Headers in the order they were given, each once.
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

    /// Puts them on a request, in place of what is there.
    pub(super) fn put_on(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.insert(name, value.clone());
        }
    }

    /// Puts them on a request where it has none of that name.
    pub(super) fn fill(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            headers.entry(name).or_insert_with(|| value.clone());
        }
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A value that is marked sensitive does not show itself.
        f.debug_map()
            .entries(self.0.iter().map(|(name, value)| (name.as_str(), value)))
            .finish()
    }
}

/// Makes a header of what a program gave.
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
    let name = name.ok_or_else(|| ConfigError::new("a header's name is no token"))?;
    if FRAMING.contains(&name) {
        return Err(ConfigError::new(format!(
            "the header `{name}` is set by the connection alone"
        )));
    }
    let refused = || {
        ConfigError::new(format!(
            "the header `{name}` has a value with a control character, or with a space or tab at an end"
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
