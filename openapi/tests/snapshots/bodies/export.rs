//! export.

use api_request::ApiRequest;
use serde::Deserialize;

/// `POST /export`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = POST, path = "/export", name = "export", response(lines = ExportLine))]
pub struct Export {
    #[api(body(text, content_type = "text/csv"))]
    pub body: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ExportLine {
    pub n: Option<i32>,
}
