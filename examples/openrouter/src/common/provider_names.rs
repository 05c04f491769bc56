//! The providers, by name.

use crate::json::open_enum;

open_enum! { "PascalCase";
    /// A provider, by its name: those that serve requests now, and some that did.
    pub enum ProviderName {
        AnyScale, Atoma, CentML = "Cent-ML", CrofAI, Enfer, GoPomelo, HuggingFace, Hyperbolic,
        Hyperbolic2 = "Hyperbolic 2", InoCloud, Kluster, Lambda, Lepton, Lynn2 = "Lynn 2", Lynn,
        Mancer, Modal, Nineteen, OctoAI, Recursal, Reflection, Replicate,
        SambaNova2 = "SambaNova 2", SFCompute = "SF Compute", Targon, Together2 = "Together 2",
        Ubicloud, V01ai = "01.AI", AkashML, Ai21 = "AI21", AionLabs, Alibaba, Ambient, Baidu,
        AmazonBedrock = "Amazon Bedrock", AmazonNova = "Amazon Nova", Anthropic,
        ArceeAI = "Arcee AI", AtlasCloud, Avian, Azure, BaseTen, BytePlus,
        BlackForestLabs = "Black Forest Labs", Cerebras, Chutes, Cirrascale,
        ClaudePlatformOnAWS = "Claude Platform on AWS", Clarifai, Cloudflare, Cohere, CoreWeave,
        Crucible, Crusoe, Darkbloom, Databricks, Decart, Deepgram, DeepInfra, DeepSeek, DekaLLM,
        DigitalOcean, Featherless, Fireworks, FishAudio = "Fish Audio", Friendli, GMICloud, Google,
        GoogleAIStudio = "Google AI Studio", Groq, HeyGen, Inception, Inceptron, InferenceNet,
        Ionstream, Infermatic, IoNet = "Io Net", InferactVLLM = "Inferact vLLM", Inflection, Liquid,
        Makora, Mara, Mancer2 = "Mancer 2", Meta, Minimax, ModelRun, Mistral, Modular,
        MoonshotAI = "Moonshot AI", Morph, VoyageAIByMongoDB = "VoyageAI by MongoDB", NCompass,
        Nebius, NexAGI = "Nex AGI", NextBit, Novita, Nvidia, OpenAI, OpenInference, Parasail,
        Poolside, Perceptron, Perplexity, Phala, Recraft, Reka, Relace,
        SailResearch = "Sail Research", SakanaAI = "Sakana AI", SambaNova, Seed, SiliconFlow,
        Sourceful, StepFun, Stealth, StreamLake, Switchpoint, Tencent, Tenstorrent,
        ThinkingMachines = "Thinking Machines", Together, Upstage, Venice, Wafer, WandB, Quiver,
        Krea, Runway, Xiaomi, XAI = "xAI", ZAI = "Z.AI", FakeProvider,
    }
}
