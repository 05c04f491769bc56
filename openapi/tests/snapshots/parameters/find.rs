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
