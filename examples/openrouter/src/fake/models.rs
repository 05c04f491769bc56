//! The lists of models, with their filters and pages.
//!
//! A filter on what the stand-in does not know of its models, such as how often their tool calls succeed, lets all of
//! them pass.

use std::cmp::Reverse;

use axum::{
    Json, Router,
    extract::{Path, Query},
    http::Uri,
    routing::get,
};
use serde::Deserialize;
use serde_json::json;
use url::form_urlencoded;

use super::{
    Answer, ROOT,
    catalogue::{self, MODELS, Model},
    refusal::Refusal,
    state::{Shared, seconds},
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/model/{author}/{slug}", get(read))
        .route("/models", get(list))
        .route("/models/count", get(count))
        .route("/models/user", get(list_for_user))
        .route("/embeddings/models", get(list_embedding))
}

#[derive(Default, Deserialize)]
struct Filter {
    offset: Option<usize>,
    limit: Option<usize>,
    category: Option<String>,
    supported_parameters: Option<String>,
    output_modalities: Option<String>,
    sort: Option<String>,
    q: Option<String>,
    input_modalities: Option<String>,
    context: Option<u32>,
    min_price: Option<f64>,
    max_price: Option<f64>,
    arch: Option<String>,
    model_authors: Option<String>,
    providers: Option<String>,
    distillable: Option<bool>,
    zdr: Option<bool>,
    region: Option<String>,
    min_output_price: Option<f64>,
    max_output_price: Option<f64>,
    min_age_days: Option<u64>,
    max_age_days: Option<u64>,
    min_intelligence_index: Option<f64>,
    max_intelligence_index: Option<f64>,
    min_coding_index: Option<f64>,
    max_coding_index: Option<f64>,
    min_agentic_index: Option<f64>,
    max_agentic_index: Option<f64>,
}

impl Filter {
    fn takes(&self, model: &Model) -> bool {
        let provider = model.provider();
        let in_region = |region: &str| match region {
            "us" => provider.datacenters.contains(&"US"),
            _ => (provider.datacenters.iter())
                .any(|country| ["DE", "FR", "NL", "SE"].contains(country)),
        };
        let age = age_days(model);
        self.makes(model)
            && all(self.input_modalities.as_deref(), |text| {
                model.takes.contains(&text)
            })
            && all(self.supported_parameters.as_deref(), |text| {
                model.parameters.contains(&text)
            })
            && self
                .category
                .as_deref()
                .is_none_or(|use_| model.uses.contains(&use_))
            && self.q.as_deref().is_none_or(|words| matches(model, words))
            && self.context.is_none_or(|least| model.context >= least)
            && self
                .arch
                .as_deref()
                .is_none_or(|family| model.family.eq_ignore_ascii_case(family))
            && any(self.model_authors.as_deref(), |slug| model.author() == slug)
            && any(self.providers.as_deref(), |name| {
                provider.name == name || provider.slug == name
            })
            && self
                .distillable
                .is_none_or(|wanted| model.distillable == wanted)
            && self.zdr.is_none_or(|wanted| provider.zdr == wanted)
            && self.region.as_deref().is_none_or(in_region)
            && within(model.input_price, self.min_price, self.max_price)
            && within(
                model.output_price,
                self.min_output_price,
                self.max_output_price,
            )
            && self.min_age_days.is_none_or(|least| age >= least)
            && self.max_age_days.is_none_or(|most| age <= most)
            && Self::index(
                model,
                0,
                self.min_intelligence_index,
                self.max_intelligence_index,
            )
            && Self::index(model, 1, self.min_coding_index, self.max_coding_index)
            && Self::index(model, 2, self.min_agentic_index, self.max_agentic_index)
    }

    fn makes(&self, model: &Model) -> bool {
        match self.output_modalities.as_deref().unwrap_or("text") {
            "all" => true,
            texts => any(Some(texts), |text| model.makes.contains(&text)),
        }
    }

    /// A model without indexes passes where none is asked for.
    fn index(model: &Model, which: usize, min: Option<f64>, max: Option<f64>) -> bool {
        match model.indexes {
            Some(indexes) => within(indexes[which], min, max),
            None => min.is_none() && max.is_none(),
        }
    }

