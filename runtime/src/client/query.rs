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
            let query = target.iter().position(|&byte| byte == b'?');
            let query = query.map(|mark| &target[mark + 1..]);
            let mut pairs = query.unwrap_or_default().split(|&byte| byte == b'&');
            let name = prefix.strip_suffix(b"=");
            if pairs.any(|pair| pair.starts_with(prefix) || Some(pair) == name) {
                if is_given {
                    continue;
                }
                return Err(format!(
                    "the call adds the query parameter `{}`, which the request has already",
                    shown.escape_debug()
                ));
            }
            let separator = match query {
                None => "?",
                Some([]) => "",
                Some(_) => "&",
            };
            *target = [target, separator.as_bytes(), prefix, value]
                .concat()
                .into();
        }
        Ok(())
    }
}
