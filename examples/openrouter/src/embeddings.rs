//! Turns text and other content into vectors, and lists the models that can.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::{CostDetails, GeneratedImageUrl, Model, ModelsListResponse, ProviderPreferences},
    json::{Nullable, open_enum, response_union, union},
};

/// Turns text, tokens or other content into embedding vectors.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/embeddings", name = "createEmbeddings")]
#[api(response = EmbeddingsResponse, events(item = String, done = "[DONE]"))]
pub struct CreateEmbeddings {
    /// What is asked for.
    #[api(body)]
    pub body: EmbeddingsRequest,
}

/// Lists the models that make embeddings.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/embeddings/models", name = "listEmbeddingsModels")]
#[api(fields = query, response = ModelsListResponse)]
#[api(paginate(offset = offset, limit = limit, total = total_count, items = data, item = Model))]
pub struct ListEmbeddingModels {
    /// How many entries to skip; all are returned if `limit` is absent too.
    pub offset: Option<u64>,
    /// How many entries to return, at most 1000; all if `offset` is absent too.
    pub limit: Option<u32>,
}

/// What to embed, and how.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EmbeddingsRequest {
    /// How many dimensions the vectors get.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimensions: Option<i64>,
    /// How the vectors are returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding_format: Option<EmbeddingsEncodingFormat>,
    /// What to embed: text, tokens, or mixed content; one or many.
    pub input: EmbeddingsInput,
    /// What the input is for, such as `search_query` or `search_document`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_type: Option<String>,
    /// The embedding model to use.
    pub model: String,
    /// Which providers the request may go to.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub provider: Nullable<ProviderPreferences>,
    /// What names your user to the provider.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

open_enum! {
    /// How vectors are returned: as numbers, or in `base64`.
    pub enum EmbeddingsEncodingFormat { Float, Base64 }
}

union! {
    /// What to embed: one or several texts, lists of tokens, or mixed contents.
    pub enum EmbeddingsInput {
        _ => Text(String),
        _ => Texts(Vec<String>),
        _ => Numbers(Vec<f64>),
        _ => Lists(Vec<Vec<f64>>),
        _ => List(Vec<EmbeddingsMultimodalInput>),
    }
}

/// Mixed content to embed as one.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EmbeddingsMultimodalInput {
    /// The parts of the content.
    pub content: Vec<EmbeddingsContentPart>,
}

union! {
    /// A part of mixed content to embed.
    pub enum EmbeddingsContentPart {
        tag type = "text" => Text(EmbeddingsTextPart),
        tag type = "image_url" => ImageUrl(EmbeddingsImagePart),
        tag type = "input_audio" => InputAudio(ContentPartInputAudio),
        tag type = "input_video" => InputVideo(ContentPartInputVideo),
        tag type = "input_file" => InputFile(ContentPartInputFile),
    }
}

/// Text to embed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EmbeddingsTextPart {
    /// The text.
    pub text: String,
}

/// An image to embed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EmbeddingsImagePart {
    /// Where the image is.
    pub image_url: GeneratedImageUrl,
}

/// Audio to embed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContentPartInputAudio {
    /// The audio.
    pub input_audio: MultimodalMedia,
}

/// Audio, video or a file, as data.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MultimodalMedia {
    /// The data in `base64`, such as a data URI.
    pub data: String,
    /// The format of the data, such as `wav`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
}

/// A video to embed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContentPartInputVideo {
    /// The video.
    pub input_video: MultimodalMedia,
}

/// A file to embed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ContentPartInputFile {
    /// The file.
    pub input_file: MultimodalMedia,
}

/// Embedding vectors and what they cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EmbeddingsResponse {
    /// The vectors.
    pub data: Vec<Embedding>,
    /// What names the response.
    pub id: Option<String>,
    /// The model that made the vectors.
    pub model: String,
    /// The tokens used, and what they cost.
    pub usage: Option<EmbeddingsUsage>,
}

/// The vector of one input.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Embedding {
    /// The vector, as numbers or in `base64`.
    pub embedding: EmbeddingVector,
    /// Which of the inputs the vector is for, from 0.
    pub index: Option<i64>,
}

response_union! {
    /// A vector, as numbers or in `base64`.
    pub enum EmbeddingVector {
        _ => Numbers(Vec<f64>),
        _ => Text(String),
    }
}

/// Tokens and cost of an embedding request.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EmbeddingsUsage {
    /// The cost in credits.
    pub cost: Option<f64>,
    /// What the provider charged, in parts.
    pub cost_details: Option<CostDetails>,
    /// Whether a provider key of your own (BYOK) was used.
    pub is_byok: Option<bool>,
    /// How many tokens the input has.
    pub prompt_tokens: i64,
    /// The input tokens by kind of content; only with two kinds or more, if the provider tells.
    pub prompt_tokens_details: Option<EmbeddingsPromptTokensDetails>,
    /// How many tokens were used in all.
    pub total_tokens: i64,
}

/// The input tokens of an embedding request by kind of content; kinds without tokens are left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct EmbeddingsPromptTokensDetails {
    /// Input tokens that are audio.
    pub audio_tokens: Option<i64>,
    /// Input tokens that are files.
    pub file_tokens: Option<i64>,
    /// Input tokens that are images.
    pub image_tokens: Option<i64>,
    /// Input tokens that are text.
    pub text_tokens: Option<i64>,
    /// Input tokens that are video.
    pub video_tokens: Option<i64>,
}
