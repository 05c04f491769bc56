//! The error of a request that cannot be encoded.

use std::{borrow::Cow, error, fmt};

/// The error of a request that cannot be encoded: the operation, the field and the reason. Nothing has been sent.
///
/// The message does not repeat the value. Words of a `Serialize` implementation or a `validate` function pass through
/// as they are; those about a secret field do not.
///
/// ```
/// use api_request::{ApiRequest, BaseUrl};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys/{hash}")]
/// struct GetKey {
///     hash: String,
/// }
///
/// let base: BaseUrl = "https://api.example.com".parse()?;
/// let error = GetKey { hash: "..".to_owned() }.to_http(&base).unwrap_err();
/// assert_eq!(error.operation(), "GetKey");
/// assert_eq!(error.field(), Some("hash"));
/// assert!(error.reason().starts_with("makes a path segment `.` or `..`"));
/// # Ok::<(), api_request::ConfigError>(())
/// ```
pub struct EncodeError(Box<Inner>);

struct Inner {
    operation: &'static str,
    field: Option<&'static str>,
    reason: Cow<'static, str>,
}

impl EncodeError {
    pub(crate) fn new(
        operation: &'static str,
        field: Option<&'static str>,
        reason: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self(Box::new(Inner {
            operation,
            field,
            reason: reason.into(),
        }))
    }

    /// Returns the name of the operation.
    #[must_use]
    pub fn operation(&self) -> &str {
        self.0.operation
    }

    /// Returns the Rust name of the field that cannot be sent, without `r#`; its index in a tuple struct. `None` if the
    /// error is about the whole request: `validate` refused it, or its URL is too long.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        self.0.field
    }

    /// Returns why the field, or the request, cannot be sent.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner {
            operation,
            field,
            reason,
        } = &*self.0;
        match field {
            Some(field) => write!(f, "`{operation}` cannot be sent: field `{field}` {reason}"),
            None => write!(f, "`{operation}` cannot be sent: {reason}"),
        }
    }
}

impl fmt::Debug for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodeError")
            .field("operation", &self.0.operation)
            .field("field", &self.0.field)
            .field("reason", &self.0.reason)
            .finish()
    }
}

impl error::Error for EncodeError {}
