//! Models, and what they cost.

use serde::{Deserialize, Serialize};

use crate::json::open_enum;

/// Models, and how many there are.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelsListResponse {
    /// The models of this page.
    pub data: Vec<Model>,
    /// Where the next page is.
    pub links: ModelPageLinks,
    /// How many models there are in all.
    pub total_count: i64,
}

/// A model.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Model {
    /// The model that this name stands for, where it is an alias for the latest.
    pub alias_target: Option<ModelAliasTarget>,
    /// What the model takes and makes, and how.
    pub architecture: ModelArchitecture,
    /// How the model does in benchmarks; left out where nothing is known.
    pub benchmarks: Option<ModelBenchmarks>,
    /// The model's permanent name.
    pub canonical_slug: String,
    /// How many tokens the model can take in at once.
    pub context_length: Option<i64>,
    /// When the model was added, in Unix seconds.
    pub created: i64,
    /// The parameters that are taken where a request sets none.
    pub default_parameters: Option<DefaultParameters>,
    /// What the model is, for people.
    pub description: Option<String>,
    /// The day after which the model may be removed.
    pub expiration_date: Option<String>,
    /// The model's name at Hugging Face.
    pub hugging_face_id: Option<String>,
    /// What names the model in requests.
    pub id: String,
    /// The day that its training data ends at.
    pub knowledge_cutoff: Option<String>,
    /// Where more about the model is.
    pub links: ModelLinks,
    /// The model's name, for people.
    pub name: String,
    /// How many tokens a request may have.
    pub per_request_limits: Option<PerRequestLimits>,
    /// What the model costs.
    pub pricing: PublicPricing,
    /// How the model reasons; left out where it does not.
    pub reasoning: Option<ModelReasoning>,
    /// The parameters that the model heeds.
    pub supported_parameters: Vec<Parameter>,
    /// The voices that the model speaks with.
    pub supported_voices: Option<Vec<String>>,
    /// What the first provider of the model offers.
    pub top_provider: TopProviderInfo,
}

/// The model that an alias stands for.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelAliasTarget {
    /// That model's name, for people.
    pub name: String,
    /// What names that model in requests.
    pub slug: String,
}

/// What a model takes and makes, and how.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelArchitecture {
    /// What the model takes.
    pub input_modalities: Vec<InputModality>,
    /// The format of its instructions.
    pub instruct_type: Option<InstructType>,
    /// What it takes and makes, in one text.
    pub modality: Option<String>,
    /// What the model makes.
    pub output_modalities: Vec<OutputModality>,
    /// The tokenizer's family.
    pub tokenizer: Option<ModelGroup>,
}

open_enum! {
    /// A kind of input.
    pub enum InputModality { Text, Image, File, Audio, Video }
}

open_enum! { "kebab-case";
    /// A format of instructions.
    pub enum InstructType {
        None, Airoboros, Alpaca, AlpacaModif, Chatml, Claude, CodeLlama, Gemma, Llama2, Llama3,
        Mistral, Nemotron, Neural, Openchat, Phi3, Rwkv, Vicuna, Zephyr, DeepseekR1,
        DeepseekV31 = "deepseek-v3.1", Qwq, Qwen3,
    }
}

open_enum! {
    /// A kind of output.
    pub enum OutputModality { Text, Image, Embeddings, Audio, Video, Rerank, Speech, Transcription }
}

open_enum! { "PascalCase";
    /// A family of models with one tokenizer.
    pub enum ModelGroup {
        Router, Media, Other2 = "Other", GPT, Claude, Gemini, Gemma, Grok, Cohere, Nova, Qwen, Yi,
        DeepSeek, Mistral, Llama2, Llama3, Llama4, PaLM, Rwkv = "RWKV", Qwen3,
    }
}

/// How a model does in benchmarks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelBenchmarks {
    /// Its indexes at Artificial Analysis.
    pub artificial_analysis: Option<ArtificialAnalysisBenchmarkEntry>,
    /// Its rankings at Design Arena.
    pub design_arena: Vec<DesignArenaBenchmarkEntry>,
}

/// The indexes of a model at Artificial Analysis.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ArtificialAnalysisBenchmarkEntry {
    /// How well it works by itself.
    pub agentic_index: Option<f64>,
    /// How well it writes code.
    pub coding_index: Option<f64>,
    /// How well it does in all.
    pub intelligence_index: Option<f64>,
}

/// A ranking of a model at Design Arena.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DesignArenaBenchmarkEntry {
    /// What was compared: `models`, `builders`, `agents`.
    pub arena: String,
    /// What was made: `website`, `gamedev`.
    pub category: String,
    /// The Elo rating.
    pub elo: f64,
    /// The place among the models of OpenRouter, from 1.
    pub rank: i64,
    /// How many of its comparisons it wins, in percent.
    pub win_rate: f64,
}

