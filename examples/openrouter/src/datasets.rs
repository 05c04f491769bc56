//! Public data on the use of OpenRouter: rankings of models and apps, and the cost of sessions.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{OpenRouter, common::UseCategory, json::open_enum};

/// Reads the public apps with the most tokens, or the most growth, in a window of days; 30 calls a minute per key, 500
/// a day per account.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/datasets/app-rankings", name = "getAppRankings")]
#[api(fields = query, response = AppRankingsResponse)]
#[api(paginate(offset = offset, limit = limit, items = data, item = AppRanking))]
pub struct GetAppRankings {
    /// Only apps of this group, such as `coding`.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub category: Option<AppRankingsCategory>,
    /// Only apps of this subcategory, which must be part of `category` if that is given too.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub subcategory: Option<AppRankingsSubcategory>,
    /// What the rank goes by: tokens (`popular`), or growth against the three windows before (`trending`).
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub sort: Option<AppRankingsSort>,
    /// The first day, `YYYY-MM-DD` in UTC; 30 days before `end_date` if absent, never before 2025-01-01.
    #[serde(default, deserialize_with = "crate::json::date::day")]
    pub start_date: Option<String>,
    /// The last day, `YYYY-MM-DD` in UTC, from 2025-01-01 on; the last full day if absent.
    #[serde(default, deserialize_with = "crate::json::date::day")]
    pub end_date: Option<String>,
    /// How many apps to return, 1 to 100; 50 by default.
    pub limit: Option<u32>,
    /// How many apps to skip, 0 (the default) to 100; `rank` goes on counting.
    pub offset: Option<u64>,
}

/// Reads the 50 models with the most tokens per day, and the rest as `other`; 30 calls a minute per key, 500 a day per
/// account.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/datasets/rankings-daily", name = "getRankingsDaily")]
#[api(fields = query, response = RankingsDailyResponse)]
pub struct GetRankingsDaily {
    /// The first day, `YYYY-MM-DD` in UTC; 30 days before `end_date` if absent, never before 2025-01-01.
    #[serde(default, deserialize_with = "crate::json::date::day")]
    pub start_date: Option<String>,
    /// The last day, `YYYY-MM-DD` in UTC, from 2025-01-01 on; the last full day if absent.
    #[serde(default, deserialize_with = "crate::json::date::day")]
    pub end_date: Option<String>,
    /// What a row spans: `day` (the default), `week` or `month`; with `category` or `language_type` `week` or `month`
    /// only.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub period: Option<RankingsDailyPeriod>,
    /// Only models that take or make this, or calls of tools; exact, not with `category` or `language_type`.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub modality: Option<RankingsDailyModality>,
    /// Only requests with a context of this length; exact, not with `category` or `language_type`.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub context_bucket: Option<RankingsDailyContextBucket>,
    /// Only this use case, such as `roleplay`; weekly estimates from samples, not with `modality`, `context_bucket` or
    /// `language_type`.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub category: Option<UseCategory>,
    /// Only natural or programming language; weekly estimates from samples, not with `modality`, `context_bucket` or
    /// `category`.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub language_type: Option<RankingsDailyLanguageType>,
}

/// Reads what sessions of known apps cost by model and length, as medians renewed weekly; licensed CC BY 4.0.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/datasets/session-cost", name = "getSessionCost")]
#[api(fields = query, response = SessionCostResponse)]
#[api(paginate(offset = offset, limit = limit, items = data, item = SessionCost))]
pub struct GetSessionCost {
    /// Only this app, by its slug.
    pub app_slug: Option<String>,
    /// Only this model, by its exact permanent slug; covers all apps.
    pub model: Option<String>,
    /// Only sessions with this many turns.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub turn_range: Option<SessionTurnRange>,
    /// How many rows to return, 1 to 500; 100 by default.
    pub limit: Option<u32>,
    /// How many rows to skip, 0 (the default) to 5000.
    pub offset: Option<u64>,
}

open_enum! {
    /// A group of apps in the marketplace.
    pub enum AppRankingsCategory { Coding, Creative, Productivity, Entertainment }
}

