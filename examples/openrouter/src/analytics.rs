//! Queries of usage over time by metric and dimension, and the activity of the last 30 days.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::{AnalyticsFilterScalar, SortDirection},
    json::{Object, open_enum, union},
};

/// Lists usage by day, model and endpoint in the last 30 full UTC days. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/activity", name = "getUserActivity", fields = query)]
#[api(response = ActivityResponse)]
pub struct GetUserActivity {
    /// Only the activity of this UTC day of the last 30, as `YYYY-MM-DD`.
    #[serde(default, deserialize_with = "crate::json::date::day")]
    pub date: Option<String>,
    /// Only the activity of this key, by its hash (SHA-256 in hex).
    pub api_key_hash: Option<String>,
    /// Only the activity of this member, by user ID; for organizations.
    pub user_id: Option<String>,
    /// `workspace` for one row per workspace, with its ID; absent for rows over all workspaces.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub group_by: Option<GetUserActivityGroupBy>,
    /// Only the activity of this workspace of the account, by its UUID.
    pub workspace_id: Option<String>,
}

/// Lists the metrics, dimensions, filter operators and granularities for queries. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/analytics/meta", name = "getAnalyticsMeta")]
#[api(response = GetAnalyticsMetaResponse)]
pub struct GetAnalyticsMeta {}

/// Computes metrics of usage by dimension, filter and time. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/analytics/query", name = "queryAnalytics")]
#[api(fields = json, response = QueryAnalyticsResponse)]
pub struct QueryAnalytics {
    /// Tags of a classifier to group by; the workspace must have the classifier active.
    pub classifier_dimensions: Option<AnalyticsClassifierDimensions>,
    /// Tags of a classifier to filter by, the same one as in `classifier_dimensions` if both are given.
    pub classifier_filters: Option<AnalyticsClassifierFilters>,
    /// The dimensions to group by, at most 2.
    pub dimensions: Option<Vec<String>>,
    /// Conditions that rows must meet, at most 20.
    pub filters: Option<Vec<AnalyticsFilter>>,
    /// The step to divide time into, such as `day`.
    pub granularity: Option<String>,
    /// The most rows per combination of dimensions; computed for time series if absent, ignored without dimensions.
    pub group_limit: Option<i64>,
    /// The most rows in all; 1000 by default, which the server may raise for time series with dimensions.
    pub limit: Option<i64>,
    /// The metrics to compute, at least one.
    pub metrics: Vec<String>,
    /// How to sort the rows.
    pub order_by: Option<AnalyticsOrder>,
    /// The time to look at.
    pub time_range: Option<AnalyticsTimeRange>,
}

open_enum! {
    /// What rows are split by.
    pub enum GetUserActivityGroupBy { Workspace }
}

/// Usage by day, model and endpoint.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ActivityResponse {
    /// The rows.
    pub data: Vec<ActivityRow>,
}

/// Usage of one model at one endpoint on one day.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ActivityRow {
    /// What was spent outside OpenRouter with your own provider keys (BYOK), in US dollars.
    pub byok_usage_inference: f64,
    /// Tokens that were generated.
    pub completion_tokens: i64,
    /// The day, as `YYYY-MM-DD`.
    pub date: String,
    /// The endpoint that was used, by its ID.
    pub endpoint_id: String,
    /// The model's slug, such as `openai/gpt-4.1`.
    pub model: String,
    /// The model's permanent slug, such as `openai/gpt-4.1-2025-04-14`.
    pub model_permaslug: String,
    /// Tokens of the prompts.
    pub prompt_tokens: i64,
    /// The provider the endpoint belongs to.
    pub provider_name: String,
    /// Tokens of reasoning.
    pub reasoning_tokens: i64,
    /// How many requests were made.
    pub requests: i64,
    /// OpenRouter credits that were spent, in US dollars.
    pub usage: f64,
    /// The workspace, only with `group_by=workspace`; the default one for activity older than workspaces.
    pub workspace_id: Option<String>,
}

/// The answer to asking what can be queried.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GetAnalyticsMetaResponse {
    /// What can be queried.
    pub data: AnalyticsMeta,
}

/// What an analytics query can use.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsMeta {
    /// What results can be grouped and filtered by.
    pub dimensions: Vec<AnalyticsDimension>,
    /// The steps that time can be divided into.
    pub granularities: Vec<AnalyticsGranularity>,
    /// The numbers that can be computed.
    pub metrics: Vec<AnalyticsMetric>,
    /// The comparisons that filters can use.
    pub operators: Vec<AnalyticsOperator>,
}

/// Something to group and filter results by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsDimension {
    /// The label shown to people.
    pub display_label: String,
    /// What queries call the dimension.
    pub name: String,
}

