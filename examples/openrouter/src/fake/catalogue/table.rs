//! What there is: all of the models and providers.

use super::{Model, Provider, rows};

/// What is asked where a request names no model.
pub(in crate::fake) const DEFAULT_MODEL: &str = "openai/gpt-4o";

/// What is told of a model unless there is more to tell.
const UNKNOWN: &[Model] = rows! { Model:
    { id: "", name: "", description: "", created: 0, provider: "openai", family: "Other",
      takes: &["text"], makes: &["text"], context: 8_192, input_price: 0.0, output_price: 0.0,
      parameters: &[], voices: &[], uses: &[], indexes: None, distillable: false }
};

/// All models, in the order of their popularity.
pub(in crate::fake) const MODELS: &[Model] = rows! { Model:
    { id: DEFAULT_MODEL, name: "OpenAI: GPT-4o", family: "GPT",
      description: "A model for text and images.", takes: &["text", "image", "file"],
      context: 128_000, input_price: 2.5, output_price: 10.0, created: 1_715_558_400,
      parameters: &["max_tokens", "temperature", "top_p", "stop", "seed", "tools", "tool_choice", "response_format"],
      uses: &["programming", "technology"], indexes: Some([71.2, 65.8, 58.3]), ..UNKNOWN[0] }
    { id: "anthropic/claude-sonnet-4.5", name: "Anthropic: Claude Sonnet 4.5", family: "Claude",
      description: "A model for code, and for work by itself.", takes: &["text", "image", "file"],
      provider: "anthropic", context: 1_000_000, input_price: 3.0, output_price: 15.0, created: 1_759_161_676,
      parameters: &["max_tokens", "temperature", "top_k", "stop", "tools", "reasoning"],
      uses: &["programming", "legal", "academia"], indexes: Some([79.5, 76.1, 74.0]), ..UNKNOWN[0] }
    { id: "mistralai/mistral-small-3.2-24b-instruct", name: "Mistral: Mistral Small 3.2 24B", family: "Mistral",
      description: "A small model, with open weights.", provider: "mistral",
      context: 131_072, input_price: 0.06, output_price: 0.18, created: 1_750_443_016,
      parameters: &["max_tokens", "temperature", "top_k", "seed"],
      uses: &["translation", "roleplay"], indexes: Some([42.0, 38.5, 30.0]), distillable: true, ..UNKNOWN[0] }
    { id: "openai/gpt-5-image", name: "OpenAI: GPT-5 Image", family: "GPT",
      description: "Makes images from text and images.", takes: &["text", "image"], makes: &["image", "text"],
      context: 400_000, input_price: 10.0, output_price: 40.0, created: 1_760_447_986, parameters: &["seed"], ..UNKNOWN[0] }
    { id: "recraft/recraft-v4-vector", name: "Recraft: Recraft V4 Vector", family: "Media",
      description: "Makes vector graphics from text.", makes: &["image"], provider: "recraft",
      output_price: 30.0, created: 1_770_000_000, ..UNKNOWN[0] }
    { id: "openai/text-embedding-3-small", name: "OpenAI: Text Embedding 3 Small", family: "GPT",
      description: "Turns text into vectors of 1536 numbers.", makes: &["embeddings"],
      input_price: 0.02, created: 1_706_140_800, ..UNKNOWN[0] }
    { id: "cohere/rerank-v3.5", name: "Cohere: Rerank 3.5", family: "Cohere",
      description: "Sorts documents by what is asked for.", makes: &["rerank"], provider: "cohere",
      context: 4_096, input_price: 2.0, created: 1_733_184_000, ..UNKNOWN[0] }
    { id: "mistralai/voxtral-mini-tts-2603", name: "Mistral: Voxtral Mini TTS", family: "Mistral",
      description: "Speaks text.", makes: &["speech"], provider: "mistral", context: 4_096, input_price: 16.0,
      created: 1_773_000_000, voices: &["en_paul_neutral", "en_paul_happy"], ..UNKNOWN[0] }
    { id: "openai/whisper-large-v3", name: "OpenAI: Whisper Large V3",
      description: "Writes down what is spoken.", takes: &["audio"], makes: &["transcription"],
      output_price: 5.0, created: 1_699_228_800, distillable: true, ..UNKNOWN[0] }
    { id: "google/veo-3.1", name: "Google: Veo 3.1", family: "Media",
      description: "Makes videos with sound from text and images.", takes: &["text", "image"], makes: &["video"],
      provider: "google-vertex", output_price: 400.0, created: 1_760_486_400, ..UNKNOWN[0] }
};

pub(in crate::fake) const PROVIDERS: &[Provider] = rows! { Provider:
    { slug: "openai", name: "OpenAI", headquarters: "US", datacenters: &["US"], regions: &["us"], zdr: false }
    { slug: "anthropic", name: "Anthropic", headquarters: "US", datacenters: &["US"], regions: &["us"], zdr: true }
    { slug: "mistral", name: "Mistral", headquarters: "FR", datacenters: &["FR", "SE"], regions: &["eu"], zdr: true }
    { slug: "cohere", name: "Cohere", headquarters: "CA", datacenters: &["US", "CA"], regions: &["us"], zdr: false }
    { slug: "google-vertex", name: "Google", headquarters: "US", datacenters: &["US", "DE", "NL"], regions: &["us", "eu"], zdr: true }
    { slug: "recraft", name: "Recraft", headquarters: "GB", datacenters: &["US"], regions: &["us"], zdr: false }
};
