//! job.

use api_request::{ApiRequest, ApiResponse};
use serde::Deserialize;

/// `POST /job`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = POST, path = "/job", name = "job", response = JobResponse)]
pub struct Job {
    #[api(body)]
    pub body: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct JobOk {
    pub url: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct JobAccepted {
    pub id: Option<String>,
}

#[derive(Debug, ApiResponse)]
pub enum JobResponse {
    /// Done.
    #[api(status = 200)]
    Ok(JobOk),
    /// Started.
    #[api(status = 202)]
    Accepted(JobAccepted),
}
