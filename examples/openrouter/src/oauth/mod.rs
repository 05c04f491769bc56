//! The PKCE flow by which an app gets an API key that its user controls.

mod pkce;

use api_request::{ApiRequest, FromHttp, Secret};
use serde::{Deserialize, Serialize};

pub use self::pkce::Verifier;
use crate::{
    OpenRouter,
    common::LimitReset,
    error::OpenRouterError,
    json::{Nullable, open_enum},
};

/// Exchanges an authorization code of the PKCE flow for an API key the user controls.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(method = POST, path = "/auth/keys", name = "exchangeAuthCodeForAPIKey")]
#[api(fields = json, response = ExchangeAuthCodeResponse, error = OpenRouterError)]
pub struct ExchangeAuthCode {
    /// The authorization code that came with the redirect.
    pub code: Secret<String>,
    /// How the code challenge was made from the verifier.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub code_challenge_method: Nullable<CodeChallengeMethod>,
    /// The verifier behind the code challenge; needed if there was one.
    pub code_verifier: Option<Secret<String>>,
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

/// Makes an authorization code for the PKCE flow, to be exchanged for an API key the user controls.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/auth/keys/code", name = "createAuthKeysCode")]
#[api(fields = json, response = CreateAuthCodeResponse)]
pub struct CreateAuthCode {
    /// Where the user is sent after authorization: an HTTPS address, or any port of `localhost` or `127.0.0.1`.
    pub callback_url: String,
    /// The PKCE challenge made from the verifier.
    pub code_challenge: Option<String>,
    /// How the code challenge was made from the verifier.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub code_challenge_method: Option<CodeChallengeMethod>,
    /// When the key to create stops working, an RFC 3339 date.
    #[serde(default, deserialize_with = "crate::json::date::time")]
    pub expires_at: Nullable<String>,
    /// A label for the key, at most 100 characters; the app's name if absent.
    pub key_label: Option<String>,
    /// How many credits the key to create may use.
    pub limit: Option<f64>,
    /// The agent that spawns this, for telemetry.
    pub spawn_agent: Option<String>,
    /// The cloud that this is spawned in, for telemetry.
    pub spawn_cloud: Option<String>,
    /// How often the credit limit starts again; absent for never.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub usage_limit_type: Option<LimitReset>,
    /// The workspace the key will be part of, by its ID.
    pub workspace_id: Option<String>,
}

open_enum! {
    /// How a code challenge is made from the verifier: hashed (`S256`), or the same (`plain`).
    pub enum CodeChallengeMethod { S256 = "S256", Plain }
}

/// The API key that a code was exchanged for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ExchangeAuthCodeResponse {
    /// The API key for requests to OpenRouter.
    pub key: Secret<String>,
    /// The user the key is of.
    pub user_id: Option<String>,
}

/// The answer to making an authorization code.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CreateAuthCodeResponse {
    /// The authorization code.
    pub data: AuthCode,
}

/// An authorization code, to be exchanged for an API key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AuthCode {
    /// The app the code is for.
    pub app_id: i64,
    /// When the code was made, an RFC 3339 date.
    pub created_at: String,
    /// The code itself, to send in the exchange.
    pub id: Secret<String>,
}
