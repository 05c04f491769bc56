//! Why a value cannot be written, before it is known which field it belongs to.

use std::{borrow::Cow, fmt};

/// A reason that completes the sentence "field `x` …". It is boxed to keep results one word wide.
#[derive(Debug)]
pub struct Problem(Box<Reason>);

#[derive(Debug)]
enum Reason {
    Ours(Cow<'static, str>),
    /// The words of a `Serialize` implementation, which may repeat the value.
    Theirs(String),
}

impl Problem {
    #[cold]
    pub(crate) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Reason::Ours(reason.into())))
    }

    /// A name that is there twice.
    pub(crate) fn brings(name: &str) -> Self {
        let name = name.escape_debug();
        Self::new(format!(
            "brings `{name}`, which the request declares itself"
        ))
    }

    /// A name that `first`, a field, has brought, and brings again if it is the same `field`.
    pub(crate) fn brings_again(name: &str, first: &str, field: &str) -> Self {
        let name = name.escape_debug();
        Self::new(if first == field {
            format!("brings `{name}` twice")
        } else {
            format!("brings `{name}`, which is there already: the field `{first}` brings it too")
        })
    }

    pub(crate) fn display_fails() -> Self {
        Self::new("cannot be serialized: its `Display` fails")
    }

    /// The reason as far as it may be shown.
    pub(crate) fn into_reason(self, secret: bool) -> Cow<'static, str> {
        match *self.0 {
            Reason::Ours(reason) => reason,
            Reason::Theirs(_) if secret => {
                Cow::Borrowed("cannot be serialized (it is a secret, so the reason is not shown)")
            }
            Reason::Theirs(reason) => Cow::Owned(format!("cannot be serialized: {reason}")),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Reason::Ours(reason) => f.write_str(reason),
            Reason::Theirs(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for Problem {}

impl serde::ser::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(Box::new(Reason::Theirs(message.to_string())))
    }
}
