//! Usage, cost and stored content of past requests, and feedback on them.

mod types;

use api_request::ApiRequest;
use serde::Deserialize;

pub use self::types::*;
use crate::error::OpenRouterError;

/// Reads the usage, cost and routing of a generation.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/generation", name = "getGeneration")]
#[api(fields = query, response = GenerationResponse, error = OpenRouterError)]
pub struct GetGeneration {
    /// The generation, by its ID (`gen-…`).
    pub id: String,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Reads the stored prompt, completion and error of a generation.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/generation/content", name = "listGenerationContent")]
#[api(fields = query, response = GenerationContentResponse, error = OpenRouterError)]
pub struct GetGenerationContent {
    /// The generation, by its ID (`gen-…`).
    pub id: String,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Reports a problem with a generation of yours. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest)]
#[api(method = POST, path = "/generation/feedback", name = "submitGenerationFeedback")]
#[api(fields = json, response = SubmitGenerationFeedbackResponse, error = OpenRouterError)]
pub struct SubmitGenerationFeedback {
    /// What kind of problem it is.
    pub category: GenerationFeedbackCategory,
    /// More about it in free text, up to 1000 characters.
    pub comment: Option<String>,
    /// The generation that the feedback is on.
    pub generation_id: String,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}
