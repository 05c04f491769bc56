//! The messages, and what they hold.

use serde::{Deserialize, Serialize};

use crate::{
    common::{
        AnthropicCacheControlTtl, GeneratedImageUrl, ImageDetail, PromptCacheBreakpoint,
        ReasoningFormat,
    },
    json::{Nullable, constant, union},
};

union! {
    /// A message of a chat, by its role.
    pub enum ChatMessage {
        tag role = "system" => System(ChatSystemMessage),
        tag role = "user" => User(ChatUserMessage),
        tag role = "developer" => Developer(ChatDeveloperMessage),
        tag role = "assistant" => Assistant(ChatAssistantMessage),
        tag role = "tool" => Tool(ChatToolMessage),
    }
}

/// A message that tells the model how to behave.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChatSystemMessage {
    /// What the message says.
    pub content: ChatSystemMessageContent,
    /// A name for who speaks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

union! {
    /// The content of a system or developer message: a text, or a list of texts.
    pub enum ChatSystemMessageContent {
        _ => Text(String),
        _ => List(Vec<ChatTextPart>),
    }
}

/// A part of a message that is text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatContentText {
    /// Marks the end of what is cached, in Anthropic's form; OpenRouter turns it into the form the provider knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<ChatContentCacheControl>,
    /// Marks the end of what is cached, in the form of `OpenAI` (`GPT-5.6` and later); for other providers it becomes
    /// `cache_control`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub prompt_cache_breakpoint: Nullable<PromptCacheBreakpoint>,
    /// What the part says.
    pub text: String,
}

/// A mark, in Anthropic's form, that ends what is cached; it and `prompt_cache_breakpoint` are turned into one another
/// as the provider needs.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatContentCacheControl {
    /// How long the cache is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<AnthropicCacheControlTtl>,
    /// Always `ephemeral`.
    pub r#type: ChatContentCacheControlType,
}

constant! {
    /// The text `ephemeral`.
    pub struct ChatContentCacheControlType = "ephemeral";
}

/// A message of the user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChatUserMessage {
    /// What the user says.
    pub content: ChatUserMessageContent,
    /// A name for the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

union! {
    /// The content of a message: a text, or a list of parts.
    pub enum ChatUserMessageContent {
        _ => Text(String),
        _ => List(Vec<ChatContentPart>),
    }
}

union! {
    /// A part of a message.
    pub enum ChatContentPart {
        tag type = "text" => Text(ChatContentText),
        tag type = "image_url" => ImageUrl(ChatContentImage),
        tag type = "input_audio" => InputAudio(ChatContentAudio),
        tag type = "input_video" => InputVideo(LegacyChatContentVideo),
        tag type = "video_url" => VideoUrl(ChatContentVideo),
        tag type = "file" => File(ChatContentFile),
    }
}

/// A part of a message that is an image.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatContentImage {
    /// The image, and how closely to look at it.
    pub image_url: ChatImageUrl,
}

/// An image for a model that can see.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatImageUrl {
    /// How closely to look at it: `original`, an addition of OpenRouter, is full resolution, or `high` where the
    /// provider has no such thing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<ImageDetail>,
    /// The address of the image, or a `data:` URL.
    pub url: String,
}

/// A part of a message that is audio; the formats depend on the provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatContentAudio {
    /// The audio, and its format.
    pub input_audio: ChatInputAudio,
}

/// Audio for a model that can hear.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatInputAudio {
    /// The audio in `base64`.
    pub data: String,
    /// The format: `wav`, `mp3`, `flac`, `m4a`, `ogg`, `aiff`, `aac`, `pcm16`, `pcm24`; not every provider takes all.
    pub format: String,
}

/// A part of a message that is a video, in its older, deprecated form.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LegacyChatContentVideo {
    /// The video.
    pub video_url: LegacyChatContentVideoInput,
}

/// A video in the older form of a message part.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LegacyChatContentVideoInput {
    /// The address of the video, or a `data:` URL.
    pub url: String,
}

/// A part of a message that is a video.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatContentVideo {
    /// The video.
    pub video_url: ChatContentVideoInput,
}

/// A video for a model that can watch.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatContentVideoInput {
    /// The address of the video, or a `data:` URL.
    pub url: String,
}

/// A part of a message that is a document.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatContentFile {
    /// The document, or the upload it is in.
    pub file: ChatFile,
}

