//! search.

use std::collections::BTreeMap;

use api_request::{ApiRequest, Secret};
use serde::Serialize;

/// `GET /search`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/search", name = "search", fields = query, query("kind" = "all"))]
#[api(response(text))]
pub struct Search {
    pub tags: Vec<String>,
    #[api(explode = false)]
    pub ids: Vec<i64>,
    #[api(style = space)]
    pub words: Vec<String>,
    #[api(style = pipe)]
    pub pipes: Vec<String>,
    #[api(style = deep)]
    pub created: Option<SearchCreated>,
    #[api(style = brackets)]
    pub expand: Vec<String>,
    #[api(style = form)]
    pub paging: Option<SearchPaging>,
    #[api(query(json))]
    pub filters: Option<BTreeMap<String, String>>,
    #[api(name = "DateSent<")]
    pub date_sent_lt: Option<String>,
    /// The type. `true` by default. Deprecated.
    pub r#type: Option<bool>,
    #[api(header = "X-Api-Key")]
    pub x_api_key: Option<Secret<String>>,
    #[api(cookie)]
    pub session: Option<String>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchCreated {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gte: Option<i64>,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct SearchPaging {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
}
