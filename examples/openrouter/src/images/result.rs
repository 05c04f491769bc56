//! The answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{
    common::{
        AnthropicCacheCreation, AnthropicSpeed, AnthropicUsageIteration, CostDetails,
        InputModality, OutputModality,
    },
    json::{open_enum, response_union},
};

/// Generated images and what they cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenerationResponse {
    /// When the image was made, in Unix seconds.
    pub created: i64,
    /// The images.
    pub data: Vec<GeneratedImage>,
    /// Tokens and cost of the request, if known.
    pub usage: Option<ImageGenerationUsage>,
}

/// One generated image.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GeneratedImage {
    /// The image file in `base64`.
    pub b64_json: String,
    /// The MIME type of the image, such as `image/png`; absent if it is not known.
    pub media_type: Option<String>,
}

/// Tokens and cost of an image request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenerationUsage {
    /// Tokens written to the cache, in the way Anthropic counts them.
    pub cache_creation: Option<AnthropicCacheCreation>,
    /// Tokens that were generated.
    pub completion_tokens: i64,
    /// The generated tokens by kind.
    pub completion_tokens_details: Option<ImageCompletionTokensDetails>,
    /// The cost in US dollars.
    pub cost: Option<f64>,
    /// What the provider charged, in parts.
    pub cost_details: Option<CostDetails>,
    /// Whether a provider key of your own (BYOK) was used.
    pub is_byok: Option<bool>,
    /// The usage of each step, in the way Anthropic reports it.
    pub iterations: Option<Vec<AnthropicUsageIteration>>,
    /// Tokens of the prompt, with its images, audio and tools.
    pub prompt_tokens: i64,
    /// The tokens of the prompt by kind.
    pub prompt_tokens_details: Option<ImagePromptTokensDetails>,
    /// How much the tools of the server were used, such as web search.
    pub server_tool_use: Option<ImageServerToolUse>,
    /// The class of service that the provider used.
    pub service_tier: Option<String>,
    /// The speed the request ran at, in the way Anthropic reports it.
    pub speed: Option<AnthropicSpeed>,
    /// Tokens of the prompt and generated tokens together.
    pub total_tokens: i64,
}

/// The generated tokens of an image request by kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageCompletionTokensDetails {
    /// Generated tokens that are audio.
    pub audio_tokens: Option<i64>,
    /// Generated tokens that are images.
    pub image_tokens: Option<i64>,
    /// Generated tokens that are reasoning.
    pub reasoning_tokens: Option<i64>,
}

/// The prompt tokens of an image request by kind.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImagePromptTokensDetails {
    /// Prompt tokens that are audio.
    pub audio_tokens: Option<i64>,
    /// Tokens written to the cache; only for models where that is explicit and has a price.
    pub cache_write_tokens: Option<i64>,
    /// Prompt tokens that came from the endpoint's cache.
    pub cached_tokens: Option<i64>,
    /// Prompt tokens that are files or documents.
    pub file_tokens: Option<i64>,
    /// Prompt tokens that are video.
    pub video_tokens: Option<i64>,
}

/// How often an image request used tools of the server, such as web search.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageServerToolUse {
    /// How many calls ran and had a result.
    pub tool_calls_executed: Option<i64>,
    /// How many calls the model asked for.
    pub tool_calls_requested: Option<i64>,
    /// How many searches of the web there were.
    pub web_search_requests: Option<i64>,
}

response_union! {
    /// An event in the stream of an image request.
    pub enum ImageGenEvent {
        tag type = "image_generation.partial_image" => ImageGenerationPartialImage(ImageGenPartialImageEvent),
        tag type = "image_generation.text_chunk" => ImageGenerationTextChunk(ImageGenTextChunkEvent),
        tag type = "image_generation.completed" => ImageGenerationCompleted(ImageGenCompletedEvent),
        tag type = "error" => Error(ImageGenStreamErrorEvent),
    }
}

/// An unfinished version of the image, sent on the way.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenPartialImageEvent {
    /// The unfinished image in `base64`.
    pub b64_json: String,
    /// The place of this version in the sequence, from 0.
    pub partial_image_index: i64,
}

/// A piece of an image that is text, such as SVG.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImageGenTextChunkEvent {
    /// The phase the piece is from; only `content` is for display.
    pub phase: ImageGenTextChunkPhase,
    /// The piece of text, such as part of the SVG markup.
    pub text: String,
}

