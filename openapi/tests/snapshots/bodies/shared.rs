//! shared.

use api_request::{ApiRequest, Nullable, Secret};
use serde::{Deserialize, Serialize};

/// `PUT /shared`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = PUT, path = "/shared", name = "putShared", response = Shared)]
pub struct PutShared {
    #[api(body(content_type = "application/merge-patch+json"))]
    pub body: Shared,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Shared {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret<String>>,
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub note: Nullable<String>,
}
