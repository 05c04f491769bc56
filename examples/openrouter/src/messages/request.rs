//! What is asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{AnthropicMessageParam, MessagesTextPart, MessagesTool, MessagesToolChoice};
use crate::{
    common::{
        AnthropicCacheControlDirective, AnthropicSpeed, CostTier, DeprecatedRoute, Plugin,
        ProviderPreferences, StopCondition, TraceConfig,
    },
    json::{Nullable, Object, constant, open_enum, union},
};

/// What to ask a model in the format of the Anthropic Messages API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesRequest {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// How to shorten the conversation when it grows long.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub context_management: Nullable<MessagesContextManagement>,
    /// At most 3 models to try in order when the first one fails or refuses; `OpenRouter` does it. Excludes `models`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub fallbacks: Nullable<Vec<MessagesFallbackParam>>,
    /// The most tokens that may be generated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_tokens: Option<i64>,
    /// The conversation so far, oldest message first.
    pub messages: Option<Vec<AnthropicMessageParam>>,
    /// What the provider may know about the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<MessagesMetadata>,
    /// The model to ask, for instance `anthropic/claude-sonnet-4.5`.
    pub model: String,
    /// Models to try in order. Excludes `fallbacks`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<String>>,
    /// How much effort to spend on the answer, and the format it must have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_config: Option<MessagesOutputConfig>,
    /// The plugins to use, with their settings.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plugins: Option<Vec<Plugin>>,
    /// Which providers may serve the request, and which are preferred.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub provider: Nullable<ProviderPreferences>,
    /// A deprecated form of the `sort.partition` of `provider`: `fallback` means `model`, `sort` means `none`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub route: Nullable<DeprecatedRoute>,
    /// The class of service to be processed in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub service_tier: Option<String>,
    /// What groups requests of a conversation, at most 256 characters: they go to the same provider, which helps its
    /// cache. Goes before the header `x-session-id`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// How fast to generate: `fast` costs more; `standard` if absent.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub speed: Nullable<AnthropicSpeed>,
    /// Texts that end the generation where the model writes one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_sequences: Option<Vec<String>>,
    /// Ends the loop of server tools when any of these holds, instead of `max_tool_calls`. Pending calls still run,
    /// then a last turn without tools gives the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_server_tools_when: Option<Vec<StopCondition>>,
    /// Whether the answer comes as a stream of events.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream: Option<bool>,
    /// Instructions to the model that stand before the conversation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<MessagesSystem>,
    /// How random the choice of tokens is: low values give steadier answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub temperature: Option<f64>,
    /// Whether the model thinks before it answers, and how much.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thinking: Option<MessagesThinking>,
    /// Whether the model may or must call tools, or which one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_choice: Option<MessagesToolChoice>,
    /// The tools that the model may call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tools: Option<Vec<MessagesTool>>,
    /// Only so many of the likeliest tokens are considered at each step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_k: Option<i64>,
    /// Only the likeliest tokens that together reach this probability are considered, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_p: Option<f64>,
    /// Names for tracing (`trace_id`, `trace_name`, `span_name`, `generation_name`, `parent_span_id`), and notes that
    /// go to your trace destinations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trace: Option<TraceConfig>,
    /// A name for your end user, at most 256 characters, so that abuse by one of them is not held against the whole
    /// app.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

/// What is done to the context of a conversation before the model sees it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesContextManagement {
    /// The edits to apply to the context.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edits: Option<Vec<MessagesContextEdit>>,
}

union! {
    /// An edit of the context of a conversation.
    pub enum MessagesContextEdit {
        tag type = "clear_tool_uses_20250919" => ClearToolUses20250919(MessagesClearToolUses20250919),
        tag type = "clear_thinking_20251015" => ClearThinking20251015(MessagesClearThinking20251015),
        tag type = "compact_20260112" => Compact20260112(MessagesCompact20260112),
    }
}

/// An edit that removes old tool results from the context.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesClearToolUses20250919 {
    /// How much the edit must at least remove to be worth it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub clear_at_least: Nullable<AnthropicInputTokensClearAtLeast>,
    /// Whether the inputs of the calls are removed too, or of which tools.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub clear_tool_inputs: Nullable<MessagesClearToolInputs>,
    /// Names of the tools whose results are never removed.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub exclude_tools: Nullable<Vec<String>>,
    /// How many of the latest tool uses stay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<AnthropicToolUsesKeep>,
    /// When the edit is applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<MessagesClearToolUsesTrigger>,
}

/// The least number of input tokens that an edit must remove.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicInputTokensClearAtLeast {
    /// Always `input_tokens`.
    pub r#type: AnthropicInputTokensClearAtLeastType,
    /// A number of input tokens.
    pub value: i64,
}

constant! {
    /// The text `input_tokens`.
    pub struct AnthropicInputTokensClearAtLeastType = "input_tokens";
}

union! {
    /// The tools whose inputs are removed with their results: all or none, or those of a list.
    pub enum MessagesClearToolInputs {
        _ => Bool(bool),
        _ => Texts(Vec<String>),
    }
}

/// A number of recent tool uses to keep.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicToolUsesKeep {
    /// Always `tool_uses`.
    pub r#type: AnthropicToolUsesKeepType,
    /// A number of tool uses.
    pub value: i64,
}