open_enum! {
    /// The phase of a text-based image: the image (`content`), or a step before (`reasoning`, `draft`).
    pub enum ImageGenTextChunkPhase { Content, Reasoning, Draft }
}

/// The finished image, at the end of the stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenCompletedEvent {
    /// The finished image in `base64`.
    pub b64_json: String,
    /// When the image was made, in Unix seconds.
    pub created: i64,
    /// The MIME type of the image, such as `image/png`; absent if it is not known.
    pub media_type: Option<String>,
    /// Tokens and cost of the request, if known.
    pub usage: Option<ImageGenerationUsage>,
}

/// A failure after the stream has begun.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenStreamErrorEvent {
    /// What the provider said about the failure.
    pub error: ImageGenStreamError,
}

/// A provider's error in the middle of an image stream.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenStreamError {
    /// The provider's code of the error, if it gave one.
    pub code: Option<String>,
    /// What went wrong, in the provider's words.
    pub message: String,
    /// The parameter of the request that is to blame, if known.
    pub param: Option<String>,
    /// The provider's kind of error, if it gave one.
    pub r#type: Option<String>,
}

/// The image models.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageModelsListResponse {
    /// The models.
    pub data: Vec<ImageModel>,
}

/// An image model in the list of them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageModel {
    /// What the model takes and makes.
    pub architecture: ImageModelArchitecture,
    /// When the model was added, in Unix seconds.
    pub created: i64,
    /// What the model is and does, in words.
    pub description: String,
    /// The path under which the model's endpoints are listed in full.
    pub endpoints: String,
    /// The model's slug, to name it in requests.
    pub id: String,
    /// The name shown to people.
    pub name: String,
    /// The parameters that any endpoint of the model takes; `endpoints` has the exact set of each.
    pub supported_parameters: BTreeMap<String, CapabilityDescriptor>,
    /// Whether some endpoint of the model can stream images (`stream` in the request).
    pub supports_streaming: bool,
}

/// What kinds of content an image model takes and makes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageModelArchitecture {
    /// What the model takes.
    pub input_modalities: Vec<InputModality>,
    /// What the model makes.
    pub output_modalities: Vec<OutputModality>,
}

response_union! {
    /// What values a parameter of a request can have.
    pub enum CapabilityDescriptor {
        tag type = "enum" => Enum(EnumCapability),
        tag type = "range" => Range(RangeCapability),
        tag type = "boolean" => Boolean(BooleanCapability),
    }
}

/// A parameter that takes one of some fixed texts.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EnumCapability {
    /// The texts it takes.
    pub values: Vec<String>,
}

/// A parameter that takes a number between two bounds, both included.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RangeCapability {
    /// The largest value it takes.
    pub max: f64,
    /// The smallest value it takes.
    pub min: f64,
}

/// A parameter that is taken, with nothing more to say about its values.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BooleanCapability {}

/// An image model with its endpoints.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageModelEndpointsResponse {
    /// The endpoints that serve the model.
    pub endpoints: Vec<ImageEndpoint>,
    /// The model's slug, to name it in requests.
    pub id: String,
}

/// A provider's endpoint that serves an image model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageEndpoint {
    /// Options of the provider that may be given in `provider.options` under its slug.
    pub allowed_passthrough_parameters: Vec<String>,
    /// What is charged for, one line each.
    pub pricing: Vec<ImagePricingEntry>,
    /// The provider's name shown to people.
    pub provider_name: String,
    /// The provider's slug.
    pub provider_slug: String,
    /// The tag that selects the endpoint in requests.
    pub provider_tag: Option<String>,
    /// The parameters this endpoint takes, and their values.
    pub supported_parameters: BTreeMap<String, CapabilityDescriptor>,
    /// Whether the endpoint can stream images (`stream` in the request).
    pub supports_streaming: bool,
}

/// One thing an image endpoint charges for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImagePricingEntry {
    /// What is charged for.
    pub billable: ImageBillable,
    /// The price of one unit, in US dollars.
    pub cost_usd: f64,
    /// What the price is per.
    pub unit: ImagePricingUnit,
    /// The variant the price is for; absent if it is for all.
    pub variant: Option<String>,
}

open_enum! {
    /// What an image endpoint charges for.
    pub enum ImageBillable { OutputImage, InputImage, InputFont, InputReference, InputText }

    /// What an image price is per.
    pub enum ImagePricingUnit { Image, Megapixel, Token }
}
