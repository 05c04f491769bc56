//! Types that several modules use.

use api_request::ApiGroup;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub struct User {
    pub id: String,
    pub name: String,
}

#[derive(Debug, Clone, Default, ApiGroup)]
#[api(fields = query)]
pub struct Paging {
    /// At most so many.
    pub limit: Option<u64>,
    pub after: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Page<T> {
    pub data: Vec<T>,
    /// Whether there are more.
    pub has_more: bool,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Data<T> {
    pub data: T,
}
