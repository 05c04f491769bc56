//! Credits bought and used.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::OpenRouter;

/// Reads how many credits were bought and used. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/credits", name = "getCredits")]
#[api(response = GetCreditsResponse)]
pub struct GetCredits {}

/// Always fails with 410: credits are no longer sold by Coinbase Commerce, only on the website.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/credits/coinbase", name = "createCoinbaseCharge")]
#[api(auth = none)]
pub struct CreateCoinbaseCharge {}

/// The answer to asking for credits.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetCreditsResponse {
    /// The credits bought and used.
    pub data: Credits,
}

/// Credits bought and used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Credits {
    /// All credits ever bought.
    pub total_credits: f64,
    /// All credits ever used.
    pub total_usage: f64,
}
