//! keys.

use api_request::ApiRequest;
use serde::Deserialize;

use super::types::{Data, Page, Paging};

/// Lists the keys of an owner, the newest first.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/keys", name = "listKeys", fields = query, response = Page<Key>)]
pub struct ListKeys {
    #[api(flatten)]
    pub paging: Paging,
    pub owner: Option<String>,
}

/// `GET /keys/{id}`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/keys/{id}", name = "getKey", response = Data<Key>)]
pub struct GetKey {
    pub id: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Key {
    pub id: String,
}
