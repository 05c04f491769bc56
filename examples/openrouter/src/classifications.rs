//! What kinds of tasks the traffic of OpenRouter consists of, and which models do them.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{OpenRouter, json::open_enum};

/// Reads what share of the traffic each kind of task has, with its top models; 30 calls a minute per key, 500 a day per
/// account.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/classifications/task")]
#[api(name = "getTaskClassifications", fields = query, response = TaskClassificationResponse)]
pub struct GetTaskClassifications {
    /// The days to look back; only `7d` so far.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub window: Option<ClassificationWindow>,
}

open_enum! {
    /// The days that are counted.
    pub enum ClassificationWindow { V7d = "7d" }
}

/// The answer to asking for shares of tasks.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TaskClassificationResponse {
    /// The shares of the tasks.
    pub data: TaskClassificationSnapshot,
}

/// Shares of the kinds of tasks over a window of days.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TaskClassificationSnapshot {
    /// The last day of the window, `YYYY-MM-DD` in UTC; yesterday, even if there are no data for it.
    pub as_of: String,
    /// The kinds of tasks, largest `usage_share` first.
    pub classifications: Vec<TaskClassification>,
    /// The shares of the categories that tasks are grouped in.
    pub macro_categories: Vec<TaskClassificationMacroCategory>,
    /// How many days the window has.
    pub window_days: i64,
}

/// A kind of task and its share of the traffic.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TaskClassification {
    /// Share of the tokens of its category, 0 to 1; all kinds of a category make 1.
    pub category_token_share: f64,
    /// Share of the requests of its category, 0 to 1; all kinds of a category make 1.
    pub category_usage_share: f64,
    /// The name of the kind shown to people.
    pub display_name: String,
    /// The category it is part of: `code`, `data`, `agent` or `general`.
    pub macro_category: String,
    /// The models with the most requests of this kind, most first.
    pub models: Vec<TaskClassificationModel>,
    /// What names the kind, such as `code:general_impl`.
    pub tag: String,
    /// Share of the classified, sampled tokens, 0 to 1; `other` does not count.
    pub token_share: f64,
    /// Share of the classified, sampled requests, 0 to 1; `other` does not count.
    pub usage_share: f64,
}

/// A model's share of a kind of task.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TaskClassificationModel {
    /// The model, by its permanent slug.
    pub id: String,
    /// Share of the tokens of this kind, 0 to 1; the models listed make at most 1.
    pub tag_token_share: f64,
    /// Share of the requests of this kind, 0 to 1; the models listed make at most 1.
    pub tag_usage_share: f64,
}

/// A category of tasks and its share of the traffic.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct TaskClassificationMacroCategory {
    /// What names the category.
    pub key: String,
    /// The name of the category shown to people.
    pub label: String,
    /// Share of the tokens of all its kinds together, 0 to 1.
    pub token_share: f64,
    /// Share of the requests of all its kinds together, 0 to 1.
    pub usage_share: f64,
}
