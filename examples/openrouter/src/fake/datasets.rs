//! Rankings of apps and models, and what sessions cost: a few apps, which use the models of the catalogue evenly.

use std::collections::BTreeMap;

use axum::{Json, Router, extract::Query, routing::get};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Answer,
    catalogue::{MODELS, Model},
    days,
    refusal::Refusal,
    state::{Shared, now},
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/datasets/app-rankings", get(rank_apps))
        .route("/datasets/rankings-daily", get(rank_models))
        .route("/datasets/session-cost", get(list_costs))
}

/// An app, with what it does in a day, and by how much more that is than before.
struct App {
    id: u64,
    name: &'static str,
    slug: &'static str,
    category: &'static str,
    subcategory: &'static str,
    tokens: u64,
    requests: u64,
    growth: u64,
}

const APPS: [App; 3] = [
    App {
        id: 1,
        name: "Cline",
        slug: "cline",
        category: "coding",
        subcategory: "ide-extension",
        tokens: 9_000_000,
        requests: 3_000,
        growth: 0,
    },
    App {
        id: 2,
        name: "Hermes Agent",
        slug: "hermes-agent",
        category: "productivity",
        subcategory: "personal-agent",
        tokens: 6_000_000,
        requests: 1_000,
        growth: 40,
    },
    App {
        id: 3,
        name: "Aider",
        slug: "aider",
        category: "coding",
        subcategory: "cli-agent",
        tokens: 2_000_000,
        requests: 800,
        growth: 70,
    },
];

/// Lengths of sessions, with their cost as a factor.
const TURNS: [(&str, f64); 4] = [
    ("1-turn", 1.0),
    ("2-9-turns", 5.0),
    ("10-49-turns", 25.0),
    ("50-plus-turns", 90.0),
];

/// The first day that anything is known of.
const FIRST_DAY: &str = "2025-01-01";

#[derive(Deserialize)]
struct Window {
    start_date: Option<String>,
    end_date: Option<String>,
}

impl Window {
    /// The first day and the last one.
    fn days(&self) -> Result<(u64, u64), Refusal> {
        let floor = days::parse(FIRST_DAY)?;
        let end = self.end_date.as_deref().map(days::parse).transpose()?;
        let end = end.unwrap_or(days::today() - 1);
        let start = self.start_date.as_deref().map(days::parse).transpose()?;
        let start = start.unwrap_or(end.saturating_sub(30)).max(floor);
        if end < floor || start > end {
            return Err(Refusal::bad_request(
                "there is no day from `start_date` to `end_date`",
            ));
        }
        Ok((start, end.min(days::today())))
    }
}

fn meta((start, end): (u64, u64)) -> Value {
    json!({
        "as_of": now(),
        "version": "v1",
        "start_date": days::format(start),
        "end_date": days::format(end),
    })
}

#[derive(Deserialize)]
struct AppFilter {
    category: Option<String>,
    subcategory: Option<String>,
    sort: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

fn is(wanted: Option<&str>, value: &str) -> bool {
    wanted.is_none_or(|wanted| wanted == value)
}

async fn rank_apps(Query(window): Query<Window>, Query(filter): Query<AppFilter>) -> Answer {
    let (start, end) = window.days()?;
    let limit = limit(filter.limit, 50)?;
    let mut apps: Vec<&App> = APPS
        .iter()
        .filter(|app| {
            is(filter.category.as_deref(), app.category)
                && is(filter.subcategory.as_deref(), app.subcategory)
        })
        .collect();
    if filter.sort.as_deref() == Some("trending") {
        apps.retain(|app| app.growth > 0);
        apps.sort_by_key(|app| std::cmp::Reverse(app.growth));
    }
    let days = end - start + 1;
    let ranked = apps.iter().zip(1_u64..).map(|(app, rank)| {
        json!({
            "rank": rank,
            "app_id": app.id,
            "app_name": app.name,
            "total_tokens": (app.tokens * days).to_string(),
            "total_requests": app.requests * days,
        })
    });
    let page: Vec<Value> = ranked
        .skip(filter.offset.unwrap_or(0))
        .take(limit)
        .collect();
    Ok(Json(json!({"data": page, "meta": meta((start, end))})))
}

/// How many rows are wanted, from 1 to 100.
fn limit(wanted: Option<usize>, default: usize) -> Result<usize, Refusal> {
    match wanted.unwrap_or(default) {
        limit @ 1..=100 => Ok(limit),
        _ => Err(Refusal::bad_request("`limit` is not from 1 to 100")),
    }
}

#[derive(Deserialize)]
struct ModelFilter {
    period: Option<String>,
    modality: Option<String>,
    context_bucket: Option<String>,
    category: Option<String>,
    language_type: Option<String>,
}

impl ModelFilter {
    /// Some are counted exactly and some by week: they do not go together.
    fn check(&self) -> Result<&str, Refusal> {
        let exact = usize::from(self.modality.is_some() || self.context_bucket.is_some());
        let sampled =
            usize::from(self.category.is_some()) + usize::from(self.language_type.is_some());
        if exact + sampled > 1 {
            return Err(Refusal::bad_request("these filters do not go together"));
        }
        match (self.period.as_deref(), sampled) {
            (Some("day"), 1) => Err(Refusal::bad_request("this is known by week and month only")),
            (None, 1) => Ok("week"),
            (period, _) => Ok(period.unwrap_or("day")),
        }
    }

