//! The credits of the account: those that it was given, and those that its requests to models have used.

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    routing::{get, post},
};
use serde_json::json;

use super::{Answer, refusal::Refusal, state::Shared};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/credits", get(read))
        .route("/credits/coinbase", post(charge))
}

/// The credits that the account was given, in US dollars.
const GIVEN: f64 = 100.0;

async fn read(State(shared): State<Shared>) -> Answer {
    let state = shared.lock();
    let costs = state.generations.iter();
    let used = costs
        .filter_map(|kept| kept["data"]["total_cost"].as_f64())
        .fold(0.0, |sum, cost| sum + cost);
    Ok(Json(
        json!({"data": {"total_credits": GIVEN, "total_usage": used}}),
    ))
}

async fn charge() -> Refusal {
    Refusal::new(StatusCode::GONE, "credits are no longer sold this way")
}
