//! Destinations that traces of your requests are sent to (Langfuse, Datadog, `S3` and others).

mod destinations;
mod filters;

use api_request::{ApiRequest, ApiResponse, FromHttp};
use serde::{Deserialize, Serialize};

pub use self::{destinations::*, filters::*};
use crate::{
    OpenRouter, Paging,
    json::{Nullable, Object, open_enum},
};

/// Lists the destinations of a workspace whose types are released as stable. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/observability/destinations")]
#[api(name = "listObservabilityDestinations", fields = query, response = ListDestinationsResponse)]
#[api(paginate(offset = paging.offset, limit = paging.limit, total = total_count, items = data, item = ObservabilityDestination))]
pub struct ListObservabilityDestinations {
    /// Where the listing starts, and how many entries to return.
    #[api(flatten)]
    pub paging: Paging,
    /// The workspace to list, by its ID; the default workspace if absent.
    pub workspace_id: Option<String>,
}

/// Adds a destination to a workspace, at most 5 per type. Needs a management key.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/observability/destinations")]
#[api(name = "createObservabilityDestination", fields = json, response = CreateDestinationResponse)]
pub struct CreateObservabilityDestination {
    /// Hashes of the OpenRouter keys whose traffic is sent, at least one; all keys if `null` or absent.
    #[serde(default)]
    pub api_key_hashes: Nullable<Vec<String>>,
    /// Whether the cost and billing data of generations is sent too.
    pub broadcast_generation_cost: Option<bool>,
    /// Whether data on who made the generation is sent too.
    pub broadcast_generation_identity: Option<bool>,
    /// Whether data on the context of the request is sent too.
    pub broadcast_generation_request_context: Option<bool>,
    /// Settings of the service, with its credentials; the members depend on `type`, and the server checks them.
    #[api(secret)]
    pub config: Object,
    /// Whether sending starts at once; true by default.
    pub enabled: Option<bool>,
    /// Rules that select which events are sent; `null` for all.
    #[serde(default)]
    pub filter_rules: Nullable<ObservabilityFilterRulesInput>,
    /// The name shown to people.
    pub name: String,
    /// Whether to send metadata only, without the bodies of requests and responses.
    pub privacy_mode: Option<bool>,
    /// Share of the events to send, from 0.0001 to 1 (all).
    pub sampling_rate: Option<f64>,
    /// The service to send to; only types released as stable are taken.
    #[serde(deserialize_with = "crate::json::listed")]
    pub r#type: ObservabilityDestinationType,
    /// The workspace to work in, by its ID; the default workspace if absent.
    pub workspace_id: Option<String>,
}

/// Reads one destination. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/observability/destinations/{id}")]
#[api(name = "getObservabilityDestination", response = GetDestinationResponse)]
pub struct GetObservabilityDestination {
    /// What names the destination, a UUID.
    pub id: String,
}

/// Changes a destination; members left out keep their value. Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = PATCH, path = "/observability/destinations/{id}")]
#[api(name = "updateObservabilityDestination", fields = json, response = UpdateDestinationResponse)]
pub struct UpdateObservabilityDestination {
    /// What names the destination, a UUID.
    pub id: String,
    /// Hashes of the keys whose traffic is sent, at least one; `null` for all keys, absent to keep the list.
    #[serde(default)]
    pub api_key_hashes: Nullable<Vec<String>>,
    /// Whether to send the cost and billing data of generations too.
    pub broadcast_generation_cost: Option<bool>,
    /// Whether to send data on who made the generation too.
    pub broadcast_generation_identity: Option<bool>,
    /// Whether to send data on the context of the request too.
    pub broadcast_generation_request_context: Option<bool>,
    /// Settings of the service to change; masked values are skipped and absent ones stay.
    #[api(secret)]
    pub config: Option<Object>,
    /// Whether traces are to be sent here.
    pub enabled: Option<bool>,
    /// Rules that select which events are sent; `null` for no filter.
    #[serde(default)]
    pub filter_rules: Nullable<ObservabilityFilterRulesInput>,
    /// The name shown to people.
    pub name: Option<String>,
    /// Whether to send metadata only, without the bodies of requests and responses.
    pub privacy_mode: Option<bool>,
    /// Share of the events to send, from 0.0001 to 1 (all).
    pub sampling_rate: Option<f64>,
}

/// Deletes a destination (a soft delete). Needs a management key.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/observability/destinations/{id}")]
#[api(name = "deleteObservabilityDestination", response = DeleteDestinationResponse)]
pub struct DeleteObservabilityDestination {
    /// What names the destination, a UUID.
    pub id: String,
}

/// A page of destinations.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ListDestinationsResponse {
    /// The destinations of this page.
    pub data: Vec<ObservabilityDestination>,
    /// How many destinations there are on all pages.
    pub total_count: i64,
}

open_enum! { "kebab-case";
    /// A kind of service that a destination can send to.
    pub enum ObservabilityDestinationType {
        Arize, Braintrust, Clickhouse, Datadog, Grafana, Langfuse, Langsmith, Newrelic, Opik,
        OtelCollector, Posthog, Ramp, S3, Sentry, Snowflake, Weave, Webhook,
    }
}

/// The answer to adding a destination.
#[derive(Debug, Clone, ApiResponse)]
#[api(status = 201, fields = json)]
pub struct CreateDestinationResponse {
    /// The destination that was added.
    pub data: ObservabilityDestination,
}

/// The answer to reading a destination.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct GetDestinationResponse {
    /// The destination asked for.
    pub data: ObservabilityDestination,
}

/// The answer to changing a destination.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct UpdateDestinationResponse {
    /// The destination after the change.
    pub data: ObservabilityDestination,
}

/// The answer to deleting a destination.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DeleteDestinationResponse {
    /// Whether it was deleted; true in every answer that is no error.
    pub deleted: bool,
}
