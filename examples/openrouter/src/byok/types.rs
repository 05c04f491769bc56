//! What the answers hold.

use serde::{Deserialize, Serialize};

use crate::json::open_enum;

/// A page of BYOK credentials.
#[derive(Debug, Clone, Deserialize)]
pub struct ListByokKeysResponse {
    /// The credentials of this page.
    pub data: Vec<ByokKey>,
    /// How many credentials match, on all pages.
    pub total_count: i64,
}

/// A credential for a provider, without the key itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ByokKey {
    /// The OpenRouter keys that may use the credential, by their hashes; `null` for all.
    pub allowed_api_key_hashes: Option<Vec<String>>,
    /// The models the credential may be used for, by their slugs; `null` for all.
    pub allowed_models: Option<Vec<String>>,
    /// The users who may use the credential; `null` for all.
    pub allowed_user_ids: Option<Vec<String>>,
    /// When the credential was stored, an RFC 3339 date.
    pub created_at: String,
    /// Whether the credential is switched off.
    pub disabled: bool,
    /// What names the credential in this API; it never changes.
    pub id: String,
    /// Whether the credential is only tried after the provider's other ones.
    pub is_fallback: bool,
    /// A few characters of the key, enough to recognize it.
    pub label: String,
    /// The name shown to people.
    pub name: Option<String>,
    /// The provider the credential is for, by its slug.
    pub provider: ByokProviderSlug,
    /// The place among the provider's credentials; the lowest is tried first.
    pub sort_order: i64,
    /// The workspace that can use the credential; `null` for every workspace of the account.
    pub workspace_id: Option<String>,
}

open_enum! {
    /// A provider that credentials can be stored for, by its slug.
    pub growing enum ByokProviderSlug {
        Ai21 = "ai21",
        AionLabs = "aion-labs",
        Akashml = "akashml",
        Alibaba = "alibaba",
        AmazonBedrock = "amazon-bedrock",
        AmazonNova = "amazon-nova",
        Ambient = "ambient",
        Anthropic = "anthropic",
        ArceeAi = "arcee-ai",
        AtlasCloud = "atlas-cloud",
        Avian = "avian",
        Azure = "azure",
        Baidu = "baidu",
        Baseten = "baseten",
        BlackForestLabs = "black-forest-labs",
        Byteplus = "byteplus",
        Cerebras = "cerebras",
        Chutes = "chutes",
        Cirrascale = "cirrascale",
        Clarifai = "clarifai",
        Cloudflare = "cloudflare",
        Cohere = "cohere",
        Coreweave = "coreweave",
        Crusoe = "crusoe",
        Darkbloom = "darkbloom",
        Databricks = "databricks",
        Decart = "decart",
        Deepgram = "deepgram",
        Deepinfra = "deepinfra",
        Deepseek = "deepseek",
        Dekallm = "dekallm",
        Digitalocean = "digitalocean",
        Featherless = "featherless",
        Fireworks = "fireworks",
        FishAudio = "fish-audio",
        Friendli = "friendli",
        Gmicloud = "gmicloud",
        GoogleAiStudio = "google-ai-studio",
        GoogleVertex = "google-vertex",
        Groq = "groq",
        Heygen = "heygen",
        Inception = "inception",
        Inceptron = "inceptron",
        InferactVllm = "inferact-vllm",
        InferenceNet = "inference-net",
        Infermatic = "infermatic",
        Inflection = "inflection",
        IoNet = "io-net",
        Ionstream = "ionstream",
        Krea = "krea",
        Liquid = "liquid",
        Makora = "makora",
        Mancer = "mancer",
        Mara = "mara",
        Meta = "meta",
        Minimax = "minimax",
        Mistral = "mistral",
        Modal = "modal",
        Modelrun = "modelrun",
        Modular = "modular",
        Moonshotai = "moonshotai",
        Morph = "morph",
        Ncompass = "ncompass",
        Nebius = "nebius",
        NexAgi = "nex-agi",
        Nextbit = "nextbit",
        Novita = "novita",
        Nvidia = "nvidia",
        OpenInference = "open-inference",
        Openai = "openai",
        Parasail = "parasail",
        Perceptron = "perceptron",
        Perplexity = "perplexity",
        Phala = "phala",
        Poolside = "poolside",
        Quiver = "quiver",
        Recraft = "recraft",
        Reka = "reka",
        Relace = "relace",
        Runway = "runway",
        SailResearch = "sail-research",
        Sakana = "sakana",
        SakanaAi = "sakana-ai",
        Sambanova = "sambanova",
        Seed = "seed",
        Siliconflow = "siliconflow",
        Sourceful = "sourceful",
        Stepfun = "stepfun",
        Streamlake = "streamlake",
        Switchpoint = "switchpoint",
        Tencent = "tencent",
        Tenstorrent = "tenstorrent",
        Thinkingmachines = "thinkingmachines",
        Together = "together",
        Upstage = "upstage",
        Venice = "venice",
        Wafer = "wafer",
        Wandb = "wandb",
        WandbLegacy = "wandb-legacy",
        Xai = "xai",
        Xiaomi = "xiaomi",
        ZAi = "z-ai",
    }
}

/// The answer to storing a credential.
#[derive(Debug, Clone, Deserialize)]
pub struct CreateByokKeyResponse {
    /// The new credential.
    pub data: ByokKey,
}

/// The answer to reading a credential.
#[derive(Debug, Clone, Deserialize)]
pub struct GetByokKeyResponse {
    /// The credential.
    pub data: ByokKey,
}

/// The answer to changing a credential.
#[derive(Debug, Clone, Deserialize)]
pub struct UpdateByokKeyResponse {
    /// The changed credential.
    pub data: ByokKey,
}

/// The answer to deleting a credential.
#[derive(Debug, Clone, Deserialize)]
pub struct DeleteByokKeyResponse {
    /// Whether the credential is gone.
    pub deleted: bool,
}
