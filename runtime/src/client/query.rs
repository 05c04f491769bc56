//! Query parameters that are given to a call, not declared.

use bytes::Bytes;

use crate::encoder::Escape;

/// Query parameters in the order in which they were given.
#[derive(Clone, Default)]
pub(super) struct Query(Vec<Pair>);

#[derive(Clone)]
struct Pair {
    /// The name as it was given.
    shown: String,
    /// The name and `=`, percent-encoded.
    prefix: Vec<u8>,
    value: Vec<u8>,
}

impl Query {
    pub(super) fn add(&mut self, name: &str, value: &str) {
        let encoded = |text: &str| {
            let mut out = Vec::with_capacity(text.len() + 1);
            Escape::Percent.write(text, &mut out);
            out
        };
        let mut prefix = encoded(name);
        prefix.push(b'=');
        self.0.push(Pair {
            shown: name.to_owned(),
            prefix,
            value: encoded(value),
        });
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|pair| &*pair.shown)
    }

    /// Adds the parameters to a target, which may have none of their names; to one that the API gave, those that it
    /// lacks.
    pub(super) fn put_on(&self, target: &mut Bytes, is_given: bool) -> Result<(), String> {
        for Pair {
            shown,
            prefix,
            value,
        } in &self.0
        {
            if has(target, prefix) {
                if is_given {
                    continue;
                }
                return Err(format!(
                    "the call adds the query parameter `{}`, which the request has already",
                    shown.escape_debug()
                ));
            }
            *target = with(target, prefix, value).into();
        }
        Ok(())
    }
}

/// Returns whether the query of a target has a parameter of this name: `prefix` is the encoded name and `=`.
pub(super) fn has(target: &[u8], prefix: &[u8]) -> bool {
    let query = query(target).unwrap_or_default();
    query
        .split(|&byte| byte == b'&')
        .any(|pair| is_named(pair, prefix))
}

/// Returns whether a pair of a query has the name that a prefix ends with `=`.
pub(super) fn is_named(pair: &[u8], prefix: &[u8]) -> bool {
    pair.starts_with(prefix) || prefix.strip_suffix(b"=") == Some(pair)
}

/// Returns a target with one parameter more.
pub(super) fn with(target: &[u8], prefix: &[u8], value: &[u8]) -> Vec<u8> {
    let separator = match query(target) {
        None => "?",
        Some([]) => "",
        Some(_) => "&",
    };
    [target, separator.as_bytes(), prefix, value].concat()
}

/// The query of a target, if it has one.
fn query(target: &[u8]) -> Option<&[u8]> {
    let mark = target.iter().position(|&byte| byte == b'?')?;
    Some(&target[mark + 1..])
}
