//! Conversations in the format of the Anthropic Messages API, served by any model of OpenRouter.

mod content;
mod events;
mod request;
mod result;
mod tool_results;
mod tools;

use api_request::ApiRequest;
use serde::Deserialize;

pub use self::{content::*, events::*, request::*, result::*, tool_results::*, tools::*};
use crate::{common::MetadataLevel, error::MessagesError};

/// Asks a model for the next message, in the format of the Anthropic Messages API: text, images, PDFs, tools and
/// thinking.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/messages", name = "createMessages")]
#[api(response = MessagesResult, error = MessagesError)]
#[api(events(item = MessagesStreamEvent, flag = "stream", done = "[DONE]"))]
pub struct CreateMessage {
    /// Whether the answer tells in `openrouter_metadata` how the request was routed; default `disabled`.
    #[api(header = "X-OpenRouter-Metadata")]
    pub metadata: Option<MetadataLevel>,
    /// What is asked for.
    #[api(body)]
    pub body: MessagesRequest,
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