constant! {
    /// The text `tool_uses`.
    pub struct AnthropicToolUsesKeepType = "tool_uses";
}

union! {
    /// A size of the conversation from which on old tool results are removed.
    pub enum MessagesClearToolUsesTrigger {
        tag type = "input_tokens" => InputTokens(AnthropicInputTokensTrigger),
        tag type = "tool_uses" => ToolUses(AnthropicToolUsesTrigger),
    }
}

/// A trigger that counts the tokens of the input.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicInputTokensTrigger {
    /// The number of input tokens at which the edit is applied.
    pub value: i64,
}

/// A trigger that counts the uses of tools.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicToolUsesTrigger {
    /// The number of tool uses at which the edit is applied.
    pub value: i64,
}

/// An edit that removes old thinking from the context.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesClearThinking20251015 {
    /// How much of the thinking stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub keep: Option<MessagesThinkingKeep>,
}

union! {
    /// The thinking to keep: that of the latest turns, or all.
    pub enum MessagesThinkingKeep {
        tag type = "thinking_turns" => ThinkingTurns(AnthropicThinkingTurns),
        tag type = "all" => All(MessagesThinkingKeepAll),
        _ => Mode(MessagesKeepThinkingMode),
    }
}

/// A number of turns whose thinking is kept.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicThinkingTurns {
    /// A number of turns, counted from the latest.
    pub value: i64,
}

/// The wish to keep all thinking.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesThinkingKeepAll {}

open_enum! {
    /// Which turns keep their thinking: `all`.
    pub enum MessagesKeepThinkingMode { All }
}

/// An edit that replaces the old part of a conversation by a summary.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesCompact20260112 {
    /// How the summary is to be written.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub instructions: Nullable<String>,
    /// Whether the answer ends after the summary, so that you can look at it and go on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pause_after_compaction: Option<bool>,
    /// When the conversation is summed up.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub trigger: Nullable<MessagesCompactTrigger>,
}

/// A number of input tokens from which on a conversation is summed up.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesCompactTrigger {
    /// Always `input_tokens`.
    pub r#type: MessagesRequestContextManagementEditCompact20260112TriggerType,
    /// The number of input tokens at which the edit is applied.
    pub value: i64,
}

constant! {
    /// The text `input_tokens`.
    pub struct MessagesRequestContextManagementEditCompact20260112TriggerType = "input_tokens";
}

/// A model to try when the first one fails or refuses; nothing but the model can be set.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesFallbackParam {
    /// The model to try.
    pub model: String,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

/// Facts about a request for the provider.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesMetadata {
    /// An opaque name of your end user.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub user_id: Nullable<String>,
}

/// How much effort goes into an answer, and what form the answer takes.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesOutputConfig {
    /// How hard the model works on the answer: more effort takes longer. One of `low`, `medium`, `high`, `xhigh` and
    /// `max`.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub effort: Nullable<CostTier>,
    /// The JSON Schema that the answer must fit.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub format: Nullable<MessagesOutputFormat>,
    /// A number of tokens for the whole turn, which the model tries to keep to.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub task_budget: Nullable<MessagesTaskBudget>,
}

/// The format of an answer, given as a JSON Schema.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesOutputFormat {
    /// The JSON Schema.
    pub schema: Object,
    /// Always `json_schema`.
    pub r#type: MessagesOutputConfigFormatType,
}

constant! {
    /// The text `json_schema`.
    pub struct MessagesOutputConfigFormatType = "json_schema";
}

/// A token budget for an agent's turn, whose rest is shown to the model; it is advice, not a limit.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesTaskBudget {
    /// The tokens that are left.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub remaining: Nullable<i64>,
    /// The tokens of the whole budget.
    pub total: i64,
    /// Always `tokens`.
    pub r#type: MessagesOutputConfigTaskBudgetType,
}

constant! {
    /// The text `tokens`.
    pub struct MessagesOutputConfigTaskBudgetType = "tokens";
}

union! {
    /// The system instructions: a text, or a list of blocks.
    pub enum MessagesSystem {
        _ => Text(String),
        _ => List(Vec<MessagesTextPart>),
    }
}

union! {
    /// Whether the model thinks: on, off, or as it sees fit.
    pub enum MessagesThinking {
        tag type = "enabled" => Enabled(MessagesThinkingEnabled),
        tag type = "disabled" => Disabled(MessagesThinkingDisabled),
        tag type = "adaptive" => Adaptive(MessagesThinkingAdaptive),
    }
}

/// Thinking with a fixed budget.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesThinkingEnabled {
    /// The most tokens to think with.
    pub budget_tokens: i64,
    /// Whether the answer shows a summary of the thinking, or none of it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub display: Nullable<AnthropicThinkingDisplay>,
}

open_enum! {
    /// How thinking is shown in an answer.
    pub enum AnthropicThinkingDisplay { Summarized, Omitted }
}

/// No thinking.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesThinkingDisabled {}

/// Thinking whose amount the model chooses itself.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesThinkingAdaptive {
    /// Whether the answer shows a summary of the thinking, or none of it.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub display: Nullable<AnthropicThinkingDisplay>,
}
