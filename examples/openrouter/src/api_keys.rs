//! API keys of an account: their limits, use and state.

use api_request::{ApiRequest, ApiResponse, FromHttp, Secret};
use serde::{Deserialize, Serialize};

use crate::{OpenRouter, common::LimitReset, json::Nullable};

/// Reads limits and use of the API key the request is made with.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/key", name = "getCurrentKey")]
#[api(response = GetCurrentKeyResponse)]
pub struct GetCurrentKey {}

/// Lists the API keys of a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/keys", name = "list", fields = query)]
#[api(response = ListKeysResponse)]
#[api(paginate(offset = offset, items = data, item = KeyInfo))]
pub struct ListKeys {
    /// Whether keys that are switched off are listed too.
    pub include_disabled: Option<bool>,
    /// How many keys to skip before the first one returned.
    pub offset: Option<u64>,
    /// The workspace to list, by its ID; the default one if absent.
    pub workspace_id: Option<String>,
}

/// Creates an API key; the answer is the only place that shows it. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/keys", name = "createKeys", fields = json)]
#[api(response = CreateKeyResponse)]
pub struct CreateKey {
    /// The member who creates the key, by user ID; only makes sense in an organization.
    #[serde(default)]
    pub creator_user_id: Nullable<String>,
    /// When the key stops working, an RFC 3339 date in UTC; absent for never.
    #[serde(default, deserialize_with = "crate::json::date::time")]
    pub expires_at: Nullable<String>,
    /// Whether use by BYOK is to count towards the limit.
    pub include_byok_in_limit: Option<bool>,
    /// How much the key may spend, in US dollars; absent for no limit.
    #[serde(default)]
    pub limit: Nullable<f64>,
    /// How often the limit starts again, at midnight UTC, weeks on Mondays; `null` for never.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub limit_reset: Nullable<LimitReset>,
    /// A name for the key.
    pub name: String,
    /// The workspace to create the key in; the default one if absent.
    pub workspace_id: Option<String>,
}

/// Reads one API key, without its secret part. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/keys/{hash}", name = "getKey")]
#[api(response = GetKeyResponse)]
pub struct GetKey {
    /// The key to read, by its hash.
    pub hash: String,
}

/// Changes an API key's name, limit or state. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = PATCH, path = "/keys/{hash}", name = "updateKeys", fields = json)]
#[api(response = UpdateKeyResponse)]
pub struct UpdateKey {
    /// The key to change, by its hash.
    pub hash: String,
    /// Whether the key is to be off.
    pub disabled: Option<bool>,
    /// Whether use by BYOK is to count towards the limit.
    pub include_byok_in_limit: Option<bool>,
    /// How much the key may spend from now on, in US dollars.
    #[serde(default)]
    pub limit: Nullable<f64>,
    /// How often the limit starts again from now on, at midnight UTC, weeks on Mondays; `null` for never.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub limit_reset: Nullable<LimitReset>,
    /// A new name for the key.
    pub name: Option<String>,
}

/// Deletes an API key. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/keys/{hash}", name = "deleteKeys")]
#[api(response = DeleteKeyResponse)]
pub struct DeleteKey {
    /// The key to delete, by its hash.
    pub hash: String,
}

/// The answer to reading the key of the request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetCurrentKeyResponse {
    /// The key of the request.
    pub data: CurrentKeyInfo,
}

