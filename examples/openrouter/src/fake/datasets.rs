//! Rankings of apps and models, what sessions cost, and kinds of tasks: a few apps, which use the models of the
//! catalogue evenly.

use std::cmp::Reverse;

use super::{catalogue::rows, prelude::*};
use crate::classifications::GetTaskClassifications;
use crate::datasets::{
    self as api, RankingsDailyModality as Modality, RankingsDailyPeriod as Period,
    SessionTurnRange as Turns,
};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    let router = router.on(rank_apps).on(rank_models);
    router.on(list_costs).on(list_tasks)
}

/// An app, with what it does in a day, and by how much more that is than before.
struct App {
    id: i64,
    name: &'static str,
    slug: &'static str,
    category: &'static str,
    subcategory: &'static str,
    tokens: i64,
    requests: i64,
    growth: u64,
}

const APPS: &[App] = rows! { App:
    { id: 1, name: "Cline", slug: "cline", category: "coding", subcategory: "ide-extension",
      tokens: 9_000_000, requests: 3_000, growth: 0 }
    { id: 2, name: "Hermes Agent", slug: "hermes-agent", category: "productivity", subcategory: "personal-agent",
      tokens: 6_000_000, requests: 1_000, growth: 40 }
    { id: 3, name: "Aider", slug: "aider", category: "coding", subcategory: "cli-agent",
      tokens: 2_000_000, requests: 800, growth: 70 }
};

/// Lengths of sessions, with their cost as a factor.
const TURNS: [(Turns, f64); 4] = [
    (Turns::V1Turn, 1.0),
    (Turns::V29Turns, 5.0),
    (Turns::V1049Turns, 25.0),
    (Turns::V50PlusTurns, 90.0),
];

/// The days from one to another, and what is said of them.
fn window(start: Option<&String>, end: Option<&String>) -> Result<(Vec<u64>, Value)> {
    let today = days::today();
    let end = end.map_or(today - 1, |day| days::parse(day));
    let start = start.map_or(end.saturating_sub(30), |day| days::parse(day));
    // Nothing is known of the days before.
    let start = start.max(days::parse("2025-01-01"));
    let message = "there is no day from `start_date` to `end_date`";
    ensure(start <= end, message)?;
    let end = end.min(today);
    let (from, to) = (days::format(start), days::format(end));
    let meta = json!({"as_of": now(), "start_date": from, "end_date": to});
    Ok(((start..=end).collect(), meta))
}

async fn rank_apps(request: api::GetAppRankings) -> Answer<api::GetAppRankings> {
    let (days, meta) = window(request.start_date.as_ref(), request.end_date.as_ref())?;
    let days = count(days.len());
    let mut apps: Vec<_> = APPS.iter().collect();
    apps.retain(|app| is(request.category.as_ref(), app.category));
    apps.retain(|app| is(request.subcategory.as_ref(), app.subcategory));
    if request.sort == Some(api::AppRankingsSort::Trending) {
        apps.retain(|app| app.growth > 0);
        apps.sort_by_key(|app| Reverse(app.growth));
    }
    let ranked = apps.iter().zip(1..).map(|(app, rank)| {
        json!({
            "rank": rank, "app_id": app.id, "app_name": app.name,
            "total_tokens": (app.tokens * days).to_string(), "total_requests": app.requests * days,
        })
    });
    let ranked: Vec<_> = ranked.collect();
    let (page, _) = page_of(request.offset, request.limit.unwrap_or(50), 100, &ranked)?;
    typed(json!({"data": page, "meta": meta}))
}

async fn rank_models(request: api::GetRankingsDaily) -> Answer<api::GetRankingsDaily> {
    let (days, meta) = window(request.start_date.as_ref(), request.end_date.as_ref())?;
    let start_of: fn(u64) -> u64 = match period(&request)? {
        Period::Week => days::monday,
        Period::Month => days::first_of_month,
        _ => |day| day,
    };
    // The first of the models is the one that is used most.
    let models = MODELS.iter().filter(|model| takes(&request, model));
    let models = models.zip((1..).map(|rank| 1_000_000_000 / rank));
    let models = models.map(|(model, tokens)| (model.id, tokens));
    let models: Vec<_> = models.chain([("other", 10_000_000)]).collect();
    let mut data = Vec::new();
    for days in days.chunk_by(|day, next| start_of(*day) == start_of(*next)) {
        data.extend(models.iter().map(|(model, tokens)| {
            let tokens = (tokens * days.len()).to_string();
            let start = days::format(start_of(days[0]));
            json!({"date": start, "model_permaslug": model, "total_tokens": tokens})
        }));
    }
    typed(json!({"data": data, "meta": meta}))
}

