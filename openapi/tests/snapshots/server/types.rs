//! Types that several modules use.

use api_request::ApiError;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Problem {
    pub message: String,
}

/// What the API responds where it does not do what it was asked for, by status.
#[derive(Debug, ApiError)]
pub enum JobsError {
    #[api(status = 404)]
    NotFound(Problem),
    #[api(status = 422)]
    UnprocessableEntity(Vec<String>),
}
