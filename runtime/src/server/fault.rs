//! Why a value cannot be read. The decoder adds the field, and turns it into a `Refusal`.

use std::{borrow::Cow, error, fmt};

use serde::de;

use crate::response::Misfit;

const UNFIT: &str = "does not fit the declared type";

/// Why a value cannot be read.
#[derive(Clone)]
pub struct Fault {
    reason: Cow<'static, str>,
    pub(super) kind: FaultKind,
    /// Where in a value of JSON it is.
    misfit: Option<Box<Misfit>>,
}

/// What a fault is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// There is no value.
    Missing,
    /// The bytes are not what the location holds.
    Malformed,
    /// It is JSON, but not of the type.
    Unfit,
}

impl Fault {
    pub(super) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::of(FaultKind::Malformed, reason.into())
    }

    pub(super) fn missing() -> Self {
        Self::of(FaultKind::Missing, "is missing".into())
    }

    /// Two values where one is declared.
    pub(super) fn several() -> Self {
        Self::new("has several values, but only one is declared")
    }

    pub(super) fn unfit(reason: impl Into<Cow<'static, str>>) -> Self {
        Self::of(FaultKind::Unfit, reason.into())
    }

    fn of(kind: FaultKind, reason: Cow<'static, str>) -> Self {
        Self {
            reason,
            kind,
            misfit: None,
        }
    }

    /// Adds where in its value JSON does not fit. What is in a value may be a secret, so the reason repeats none of it.
    pub(super) fn at(mut self, misfit: Option<Misfit>) -> Self {
        if let Some(Misfit {
            path: Some(_),
            reason,
            ..
        }) = &misfit
        {
            // The position is that in the member, which nobody sees.
            let end = reason.rfind(" at line ").unwrap_or(reason.len());
            self.reason = format!("{UNFIT}: {}", &reason[..end]).into();
        }
        self.misfit = misfit.map(Box::new);
        self
    }

    pub(super) fn take_misfit(&mut self) -> Option<Misfit> {
        self.misfit.take().map(|misfit| *misfit)
    }

    /// What is wrong with a value that is JSON is that it is another one.
    pub(super) fn into_unfit(self) -> Self {
        let kind = match self.kind {
            FaultKind::Malformed => FaultKind::Unfit,
            kind => kind,
        };
        Self { kind, ..self }
    }

    /// The reason, or a general one about a secret.
    pub(super) fn into_reason(self, is_secret: bool) -> Cow<'static, str> {
        match self.kind {
            FaultKind::Malformed | FaultKind::Unfit if is_secret => {
                "is a secret that cannot be read".into()
            }
            _ => self.reason,
        }
    }
}

impl From<serde_json::Error> for Fault {
    fn from(error: serde_json::Error) -> Self {
        let mut reason = error.to_string();
        // The place is that in the member, which nobody sees.
        if let Some(end) = reason.rfind(" at line ") {
            reason.truncate(end);
        }
        match error.classify() {
            serde_json::error::Category::Data => Self::unfit(format!("{UNFIT}: {reason}")),
            _ => Self::new(format!("is not JSON: {reason}")),
        }
    }
}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        Self::new(format!("{UNFIT}: {message}"))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The reason may be about a secret.
        f.debug_struct("Fault").finish_non_exhaustive()
    }
}

impl error::Error for Fault {}
