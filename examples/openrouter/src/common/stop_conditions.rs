//! When a model that calls tools stops.

use serde::{Deserialize, Serialize};

use crate::json::union;

union! {
    /// What ends the loop in which a model uses tools of OpenRouter.
    pub enum StopCondition {
        tag type = "step_count_is" => StepCountIs(StopAtStepCount),
        tag type = "has_tool_call" => HasToolCall(StopAtToolCall),
        tag type = "max_tokens_used" => MaxTokensUsed(StopAtTokens),
        tag type = "max_cost" => MaxCost(StopAtCost),
        tag type = "finish_reason_is" => FinishReasonIs(StopAtFinishReason),
    }
}

/// Ends it after so many steps.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StopAtStepCount {
    /// How many steps.
    pub step_count: i64,
}

/// Ends it when a tool was called.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StopAtToolCall {
    /// The tool's name.
    pub tool_name: String,
}

/// Ends it when more tokens than this were used.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StopAtTokens {
    /// How many tokens, over all steps.
    pub max_tokens: i64,
}

/// Ends it when it cost more than this.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StopAtCost {
    /// How much, in US dollars, over all steps.
    pub max_cost_in_dollars: f64,
}

/// Ends it when the model finished for this reason.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct StopAtFinishReason {
    /// The reason, as the model gives it: `length`.
    pub reason: String,
}