    fn takes(&self, model: &Model) -> bool {
        let of_modality = match self.modality.as_deref() {
            None => true,
            Some("image_output") => model.makes.contains(&"image"),
            Some("tool_calling") => model.parameters.contains(&"tools"),
            Some("text") => model.makes.contains(&"text"),
            Some(input) => model.takes.contains(&input),
        };
        of_modality
            && self
                .category
                .as_deref()
                .is_none_or(|category| model.uses.contains(&category))
    }
}

async fn rank_models(Query(window): Query<Window>, Query(filter): Query<ModelFilter>) -> Answer {
    let (start, end) = window.days()?;
    let period = filter.check()?;
    let models: Vec<&Model> = MODELS.iter().filter(|model| filter.takes(model)).collect();
    let mut days_of: BTreeMap<u64, u64> = BTreeMap::new();
    for day in start..=end {
        let bucket = match period {
            "week" => days::monday(day),
            "month" => days::first_of_month(day),
            _ => day,
        };
        *days_of.entry(bucket).or_default() += 1;
    }
    let mut rows = Vec::new();
    for (bucket, days) in days_of {
        let row = |model: &str, tokens: u64| {
            json!({
                "date": days::format(bucket),
                "model_permaslug": model,
                "total_tokens": (tokens * days).to_string(),
            })
        };
        // The first of the models is the one that is used most.
        let ranked = models.iter().zip(1_u64..);
        rows.extend(ranked.map(|(model, rank)| row(model.id, 1_000_000_000 / rank)));
        rows.push(row("other", 10_000_000));
    }
    Ok(Json(json!({"data": rows, "meta": meta((start, end))})))
}

#[derive(Deserialize)]
struct CostFilter {
    app_slug: Option<String>,
    model: Option<String>,
    turn_range: Option<String>,
    limit: Option<usize>,
    offset: Option<usize>,
}

async fn list_costs(Query(filter): Query<CostFilter>) -> Answer {
    let limit = limit(filter.limit, 100)?;
    let models = MODELS.iter().filter(|model| !model.uses.is_empty());
    let models = models.filter(|model| is(filter.model.as_deref(), model.id));
    let mut cells = Vec::new();
    for model in models {
        for app in APPS
            .iter()
            .filter(|app| is(filter.app_slug.as_deref(), app.slug))
        {
            for (turns, factor) in TURNS
                .iter()
                .filter(|(turns, _)| is(filter.turn_range.as_deref(), turns))
            {
                cells.push(json!({
                    "app_name": app.name,
                    "app_slug": app.slug,
                    "model_permaslug": model.id,
                    "turn_range": turns,
                    "median_session_cost_usd": factor * model.cost(2_000, 500),
                }));
            }
        }
    }
    let page: Vec<Value> = cells
        .into_iter()
        .skip(filter.offset.unwrap_or(0))
        .take(limit)
        .collect();
    let meta = json!({
        "as_of": now(),
        "version": "v1",
        "window_days": 30,
        "window_end_date": days::format(days::today() - 1),
    });
    Ok(Json(json!({"data": page, "meta": meta})))
}
