//! The causes of errors: their type, one that several calls share, and what is left out of them.

use std::error;
#[cfg(feature = "client")]
use std::{fmt, sync::Arc};

/// Any error that can be sent to another thread: what transports and body streams fail with.
pub type BoxError = Box<dyn error::Error + Send + Sync>;

/// Removes the URL from an error of reqwest, because the query may hold credentials.
#[cfg(feature = "client")]
pub(crate) fn without_url(error: BoxError) -> BoxError {
    match error.downcast::<reqwest::Error>() {
        Ok(error) => Box::new(error.without_url()),
        Err(error) => error,
    }
}

/// An error that several calls fail with: that of a provider of credentials, which all of them waited for.
#[cfg(feature = "client")]
#[derive(Clone)]
pub(crate) struct SharedError(Arc<dyn error::Error + Send + Sync>);

#[cfg(feature = "client")]
impl SharedError {
    /// The error itself.
    pub(crate) fn get(&self) -> &(dyn error::Error + 'static) {
        &*self.0
    }
}

#[cfg(feature = "client")]
impl From<BoxError> for SharedError {
    fn from(error: BoxError) -> Self {
        Self(error.into())
    }
}

#[cfg(feature = "client")]
impl fmt::Display for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(feature = "client")]
impl fmt::Debug for SharedError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(feature = "client")]
impl error::Error for SharedError {
    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.0.source()
    }
}
