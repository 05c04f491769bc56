//! Credentials of your own accounts with providers (bring your own key), stored for OpenRouter to use.

mod types;

use api_request::{ApiRequest, Secret};
use serde::Deserialize;

pub use self::types::*;
use crate::{
    error::OpenRouterError,
    json::{Nullable, growing, growing_option},
};

/// Lists the BYOK credentials of a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/byok", name = "listBYOKKeys")]
#[api(fields = query, response = ListByokKeysResponse, error = OpenRouterError)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = ByokKey))]
pub struct ListByokKeys {
    /// How many entries to skip before the first one returned.
    pub offset: Option<u64>,
    /// How many entries to return, at most 100.
    pub limit: Option<u32>,
    /// The workspace to list; the default one if absent, an error (400) if that was deleted.
    pub workspace_id: Option<String>,
    /// Only credentials for this provider, by its slug.
    #[serde(default, deserialize_with = "growing_option")]
    pub provider: Option<ByokProviderSlug>,
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

/// Stores a provider's key, encrypted and never shown again. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = POST, path = "/byok", name = "createBYOKKey")]
#[api(fields = json, response = CreateByokKeyResponse, error = OpenRouterError)]
pub struct CreateByokKey {
    /// The OpenRouter keys of your account that may use the credential, at least one hash; `null` for all.
    #[serde(default)]
    pub allowed_api_key_hashes: Nullable<Vec<String>>,
    /// The models the credential may be used for, by their slugs; `null` for all.
    #[serde(default)]
    pub allowed_models: Nullable<Vec<String>>,
    /// The users who may use the credential; `null` for all.
    #[serde(default)]
    pub allowed_user_ids: Nullable<Vec<String>>,
    /// Whether the credential starts switched off.
    pub disabled: Option<bool>,
    /// Whether the credential is only tried after the provider's other ones.
    pub is_fallback: Option<bool>,
    /// The provider's key; stored encrypted, never returned.
    pub key: Secret<String>,
    /// The name shown to people.
    #[serde(default)]
    pub name: Nullable<String>,
    /// The provider the credential is for, by its slug.
    #[serde(deserialize_with = "growing")]
    pub provider: ByokProviderSlug,
    /// The workspace to store the credential in; the default one if absent, an error (400) if that was deleted.
    pub workspace_id: Option<String>,
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

/// Reads one BYOK credential. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/byok/{id}", name = "getBYOKKey")]
#[api(response = GetByokKeyResponse, error = OpenRouterError)]
pub struct GetByokKey {
    /// What names the BYOK credential, a UUID.
    pub id: String,
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

/// Changes a BYOK credential, or replaces its key. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = PATCH, path = "/byok/{id}", name = "updateBYOKKey")]
#[api(fields = json, response = UpdateByokKeyResponse, error = OpenRouterError)]
pub struct UpdateByokKey {
    /// What names the BYOK credential, a UUID.
    pub id: String,
    /// The OpenRouter keys of your account that may use the credential, at least one hash; `null` lifts the
    /// restriction.
    #[serde(default)]
    pub allowed_api_key_hashes: Nullable<Vec<String>>,
    /// The models the credential may be used for, by their slugs; `null` for all.
    #[serde(default)]
    pub allowed_models: Nullable<Vec<String>>,
    /// The users who may use the credential; `null` for all.
    #[serde(default)]
    pub allowed_user_ids: Nullable<Vec<String>>,
    /// Whether the credential is to be off.
    pub disabled: Option<bool>,
    /// Whether the credential is only tried after the provider's other ones.
    pub is_fallback: Option<bool>,
    /// A new key of the provider, in place of the stored one; never returned.
    pub key: Option<Secret<String>>,
    /// The name shown to people.
    #[serde(default)]
    pub name: Nullable<String>,
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

/// Deletes a BYOK credential and wipes its key. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = DELETE, path = "/byok/{id}", name = "deleteBYOKKey")]
#[api(response = DeleteByokKeyResponse, error = OpenRouterError)]
pub struct DeleteByokKey {
    /// What names the BYOK credential, a UUID.
    pub id: String,
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
