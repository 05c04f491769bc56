//! What an error type says of the bodies that are its errors: which 2xx response is one, and where the message is.

/// What `#[api(…)]` declares on an enum that derives [`ApiError`](macro@crate::ApiError).
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct ErrorRules {
    /// The member that makes an error of a 2xx response, and when.
    pub(crate) envelope: Option<(&'static str, EnvelopeMark)>,
    /// Where the message is; empty where that is not declared.
    pub(crate) message: &'static [MessageStep],
}

/// When a member that is there makes an error.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum EnvelopeMark {
    /// Unless it is `null`.
    NotNull,
    /// If it says something.
    Something,
    /// If it is `false`.
    False,
    /// If it is neither `null` nor this number.
    NotNumber(i32),
    /// If it is neither `null` nor this text.
    NotText(&'static str),
}

/// A step of the path to a message.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum MessageStep {
    /// To a member of an object.
    Member(&'static str),
    /// To an item of a list.
    Item(usize),
}

impl ErrorRules {
    /// Those of a type that declares nothing.
    pub const NONE: Self = Self {
        envelope: None,
        message: &[],
    };

    /// With a member that makes an error of a 2xx response.
    #[must_use]
    pub const fn envelope(self, name: &'static str, mark: EnvelopeMark) -> Self {
        Self {
            envelope: Some((name, mark)),
            ..self
        }
    }

    /// With the path to the message.
    #[must_use]
    pub const fn message(self, message: &'static [MessageStep]) -> Self {
        Self { message, ..self }
    }

    /// The name of the member that makes an error of a 2xx response.
    pub(super) fn envelope_name(&self) -> Option<&'static str> {
        self.envelope.map(|(name, _)| name)
    }
}
