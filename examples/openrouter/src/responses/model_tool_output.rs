//! The items of tools that ask other models.

use serde::{Deserialize, Serialize};

use crate::{json::open_enum, responses::OutputItemStatus};

/// A call of the server tool `openrouter:fusion`, which asks a panel of models and analyses their answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FusionServerToolItem {
    /// How the answers of the panel compare.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub analysis: Option<FusionAnalysisResult>,
    /// Why the run came to no analysis.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// The models of the panel that gave no answer; absent when none failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed_models: Option<Vec<FusionFailedModel>>,
    /// A code for why the run failed, such as `rate_limited`, `judge_not_valid_json` or `cancelled`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure_reason: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The models of the panel that answered, with their answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub responses: Option<Vec<FusionPanelResponse>>,
    /// Web pages that the panel and the analyst found, each URL once; absent when none was cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<FusionSource>>,
    /// How far the call has got.
    pub status: OutputItemStatus,
}

/// How the answers of a fusion panel compare.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionAnalysisResult {
    /// What no model of the panel considered.
    pub blind_spots: Vec<String>,
    /// What the models agree on.
    pub consensus: Vec<String>,
    /// Where the models contradict each other.
    pub contradictions: Vec<FusionContradiction>,
    /// Points that only some of the models made.
    pub partial_coverage: Vec<FusionPartialCoverage>,
    /// Insights that only one model had.
    pub unique_insights: Vec<FusionUniqueInsight>,
}

/// A topic on which models of a fusion panel contradict each other.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionContradiction {
    /// What each model holds.
    pub stances: Vec<FusionStance>,
    /// What the models disagree about.
    pub topic: String,
}

/// What a model of a fusion panel holds on a topic.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionStance {
    /// The slug of the model.
    pub model: String,
    /// What the model holds.
    pub stance: String,
}

/// A point that only some models of a fusion panel made.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPartialCoverage {
    /// The slugs of the models that made the point.
    pub models: Vec<String>,
    /// The point in words.
    pub point: String,
}

/// An insight that only one model of a fusion panel had.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionUniqueInsight {
    /// The insight in words.
    pub insight: String,
    /// The slug of the model that had it.
    pub model: String,
}

/// A model of a fusion panel that gave no answer.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionFailedModel {
    /// Why the model failed.
    pub error: String,
    /// The slug of the model that failed.
    pub model: String,
    /// The HTTP status of the failure, such as 429, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status_code: Option<i64>,
}

/// The answer of a model of a fusion panel.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionPanelResponse {
    /// The model's whole answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// The slug of the model that answered.
    pub model: String,
}

/// A web page that a fusion run found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FusionSource {
    /// The title of the page.
    pub title: String,
    /// The address of the page.
    pub url: String,
}

/// A call of the server tool `openrouter:advisor`, which asks another model for advice.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AdvisorServerToolItem {
    /// What the advisor said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub advice: Option<String>,
    /// Why there was no advice; `status` is then `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Which of several advisors, by its place in `tools`: send it back and keep their order. Absent with only one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_name: Option<String>,
    /// The slug of the model that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// What the advisor was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    /// How far the call has got.
    pub status: FailableToolCallStatus,
}

open_enum! {
    /// How far a call of a tool has got, which can also have failed.
    pub enum FailableToolCallStatus { InProgress, Completed, Incomplete, Failed }
}

/// A call of the server tool `openrouter:subagent`, which hands a task to another model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SubagentServerToolItem {
    /// Experimental: what names the call, and is the `subagent_id` of the subagent's function calls; send it back with
    /// them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub call_id: Option<String>,
    /// Why the task had no outcome; `status` is then `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// What names the call's item.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Which of several subagents, by its place in `tools`: keep their order. Absent for the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instance_name: Option<String>,
    /// The slug of the model that did the task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The subagent's `name` in its tool entry; absent for one without a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What the subagent came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// How far the call has got.
    pub status: FailableToolCallStatus,
    /// The task as the model described it to the subagent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_description: Option<String>,
    /// The model's short name for the task.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task_name: Option<String>,
}
