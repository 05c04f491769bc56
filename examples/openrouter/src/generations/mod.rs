//! Usage, cost and stored content of past requests, and feedback on them.

mod types;

use api_request::{ApiRequest, FromHttp};
use serde::Deserialize;

pub use self::types::*;
use crate::OpenRouter;

/// Reads the usage, cost and routing of a generation.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/generation", name = "getGeneration", fields = query)]
#[api(response = GenerationResponse)]
pub struct GetGeneration {
    /// The generation, by its ID (`gen-…`).
    pub id: String,
}

/// Reads the stored prompt, completion and error of a generation.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/generation/content", name = "listGenerationContent")]
#[api(fields = query, response = GenerationContentResponse)]
pub struct GetGenerationContent {
    /// The generation, by its ID (`gen-…`).
    pub id: String,
}

/// Reports a problem with a generation of yours. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/generation/feedback")]
#[api(name = "submitGenerationFeedback", fields = json)]
#[api(response = SubmitGenerationFeedbackResponse)]
pub struct SubmitGenerationFeedback {
    /// What kind of problem it is.
    #[serde(deserialize_with = "crate::json::listed")]
    pub category: GenerationFeedbackCategory,
    /// More about it in free text, up to 1000 characters.
    pub comment: Option<String>,
    /// The generation that the feedback is on.
    pub generation_id: String,
}
