//! How much of a response is read.

/// The most bytes that are read of a response, counted after decompression. Streams have no limit on the whole.
///
/// ```
/// use api_request::{Client, Limits};
///
/// let limits = Limits::default().body(1024 * 1024);
/// let client = Client::builder("https://api.example.com/v1").limits(limits).build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "limits do nothing until they are given to a client"]
pub struct Limits {
    pub(super) body: usize,
    pub(super) error_body: usize,
    pub(super) event: usize,
}

impl Limits {
    /// Sets the most bytes of a body that is decoded; more is an error. 32 MiB by default.
    pub const fn body(mut self, bytes: usize) -> Self {
        self.body = bytes;
        self
    }

    /// Sets the most bytes kept of an error's body; the rest is dropped. 64 KiB by default.
    pub const fn error_body(mut self, bytes: usize) -> Self {
        self.error_body = bytes;
        self
    }

    /// Sets the most bytes of one event of an event stream, and of one line of `Lines`; more is an error. 8 MiB by
    /// default.
    pub const fn event(mut self, bytes: usize) -> Self {
        self.event = bytes;
        self
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 32 * 1024 * 1024,
            error_body: 64 * 1024,
            event: 8 * 1024 * 1024,
        }
    }
}
