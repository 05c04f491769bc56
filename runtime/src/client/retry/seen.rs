//! What the caller's own rule sees of an attempt that failed.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use crate::{Phase, error::Report, operation::Operation};

/// An attempt that failed, as the rule of [`Retry::when`](crate::Retry::when) sees it.
///
/// ```
/// use api_request::{Decide, Retry, Seen};
///
/// /// GitHub refuses calls beyond its secondary rate limit with a 403.
/// fn secondary_limit(seen: &Seen<'_>) -> Decide {
///     let is_limit = seen.status().is_some_and(|status| status == 403)
///         && seen.body().is_some_and(|body| body.windows(20).any(|text| text == b"secondary rate limit"));
///     if is_limit { Decide::Yes } else { Decide::Default }
/// }
///
/// let retry = Retry::default().when(secondary_limit);
/// ```
#[derive(Clone, Copy)]
pub struct Seen<'a> {
    pub(super) failure: &'a Report,
    pub(super) operation: &'static Operation,
}

impl<'a> Seen<'a> {
    /// Returns the status code of the response; `None` if there is no response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        Some(self.failure.response.as_ref()?.status)
    }

    /// Returns the headers of the response; `None` if there is no response.
    #[must_use]
    pub fn headers(&self) -> Option<&'a HeaderMap> {
        Some(&self.failure.response.as_ref()?.headers)
    }

    /// Returns the start of the response body, up to the limit of [`Limits::error_body`](crate::Limits::error_body), as
    /// the server sent it; `None` if there is no response, or if its body was not read.
    #[must_use]
    pub fn body(&self) -> Option<&'a Bytes> {
        self.failure.response.as_ref()?.body.as_ref()
    }

    /// Returns how far the call got: whether the server may have seen one of its requests.
    #[must_use]
    pub fn phase(&self) -> Phase {
        self.failure.phase()
    }

    /// Returns the operation that was called.
    #[must_use]
    pub fn operation(&self) -> &'static Operation {
        self.operation
    }
}

impl fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A body may hold secrets.
        f.debug_struct("Seen")
            .field("operation", &self.operation.name)
            .field("status", &self.status())
            .field("phase", &self.phase())
            .finish_non_exhaustive()
    }
}

/// What the rule of [`Retry::when`](crate::Retry::when) decides.
///
/// ```
/// use api_request::{
///     ApiRequest, Client, Decide, Retry,
///     testing::{Script, ScriptedResponse},
/// };
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/names")]
/// struct ListNames;
///
/// // This API is slow to come back.
/// let rule = Retry::default().when(|seen| match seen.status() {
///     Some(status) if status == 503 => Decide::No,
///     _ => Decide::Default,
/// });
/// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
/// let api = Script::new().then(ScriptedResponse::new(503));
/// let client = Client::builder("https://api.example.com/v1").retry(rule).transport(api).build()?;
/// let error = client.send(&ListNames).await.unwrap_err();
/// assert_eq!(error.attempts(), 1);
/// # Ok::<(), api_request::ConfigError>(())
/// # })?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Decide {
    /// Retry, whatever the method and the status. The most attempts, the budget and a body that can be sent only once
    /// still end the call.
    Yes,
    /// Do not retry.
    No,
    /// Decide by the other rules.
    Default,
}