/// The parameters that are taken where a request sets none.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DefaultParameters {
    /// How much words that came often are avoided.
    pub frequency_penalty: Option<f64>,
    /// How much words that came at all are avoided.
    pub presence_penalty: Option<f64>,
    /// How much repetition is avoided.
    pub repetition_penalty: Option<f64>,
    /// The sampling temperature.
    pub temperature: Option<f64>,
    /// How many of the likeliest tokens are chosen from.
    pub top_k: Option<i64>,
    /// The probability of the tokens that are chosen from.
    pub top_p: Option<f64>,
}

/// Where more about a model is.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelLinks {
    /// The URL of its endpoints.
    pub details: String,
}

/// How many tokens a request may have.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PerRequestLimits {
    /// The most tokens of output.
    pub completion_tokens: f64,
    /// The most tokens of input.
    pub prompt_tokens: f64,
}

/// What a model costs, in US dollars, each as a decimal text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PublicPricing {
    /// For a token of audio input.
    pub audio: Option<String>,
    /// For a token of audio output.
    pub audio_output: Option<String>,
    /// For a token of output.
    pub completion: String,
    /// The part of the price that is taken off, from 0 to 1.
    pub discount: Option<f64>,
    /// For an image of input.
    pub image: Option<String>,
    /// For an image of output.
    pub image_output: Option<String>,
    /// For a token of an image.
    pub image_token: Option<String>,
    /// For a token of audio input from the cache.
    pub input_audio_cache: Option<String>,
    /// For a token of input from the cache.
    pub input_cache_read: Option<String>,
    /// For a token that is put into the cache.
    pub input_cache_write: Option<String>,
    /// For a token that is put into the cache for an hour.
    pub input_cache_write_1h: Option<String>,
    /// For a token of reasoning.
    pub internal_reasoning: Option<String>,
    /// Prices that hold under conditions, in place of these.
    pub overrides: Option<Vec<PricingOverride>>,
    /// For a token of input.
    pub prompt: String,
    /// For the request itself.
    pub request: Option<String>,
    /// For a search of the web.
    pub web_search: Option<String>,
}

/// Prices that hold where all of its conditions do, in US dollars.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PricingOverride {
    /// For a token of audio input.
    pub audio: Option<String>,
    /// For a token of output.
    pub completion: Option<String>,
    /// For a token of audio input from the cache.
    pub input_audio_cache: Option<String>,
    /// For a token of input from the cache.
    pub input_cache_read: Option<String>,
    /// For a token that is put into the cache.
    pub input_cache_write: Option<String>,
    /// For a token that is put into the cache for an hour.
    pub input_cache_write_1h: Option<String>,
    /// Condition: the input has more tokens than this.
    pub min_prompt_tokens: Option<f64>,
    /// For a token of input.
    pub prompt: Option<String>,
    /// Condition: it is before this time of the day in UTC, `400` for 4:00.
    pub utc_end: Option<f64>,
    /// Condition: it is this time of the day in UTC or later, `1030` for 10:30.
    pub utc_start: Option<f64>,
}

/// How a model reasons.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelReasoning {
    /// The effort where a request sets none.
    pub default_effort: Option<ReasoningEffort>,
    /// Whether it reasons where a request does not say.
    pub default_enabled: Option<bool>,
    /// Whether it cannot be kept from reasoning.
    pub mandatory: bool,
    /// The efforts that a request can ask for, the highest first.
    pub supported_efforts: Option<Vec<ReasoningEffort>>,
    /// Whether a request can limit the tokens of its reasoning.
    pub supports_max_tokens: Option<bool>,
}

open_enum! {
    /// How much a model reasons.
    pub enum ReasoningEffort { Max, Xhigh, High, Medium, Low, Minimal, None }

    /// A parameter of a request.
    pub enum Parameter {
        Temperature, TopP, TopK, MinP, TopA, FrequencyPenalty, PresencePenalty, RepetitionPenalty,
        MaxTokens, MaxCompletionTokens, LogitBias, Logprobs, TopLogprobs, Prediction, Seed,
        ResponseFormat, StructuredOutputs, Stop, Tools, ToolChoice, ParallelToolCalls,
        IncludeReasoning, Reasoning, ReasoningEffort, WebSearchOptions, Verbosity,
    }
}

/// What the first provider of a model offers.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TopProviderInfo {
    /// How many tokens it takes in at once.
    pub context_length: Option<i64>,
    /// Whether it moderates what goes in and comes out.
    pub is_moderated: bool,
    /// The most tokens of output.
    pub max_completion_tokens: Option<i64>,
}

/// Where more models are.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ModelPageLinks {
    /// The URL of the next page; none on the last.
    pub next: Option<String>,
}
