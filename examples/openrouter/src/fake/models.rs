//! The models, with the filters and pages of their lists, the providers, and their endpoints that serve models: one for
//! each.
//!
//! A filter on what the stand-in does not know of its models, such as how often their tool calls succeed, lets all of
//! them pass.

use super::{catalogue::find, days::DAY, prelude::*};
use crate::endpoints::{ListModelEndpoints, ListZdrEndpoints};
use crate::{OpenRouter, common, models as api};
use crate::{embeddings::ListEmbeddingModels, providers::ListProviders};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    let router = router.on(read).on(list).on(tell_count).on(list_of_user);
    let router = router.on(list_embedding).on(list_endpoints);
    router.on(list_zdr).on(list_providers)
}

async fn read(request: api::GetModel) -> Answer<api::GetModel> {
    let model = find(&format!("{}/{}", request.author, request.slug))?;
    typed(json!({"data": describe(model)}))
}

async fn list(mut request: api::ListModels) -> Answer<api::ListModels> {
    let mut models: Vec<_> = MODELS.iter().filter(|it| takes(&request, it)).collect();
    if let Some(sort) = &request.sort {
        models.sort_by(|a, b| rank(a, sort).total_cmp(&rank(b, sort)));
    }
    let part = (request.offset.take(), request.limit.take());
    page(&request, part, models)
}

async fn tell_count(request: api::CountModels) -> Answer<api::CountModels> {
    let wanted = request.output_modalities.as_deref();
    let count = MODELS.iter().filter(|it| makes(wanted, it)).count();
    typed(json!({"data": {"count": count}}))
}

async fn list_of_user(mut request: api::ListUserModels) -> Answer<api::ListUserModels> {
    let part = (request.offset.take(), request.limit.take());
    page(&request, part, MODELS)
}

async fn list_embedding(mut request: ListEmbeddingModels) -> Answer<ListEmbeddingModels> {
    let models = MODELS.iter().filter(|it| makes(Some("embeddings"), it));
    let part = (request.offset.take(), request.limit.take());
    page(&request, part, models)
}

/// A page of a list. The request for the whole of it is what the address of the next page is made from.
fn page<R: ApiRequest<Group = OpenRouter>>(
    whole: &R,
    (offset, limit): (Option<u64>, Option<u32>),
    models: impl IntoIterator<Item = &'static Model>,
) -> Result<common::ModelsListResponse> {
    let limit = limit.unwrap_or(1000);
    let (page, total_count) = page_of(offset, limit, 1000, models)?;
    let page: Vec<_> = page.iter().map(describe).collect();
    let end = offset.unwrap_or(0).saturating_add(limit.into());
    let next = (end < total_count.unsigned_abs()).then(|| {
        let whole = path(whole);
        let separator = if whole.contains('?') { '&' } else { '?' };
        format!("{whole}{separator}offset={end}&limit={limit}")
    });
    typed(json!({"data": page, "links": {"next": next}, "total_count": total_count}))
}

fn takes(list: &api::ListModels, model: &Model) -> bool {
    let provider = model.provider();
    let author = model.id.split('/').next().unwrap_or_default();
    let name = format!("{} {}", model.id, model.name).to_lowercase();
    let words = list.q.as_deref().unwrap_or_default().to_lowercase();
    let age = seconds().cast_signed() - i64::from(model.created);
    let age = age / DAY.cast_signed();
    let (input, output) = (model.input_price, model.output_price);
    let index = |at: usize, min, max| within(model.indexes.map(|it| it[at]), min, max);
    makes(list.output_modalities.as_deref(), model)
        && all(list.input_modalities.as_deref(), model.takes)
        && all(list.supported_parameters.as_deref(), model.parameters)
        && any(list.category.as_ref().map(AsRef::as_ref), model.uses)
        && any(list.model_authors.as_deref(), &[author])
        && any(list.providers.as_deref(), &[provider.name, provider.slug])
        && any(list.region.as_ref().map(AsRef::as_ref), provider.regions)
        && is(list.distillable.as_ref(), &model.distillable.to_string())
        && is(list.zdr.as_ref(), &provider.zdr.to_string())
        && (list.arch.as_ref()).is_none_or(|it| model.family.eq_ignore_ascii_case(it))
        && words.split_whitespace().all(|word| name.contains(word))
        && within(i64::from(model.context), list.context, None)
        && within(age, list.min_age_days, list.max_age_days)
        && within(input, list.min_price, list.max_price)
        && within(output, list.min_output_price, list.max_output_price)
        && index(0, list.min_intelligence_index, list.max_intelligence_index)
        && index(1, list.min_coding_index, list.max_coding_index)
        && index(2, list.min_agentic_index, list.max_agentic_index)
}

