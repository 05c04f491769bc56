//! The names of declared headers, parsed once in a program.

use std::sync::OnceLock;

use http::{
    HeaderName,
    header::{ACCEPT, CONTENT_TYPE},
};

/// The names of one request's headers. The derive has checked that they are lower-case tokens.
///
/// A `static` of parsed names would say the same, but each would be parsed by the compiler in each build, and that
/// takes longer than all the rest of an expansion.
#[derive(Debug)]
pub struct HeaderNames {
    texts: &'static [&'static str],
    parsed: OnceLock<Parsed>,
}

#[derive(Debug)]
pub(super) struct Parsed {
    pub(super) names: Box<[HeaderName]>,
    /// `Accept` or `Content-Type` is one of them, which has a default.
    pub(super) has_defaults: bool,
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

    pub(super) fn get(&self) -> &Parsed {
        self.parsed.get_or_init(|| {
            let texts = self.texts.iter().copied();
            let names: Box<[HeaderName]> = texts.map(HeaderName::from_static).collect();
            let has_defaults = names.contains(&ACCEPT) || names.contains(&CONTENT_TYPE);
            Parsed {
                names,
                has_defaults,
            }
        })
    }
}