/// The key of the request, without its secret part.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CurrentKeyInfo {
    /// All use of providers by BYOK with the key, in US dollars.
    pub byok_usage: f64,
    /// Use by BYOK on the current UTC day, in US dollars.
    pub byok_usage_daily: f64,
    /// Use by BYOK in the current UTC month, in US dollars.
    pub byok_usage_monthly: f64,
    /// Use by BYOK in the current UTC week, from Monday, in US dollars.
    pub byok_usage_weekly: f64,
    /// The user who created the key; in an organization, the member.
    pub creator_user_id: Option<String>,
    /// When the key stops working, an RFC 3339 date; `null` for never.
    pub expires_at: Option<String>,
    /// Whether use by BYOK counts towards the limit.
    pub include_byok_in_limit: bool,
    /// Whether the key is on the free tier.
    pub is_free_tier: bool,
    /// Whether it is a management key.
    pub is_management_key: bool,
    /// Whether it is a management key, by its older name.
    pub is_provisioning_key: bool,
    /// The label of the key shown to people.
    pub label: String,
    /// How much the key may spend, in US dollars; `null` for no limit.
    pub limit: Option<f64>,
    /// What is left of the limit, in US dollars; `null` for no limit.
    pub limit_remaining: Option<f64>,
    /// How often the limit starts again; `null` for never.
    pub limit_reset: Option<String>,
    /// An old rate limit that says nothing any more (-1).
    pub rate_limit: KeyRateLimit,
    /// All credits used with the key, in US dollars.
    pub usage: f64,
    /// Credits used on the current UTC day, in US dollars.
    pub usage_daily: f64,
    /// Credits used in the current UTC month, in US dollars.
    pub usage_monthly: f64,
    /// Credits used in the current UTC week, from Monday, in US dollars.
    pub usage_weekly: f64,
}

/// An old rate limit of a key that says nothing any more (-1).
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KeyRateLimit {
    /// The time that the requests are counted in.
    pub interval: String,
    /// A remark on the rate limit.
    pub note: String,
    /// How many requests are allowed in the interval.
    pub requests: i64,
}

/// A page of API keys.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListKeysResponse {
    /// The keys of this page.
    pub data: Vec<KeyInfo>,
}

/// An API key, without its secret part.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct KeyInfo {
    /// All use of providers by BYOK with the key, in US dollars.
    pub byok_usage: f64,
    /// Use by BYOK on the current UTC day, in US dollars.
    pub byok_usage_daily: f64,
    /// Use by BYOK in the current UTC month, in US dollars.
    pub byok_usage_monthly: f64,
    /// Use by BYOK in the current UTC week, from Monday, in US dollars.
    pub byok_usage_weekly: f64,
    /// When the key was created, an RFC 3339 date.
    pub created_at: String,
    /// The user who created the key; in an organization, the member.
    pub creator_user_id: Option<String>,
    /// Whether the key is switched off.
    pub disabled: bool,
    /// When the key stops working, an RFC 3339 date; `null` for never.
    pub expires_at: Option<String>,
    /// What names the key in this API.
    pub hash: String,
    /// Whether use by BYOK counts towards the limit.
    pub include_byok_in_limit: bool,
    /// The label of the key shown to people.
    pub label: String,
    /// How much the key may spend, in US dollars; `null` for no limit.
    pub limit: Option<f64>,
    /// What is left of the limit, in US dollars; `null` for no limit.
    pub limit_remaining: Option<f64>,
    /// How often the limit starts again; `null` for never.
    pub limit_reset: Option<String>,
    /// The name the key was given.
    pub name: String,
    /// When the key was last changed, an RFC 3339 date.
    pub updated_at: Option<String>,
    /// All credits used with the key, in US dollars.
    pub usage: f64,
    /// Credits used on the current UTC day, in US dollars.
    pub usage_daily: f64,
    /// Credits used in the current UTC month, in US dollars.
    pub usage_monthly: f64,
    /// Credits used in the current UTC week, from Monday, in US dollars.
    pub usage_weekly: f64,
    /// The workspace the key is part of.
    pub workspace_id: String,
}

/// A new API key, with its secret part.
#[derive(Debug, Clone, ApiResponse)]
#[api(status = 201, fields = json)]
pub struct CreateKeyResponse {
    /// The new key, without its secret part.
    pub data: KeyInfo,
    /// The key itself, shown this once only.
    pub key: Secret<String>,
}

/// The answer to reading a key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetKeyResponse {
    /// The key, without its secret part.
    pub data: KeyInfo,
}

/// The answer to changing a key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct UpdateKeyResponse {
    /// The changed key, without its secret part.
    pub data: KeyInfo,
}

/// The answer to deleting a key.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DeleteKeyResponse {
    /// Whether the key is gone.
    pub deleted: bool,
}
