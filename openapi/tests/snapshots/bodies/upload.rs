//! upload.

use api_request::{ApiRequest, OpenEnum, Part};
use serde::Serialize;

/// `POST /upload`.
#[derive(Debug, Clone, ApiRequest)]
#[api(method = POST, path = "/upload", name = "upload", fields = part)]
pub struct Upload {
    pub file: Part,
    pub more: Vec<Part>,
    pub purpose: Option<UploadPurpose>,
    #[api(content_type = "application/json")]
    pub options: Option<UploadOptions>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, OpenEnum)]
#[api(rename_all = "snake_case")]
pub enum UploadPurpose {
    Audio,
    Image,
    #[api(other)]
    Other(String),
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct UploadOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}
