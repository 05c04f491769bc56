//! Conversations in the format of the Anthropic Messages API, served by any model of OpenRouter.

mod content;
mod document;
mod events;
mod request;
mod result;
mod tool_results;
mod tools;

use api_request::{ApiRequest, FromHttp};
use serde::Deserialize;

pub use self::{
    content::*, document::*, events::*, request::*, result::*, tool_results::*, tools::*,
};
use crate::{OpenRouter, common::MetadataLevel, error::MessagesError};

/// Asks a model for the next message, in the format of the Anthropic Messages API: text, images, PDFs, tools and
/// thinking.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/messages", name = "createMessages")]
#[api(response = MessagesResult, error = MessagesError)]
#[api(events(item = MessagesStreamEvent, flag = "stream", done = "[DONE]"))]
pub struct CreateMessage {
    /// Whether the answer tells in `openrouter_metadata` how the request was routed; default `disabled`.
    #[api(header = "X-OpenRouter-Metadata")]
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub metadata: Option<MetadataLevel>,
    /// What is asked for.
    #[api(body)]
    pub body: MessagesRequest,
}
