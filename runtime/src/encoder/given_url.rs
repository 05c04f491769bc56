//! A field that is the whole URL of a request: how its value is taken, and what is known of it afterwards.

use std::{fmt, sync::Arc};

use http::Uri;
use url::form_urlencoded;

use super::{problem::Problem, sink::Sink, traits::ParamValue};
use crate::{BaseUrl, operation::Param};

/// The URL of a request: what serializes as text, or an `http::Uri`. `How` tells the two apart, so that the compiler can.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the `url` of a request",
    label = "not a URL",
    note = "use a `String`, a `Secret<String>`, an `http::Uri`, or a type that serializes as text, such as `url::Url` with the feature `serde`"
)]
pub trait UrlValue<How> {
    /// Writes the URL.
    ///
    /// # Errors
    ///
    /// Fails if the value is not text.
    fn write_url(&self, sink: &mut Sink<'_>) -> Result<(), Problem>;
}

/// By `Serialize`.
#[derive(Debug)]
pub struct AsText;

/// As a `Uri`, which is not `Serialize`.
#[derive(Debug)]
pub struct AsUri;

#[diagnostic::do_not_recommend]
impl<T: ParamValue> UrlValue<AsText> for T {
    fn write_url(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.write(sink)
    }
}

#[diagnostic::do_not_recommend]
impl UrlValue<AsUri> for Uri {
    fn write_url(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        sink.display(self)
    }
}

#[diagnostic::do_not_recommend]
impl UrlValue<AsUri> for &Uri {
    fn write_url(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        sink.display(self)
    }
}

/// A field that is the URL.
pub struct TargetUrl<'v, How>(&'v dyn UrlValue<How>);

impl<How> fmt::Debug for TargetUrl<'_, How> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it holds may be secret.
        f.debug_struct("TargetUrl").finish_non_exhaustive()
    }
}

#[diagnostic::do_not_recommend]
impl<How> ParamValue for TargetUrl<'_, How> {
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        self.0.write_url(sink)
    }
}

/// Takes the field that is the URL.
pub fn url<T: UrlValue<How>, How>(value: &T) -> TargetUrl<'_, How> {
    TargetUrl(value)
}

/// What is known of a URL that a field gave, while the rest of the request is written.
pub(super) struct GivenUrl {
    pub(super) param: &'static Param,
    pub(super) is_secret: bool,
    /// Its origin, if it is not that of the base URL.
    pub(super) origin: Option<Arc<BaseUrl>>,
    /// What is written before the next query parameter.
    pub(super) separator: &'static str,
    /// The names in its query.
    pub(super) names: Vec<String>,
}

impl GivenUrl {
    /// Refuses a name in its query that is in the query `written` after it too.
    pub(super) fn check_names(&self, written: &[u8]) -> Result<(), Problem> {
        let mut names = form_urlencoded::parse(written).map(|(name, _)| name);
        let Some(name) = names.find(|name| self.names.iter().any(|own| own == name)) else {
            return Ok(());
        };
        Err(if self.is_secret {
            Problem::new("has a query parameter that the request declares itself")
        } else {
            Problem::brings(&name)
        })
    }
}
