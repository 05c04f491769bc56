//! Credentials of your own accounts with providers (bring your own key), stored for OpenRouter to use.

mod types;

use api_request::{ApiRequest, FromHttp, Secret};
use serde::Deserialize;

pub use self::types::*;
use crate::{OpenRouter, Paging, json::Nullable};

/// Lists the BYOK credentials of a workspace. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/byok", name = "listBYOKKeys", fields = query)]
#[api(response = ListByokKeysResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = ByokKey))]
pub struct ListByokKeys {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
    /// The workspace to list; the default one if absent, an error (400) if that was deleted.
    pub workspace_id: Option<String>,
    /// Only credentials for this provider, by its slug.
    pub provider: Option<ByokProviderSlug>,
}

/// Stores a provider's key, encrypted and never shown again. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/byok", name = "createBYOKKey", fields = json)]
#[api(response = CreateByokKeyResponse)]
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
    pub provider: ByokProviderSlug,
    /// The workspace to store the credential in; the default one if absent, an error (400) if that was deleted.
    pub workspace_id: Option<String>,
}

/// Reads one BYOK credential. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/byok/{id}", name = "getBYOKKey")]
#[api(response = GetByokKeyResponse)]
pub struct GetByokKey {
    /// What names the BYOK credential, a UUID.
    pub id: String,
}

/// Changes a BYOK credential, or replaces its key. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = PATCH, path = "/byok/{id}", name = "updateBYOKKey", fields = json)]
#[api(response = UpdateByokKeyResponse)]
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
}

/// Deletes a BYOK credential and wipes its key. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/byok/{id}", name = "deleteBYOKKey")]
#[api(response = DeleteByokKeyResponse)]
pub struct DeleteByokKey {
    /// What names the BYOK credential, a UUID.
    pub id: String,
}
