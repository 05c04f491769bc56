// chat.rs

//! chat.

use api_request::ApiRequest;
use serde::Deserialize;

/// `POST /chat`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = POST, path = "/chat", name = "chat", fields = json, response = Option<ChatResponse>)]
#[api(events(item = ChatEvent, flag = "stream", done = "[DONE]"))]
pub struct Chat {
    pub prompt: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ChatEvent {
    pub delta: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct ChatResponse {
    pub text: String,
}

// export.rs

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

// job.rs

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

// lib.rs

//! Bodies.

pub mod chat;
pub mod export;
pub mod job;
pub mod shared;
pub mod token;
pub mod upload;

api_request::operations! {
    /// All operations that are declared.
    pub static OPERATIONS: [
        upload::Upload,
        token::Token,
        chat::Chat,
        shared::PutShared,
        export::Export,
        job::Job,
    ]
}

// shared.rs

//! shared.

use api_request::{ApiRequest, Nullable, Secret};
use serde::{Deserialize, Serialize};

/// `PUT /shared`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = PUT, path = "/shared", name = "putShared", response = Shared)]
pub struct PutShared {
    #[api(body(content_type = "application/merge-patch+json"))]
    pub body: Shared,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Shared {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<Secret<String>>,
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub note: Nullable<String>,
}

// token.rs

//! token.

use std::collections::BTreeMap;

use api_request::{ApiRequest, Secret};
use serde::Deserialize;

/// `POST /token`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = POST, path = "/token", name = "token", fields = form, response = TokenResponse)]
pub struct Token {
    pub grant_type: String,
    pub client_secret: Option<Secret<String>>,
    #[api(style = brackets)]
    pub scopes: Vec<String>,
    #[api(style = deep)]
    pub metadata: Option<BTreeMap<String, String>>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct TokenResponse {
    pub token: Option<Secret<String>>,
}

// upload.rs

//! upload.

use api_request::{ApiRequest, OpenEnum, Part};
use serde::Serialize;

/// `POST /upload`.
#[derive(Debug, Clone, ApiRequest)]
#[api(method = POST, path = "/upload", name = "upload", fields = part)]
pub struct Upload {
    pub file: Part,
    pub more: Vec<Part>,
    pub purpose: Option<UploadPurpose>,
    #[api(content_type = "application/json")]
    pub options: Option<UploadOptions>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, OpenEnum)]
#[api(rename_all = "snake_case")]
pub enum UploadPurpose {
    Audio,
    Image,
    /// A text that is not listed.
    #[api(other)]
    Other(String),
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct UploadOptions {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

// left out: line 64: getShared: a body of GET
