//! Which requests are traced.

use serde::{Deserialize, Serialize};

use crate::{
    common::{AnalyticsFilterScalar, FilterLogic},
    json::open_enum,
};

/// Rules that select the events a destination gets, as the server returns them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ObservabilityFilterRulesConfig {
    /// Whether the rules apply; true by default.
    pub enabled: Option<bool>,
    /// The groups of rules.
    pub groups: Vec<ObservabilityFilterRuleGroup>,
}

/// Filter rules joined by one logical operator.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ObservabilityFilterRuleGroup {
    /// How the rules are joined; `and` by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub logic: Option<FilterLogic>,
    /// The rules of the group.
    pub rules: Vec<ObservabilityFilterRule>,
}

/// One condition on an event.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ObservabilityFilterRule {
    /// The property of the event to look at.
    pub field: ObservabilityFilterField,
    /// How the property is compared with `value`.
    pub operator: ObservabilityFilterOperator,
    /// What to compare with, text or a number; not needed for `exists` and `not_exists`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<AnalyticsFilterScalar>,
}

open_enum! {
    /// A property of an event that a filter rule can test.
    pub enum ObservabilityFilterField {
        Model, Provider, SessionId, UserId, ApiKeyName, FinishReason, Input, Output, TotalCost,
        TotalTokens, PromptTokens, CompletionTokens,
    }

    /// A comparison of a filter rule.
    pub enum ObservabilityFilterOperator {
        Equals, NotEquals, Contains, NotContains, Regex, StartsWith, EndsWith, Gt, Lt, Gte, Lte,
        Exists, NotExists,
    }
}

/// Rules that select the events a destination gets, as requests send them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ObservabilityFilterRulesInput {
    /// Whether the rules apply; true by default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The groups of rules.
    pub groups: Vec<ObservabilityFilterRuleGroup>,
}
