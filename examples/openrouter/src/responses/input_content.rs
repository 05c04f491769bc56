//! What the items of the input hold.

use serde::{Deserialize, Serialize};

use super::{InputMessagePhase, ReasoningSummaryText, ReasoningTextPart};
use crate::{
    common::{ImageDetail, MessagesOtherTool, PromptCacheBreakpoint, ReasoningFormat},
    json::{Nullable, constant, open_enum, union},
    responses::OutputItemStatus,
};

/// Reasoning of a model, with its signature and format.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningItem {
    /// The text of the reasoning, in parts.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub content: Nullable<Vec<ReasoningTextPart>>,
    /// The reasoning in encrypted form, to be sent back as it is.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub encrypted_content: Nullable<String>,
    /// What names the reasoning item.
    pub id: String,
    /// How far the reasoning has got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OutputItemStatus>,
    /// The summary of the reasoning, in parts.
    pub summary: Vec<ReasoningSummaryText>,
    /// The format of the reasoning, which depends on the provider.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub format: Nullable<ReasoningFormat>,
    /// What proves that the reasoning comes from the model.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub signature: Nullable<String>,
}

/// A message of the input in short form: a role and what it says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EasyInputMessage {
    /// What the message says: a text or a list of parts.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub content: Nullable<EasyInputMessageContent>,
    /// Whether an assistant message is a comment on the way or the final answer; send it back, or quality can suffer.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub phase: Nullable<InputMessagePhase>,
    /// Who the message is from.
    pub role: EasyInputMessageRole,
    /// Always `message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<MessageItemType>,
}

union! {
    /// What a message says: a text or a list of parts.
    pub enum EasyInputMessageContent {
        _ => List(Vec<InputMessagePart>),
        _ => Text(String),
    }
}

union! {
    /// A part of a message: text, an image, a file, audio or a video.
    pub enum InputMessagePart {
        tag type = "input_text" => InputText(InputText),
        tag type = "input_image" => InputImage(InputMessageImage),
        tag type = "input_file" => InputFile(InputFile),
        tag type = "input_audio" => InputAudio(InputAudio),
        tag type = "input_video" => InputVideo(InputVideo),
    }
}

/// A text in the input.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InputText {
    /// Marks the end of what is cached, in the form of `OpenAI` (`GPT-5.6` and later); for other providers it becomes
    /// `cache_control`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prompt_cache_breakpoint: Nullable<PromptCacheBreakpoint>,
    /// The text itself.
    pub text: String,
}

/// An image in a message of the input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputMessageImage {
    /// How closely the model looks at the image.
    pub detail: ImageDetail,
    /// The URL of the image, which can be a `data:` URL.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub image_url: Nullable<String>,
}

/// A file in the input, given as data, by id or by URL.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InputFile {
    /// The content of the file, as a base64 data URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_data: Option<String>,
    /// What names a file that was uploaded before.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub file_id: Nullable<String>,
    /// Where the file can be fetched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_url: Option<String>,
    /// The name of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

/// A recording in the input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputAudio {
    /// The recording and its format.
    pub input_audio: InputAudioData,
}

/// A recording and its format.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputAudioData {
    /// The recording, in base64.
    pub data: String,
    /// The format of the recording.
    pub format: InputAudioFormat,
}

open_enum! {
    /// The format of a recording.
    pub enum InputAudioFormat { Mp3, Wav }
}

/// A video in the input.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct InputVideo {
    /// The URL of the video, remote or a base64 data URL.
    pub video_url: String,
}

open_enum! {
    /// Who a message of the input is from.
    pub enum EasyInputMessageRole { User, System, Assistant, Developer }
}

constant! {
    /// The text `message`.
    pub struct MessageItemType = "message";
}

/// A message of the input as an item with its own id.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InputMessageItem {
    /// The parts of the message.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub content: Nullable<Vec<InputMessagePart>>,
    /// What names the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Who the message is from, never the assistant.
    pub role: InputMessageItemRole,
    /// Always `message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<MessageItemType>,
}

open_enum! {
    /// Who a message is from that is no assistant message.
    pub enum InputMessageItemRole { User, System, Developer }
}

/// A call of a function that the model asked for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FunctionCallItem {
    /// The arguments of the function, as JSON text.
    pub arguments: String,
    /// What ties the call to its output.
    pub call_id: String,
    /// What names the call's item.
    pub id: String,
    /// The name of the function to call.
    pub name: String,
    /// The group of tools that the function belongs to, such as an MCP server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// How far the call has got.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<OutputItemStatus>,
    /// Experimental: the `call_id` of the `openrouter:subagent` call behind this one; absent on ordinary calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subagent_id: Option<String>,
    /// Experimental: what the subagent put out this turn, to be sent back untouched; only on the first of parallel
    /// calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subagent_items: Option<Vec<MessagesOtherTool>>,
}

/// What a function returned for a call.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FunctionCallOutputItem {
    /// The `call_id` of the call that this answers.
    pub call_id: String,
    /// What names the output's item.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// What the function returned: a text or a list of parts.
    pub output: FunctionCallOutputContent,
    /// How far the output has got.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub status: Nullable<OutputItemStatus>,
}

union! {
    /// What a function returned: a text or a list of parts.
    pub enum FunctionCallOutputContent {
        _ => Text(String),
        _ => List(Vec<FunctionCallOutputPart>),
    }
}

union! {
    /// A part of what a function returned: text, an image or a file.
    pub enum FunctionCallOutputPart {
        tag type = "input_text" => InputText(InputText),
        tag type = "input_image" => InputImage(InputMessageImage),
        tag type = "input_file" => InputFile(InputFile),
    }
}
