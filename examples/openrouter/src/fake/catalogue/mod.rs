//! The models and the providers that there are: one small list, which all operations go by.

mod table;

pub(super) use self::table::{DEFAULT_MODEL, MODELS, PROVIDERS};
use super::prelude::*;

/// A table of structs, which has several fields in a line.
macro_rules! rows {
    ($type:ident: $({ $($fields:tt)+ })+) => {
        &[$($type { $($fields)+ },)+]
    };
}

pub(super) use rows;

/// A model, as far as the stand-in knows it. Prices are in US dollars for a million tokens.
#[derive(Debug, Clone)]
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
    pub(super) created: u32,
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
    /// The regions that the datacenters are in.
    pub(super) regions: &'static [&'static str],
    /// Whether it forgets what it is sent.
    pub(super) zdr: bool,
}

/// The model of this name; the variant of a name (`:free`) says nothing here.
pub(super) fn find(id: &str) -> Result<&'static Model> {
    let base = id.split_once(':').map_or(id, |(base, _)| base);
    let found = MODELS.iter().find(|model| model.id == base);
    found.ok_or_else(|| not_found(format!("there is no model `{id}`")))
}

/// The model of this name, which has to make this.
pub(super) fn find_maker(id: &str, output: &str) -> Result<&'static Model> {
    let model = find(id)?;
    let message = format!("the model `{id}` does not make `{output}`");
    ensure(model.makes.contains(&output), message).map(|()| model)
}

impl Model {
    pub(super) fn provider(&self) -> &'static Provider {
        let found = PROVIDERS.iter().find(|it| it.slug == self.provider);
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
            "input_modalities": self.takes, "output_modalities": self.makes, "tokenizer": self.family,
            "modality": format!("{}->{}", self.takes.join("+"), self.makes.join("+")),
        })
    }

    /// Its prices for a token, in decimals.
    pub(super) fn pricing(&self) -> Value {
        json!({
            "prompt": (self.input_price / 1e6).to_string(), "completion": (self.output_price / 1e6).to_string(),
            "request": "0", "discount": 0.0,
        })
    }
}
