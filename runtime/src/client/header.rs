//! Headers that are given to a client or a call, not declared.

use std::fmt;

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{COOKIE, Entry},
};

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

    pub(super) fn iter(&self) -> impl Iterator<Item = (&HeaderName, &HeaderValue)> {
        self.0.iter().map(|(name, value)| (name, value))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// Puts the headers on a request, in place of those of the same name; of `Cookie`, in place of the cookies of the
    /// same name.
    pub(super) fn put_on(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            let others = (*name == COOKIE).then(|| headers.get(name)).flatten();
            let value = match others {
                Some(others) => join(&without(others, value), value),
                None => value.clone(),
            };
            headers.insert(name, value);
        }
    }

    /// Puts the headers on a request that has none of that name, and adds the cookies that it lacks.
    pub(super) fn fill(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.0 {
            match headers.entry(name) {
                Entry::Vacant(entry) => {
                    entry.insert(value.clone());
                }
                Entry::Occupied(mut entry) if *name == COOKIE => {
                    let others = entry.get();
                    let value = join(others, &without(value, others));
                    entry.insert(value);
                }
                Entry::Occupied(_) => {}
            }
        }
    }
}

impl IntoIterator for Headers {
    type Item = (HeaderName, HeaderValue);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Returns the cookies of a `Cookie` header ([RFC 6265, section 4.2](https://www.rfc-editor.org/rfc/rfc6265#section-4.2)).
fn cookies(header: &HeaderValue) -> impl Iterator<Item = &[u8]> {
    let pairs = header.as_bytes().split(|&byte| byte == b';');
    pairs
        .map(<[u8]>::trim_ascii)
        .filter(|pair| !pair.is_empty())
}

/// Returns the cookies whose names are not among those of `others`.
fn without(header: &HeaderValue, others: &HeaderValue) -> HeaderValue {
    fn name(pair: &[u8]) -> &[u8] {
        pair.split(|&byte| byte == b'=').next().unwrap_or(pair)
    }
    let is_other = |pair: &&[u8]| !cookies(others).any(|other| name(other) == name(pair));
    let left: Vec<&[u8]> = cookies(header).filter(is_other).collect();
    rejoined(&left.join(&b"; "[..]), header.is_sensitive())
}

/// Joins two `Cookie` headers: a request has one
/// ([RFC 6265, section 5.4](https://www.rfc-editor.org/rfc/rfc6265#section-5.4)).
fn join(first: &HeaderValue, second: &HeaderValue) -> HeaderValue {
    let both: Vec<&[u8]> = cookies(first).chain(cookies(second)).collect();
    let is_sensitive = first.is_sensitive() || second.is_sensitive();
    rejoined(&both.join(&b"; "[..]), is_sensitive)
}

fn rejoined(cookies: &[u8], is_sensitive: bool) -> HeaderValue {
    let value = HeaderValue::from_bytes(cookies);
    let mut value = value.expect("parts of header values are one");
    value.set_sensitive(is_sensitive);
    value
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        sensitive::debug(self.iter(), f)
    }
}

/// Parses a header that a program gave.
pub(super) fn parse<N, V>(name: N, value: V) -> Result<(HeaderName, HeaderValue), ConfigError>
where
    N: AsRef<str>,
    V: TryInto<HeaderValue>,
{
    check(name.as_ref(), value.try_into().ok())
}

fn check(name: &str, value: Option<HeaderValue>) -> Result<(HeaderName, HeaderValue), ConfigError> {
    let name = HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        let name = name.escape_debug();
        ConfigError::new(format!(
            "the header name `{name}` is not a token (RFC 9110)"
        ))
    })?;
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
