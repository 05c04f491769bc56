//! The providers, and their endpoints that serve models: one for each model.

use axum::{Json, Router, extract::Path, routing::get};
use serde_json::{Value, json};

use super::{
    Answer,
    catalogue::{self, MODELS, Model, PROVIDERS, Provider},
    state::Shared,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/providers", get(list))
        .route("/endpoints/zdr", get(list_zdr))
        .route("/models/{author}/{slug}/endpoints", get(list_of_model))
}

fn describe(provider: &Provider) -> Value {
    let slug = provider.slug;
    json!({
        "slug": slug,
        "name": provider.name,
        "headquarters": provider.headquarters,
        "datacenters": provider.datacenters,
        "privacy_policy_url": format!("https://{slug}.example/privacy"),
        "terms_of_service_url": format!("https://{slug}.example/terms"),
        "status_page_url": null,
    })
}

fn describe_endpoint(model: &Model) -> Value {
    let provider = model.provider();
    json!({
        "name": format!("{} | {}", provider.name, model.id),
        "model_id": model.id,
        "model_name": model.name,
        "context_length": model.context,
        "pricing": model.pricing(),
        "provider_name": provider.name,
        "tag": provider.slug,
        "quantization": null,
        "max_completion_tokens": model.context / 4,
        "max_prompt_tokens": null,
        "supported_parameters": model.parameters,
        "supports_implicit_caching": false,
        "supports_voice_cloning": !model.voices.is_empty(),
        "status": 0,
        "uptime_last_5m": 100.0,
        "uptime_last_30m": 100.0,
        "uptime_last_1d": 99.5,
        "latency_last_30m": {"p50": 250.0, "p75": 300.0, "p90": 400.0, "p99": 900.0},
        "throughput_last_30m": {"p50": 80.0, "p75": 90.0, "p90": 100.0, "p99": 120.0},
    })
}

async fn list() -> Answer {
    let providers: Vec<Value> = PROVIDERS.iter().map(describe).collect();
    Ok(Json(json!({"data": providers})))
}

async fn list_zdr() -> Answer {
    let models = MODELS.iter().filter(|model| model.provider().zdr);
    let endpoints: Vec<Value> = models.map(describe_endpoint).collect();
    Ok(Json(json!({"data": endpoints})))
}

async fn list_of_model(Path((author, slug)): Path<(String, String)>) -> Answer {
    let model = catalogue::find(&format!("{author}/{slug}"))?;
    let data = json!({
        "id": model.id,
        "name": model.name,
        "description": model.description,
        "created": model.created,
        "architecture": model.architecture(),
        "endpoints": [describe_endpoint(model)],
    });
    Ok(Json(json!({"data": data})))
}
