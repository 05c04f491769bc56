//! The models and the providers that there are: one small list, which all operations go by.

mod table;

use serde_json::{Value, json};

pub(super) use self::table::{DEFAULT_MODEL, MODELS, PROVIDERS};
use super::refusal::Refusal;

/// A model, as far as the stand-in knows it. Prices are in US dollars for a million tokens.
#[derive(Debug)]
pub(super) struct Model {
    pub(super) id: &'static str,
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    pub(super) provider: &'static str,
    pub(super) family: &'static str,
    pub(super) takes: &'static [&'static str],
    pub(super) makes: &'static [&'static str],
    /// How many tokens it takes in.
    pub(super) context: u32,
    pub(super) input_price: f64,
    pub(super) output_price: f64,
    /// When it was added, in Unix seconds.
    pub(super) created: u64,
    pub(super) parameters: &'static [&'static str],
    pub(super) voices: &'static [&'static str],
    /// What it is used for.
    pub(super) uses: &'static [&'static str],
    /// Its indexes of intelligence, coding and work by itself.
    pub(super) indexes: Option<[f64; 3]>,
    /// Whether others may learn from what it makes.
    pub(super) distillable: bool,
}

/// A provider, as far as the stand-in knows it.
#[derive(Debug)]
pub(super) struct Provider {
    pub(super) slug: &'static str,
    pub(super) name: &'static str,
    pub(super) headquarters: &'static str,
    pub(super) datacenters: &'static [&'static str],
    /// Whether it forgets what it is sent.
    pub(super) zdr: bool,
}

/// The model of this name; the variant of a name (`:free`) says nothing here.
pub(super) fn find(id: &str) -> Result<&'static Model, Refusal> {
    let base = id.split_once(':').map_or(id, |(base, _)| base);
    let found = MODELS.iter().find(|model| model.id == base);
    found.ok_or_else(|| Refusal::not_found(format!("there is no model `{id}`")))
}

/// The model of this name, which has to make this.
pub(super) fn find_maker(id: &str, output: &str) -> Result<&'static Model, Refusal> {
    let model = find(id)?;
    if model.makes.contains(&output) {
        return Ok(model);
    }
    let message = format!("the model `{id}` does not make `{output}`");
    Err(Refusal::bad_request(message))
}

impl Model {
    pub(super) fn author(&self) -> &'static str {
        self.id
            .split_once('/')
            .map_or(self.id, |(author, _)| author)
    }

    pub(super) fn provider(&self) -> &'static Provider {
        let mut providers = PROVIDERS.iter();
        let found = providers.find(|provider| provider.slug == self.provider);
        found.unwrap_or(&PROVIDERS[0])
    }

    /// What so many tokens cost, in US dollars.
    pub(super) fn cost(&self, input: usize, output: usize) -> f64 {
        #[allow(clippy::cast_precision_loss, reason = "nobody sends so many words")]
        let (input, output) = (input as f64, output as f64);
        (input * self.input_price + output * self.output_price) / 1e6
    }

    pub(super) fn architecture(&self) -> Value {
        json!({
            "input_modalities": self.takes,
            "output_modalities": self.makes,
            "modality": format!("{}->{}", self.takes.join("+"), self.makes.join("+")),
            "instruct_type": null,
            "tokenizer": self.family,
        })
    }

    /// Its prices for a token, in decimals.
    pub(super) fn pricing(&self) -> Value {
        json!({
            "prompt": (self.input_price / 1e6).to_string(),
            "completion": (self.output_price / 1e6).to_string(),
            "request": "0",
            "discount": 0.0,
        })
    }

    /// The model, as lists of models have it.
    pub(super) fn describe(&self) -> Value {
        let mut model = json!({
            "id": self.id,
            "canonical_slug": self.id,
            "name": self.name,
            "description": self.description,
            "created": self.created,
            "context_length": self.context,
            "architecture": self.architecture(),
            "pricing": self.pricing(),
            "top_provider": {
                "context_length": self.context,
                "max_completion_tokens": self.context / 4,
                "is_moderated": false,
            },
            "per_request_limits": null,
            "supported_parameters": self.parameters,
            "default_parameters": null,
            "supported_voices": (!self.voices.is_empty()).then_some(self.voices),
            "hugging_face_id": null,
            "knowledge_cutoff": null,
            "expiration_date": null,
            "links": {"details": format!("{}/models/{}/endpoints", super::ROOT, self.id)},
        });
        if let Some([intelligence, coding, agentic]) = self.indexes {
            let indexes = json!({
                "intelligence_index": intelligence,
                "coding_index": coding,
                "agentic_index": agentic,
            });
            model["benchmarks"] = json!({"artificial_analysis": indexes, "design_arena": []});
        }
        model
    }
}
