//! The catalogue: models with their filters and pages, their endpoints, and the providers.

use futures_util::TryStreamExt;
use http::Method;
use openrouter::{
    common::Model,
    embeddings::ListEmbeddingModels,
    endpoints::{ListModelEndpoints, ListZdrEndpoints},
    error::OpenRouterError,
    fake::Fake,
    models::{CountModels, GetModel, ListModels, ListUserModels, ModelsSort},
    providers::ListProviders,
};
use serde_json::Value;

use crate::start;

fn ids(models: &[Model]) -> Vec<&str> {
    models.iter().map(|model| model.id.as_str()).collect()
}

#[tokio::test]
async fn filters_and_orders_choose_models() {
    let (_fake, api) = start().await;
    let text = ["openai/gpt-4o", "anthropic/claude-sonnet-4.5"];
    let small = "mistralai/mistral-small-3.2-24b-instruct";
    let filtered = |filter: fn(&mut ListModels)| {
        let mut list = ListModels::default();
        filter(&mut list);
        list
    };
    for (list, expected) in [
        (
            filtered(|list| list.min_price = Some(1.0)),
            &[text[0], text[1], "openai/gpt-5-image"][..],
        ),
        (
            filtered(|list| {
                list.max_price = Some(5.0);
                list.sort = Some(ModelsSort::PricingLowToHigh);
            }),
            &[small, text[0], text[1]],
        ),
        (
            filtered(|list| list.supported_parameters = Some("top_k,stop".to_owned())),
            &[text[1]],
        ),
        (
            filtered(|list| list.output_modalities = Some("rerank, video".to_owned())),
            &["cohere/rerank-v3.5", "google/veo-3.1"],
        ),
        (
            filtered(|list| list.q = Some("gpt 4O".to_owned())),
            &text[..1],
        ),
        (
            filtered(|list| list.min_coding_index = Some(70.0)),
            &text[1..],
        ),
    ] {
        let answer = api.send(&list).await.unwrap();
        assert_eq!(ids(&answer.data), expected, "{list:?}");
        assert_eq!(usize::try_from(answer.total_count), Ok(expected.len()));
    }
}

#[tokio::test]
async fn all_pages_of_models_are_followed() {
    let (_fake, api) = start().await;
    let list = ListModels {
        limit: Some(3),
        output_modalities: Some("all".to_owned()),
        ..ListModels::default()
    };
    let first = api.send(&list).await.unwrap();
    let next = "/api/v1/models?output_modalities=all&offset=3&limit=3";
    assert_eq!(first.links.next.as_deref(), Some(next));
    let models: Vec<Model> = api.call(&list).items().try_collect().await.unwrap();
    assert_eq!(i64::try_from(models.len()), Ok(first.total_count));
    let count = CountModels {
        output_modalities: Some("all".to_owned()),
    };
    let count = api.send(&count).await.unwrap().data.count;
    assert_eq!(count, first.total_count);
    let of_user = api.call(&ListUserModels::default()).items();
    let of_user: Vec<Model> = of_user.try_collect().await.unwrap();
    assert_eq!(ids(&of_user), ids(&models));
    let embedding = api.send(&ListEmbeddingModels::default()).await.unwrap();
    assert_eq!(ids(&embedding.data), ["openai/text-embedding-3-small"]);
}

#[tokio::test]
async fn a_model_is_read_with_its_endpoints() {
    let (_fake, api) = start().await;
    let mut get = GetModel {
        author: "openai".to_owned(),
        slug: "gpt-4o".to_owned(),
    };
    let model = api.send(&get).await.unwrap().data;
    assert_eq!(model.pricing.prompt, "0.0000025");
    let list = ListModelEndpoints {
        author: get.author.clone(),
        slug: get.slug.clone(),
    };
    let served = api.send(&list).await.unwrap().data;
    assert_eq!(served.name, model.name);
    assert_eq!(served.endpoints[0].tag, "openai");
    get.slug = "gpt-0".to_owned();
    let error = api.send(&get).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::NotFound(body)) if body.error.message.contains("gpt-0")),
        "{error}"
    );
}

#[tokio::test]
async fn providers_that_keep_nothing_have_zdr_endpoints() {
    let (_fake, api) = start().await;
    let providers = api.send(&ListProviders::default()).await.unwrap().data;
    let endpoints = api.send(&ListZdrEndpoints::default()).await.unwrap().data;
    let mut tags: Vec<&str> = endpoints
        .iter()
        .map(|endpoint| endpoint.tag.as_str())
        .collect();
    tags.dedup();
    assert_eq!(tags, ["anthropic", "mistral", "google-vertex"]);
    for tag in tags {
        assert!(
            providers.iter().any(|provider| provider.slug == tag),
            "{tag}"
        );
    }
}

#[tokio::test]
async fn what_the_router_refuses_has_the_form_of_the_api() {
    let (fake, _) = start().await;
    let http = reqwest::Client::new();
    for (method, path, status) in [
        (Method::GET, "models?limit=x", 400),
        (Method::GET, "models?limit=0", 400),
        (Method::DELETE, "models", 405),
        (Method::GET, "nothing", 404),
    ] {
        let request = http.request(method, format!("{}/{path}", fake.base_url()));
        let answer = request.bearer_auth(Fake::KEY).send().await.unwrap();
        assert_eq!(answer.status(), status, "{path}");
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"]["code"], status, "{path}");
        assert_ne!(body["error"]["message"], "", "{path}");
    }
}
