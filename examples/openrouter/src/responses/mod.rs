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
mod web_search_output;

use api_request::{ApiRequest, FromHttp};
use serde::Deserialize;

pub use self::{
    events::*, hosted_tools::*, input::*, input_content::*, model_tool_output::*, output::*,
    request::*, result::*, server_tool_output::*, tool_events::*, tools::*, web_search_output::*,
};
use crate::{OpenRouter, common::MetadataLevel};

/// Asks a model for a response in the format of the Responses API, whole or as a stream.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/responses", name = "createResponses")]
#[api(response = ResponsesResult)]
#[api(events(item = ResponsesStreamEvent, flag = "stream", done = "[DONE]"))]
pub struct CreateResponse {
    /// Whether the answer tells in `openrouter_metadata` how the request was routed; default `disabled`.
    #[api(header = "X-OpenRouter-Metadata")]
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub metadata: Option<MetadataLevel>,
    /// What is asked for.
    #[api(body)]
    pub body: ResponsesRequest,
}
