//! Types that several modules use.

use api_request::ApiError;
use serde::Deserialize;

#[derive(Debug, Clone, Deserialize)]
pub struct Failure {
    pub message: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Missing {
    pub id: Option<String>,
}

/// What the API responds where it does not do what it was asked for, by status.
#[derive(Debug, ApiError)]
pub enum KeysError {
    #[api(status = 401)]
    Unauthorized(Failure),
    #[api(status = 404)]
    NotFound(Missing),
}
