//! What opens doors.

use api_request::{ApiRequest, Nullable, OpenEnum, Secret};
use serde::{Deserialize, Serialize};

use super::Keys;

/// Lists the keys of the account. See [this](https://example.com/a), that and
/// <https://example.com/b>.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(in = Keys, method = GET, path = "/keys", name = "listKeys", fields = query)]
#[api(response = ListKeysResponse)]
#[api(paginate(offset = offset, total = total?, items = data, item = Key))]
pub struct ListKeys {
    pub offset: Option<u64>,
    pub sort: Option<ListKeysSort>,
    #[api(name = "filter[state]")]
    pub filter_state: Option<State>,
}

/// `POST /keys`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(in = Keys, method = POST, path = "/keys", name = "create", fields = json, response = Key)]
pub struct CreateKey {
    pub name: String,
    #[api(null)]
    pub limit: Option<f64>,
    pub expires: Nullable<String>,
    pub password: Option<Secret<String>>,
    pub r#type: Option<KeyType>,
}

/// `GET /keys/{key-id}`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(in = Keys, method = GET, path = "/keys/{key_id}", response = Key)]
#[deprecated]
pub struct GetKey {
    pub key_id: String,
}

/// `DELETE /keys/{key-id}`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(in = Keys, method = DELETE, path = "/keys/{key_id}")]
pub struct DeleteKey {
    pub key_id: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, OpenEnum)]
pub enum ListKeysSort {
    #[api(name = "name")]
    Name,
    #[api(name = "-created_at")]
    CreatedAt,
    #[api(other)]
    Other(String),
}

/// Whether the key opens doors.
#[derive(Debug, Clone, PartialEq, Eq, Hash, OpenEnum)]
#[api(rename_all = "snake_case")]
pub enum State {
    Active,
    OnHold,
    #[api(other)]
    Other(String),
}

#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Key {
    pub id: String,
    pub state: State,
    pub parent: Option<Box<Key>>,
    pub created_at: Option<String>,
    pub owner: Option<KeyOwner>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct KeyOwner {
    pub email: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ListKeysResponse {
    pub data: Vec<Key>,
    pub total: Option<i64>,
}

#[derive(Debug, Clone, Copy, Default, Serialize)]
pub enum KeyType {
    #[default]
    #[serde(rename = "key")]
    Key,
}
