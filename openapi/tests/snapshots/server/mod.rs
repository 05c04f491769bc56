//! Jobs API.

pub mod jobs;
pub mod types;

use api_request::{ApiGroup, FromHttp};

use types::JobsError;

/// Where the API is.
pub const BASE_URL: &str = "https://api.example.com/v1";

/// What all operations share.
#[derive(Debug, Clone, Default, ApiGroup, FromHttp)]
#[api(error = JobsError)]
pub struct Jobs;

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        jobs::ListJobs,
        jobs::CreateJob,
        jobs::ListJobsOfMonth,
        jobs::PutFiles,
    ]
}