fn makes(outputs: Option<&str>, model: &Model) -> bool {
    outputs == Some("all") || any(outputs.or(Some("text")), model.makes)
}

/// Whether all of the texts between commas are there; nothing is asked for where there are none.
fn all(texts: Option<&str>, there: &[&str]) -> bool {
    texts.is_none_or(|texts| texts.split(',').all(|text| there.contains(&text.trim())))
}

fn any(texts: Option<&str>, there: &[&str]) -> bool {
    texts.is_none_or(|texts| texts.split(',').any(|text| there.contains(&text.trim())))
}

/// A value that is not known is within no bounds.
fn within<T: PartialOrd>(value: impl Into<Option<T>>, min: Option<T>, max: Option<T>) -> bool {
    match value.into() {
        Some(value) => min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max),
        None => min.is_none() && max.is_none(),
    }
}

/// What an order goes by, the lowest first.
fn rank(model: &Model, sort: &api::ModelsSort) -> f64 {
    use api::ModelsSort as Sort;

    let [intelligence, coding, agentic] = model.indexes.unwrap_or_default();
    match sort {
        Sort::Newest => -f64::from(model.created),
        Sort::ContextHighToLow => -f64::from(model.context),
        Sort::PricingLowToHigh => model.input_price,
        Sort::PricingHighToLow => -model.input_price,
        Sort::IntelligenceHighToLow => -intelligence,
        Sort::CodingHighToLow => -coding,
        Sort::AgenticHighToLow => -agentic,
        _ => 0.0,
    }
}

async fn list_endpoints(request: ListModelEndpoints) -> Answer<ListModelEndpoints> {
    let model = find(&format!("{}/{}", request.author, request.slug))?;
    typed(json!({"data": describe(model)}))
}

async fn list_zdr(_: ListZdrEndpoints) -> Answer<ListZdrEndpoints> {
    let models = MODELS.iter().filter(|model| model.provider().zdr);
    typed(json!({"data": models.map(endpoint).collect::<Vec<_>>()}))
}

/// What there is to tell of a model. A type has members for what is told where it is used.
fn describe(model: &Model) -> Value {
    let (author, slug) = model.id.split_once('/').unwrap_or_default();
    let (author, slug) = (author.to_owned(), slug.to_owned());
    let scores = model.indexes.map(|[intelligence, coding, agentic]| {
        json!({"intelligence_index": intelligence, "coding_index": coding, "agentic_index": agentic})
    });
    let endpoint = endpoint(model);
    json!({
        "id": model.id, "canonical_slug": model.id, "name": model.name, "description": model.description,
        "created": model.created, "architecture": model.architecture(), "pricing": model.pricing(),
        "context_length": model.context, "supported_parameters": model.parameters,
        "supported_voices": (!model.voices.is_empty()).then_some(model.voices),
        "benchmarks": scores.map(|scores| json!({"artificial_analysis": scores, "design_arena": []})),
        "links": {"details": path(&ListModelEndpoints { author, slug })},
        "top_provider": endpoint,
        "endpoints": [endpoint],
    })
}

fn endpoint(model: &Model) -> Value {
    let provider = model.provider();
    json!({
        "name": format!("{} | {}", provider.name, model.id), "model_id": model.id, "model_name": model.name,
        "provider_name": provider.name, "tag": provider.slug, "pricing": model.pricing(), "is_moderated": false,
        "context_length": model.context, "max_completion_tokens": model.context / 4,
        "supported_parameters": model.parameters, "supports_implicit_caching": false,
        "supports_voice_cloning": !model.voices.is_empty(), "status": 0,
        "uptime_last_5m": 100.0, "uptime_last_30m": 100.0, "uptime_last_1d": 99.5,
        "latency_last_30m": {"p50": 250.0, "p75": 300.0, "p90": 400.0, "p99": 900.0},
        "throughput_last_30m": {"p50": 80.0, "p75": 90.0, "p90": 100.0, "p99": 120.0},
    })
}

async fn list_providers(_: ListProviders) -> Answer<ListProviders> {
    let providers = catalogue::PROVIDERS.iter().map(|it| {
        json!({
            "slug": it.slug, "name": it.name, "headquarters": it.headquarters, "datacenters": it.datacenters,
            "privacy_policy_url": format!("https://{}.example/privacy", it.slug),
            "terms_of_service_url": format!("https://{}.example/terms", it.slug),
        })
    });
    typed(json!({"data": providers.collect::<Vec<_>>()}))
}
