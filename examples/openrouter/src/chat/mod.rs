//! Conversations in the format of the `OpenAI` Chat Completions API: the main way to get text out of a model.

mod content;
mod request;
mod result;
mod tools;

use api_request::ApiRequest;
use serde::Deserialize;

pub use self::{content::*, request::*, result::*, tools::*};
use crate::{common::MetadataLevel, error::OpenRouterError};

/// Asks a model for the next message of a chat, whole or as a stream.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/chat/completions", name = "sendChatCompletionRequest")]
#[api(response = ChatResult, error = OpenRouterError)]
#[api(events(item = ChatStreamChunk, flag = "stream", done = "[DONE]"))]
pub struct SendChatCompletion {
    /// Whether the answer tells in `openrouter_metadata` how the request was routed; default `disabled`.
    #[api(header = "X-OpenRouter-Metadata")]
    pub metadata: Option<MetadataLevel>,
    /// What is asked for.
    #[api(body)]
    pub body: ChatRequest,
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