/// A step that time can be divided into.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnalyticsGranularity {
    /// The label shown to people.
    pub display_label: String,
    /// What queries call the step.
    pub name: AnalyticsGranularityName,
}

open_enum! {
    /// What queries call a step of time.
    pub enum AnalyticsGranularityName { Minute, Hour, Day, Week, Month }
}

/// A number that queries can compute.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnalyticsMetric {
    /// How to show the value, such as `percent` (times 100, with %) or `currency` (with $).
    pub display_format: AnalyticsMetricFormat,
    /// The label shown to people.
    pub display_label: String,
    /// Whether it is a ratio, to be averaged and not added up.
    pub is_rate: bool,
    /// What queries call the metric.
    pub name: String,
}

open_enum! {
    /// How the value of a metric is to be shown.
    pub enum AnalyticsMetricFormat { Number, Currency, Percent, Latency, Throughput }
}

/// A comparison that filters can use.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnalyticsOperator {
    /// What filters call the comparison.
    pub name: AnalyticsOperatorName,
    /// Whether it compares with one value or with several.
    pub value_type: AnalyticsOperatorValueType,
}

open_enum! {
    /// What filters call a comparison.
    pub enum AnalyticsOperatorName { Eq, Neq, In, NotIn, Gt, Gte, Lt, Lte }

    /// Whether a comparison takes one value or an array.
    pub enum AnalyticsOperatorValueType { Scalar, Array }
}

/// Tags of a classifier that results are grouped by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsClassifierDimensions {
    /// The classifier whose tags to group by, by its UUID.
    pub classifier_id: String,
    /// The classifier's dimensions to group by, at most 2, a column each; absent for one row per dimension and value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimension_names: Option<Vec<String>>,
    /// Whether generations without a tag of the classifier count too; false by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_nulls: Option<bool>,
}

/// Tags of a classifier that results are filtered by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsClassifierFilters {
    /// The classifier whose tags to filter by, by its UUID; the one of `classifier_dimensions` if that is given.
    pub classifier_id: String,
    /// The conditions, 1 to 10.
    pub filters: Vec<AnalyticsClassifierFilter>,
}

/// A condition on a tag of a classifier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnalyticsClassifierFilter {
    /// The classifier's dimension to look at, such as `work_type`.
    pub field: String,
    /// The comparison: `eq`, `neq`, `in` or `not_in`.
    pub operator: String,
    /// What to compare with: one value for `eq` and `neq`, an array for `in` and `not_in`.
    pub value: AnalyticsFilterValue,
}

union! {
    /// What a filter compares with: text, a number, or a list of them.
    pub enum AnalyticsFilterValue {
        _ => Text(String),
        _ => Number(f64),
        _ => List(Vec<AnalyticsFilterScalar>),
    }
}

/// A condition on a dimension.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnalyticsFilter {
    /// The dimension to look at, one of those that `/analytics/meta` lists.
    pub field: String,
    /// Whether rows without a value of the dimension pass too; for `in` and `not_in` where the dimension allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub include_unset: Option<bool>,
    /// The comparison, such as `eq`.
    pub operator: String,
    /// What to compare with: the ID or slug of a key, user, workspace, app or model and never its display name; else
    /// the value as returned.
    pub value: AnalyticsFilterValue,
}

/// What rows are sorted by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnalyticsOrder {
    /// Whether the smallest or the largest comes first.
    pub direction: SortDirection,
    /// A metric or dimension of the query, `date`, or `request_count` even if it is not queried.
    pub field: String,
}

/// The time a query looks at.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsTimeRange {
    /// Where the time ends, an RFC 3339 date.
    #[serde(deserialize_with = "crate::json::date::time")]
    pub end: String,
    /// Where the time begins, an RFC 3339 date.
    #[serde(deserialize_with = "crate::json::date::time")]
    pub start: String,
}

/// The answer to a query.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct QueryAnalyticsResponse {
    /// The rows and facts about the query.
    pub data: AnalyticsResult,
}

/// The rows of a query, with facts about it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsResult {
    /// When the result was put in the cache it came from.
    #[serde(rename = "cachedAt")]
    pub cached_at: Option<f64>,
    /// The rows: dimensions and metrics by their names.
    pub data: Vec<Object>,
    /// How the query ran.
    pub metadata: AnalyticsResultMetadata,
    /// Values of filters that could not be resolved, such as an unknown key hash; the query ran all the same.
    pub warnings: Option<Vec<String>>,
}

/// How a query ran.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnalyticsResultMetadata {
    /// How long the query took, in milliseconds.
    pub query_time_ms: f64,
    /// How many rows there are.
    pub row_count: i64,
    /// Whether rows were cut off by a limit.
    pub truncated: bool,
}
