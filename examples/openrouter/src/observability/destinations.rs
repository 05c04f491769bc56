//! Where traces go.

use std::collections::BTreeMap;

use api_request::Secret;
use serde::{Deserialize, Serialize};

use super::ObservabilityFilterRulesConfig;
use crate::json::{open_enum, union};

/// A place traces are sent to, one variant per service.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ObservabilityDestination {
    /// Hashes of the OpenRouter keys whose traffic is sent; `null` for all keys.
    pub api_key_hashes: Option<Vec<String>>,
    /// Whether the cost and billing data of generations is sent too.
    pub broadcast_generation_cost: bool,
    /// Whether data on who made the generation is sent too.
    pub broadcast_generation_identity: bool,
    /// Whether data on the context of the request is sent too.
    pub broadcast_generation_request_context: bool,
    /// When the destination was created, an RFC 3339 date.
    pub created_at: String,
    /// Whether traces are being sent here now.
    pub enabled: bool,
    /// Rules that select which events are sent; `null` for all.
    pub filter_rules: Option<ObservabilityFilterRulesConfig>,
    /// What names the destination in this API; it never changes.
    pub id: String,
    /// The name shown to people.
    pub name: Option<String>,
    /// Whether only metadata is sent, without the bodies of requests and responses.
    pub privacy_mode: bool,
    /// Share of the events that is sent, from 0.0001 to 1 (all).
    pub sampling_rate: f64,
    /// When the destination was last changed, an RFC 3339 date.
    pub updated_at: String,
    /// The workspace the destination is part of.
    pub workspace_id: String,
    /// What kind of destination it is, with its settings.
    #[serde(flatten)]
    pub kind: ObservabilityDestinationKind,
}

/// A destination that sends traces to Arize AX.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ArizeDestination {
    /// How to reach Arize AX.
    pub config: ArizeDestinationConfig,
}

/// Address and credentials for Arize AX.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ArizeDestinationConfig {
    /// The API key of Arize AX; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// The address of Arize; `https://otlp.arize.com` by default.
    #[serde(rename = "baseUrl")]
    pub base_url: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The tracing project in Arize AX, by its name.
    #[serde(rename = "modelId")]
    pub model_id: String,
    /// The key of the Arize space; masked in answers.
    #[serde(rename = "spaceKey")]
    pub space_key: Secret<String>,
}

/// A destination that sends traces to Braintrust.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BraintrustDestination {
    /// How to reach Braintrust.
    pub config: BraintrustDestinationConfig,
}

/// Address and credentials for Braintrust.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct BraintrustDestinationConfig {
    /// The API key of Braintrust; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// The address of Braintrust; `https://api.braintrust.dev` by default.
    #[serde(rename = "baseUrl")]
    pub base_url: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The Braintrust project that gets the traces.
    #[serde(rename = "projectId")]
    pub project_id: String,
}

/// A destination that writes traces to a `ClickHouse` table.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ClickhouseDestination {
    /// How to reach `ClickHouse`.
    pub config: ClickhouseDestinationConfig,
}

/// Address, table and credentials for `ClickHouse`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ClickhouseDestinationConfig {
    /// The database that has the table.
    pub database: String,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The address of the `ClickHouse` server.
    pub host: String,
    /// The password of the user; masked in answers.
    pub password: Secret<String>,
    /// The table to write to; `OPENROUTER_TRACES` by default.
    pub table: Option<String>,
    /// The user to log in as; `default` where none was set up in `ClickHouse`.
    pub username: String,
}

/// A destination that sends traces to Datadog.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DatadogDestination {
    /// How to reach Datadog.
    pub config: DatadogDestinationConfig,
}

/// Address and credentials for Datadog.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct DatadogDestinationConfig {
    /// A Datadog key allowed to use LLM Observability; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// What your application is called in Datadog LLM Observability.
    #[serde(rename = "mlApp")]
    pub ml_app: String,
    /// The address of the Datadog API in your region; `https://api.us5.datadoghq.com` by default.
    pub url: Option<String>,
}

/// A destination that sends traces to Grafana Cloud.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GrafanaDestination {
    /// How to reach Grafana Cloud.
    pub config: GrafanaDestinationConfig,
}

/// Address and credentials for Grafana Cloud.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct GrafanaDestinationConfig {
    /// The API key of Grafana Cloud; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// The OTLP gateway; `https://otlp-gateway-prod-us-west-0.grafana.net` by default.
    #[serde(rename = "baseUrl")]
    pub base_url: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The Grafana Cloud instance that gets the traces.
    #[serde(rename = "instanceId")]
    pub instance_id: String,
}

