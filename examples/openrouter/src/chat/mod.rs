//! Conversations in the format of the `OpenAI` Chat Completions API: the main way to get text out of a model.

mod content;
mod request;
mod result;
mod tools;

use api_request::{ApiRequest, FromHttp};
use serde::Deserialize;

pub use self::{content::*, request::*, result::*, tools::*};
use crate::{OpenRouter, common::MetadataLevel};

/// Asks a model for the next message of a chat, whole or as a stream.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/chat/completions")]
#[api(name = "sendChatCompletionRequest", response = ChatResult)]
#[api(events(item = ChatStreamChunk, flag = "stream", done = "[DONE]"))]
pub struct SendChatCompletion {
    /// Whether the answer tells in `openrouter_metadata` how the request was routed; default `disabled`.
    #[api(header = "X-OpenRouter-Metadata")]
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub metadata: Option<MetadataLevel>,
    /// What is asked for.
    #[api(body)]
    pub body: ChatRequest,
}
