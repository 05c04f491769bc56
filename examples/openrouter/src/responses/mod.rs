//! Conversations in the format of the `OpenAI` Responses API, kept nowhere: each request carries its whole history.

mod events;
mod hosted_tools;
mod input;
mod input_content;
mod model_tool_output;
mod output;
mod request;
mod result;
mod server_tool_output;
mod tool_events;
mod tools;

use api_request::ApiRequest;
use serde::Deserialize;

pub use self::{
    events::*, hosted_tools::*, input::*, input_content::*, model_tool_output::*, output::*,
    request::*, result::*, server_tool_output::*, tool_events::*, tools::*,
};
use crate::{common::MetadataLevel, error::OpenRouterError};

/// Asks a model for a response in the format of the Responses API, whole or as a stream.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/responses", name = "createResponses")]
#[api(response = ResponsesResult, error = OpenRouterError)]
#[api(events(item = ResponsesStreamEvent, flag = "stream", done = "[DONE]"))]
pub struct CreateResponse {
    /// Whether the answer tells in `openrouter_metadata` how the request was routed; default `disabled`.
    #[api(header = "X-OpenRouter-Metadata")]
    pub metadata: Option<MetadataLevel>,
    /// What is asked for.
    #[api(body)]
    pub body: ResponsesRequest,
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