/// A destination that sends traces to Langfuse.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LangfuseDestination {
    /// How to reach Langfuse.
    pub config: LangfuseDestinationConfig,
}

/// Address and credentials for Langfuse.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LangfuseDestinationConfig {
    /// The address of Langfuse; `https://us.cloud.langfuse.com` by default.
    #[serde(rename = "baseUrl")]
    pub base_url: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The public key of the Langfuse project; masked in answers.
    #[serde(rename = "publicKey")]
    pub public_key: String,
    /// The secret key of the Langfuse project; masked in answers.
    #[serde(rename = "secretKey")]
    pub secret_key: Secret<String>,
}

/// A destination that sends traces to `LangSmith`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LangsmithDestination {
    /// How to reach `LangSmith`.
    pub config: LangsmithDestinationConfig,
}

/// Address and credentials for `LangSmith`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct LangsmithDestinationConfig {
    /// The API key of `LangSmith`; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// The address of `LangSmith`; `https://api.smith.langchain.com` by default.
    pub endpoint: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The project that gets the traces; `main` by default.
    pub project: Option<String>,
    /// The `LangSmith` workspace; must be set if the key is of a whole organization.
    #[serde(rename = "workspaceId")]
    pub workspace_id: Option<String>,
}

/// A destination that sends traces to New Relic.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewrelicDestination {
    /// How to reach New Relic.
    pub config: NewrelicDestinationConfig,
}

/// Region and credentials for New Relic.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct NewrelicDestinationConfig {
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The license key of New Relic; masked in answers.
    #[serde(rename = "licenseKey")]
    pub license_key: Secret<String>,
    /// The region of the account; `us` by default.
    pub region: Option<NewrelicDestinationRegion>,
}

open_enum! {
    /// A region of New Relic.
    pub enum NewrelicDestinationRegion { Us, Eu }
}

/// A destination that sends traces to Opik.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpikDestination {
    /// How to reach Opik.
    pub config: OpikDestinationConfig,
}

/// Project and credentials for Opik.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpikDestinationConfig {
    /// The API key of Opik; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The Opik project that gets the traces.
    #[serde(rename = "projectName")]
    pub project_name: String,
    /// The Opik workspace that has the project.
    pub workspace: String,
}

/// A destination that sends traces to an `OpenTelemetry` collector.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OtelCollectorDestination {
    /// How to reach the collector.
    pub config: OtelCollectorDestinationConfig,
}

/// Address and headers for an `OpenTelemetry` collector.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OtelCollectorDestinationConfig {
    /// The address of the collector.
    pub endpoint: String,
    /// HTTP headers to add, for example the `Authorization` and `X-Axiom-Dataset` that Axiom wants.
    pub headers: Option<BTreeMap<String, String>>,
}

/// A destination that sends traces to `PostHog`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PosthogDestination {
    /// How to reach `PostHog`.
    pub config: PosthogDestinationConfig,
}

/// Address and credentials for `PostHog`.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct PosthogDestinationConfig {
    /// The API key of the `PostHog` project; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// The address of `PostHog`; `https://us.i.posthog.com` by default.
    pub endpoint: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
}

/// A destination that sends usage to Ramp.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RampDestination {
    /// How to reach Ramp.
    pub config: RampDestinationConfig,
}

/// Address and credentials for Ramp.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RampDestinationConfig {
    /// A key made in Ramp's integration settings; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// The address of Ramp; `https://api.ramp.com/developer/v1/ai-usage/openrouter` by default.
    #[serde(rename = "baseUrl")]
    pub base_url: Option<String>,
    /// HTTP headers to add to each request to Ramp.
    pub headers: Option<BTreeMap<String, String>>,
}

/// A destination that writes traces to an `S3` bucket.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct S3Destination {
    /// How to reach the bucket.
    pub config: S3DestinationConfig,
}

