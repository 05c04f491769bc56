//! What the answers hold.

use api_request::ApiResponse;
use serde::{Deserialize, Serialize};

use crate::json::open_enum;

/// A page of BYOK credentials.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
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

open_enum! { "kebab-case";
    /// A provider that credentials can be stored for, by its slug.
    pub enum ByokProviderSlug {
        Ai21, AionLabs, Akashml, Alibaba, AmazonBedrock, AmazonNova, Ambient, Anthropic, ArceeAi,
        AtlasCloud, Avian, Azure, Baidu, Baseten, BlackForestLabs, Byteplus, Cerebras, Chutes,
        Cirrascale, Clarifai, Cloudflare, Cohere, Coreweave, Crusoe, Darkbloom, Databricks, Decart,
        Deepgram, Deepinfra, Deepseek, Dekallm, Digitalocean, Featherless, Fireworks, FishAudio,
        Friendli, Gmicloud, GoogleAiStudio, GoogleVertex, Groq, Heygen, Inception, Inceptron,
        InferactVllm, InferenceNet, Infermatic, Inflection, IoNet, Ionstream, Krea, Liquid, Makora,
        Mancer, Mara, Meta, Minimax, Mistral, Modal, Modelrun, Modular, Moonshotai, Morph, Ncompass,
        Nebius, NexAgi, Nextbit, Novita, Nvidia, OpenInference, Openai, Parasail, Perceptron,
        Perplexity, Phala, Poolside, Quiver, Recraft, Reka, Relace, Runway, SailResearch, Sakana,
        SakanaAi, Sambanova, Seed, Siliconflow, Sourceful, Stepfun, Streamlake, Switchpoint,
        Tencent, Tenstorrent, Thinkingmachines, Together, Upstage, Venice, Wafer, Wandb,
        WandbLegacy, Xai, Xiaomi, ZAi,
    }
}

/// The answer to storing a credential.
#[derive(Debug, Clone, ApiResponse)]
#[api(status = 201, fields = json)]
pub struct CreateByokKeyResponse {
    /// The new credential.
    pub data: ByokKey,
}

/// The answer to reading a credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GetByokKeyResponse {
    /// The credential.
    pub data: ByokKey,
}

/// The answer to changing a credential.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UpdateByokKeyResponse {
    /// The changed credential.
    pub data: ByokKey,
}

/// The answer to deleting a credential.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DeleteByokKeyResponse {
    /// Whether the credential is gone.
    pub deleted: bool,
}
