//! What there is: all of the models and providers.

use super::{Model, Provider};

/// What is asked where a request names no model.
pub(in crate::fake) const DEFAULT_MODEL: &str = "openai/gpt-4o";

const CHAT: &[&str] = &[
    "max_tokens",
    "temperature",
    "top_p",
    "stop",
    "seed",
    "tools",
    "tool_choice",
    "response_format",
];

const UNKNOWN: Model = Model {
    id: "",
    name: "",
    description: "",
    provider: "openai",
    family: "Other",
    takes: &["text"],
    makes: &["text"],
    context: 8_192,
    input_price: 0.0,
    output_price: 0.0,
    created: 1_715_558_400,
    parameters: &[],
    voices: &[],
    uses: &[],
    indexes: None,
    distillable: false,
};

/// All models, in the order of their popularity.
pub(in crate::fake) const MODELS: &[Model] = &[
    Model {
        id: DEFAULT_MODEL,
        name: "OpenAI: GPT-4o",
        description: "A model for text and images.",
        family: "GPT",
        takes: &["text", "image", "file"],
        context: 128_000,
        input_price: 2.5,
        output_price: 10.0,
        created: 1_715_558_400,
        parameters: CHAT,
        uses: &["programming", "technology"],
        indexes: Some([71.2, 65.8, 58.3]),
        ..UNKNOWN
    },
    Model {
        id: "anthropic/claude-sonnet-4.5",
        name: "Anthropic: Claude Sonnet 4.5",
        description: "A model for code, and for work by itself.",
        provider: "anthropic",
        family: "Claude",
        takes: &["text", "image", "file"],
        context: 1_000_000,
        input_price: 3.0,
        output_price: 15.0,
        created: 1_759_161_676,
        parameters: &[
            "max_tokens",
            "temperature",
            "top_k",
            "stop",
            "tools",
            "reasoning",
        ],
        uses: &["programming", "legal", "academia"],
        indexes: Some([79.5, 76.1, 74.0]),
        ..UNKNOWN
    },
    Model {
        id: "mistralai/mistral-small-3.2-24b-instruct",
        name: "Mistral: Mistral Small 3.2 24B",
        description: "A small model, with open weights.",
        provider: "mistral",
        family: "Mistral",
        context: 131_072,
        input_price: 0.06,
        output_price: 0.18,
        created: 1_750_443_016,
        parameters: &["max_tokens", "temperature", "top_k", "seed"],
        uses: &["translation", "roleplay"],
        indexes: Some([42.0, 38.5, 30.0]),
        distillable: true,
        ..UNKNOWN
    },
    Model {
        id: "openai/gpt-5-image",
        name: "OpenAI: GPT-5 Image",
        description: "Makes images from text and images.",
        family: "GPT",
        takes: &["text", "image"],
        makes: &["image", "text"],
        context: 400_000,
        input_price: 10.0,
        output_price: 40.0,
        created: 1_760_447_986,
        parameters: &["seed"],
        ..UNKNOWN
    },
    Model {
        id: "recraft/recraft-v4-vector",
        name: "Recraft: Recraft V4 Vector",
        description: "Makes vector graphics from text.",
        provider: "recraft",
        family: "Media",
        makes: &["image"],
        output_price: 30.0,
        created: 1_770_000_000,
        ..UNKNOWN
    },
    Model {
        id: "openai/text-embedding-3-small",
        name: "OpenAI: Text Embedding 3 Small",
        description: "Turns text into vectors of 1536 numbers.",
        family: "GPT",
        makes: &["embeddings"],
        input_price: 0.02,
        created: 1_706_140_800,
        ..UNKNOWN
    },
    Model {
        id: "cohere/rerank-v3.5",
        name: "Cohere: Rerank 3.5",
        description: "Sorts documents by what is asked for.",
        provider: "cohere",
        family: "Cohere",
        makes: &["rerank"],
        context: 4_096,
        input_price: 2.0,
        created: 1_733_184_000,
        ..UNKNOWN
    },
    Model {
        id: "mistralai/voxtral-mini-tts-2603",
        name: "Mistral: Voxtral Mini TTS",
        description: "Speaks text.",
        provider: "mistral",
        family: "Mistral",
        makes: &["speech"],
        context: 4_096,
        input_price: 16.0,
        created: 1_773_000_000,
        voices: &["en_paul_neutral", "en_paul_happy"],
        ..UNKNOWN
    },
    Model {
        id: "openai/whisper-large-v3",
        name: "OpenAI: Whisper Large V3",
        description: "Writes down what is spoken.",
        takes: &["audio"],
        makes: &["transcription"],
        output_price: 5.0,
        created: 1_699_228_800,
        distillable: true,
        ..UNKNOWN
    },
    Model {
        id: "google/veo-3.1",
        name: "Google: Veo 3.1",
        description: "Makes videos with sound from text and images.",
        provider: "google-vertex",
        family: "Media",
        takes: &["text", "image"],
        makes: &["video"],
        output_price: 400.0,
        created: 1_760_486_400,
        ..UNKNOWN
    },
];

pub(in crate::fake) const PROVIDERS: &[Provider] = &[
    Provider {
        slug: "openai",
        name: "OpenAI",
        headquarters: "US",
        datacenters: &["US"],
        zdr: false,
    },
    Provider {
        slug: "anthropic",
        name: "Anthropic",
        headquarters: "US",
        datacenters: &["US"],
        zdr: true,
    },
    Provider {
        slug: "mistral",
        name: "Mistral",
        headquarters: "FR",
        datacenters: &["FR", "SE"],
        zdr: true,
    },
    Provider {
        slug: "cohere",
        name: "Cohere",
        headquarters: "CA",
        datacenters: &["US", "CA"],
        zdr: false,
    },
    Provider {
        slug: "google-vertex",
        name: "Google",
        headquarters: "US",
        datacenters: &["US", "DE", "NL"],
        zdr: true,
    },
    Provider {
        slug: "recraft",
        name: "Recraft",
        headquarters: "GB",
        datacenters: &["US"],
        zdr: false,
    },
];
