//! jobs.

use api_request::{ApiGroup, ApiRequest, ApiResponse, FromHttp, OpenEnum, Part};
use serde::{Deserialize, Serialize};

use super::Jobs;

/// `GET /jobs`.
#[derive(Debug, Clone, Default, ApiRequest, FromHttp)]
#[api(in = Jobs, method = GET, path = "/jobs", name = "listJobs", response = Vec<Job>)]
pub struct ListJobs {
    #[api(flatten)]
    pub paging: Paging,
}

/// `POST /jobs`.
#[derive(Debug, Clone, Default, ApiRequest, FromHttp)]
#[api(in = Jobs, method = POST, path = "/jobs", name = "createJob", fields = json)]
#[api(response = CreateJobResponse)]
pub struct CreateJob {
    pub name: String,
    pub steps: Option<Vec<CreateJobStep>>,
}

/// `GET /jobs/{year}{month}`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(in = Jobs, method = GET, path = "/jobs/{year}{month}", name = "listJobsOfMonth")]
#[api(response(text))]
pub struct ListJobsOfMonth {
    pub year: i64,
    pub month: String,
    #[api(flatten)]
    pub paging: Paging,
}

/// `PUT /jobs/{id}/files`.
#[derive(Debug, Clone, ApiRequest, FromHttp)]
#[api(in = Jobs, method = PUT, path = "/jobs/{id}/files", name = "putFiles", fields = part)]
pub struct PutFiles {
    pub id: String,
    #[api(flatten)]
    pub paging: Paging,
    pub file: Part,
    pub note: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Job {
    pub id: String,
    pub object: JobObject,
    pub state: JobState,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<Vec<JobPart>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, OpenEnum)]
#[api(rename_all = "snake_case")]
pub enum JobState {
    Open,
    Done,
    #[api(other)]
    Other(String),
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
pub enum JobPart {
    Integer(i64),
    Text(String),
    Other(serde_json::Value),
}

#[derive(Debug, ApiResponse)]
pub enum CreateJobResponse {
    /// It is new.
    #[api(status = 201)]
    Created(Job),
    /// Later.
    #[api(status = 202)]
    Accepted {
        #[api(body = text)]
        text: String,
    },
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CreateJobStep {
    pub run: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<i64>,
}

#[derive(Debug, Clone, Default, ApiGroup, FromHttp)]
#[api(fields = query)]
pub struct Paging {
    /// At most so many.
    pub limit: Option<i32>,
    pub after: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub enum JobObject {
    #[default]
    #[serde(rename = "job")]
    Job,
}
