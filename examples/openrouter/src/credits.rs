//! Credits bought and used.

use api_request::ApiRequest;
use serde::Deserialize;

use crate::error::OpenRouterError;

/// Reads how many credits were bought and used. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/credits", name = "getCredits")]
#[api(response = GetCreditsResponse, error = OpenRouterError)]
pub struct GetCredits {
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Always fails with 410: credits are no longer sold by Coinbase Commerce, only on the website.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/credits/coinbase", name = "createCoinbaseCharge")]
#[api(error = OpenRouterError, auth = none)]
pub struct CreateCoinbaseCharge {
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// The answer to asking for credits.
#[derive(Debug, Clone, Deserialize)]
pub struct GetCreditsResponse {
    /// The credits bought and used.
    pub data: Credits,
}

/// Credits bought and used.
#[derive(Debug, Clone, Deserialize)]
pub struct Credits {
    /// All credits ever bought.
    pub total_credits: f64,
    /// All credits ever used.
    pub total_usage: f64,
}
