//! What makes a document unusable.

use std::{fmt, path::PathBuf};

/// Why a document cannot be read: the place, and what is wrong there.
///
/// ```
/// let error = api_request_openapi::Sources::from_text("api.yaml", "a: [1").unwrap_err();
/// assert!(error.to_string().starts_with("api.yaml:"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    file: PathBuf,
    line: u32,
    message: String,
}

impl Error {
    pub(crate) fn new(file: impl Into<PathBuf>, line: u32, message: impl Into<String>) -> Self {
        Self {
            file: file.into(),
            line,
            message: message.into(),
        }
    }

    /// Returns the line of the mistake, from 1, or 0 if the file itself is the mistake.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file.display())?;
        if self.line > 0 {
            write!(f, ":{}", self.line)?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for Error {}