/// A document: its content, or the upload it is in.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatFile {
    /// The document as a `data:` URL in `base64`, or its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_data: Option<String>,
    /// The uploaded file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    /// The name the file had.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub filename: Option<String>,
}

/// A message of the developer, which goes before those of users.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChatDeveloperMessage {
    /// What the developer says.
    pub content: ChatSystemMessageContent,
    /// A name for the developer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A message of the model, in an answer or sent back in a request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatAssistantMessage {
    /// What the model spoke, or a reference to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audio: Option<ChatAudioOutput>,
    /// What the model says.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub content: Nullable<ChatUserMessageContent>,
    /// The images that the model made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Vec<ChatAssistantImage>>,
    /// The model that made the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// A name for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The reasoning as text.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub reasoning: Nullable<String>,
    /// The reasoning in pieces; send them back so that the model can go on from it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasoning_details: Option<Vec<ReasoningDetail>>,
    /// Why the model refused, if it did.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub refusal: Nullable<String>,
    /// The tools that the model calls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_calls: Option<Vec<ChatToolCall>>,
}

/// What a model spoke, or a reference to it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatAudioOutput {
    /// The audio in `base64`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<String>,
    /// Until when the audio can be referred to, in Unix seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<i64>,
    /// What names the audio in later requests.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// What is said, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub transcript: Option<String>,
}

/// An image that a model made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatAssistantImage {
    /// The image, as an address or a `data:` URL.
    pub image_url: GeneratedImageUrl,
}

union! {
    /// A piece of the reasoning of a model.
    pub enum ReasoningDetail {
        tag type = "reasoning.summary" => ReasoningSummary(ReasoningDetailSummary),
        tag type = "reasoning.encrypted" => ReasoningEncrypted(ReasoningDetailEncrypted),
        tag type = "reasoning.text" => ReasoningText(ReasoningDetailText),
        tag type = "reasoning.server_tool_call" => ReasoningServerToolCall(ReasoningDetailServerToolCall),
    }
}

/// A summary of reasoning.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningDetailSummary {
    /// The form of the provider that it is in.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub format: Nullable<ReasoningFormat>,
    /// What names the piece.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// The place of the piece in the reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
    /// What the summary says.
    pub summary: String,
}

/// A piece of reasoning that is encrypted.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningDetailEncrypted {
    /// The encrypted reasoning, to be sent back unchanged.
    pub data: String,
    /// The form of the provider that it is in.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub format: Nullable<ReasoningFormat>,
    /// What names the piece.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// The place of the piece in the reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
}

/// A piece of reasoning as text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningDetailText {
    /// The form of the provider that it is in.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub format: Nullable<ReasoningFormat>,
    /// What names the piece.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// The place of the piece in the reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
    /// A proof that the thinking is the model's own, to be sent back unchanged.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub signature: Nullable<String>,
    /// What the model thinks.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub text: Nullable<String>,
}

/// A call of a tool of OpenRouter, such as `openrouter:fusion`, kept so that a later turn knows of it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ReasoningDetailServerToolCall {
    /// The arguments of the call, as text.
    pub arguments: String,
    /// The form of the provider that it is in.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub format: Nullable<ReasoningFormat>,
    /// What names the piece.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub id: Nullable<String>,
    /// The place of the piece in the reasoning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<i64>,
    /// What the tool answered, as text.
    pub result: String,
    /// What names the call.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub tool_call_id: Nullable<String>,
    /// The name of the tool.
    pub tool_name: String,
}

/// A call of a tool by the model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatToolCall {
    /// The function, and its arguments.
    pub function: ChatToolCallFunction,
    /// What names the call; its result must refer to it.
    pub id: String,
    /// Always `function`.
    pub r#type: ChatToolCallType,
}

/// A function that the model calls, with its arguments.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ChatToolCallFunction {
    /// The arguments, as JSON text.
    pub arguments: String,
    /// The function to call.
    pub name: String,
}

constant! {
    /// The text `function`.
    pub struct ChatToolCallType = "function";
}

/// A message with the result of a tool.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChatToolMessage {
    /// What the tool answered.
    pub content: ChatUserMessageContent,
    /// The call of the model that this is the result of.
    pub tool_call_id: String,
}

union! {
    /// A part of a message that is text.
    pub enum ChatTextPart {
        tag type = "text" => Text(ChatContentText),
    }
}
