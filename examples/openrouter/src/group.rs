//! What operations share.

use api_request::{ApiGroup, FromHttp};
use serde::Deserialize;

use crate::error::OpenRouterError;

/// What all operations of the API share: how they fail, and the headers that name the app. Where no value is given, by
/// [`ClientBuilder::group`](api_request::ClientBuilder::group) or [`Call::group`](api_request::Call::group), the headers
/// of the client are sent.
///
/// ```
/// use openrouter::{BASE_URL, OpenRouter};
///
/// let app = OpenRouter { app_title: Some("Sketch".to_owned()), ..OpenRouter::default() };
/// let client = api_request::Client::builder(BASE_URL).group(app).build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
#[derive(Debug, Clone, Default, Deserialize, ApiGroup, FromHttp)]
#[api(error = OpenRouterError)]
pub struct OpenRouter {
    /// URL of the app, which rankings know it by.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Which part of a listing to return.
#[derive(Debug, Clone, Default, Deserialize, ApiGroup, FromHttp)]
#[api(fields = query)]
pub struct Paging {
    /// How many entries to skip before the first one returned.
    pub offset: Option<u64>,
    /// How many entries to return, at most 100.
    pub limit: Option<u32>,
}
