//! Rankings of apps and models, and the cost of sessions.

use futures_util::TryStreamExt;
use openrouter::{
    common::UseCategory,
    datasets::{
        AppRanking, AppRankingsCategory, AppRankingsSort, GetAppRankings, GetRankingsDaily,
        GetSessionCost, RankingsDailyModality, RankingsDailyPeriod, SessionCost, SessionTurnRange,
    },
    error::OpenRouterError,
};

use crate::start;

#[tokio::test]
async fn apps_are_ranked_by_use_or_by_growth() {
    let (_fake, api) = start().await;
    let mut get = GetAppRankings {
        start_date: Some("2025-01-01".to_owned()),
        end_date: Some("2025-01-02".to_owned()),
        limit: Some(2),
        ..GetAppRankings::default()
    };
    let apps: Vec<AppRanking> = api.call(&get).items().try_collect().await.unwrap();
    let ranks: Vec<(i64, &str)> = apps
        .iter()
        .map(|app| (app.rank, app.app_name.as_str()))
        .collect();
    assert_eq!(ranks, [(1, "Cline"), (2, "Hermes Agent"), (3, "Aider")]);
    assert_eq!(apps[0].total_tokens, "18000000");
    get.sort = Some(AppRankingsSort::Trending);
    let apps = api.send(&get).await.unwrap().data;
    assert_eq!(apps[0].app_name, "Aider");
    assert_eq!(apps.len(), 2);
    get.category = Some(AppRankingsCategory::Productivity);
    let apps = api.send(&get).await.unwrap().data;
    assert_eq!(apps[0].app_name, "Hermes Agent");
    assert_eq!(apps.len(), 1);
}

#[tokio::test]
async fn models_are_ranked_by_day_week_and_month() {
    let (_fake, api) = start().await;
    let mut get = GetRankingsDaily {
        start_date: Some("2025-01-30".to_owned()),
        end_date: Some("2025-02-03".to_owned()),
        modality: Some(RankingsDailyModality::ToolCalling),
        ..GetRankingsDaily::default()
    };
    for (period, dates) in [
        (
            None,
            &[
                "2025-01-30",
                "2025-01-31",
                "2025-02-01",
                "2025-02-02",
                "2025-02-03",
            ][..],
        ),
        (
            Some(RankingsDailyPeriod::Week),
            &["2025-01-27", "2025-02-03"],
        ),
        (
            Some(RankingsDailyPeriod::Month),
            &["2025-01-01", "2025-02-01"],
        ),
    ] {
        get.period = period;
        let rows = api.send(&get).await.unwrap().data;
        let last: Vec<&str> = rows
            .iter()
            .filter(|row| row.model_permaslug == "other")
            .map(|row| row.date.as_str())
            .collect();
        assert_eq!(last, dates);
        assert_eq!(rows.len(), 3 * dates.len());
        assert_eq!(rows[2].model_permaslug, "other");
    }
}

#[tokio::test]
async fn what_is_counted_by_week_is_not_known_by_day() {
    let (_fake, api) = start().await;
    let mut get = GetRankingsDaily {
        category: Some(UseCategory::Legal),
        ..GetRankingsDaily::default()
    };
    let rows = api.send(&get).await.unwrap().data;
    assert_eq!(rows[0].model_permaslug, "anthropic/claude-sonnet-4.5");
    get.period = Some(RankingsDailyPeriod::Day);
    let by_day = api.send(&get).await.unwrap_err();
    get.period = None;
    get.modality = Some(RankingsDailyModality::Text);
    let both = api.send(&get).await.unwrap_err();
    get.modality = None;
    get.end_date = Some("2024-12-31".to_owned());
    let early = api.send(&get).await.unwrap_err();
    for error in [by_day, both, early] {
        assert!(
            matches!(error.api(), Some(OpenRouterError::BadRequest(_))),
            "{error}"
        );
    }
}

#[tokio::test]
async fn longer_sessions_cost_more() {
    let (_fake, api) = start().await;
    let get = GetSessionCost {
        app_slug: Some("cline".to_owned()),
        model: Some("openai/gpt-4o".to_owned()),
        limit: Some(3),
        ..GetSessionCost::default()
    };
    let cells: Vec<SessionCost> = api.call(&get).items().try_collect().await.unwrap();
    assert_eq!(cells.len(), 4);
    assert_eq!(cells[0].turn_range, SessionTurnRange::V1Turn);
    assert!(cells.is_sorted_by_key(|cell| cell.median_session_cost_usd));
}