/// What a row spans. Some filters count exactly and some by week: they do not go together.
fn period(request: &api::GetRankingsDaily) -> Result<Period> {
    let exact = request.modality.is_some() || request.context_bucket.is_some();
    let (category, language) = (request.category.is_some(), request.language_type.is_some());
    let sampled = category || language;
    let clash = (category && language) || (exact && sampled);
    ensure(!clash, "these filters do not go together")?;
    let default = if sampled { Period::Week } else { Period::Day };
    let period = request.period.clone().unwrap_or(default);
    let is_known = !sampled || period != Period::Day;
    ensure(is_known, "this is known by week and month only").map(|()| period)
}

fn takes(request: &api::GetRankingsDaily, model: &Model) -> bool {
    let is_of = |modality: &Modality| match modality {
        Modality::ImageOutput => model.makes.contains(&"image"),
        Modality::ToolCalling => model.parameters.contains(&"tools"),
        Modality::Text => model.makes.contains(&"text"),
        input => model.takes.contains(&input.as_str()),
    };
    request.modality.as_ref().is_none_or(is_of)
        && (request.category.as_ref()).is_none_or(|it| model.uses.contains(&it.as_str()))
}

async fn list_costs(request: api::GetSessionCost) -> Answer<api::GetSessionCost> {
    let mut cells = Vec::new();
    for model in MODELS.iter().filter(|model| !model.uses.is_empty()) {
        for app in APPS {
            cells.extend(TURNS.map(|(turn_range, factor)| api::SessionCost {
                app_name: app.name.to_owned(),
                app_slug: app.slug.to_owned(),
                model_permaslug: model.id.to_owned(),
                turn_range,
                median_session_cost_usd: factor * model.cost(2_000, 500),
            }));
        }
    }
    cells.retain(|cell| {
        is(request.model.as_ref(), &cell.model_permaslug)
            && is(request.app_slug.as_ref(), &cell.app_slug)
            && is(request.turn_range.as_ref(), cell.turn_range.as_str())
    });
    let (data, _) = page_of(request.offset, request.limit.unwrap_or(100), 500, &cells)?;
    let end = days::format(days::today() - 1);
    let meta = json!({"as_of": now(), "window_days": 30, "window_end_date": end});
    typed(json!({"data": data, "meta": meta}))
}

/// What models are used for: fixed shares, whose models are those of the catalogue.
async fn list_tasks(_: GetTaskClassifications) -> Answer<GetTaskClassifications> {
    let models = json!([
        {"id": catalogue::DEFAULT_MODEL, "tag_usage_share": 0.6, "tag_token_share": 0.7},
        {"id": "anthropic/claude-sonnet-4.5", "tag_usage_share": 0.4, "tag_token_share": 0.3},
    ]);
    typed(json!({"data": {
        "as_of": days::format(days::today() - 1), "window_days": 7,
        "macro_categories": [
            {"key": "code", "label": "Code", "usage_share": 0.45, "token_share": 0.52},
            {"key": "data", "label": "Data", "usage_share": 0.2, "token_share": 0.15},
        ],
        "classifications": [
            {"tag": "code:general_impl", "display_name": "Code Generation", "macro_category": "code", "models": models,
             "usage_share": 0.27, "token_share": 0.26, "category_usage_share": 0.6, "category_token_share": 0.5},
            {"tag": "code:debugging", "display_name": "Debugging", "macro_category": "code", "models": models,
             "usage_share": 0.18, "token_share": 0.26, "category_usage_share": 0.4, "category_token_share": 0.5},
            {"tag": "data:extraction", "display_name": "Data Extraction", "macro_category": "data", "models": models,
             "usage_share": 0.2, "token_share": 0.15, "category_usage_share": 1.0, "category_token_share": 1.0},
        ],
    }}))
}