/// Bucket, paths and credentials for `S3` or a compatible service.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct S3DestinationConfig {
    /// The public half of the AWS access key; masked in answers.
    #[serde(rename = "accessKeyId")]
    pub access_key_id: Secret<String>,
    /// The bucket to write to.
    #[serde(rename = "bucketName")]
    pub bucket_name: String,
    /// The address of a compatible service such as Cloudflare `R2` or `MinIO`; absent for `S3` of AWS.
    pub endpoint: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The object's folder: text with `{prefix}`, `{date}`, `{year}`, `{month}`, `{day}` and `{apiKeyName}`;
    /// `{prefix}/{date}` by default.
    #[serde(rename = "pathTemplate")]
    pub path_template: Option<String>,
    /// The value of `{prefix}` in the path; `openrouter-traces` by default.
    pub prefix: Option<String>,
    /// The AWS region of the bucket.
    pub region: Option<String>,
    /// The secret half of the AWS access key; masked in answers.
    #[serde(rename = "secretAccessKey")]
    pub secret_access_key: Secret<String>,
    /// The session token that goes with temporary AWS credentials.
    #[serde(rename = "sessionToken")]
    pub session_token: Option<Secret<String>>,
}

/// A destination that sends traces to Sentry.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SentryDestination {
    /// How to reach Sentry.
    pub config: SentryDestinationConfig,
}

/// Addresses for Sentry.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SentryDestinationConfig {
    /// The DSN of the Sentry project, a URL with a key inside.
    pub dsn: Secret<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The OTLP address of the Sentry project.
    #[serde(rename = "otlpEndpoint")]
    pub otlp_endpoint: String,
}

/// A destination that writes traces to a Snowflake table.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SnowflakeDestination {
    /// How to reach Snowflake.
    pub config: SnowflakeDestinationConfig,
}

/// Account, table and credentials for Snowflake.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct SnowflakeDestinationConfig {
    /// The Snowflake account, such as `xy12345.us-east-1`.
    pub account: String,
    /// The database to write to; `SNOWFLAKE_LEARNING_DB` by default.
    pub database: Option<String>,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The schema that has the table; `PUBLIC` by default.
    pub schema: Option<String>,
    /// The table to write to; `OPENROUTER_TRACES` by default.
    pub table: Option<String>,
    /// The access token of Snowflake; masked in answers.
    pub token: Secret<String>,
    /// The warehouse that runs the writes; `COMPUTE_WH` by default.
    pub warehouse: Option<String>,
}

/// A destination that sends traces to Weave of Weights & Biases.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WeaveDestination {
    /// How to reach Weave.
    pub config: WeaveDestinationConfig,
}

/// Address, project and credentials for Weave.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WeaveDestinationConfig {
    /// The API key of Weights & Biases; masked in answers.
    #[serde(rename = "apiKey")]
    pub api_key: Secret<String>,
    /// The address of Weave; `https://trace.wandb.ai` by default.
    #[serde(rename = "baseUrl")]
    pub base_url: Option<String>,
    /// The user or team that has the project.
    pub entity: String,
    /// HTTP headers to add to each request to the destination.
    pub headers: Option<BTreeMap<String, String>>,
    /// The project that gets the traces.
    pub project: String,
}

/// A destination that sends traces to a URL of yours.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebhookDestination {
    /// How to call the webhook.
    pub config: WebhookDestinationConfig,
}

/// Address, method and headers of a webhook.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebhookDestinationConfig {
    /// HTTP headers to add to each call.
    pub headers: Option<BTreeMap<String, String>>,
    /// The HTTP method of the calls; `POST` by default.
    pub method: Option<WebhookDestinationMethod>,
    /// The URL that is called.
    pub url: String,
}

open_enum! { "UPPERCASE";
    /// The HTTP method a webhook is called with.
    pub enum WebhookDestinationMethod { Post, PUT }
}

union! {
    /// The kind of a destination, with its settings.
    pub enum ObservabilityDestinationKind {
        tag type = "arize" => Arize(ArizeDestination),
        tag type = "braintrust" => Braintrust(BraintrustDestination),
        tag type = "clickhouse" => Clickhouse(ClickhouseDestination),
        tag type = "datadog" => Datadog(DatadogDestination),
        tag type = "grafana" => Grafana(GrafanaDestination),
        tag type = "langfuse" => Langfuse(LangfuseDestination),
        tag type = "langsmith" => Langsmith(LangsmithDestination),
        tag type = "newrelic" => Newrelic(NewrelicDestination),
        tag type = "opik" => Opik(OpikDestination),
        tag type = "otel-collector" => OtelCollector(OtelCollectorDestination),
        tag type = "posthog" => Posthog(PosthogDestination),
        tag type = "ramp" => Ramp(RampDestination),
        tag type = "s3" => S3(S3Destination),
        tag type = "sentry" => Sentry(SentryDestination),
        tag type = "snowflake" => Snowflake(SnowflakeDestination),
        tag type = "weave" => Weave(WeaveDestination),
        tag type = "webhook" => Webhook(WebhookDestination),
    }
}
