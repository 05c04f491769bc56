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