open_enum! { "kebab-case";
    /// A subcategory of apps in the marketplace.
    pub enum AppRankingsSubcategory {
        CliAgent, IdeExtension, CloudAgent, ProgrammingApp, NativeAppBuilder, CreativeWriting,
        VideoGen, ImageGen, AudioGen, Roleplay, Game, WritingAssistant, GeneralChat, PersonalAgent,
        Legal,
    }
}

open_enum! {
    /// What the rank of apps goes by: tokens, or growth against the three windows before.
    pub enum AppRankingsSort { Popular, Trending }
}

/// A ranking of apps.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AppRankingsResponse {
    /// The apps, best rank first; `trending` leaves out apps that do not grow.
    pub data: Vec<AppRanking>,
    /// The days covered and the time of the answer.
    pub meta: RankingsMeta,
}

/// An app in a ranking.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AppRanking {
    /// What names the app at OpenRouter; it never changes.
    pub app_id: i64,
    /// The public name of the app.
    pub app_name: String,
    /// The place in the ranking, from 1.
    pub rank: i64,
    /// How many requests the app made in the window.
    pub total_requests: i64,
    /// Prompt and completion tokens of the app in the window, as a decimal text.
    pub total_tokens: String,
}

/// The days that a ranking covers, and when it was made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RankingsMeta {
    /// When the answer was made, an RFC 3339 date.
    pub as_of: String,
    /// The last day of the window, in UTC.
    pub end_date: String,
    /// The first day of the window, in UTC.
    pub start_date: String,
}

open_enum! {
    /// What a row of a ranking spans.
    pub enum RankingsDailyPeriod { Day, Week, Month }

    /// What models of a ranking take or make: `text` and `image_output` go by the output, `image` and `audio` by the
    /// input.
    pub enum RankingsDailyModality { Text, Image, ImageOutput, Audio, ToolCalling }

    /// A size class of contexts, in tokens.
    pub enum RankingsDailyContextBucket {
        V1K = "1K", V10K = "10K", V100k = "100K", V1M = "1M", V10M = "10M",
    }

    /// A kind of language: natural or programming.
    pub enum RankingsDailyLanguageType { Natural, Programming }
}

/// A ranking of models by day.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RankingsDailyResponse {
    /// At most 51 rows per day, by date and then by tokens, most first; `other` is the last row of its date.
    pub data: Vec<DailyRanking>,
    /// The days covered and the time of the answer.
    pub meta: RankingsMeta,
}

/// The tokens of a model on one date.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DailyRanking {
    /// The day of the row, `YYYY-MM-DD` in UTC.
    pub date: String,
    /// The model by its permanent slug, with its variant; `other` for all models outside the top 50.
    pub model_permaslug: String,
    /// Prompt and completion tokens of the day, as a decimal text.
    pub total_tokens: String,
}

open_enum! {
    /// A range of numbers of turns in a session, bounds included.
    pub enum SessionTurnRange {
        V1Turn = "1-turn", V29Turns = "2-9-turns", V1049Turns = "10-49-turns",
        V50PlusTurns = "50-plus-turns",
    }
}

/// What sessions cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SessionCostResponse {
    /// A row for each app, model and range of turns.
    pub data: Vec<SessionCost>,
    /// The days covered and the time of the answer.
    pub meta: SessionCostMeta,
}

/// What sessions of one app, model and length cost.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SessionCost {
    /// The name of the app shown to people.
    pub app_name: String,
    /// The public slug of the app; it never changes.
    pub app_slug: String,
    /// The median cost of a session, in US dollars.
    pub median_session_cost_usd: f64,
    /// The model, by its permanent slug.
    pub model_permaslug: String,
    /// How many turns the sessions have.
    pub turn_range: SessionTurnRange,
}

/// The days that session costs cover, and when the answer was made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SessionCostMeta {
    /// When the answer was made, an RFC 3339 date.
    pub as_of: String,
    /// How many days the sample spans; `null` if none is published.
    pub window_days: Option<i64>,
    /// The last day of the sample, in UTC; `null` if none is published.
    pub window_end_date: Option<String>,
}