    fn sort(&self, models: &mut [&Model]) {
        let index = |which: usize| {
            move |model: &&Model| model.indexes.map_or(0.0, |indexes| indexes[which])
        };
        let by = |key: &dyn Fn(&&Model) -> f64, models: &mut [&Model]| {
            models.sort_by(|a, b| key(a).total_cmp(&key(b)));
        };
        match self.sort.as_deref() {
            Some("newest") => models.sort_by_key(|model| Reverse(model.created)),
            Some("context-high-to-low") => models.sort_by_key(|model| Reverse(model.context)),
            Some("pricing-low-to-high") => by(&|model| model.input_price, models),
            Some("pricing-high-to-low") => by(&|model| -model.input_price, models),
            Some("intelligence-high-to-low") => by(&|model| -index(0)(model), models),
            Some("coding-high-to-low") => by(&|model| -index(1)(model), models),
            Some("agentic-high-to-low") => by(&|model| -index(2)(model), models),
            _ => {}
        }
    }
}

/// Whether all of the texts between commas are so; nothing is asked for where there are none.
fn all(texts: Option<&str>, is_so: impl Fn(&str) -> bool) -> bool {
    texts.is_none_or(|texts| texts.split(',').all(|text| is_so(text.trim())))
}

fn any(texts: Option<&str>, is_so: impl Fn(&str) -> bool) -> bool {
    texts.is_none_or(|texts| texts.split(',').any(|text| is_so(text.trim())))
}

fn within(value: f64, min: Option<f64>, max: Option<f64>) -> bool {
    min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
}

fn matches(model: &Model, words: &str) -> bool {
    let text = format!("{} {}", model.id, model.name).to_lowercase();
    words
        .to_lowercase()
        .split_whitespace()
        .all(|word| text.contains(word))
}

fn age_days(model: &Model) -> u64 {
    seconds().saturating_sub(model.created) / (24 * 60 * 60)
}

fn page(filter: &Filter, uri: &Uri) -> Answer {
    if filter
        .limit
        .is_some_and(|limit| !(1..=1000).contains(&limit))
    {
        return Err(Refusal::bad_request("`limit` is not from 1 to 1000"));
    }
    let mut models: Vec<&Model> = MODELS.iter().filter(|model| filter.takes(model)).collect();
    filter.sort(&mut models);
    let offset = filter.offset.unwrap_or(0);
    let limit = filter.limit.unwrap_or(models.len());
    let end = offset.saturating_add(limit);
    let page = models.iter().skip(offset).take(limit);
    let page: Vec<_> = page.map(|model| model.describe()).collect();
    let next = (end < models.len()).then(|| next(uri, end, limit));
    Ok(Json(
        json!({"data": page, "total_count": models.len(), "links": {"next": next}}),
    ))
}

/// Where the page after this one is.
fn next(uri: &Uri, offset: usize, limit: usize) -> String {
    let query = uri.query().unwrap_or_default();
    let filters = form_urlencoded::parse(query.as_bytes());
    let filters = filters.filter(|(name, _)| name != "offset" && name != "limit");
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(filters)
        .append_pair("offset", &offset.to_string())
        .append_pair("limit", &limit.to_string())
        .finish();
    format!("{ROOT}{}?{query}", uri.path())
}

async fn read(Path((author, slug)): Path<(String, String)>) -> Answer {
    let model = catalogue::find(&format!("{author}/{slug}"))?;
    Ok(Json(json!({"data": model.describe()})))
}

async fn list(uri: Uri, Query(filter): Query<Filter>) -> Answer {
    page(&filter, &uri)
}

async fn count(Query(filter): Query<Filter>) -> Answer {
    let count = MODELS.iter().filter(|model| filter.makes(model)).count();
    Ok(Json(json!({"data": {"count": count}})))
}

async fn list_for_user(uri: Uri, Query(filter): Query<Filter>) -> Answer {
    list_all_of(&uri, &filter, "all")
}

async fn list_embedding(uri: Uri, Query(filter): Query<Filter>) -> Answer {
    list_all_of(&uri, &filter, "embeddings")
}

/// These lists have no filters, but pages.
fn list_all_of(uri: &Uri, filter: &Filter, output: &str) -> Answer {
    let filter = Filter {
        offset: filter.offset,
        limit: filter.limit,
        output_modalities: Some(output.to_owned()),
        ..Filter::default()
    };
    page(&filter, uri)
}
