// files.rs

//! files.

use api_request::{ApiRequest, Body};

/// `PUT /files/{path}.json/{coordinates}`.
#[derive(Debug, Default, ApiRequest)]
#[api(method = PUT, path = "/files/{path}.json/{coordinates}", name = "files/put")]
#[api(idempotency_key = "Idempotency-Key", response(stream))]
pub struct PutFile {
    pub path: String,
    pub coordinates: Vec<f64>,
    #[api(body = stream)]
    pub body: Body,
}

// find.rs

//! find.

use api_request::{ApiRequest, ApiResponse};

/// `GET /find?by=name`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/find", name = "find", query("by" = "name"))]
#[api(response = FindFindByNameResponse)]
pub struct FindFindByName;

#[derive(Debug, ApiResponse)]
pub enum FindFindByNameResponse {
    /// It is elsewhere.
    #[api(status = 302)]
    Found {
        #[api(header = "Location")]
        location: Option<String>,
    },
}

// lib.rs

//! Parameters.

pub mod files;
pub mod find;
pub mod search;

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        search::Search,
        files::PutFile,
        find::FindFindByName,
    ]
}

// search.rs

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
    #[api(json)]
    pub filters: Option<BTreeMap<String, String>>,
    #[api(name = "DateSent<")]
    pub date_sent_lt: Option<String>,
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

// left out: line 35: matrix: a path parameter of style `matrix`
