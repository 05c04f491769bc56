//! The names of declared headers, parsed once in a program.

use std::sync::OnceLock;

use http::HeaderName;

/// The names of one request's headers. The derive has checked that they are lower-case tokens.
///
/// A `static` of parsed names would say the same, but each would be parsed by the compiler in each build, and that
/// takes longer than all the rest of an expansion.
#[derive(Debug)]
pub struct HeaderNames {
    texts: &'static [&'static str],
    parsed: OnceLock<Box<[HeaderName]>>,
}

/// The names of a request that declares no headers.
pub static NO_HEADERS: HeaderNames = HeaderNames::new(&[]);

impl HeaderNames {
    /// These, in this order.
    #[must_use]
    pub const fn new(texts: &'static [&'static str]) -> Self {
        Self {
            texts,
            parsed: OnceLock::new(),
        }
    }

    pub(super) fn get(&self) -> &[HeaderName] {
        let parse = || {
            let names = self.texts.iter().copied();
            names.map(HeaderName::from_static).collect()
        };
        self.parsed.get_or_init(parse)
    }
}
