//! token.

use std::collections::BTreeMap;

use api_request::{ApiRequest, Secret};
use serde::Deserialize;

/// `POST /token`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = POST, path = "/token", name = "token", fields = form, response = TokenResponse)]
pub struct Token {
    pub grant_type: String,
    pub client_secret: Option<Secret<String>>,
    #[api(style = brackets)]
    pub scopes: Vec<String>,
    #[api(style = deep)]
    pub metadata: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct TokenResponse {
    pub token: Option<Secret<String>>,
}
