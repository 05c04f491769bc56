//! The list of all operations that are declared.

use std::marker::PhantomData;

use api_request::{ApiRequest, Body, BoxError, Client, Operation};
use serde_json::Value;

use crate::{
    any::AnyOperation,
    input::{Input, nearest::nearest},
};

/// Makes the lists: `module as "resource", "what it is about" { "verb" => Request: what it has beyond an answer of JSON, }`.
/// Where an operation has a second request, for another kind of body, that stands behind `or`.
macro_rules! list {
    ($(
        $module:ident as $resource:literal, $about:literal {
            $($verb:literal => $request:ident $(: $has:ident)? $(or $other_verb:literal => $other:ident)?,)+
        }
    )+) => {
        /// Every operation of the API, by resource.
        pub const OPERATIONS: &[&Operation] = &[$($(crate::$module::$request::OPERATION,)+)+];

        /// The names of the resources, and what each is about.
        pub const RESOURCES: &[(&str, &str)] = &[$(($resource, $about),)+];

        static ANY: &[AnyOperation] = &[$($(
            AnyOperation::new::<crate::$module::$request>($resource, $verb)
                $(.$has(PhantomData::<crate::$module::$request>))?,
            $(AnyOperation::new::<crate::$module::$other>($resource, $other_verb),)?
        )+)+];
    };
}

/// Every operation of [`OPERATIONS`], in its order, as what can be called without its type. `createAudioTranscriptions`,
/// which takes two kinds of body, is there twice: with JSON, and with the file.
#[must_use]
pub fn any_operations() -> &'static [AnyOperation] {
    ANY
}

/// The operation of a name in [`OPERATIONS`].
#[must_use]
pub fn operation(name: &str) -> Option<&'static AnyOperation> {
    any_operations()
        .iter()
        .find(|any| any.operation().name() == name)
}

/// The names in [`OPERATIONS`] that are nearest to one that is not there, the best first.
#[must_use]
pub fn nearest_operations(name: &str) -> Vec<&'static str> {
    let names = OPERATIONS.iter().map(|operation| operation.name());
    nearest(name, names, 3)
}

/// The operation of a name, as it takes the input: with a file, as a form.
#[must_use]
pub fn operation_for(name: &str, input: &Value) -> Option<&'static AnyOperation> {
    let first = operation(name)?;
    if input["body"]["file"].is_null() {
        return Some(first);
    }
    any_operations()
        .iter()
        .rfind(|any| any.operation().name() == name)
}

/// Builds what a client would send for an operation, by its name in [`OPERATIONS`], with the input that
/// [`Input::Json`] describes.
///
/// ```
/// use api_request::Client;
///
/// let client = Client::new(openrouter::BASE_URL)?;
/// let input = serde_json::json!({"query": {"limit": 2}});
/// let http = openrouter::build(&client, "listWorkspaces", &input)?;
/// assert_eq!(http.uri().query(), Some("limit=2"));
/// # Ok::<(), api_request::BoxError>(())
/// ```
///
/// # Errors
///
/// Fails if there is no such operation, and as [`AnyOperation::build`].
pub fn build(
    client: &Client,
    operation: &str,
    input: &Value,
) -> Result<http::Request<Body>, BoxError> {
    let any = operation_for(operation, input);
    let any = any.ok_or_else(|| format!("there is no operation `{operation}`"))?;
    Ok(any.build(client, &Input::Json(input.clone()))?)
}

list! {
    analytics as "analytics", "Use of the account, by time, model, key and more" {
        "get-activity" => GetUserActivity,
        "get-meta" => GetAnalyticsMeta,
        "query" => QueryAnalytics,
    }
    api_keys as "keys", "API keys: their limits, use and state" {
        "get-current" => GetCurrentKey,
        "list" => ListKeys: paged,
        "create" => CreateKey,
        "get" => GetKey,
        "update" => UpdateKey,
        "delete" => DeleteKey,
    }
    benchmarks as "benchmarks", "Scores of models in benchmarks" {
        "list" => ListBenchmarks,
    }
    byok as "byok", "Keys of providers that you bring yourself" {
        "list" => ListByokKeys: paged,
        "create" => CreateByokKey,
        "get" => GetByokKey,
        "update" => UpdateByokKey,
        "delete" => DeleteByokKey,
    }
    chat as "chat", "Chat completions" {
        "send" => SendChatCompletion: streamed,
    }
    classifications as "classifications", "What models are used for" {
        "get-tasks" => GetTaskClassifications,
    }
    credits as "credits", "Credits of the account" {
        "get" => GetCredits,
        "create-coinbase-charge" => CreateCoinbaseCharge,
    }
    datasets as "datasets", "Rankings and costs as data" {
        "get-app-rankings" => GetAppRankings: paged,
        "get-rankings-daily" => GetRankingsDaily,
        "get-session-cost" => GetSessionCost: paged,
    }
    embeddings as "embeddings", "Embeddings of texts and images" {
        "create" => CreateEmbeddings: streamed,
        "list-models" => ListEmbeddingModels: paged,
    }
    endpoints as "endpoints", "Where models are served" {
        "list-zdr" => ListZdrEndpoints,
        "list" => ListModelEndpoints,
    }
    files as "files", "Files to be used in requests" {
        "list" => ListFiles: paged,
        "upload" => UploadFile,
        "get" => GetFile,
        "delete" => DeleteFile,
        "download" => DownloadFile: raw,
    }
    generations as "generations", "Requests that were answered" {
        "get" => GetGeneration,
        "get-content" => GetGenerationContent,
        "submit-feedback" => SubmitGenerationFeedback,
    }
    guardrails as "guardrails", "Limits for keys and members" {
        "list" => ListGuardrails: paged,
        "create" => CreateGuardrail,
        "get" => GetGuardrail,
        "update" => UpdateGuardrail,
        "delete" => DeleteGuardrail,
        "list-keys" => ListGuardrailKeyAssignments: paged,
        "assign-keys" => AssignKeysToGuardrail,
        "unassign-keys" => UnassignKeysFromGuardrail,
        "list-members" => ListGuardrailMemberAssignments: paged,
        "assign-members" => AssignMembersToGuardrail,
        "unassign-members" => UnassignMembersFromGuardrail,
        "list-all-keys" => ListAllKeyAssignments: paged,
        "list-all-members" => ListAllMemberAssignments: paged,
    }
    images as "images", "Images made from prompts" {
        "generate" => GenerateImages: streamed,
        "list-models" => ListImageModels,
        "list-endpoints" => ListImageModelEndpoints,
    }
    messages as "messages", "Messages in the form of Anthropic's API" {
        "create" => CreateMessage: streamed,
    }
    models as "models", "Models and their prices" {
        "get" => GetModel,
        "list" => ListModels: paged,
        "count" => CountModels,
        "list-for-user" => ListUserModels: paged,
    }
    oauth as "auth", "Keys for apps that users let in" {
        "exchange-code" => ExchangeAuthCode,
        "create-code" => CreateAuthCode,
    }
    observability as "observability", "Destinations of traces" {
        "list" => ListObservabilityDestinations: paged,
        "create" => CreateObservabilityDestination,
        "get" => GetObservabilityDestination,
        "update" => UpdateObservabilityDestination,
        "delete" => DeleteObservabilityDestination,
    }
    organization as "organization", "Members of the organization" {
        "list-members" => ListOrganizationMembers: paged,
    }
    presets as "presets", "Stored settings of requests" {
        "list" => ListPresets: paged,
        "get" => GetPreset,
        "create-from-chat" => CreatePresetFromChat,
        "create-from-messages" => CreatePresetFromMessages,
        "create-from-responses" => CreatePresetFromResponses,
        "list-versions" => ListPresetVersions: paged,
        "get-version" => GetPresetVersion,
    }
    providers as "providers", "Providers of models" {
        "list" => ListProviders,
    }
    rerank as "rerank", "Documents in the order of their relevance" {
        "run" => RerankDocuments: streamed,
    }
    responses as "responses", "Responses in the form of OpenAI's API" {
        "send" => CreateResponse: streamed,
    }
    scim as "scim", "Groups of an identity provider" {
        "list-mappings" => ListScimGroupMappings: paged,
        "create-mapping" => CreateScimGroupMapping,
        "get-mapping" => GetScimGroupMapping,
        "update-mapping" => UpdateScimGroupMapping,
        "delete-mapping" => DeleteScimGroupMapping,
        "list-groups" => ListScimGroups: paged,
    }
    speech as "speech", "Text turned into audio" {
        "create" => CreateSpeech: raw,
    }
    transcriptions as "transcriptions", "Audio turned into text" {
        "create" => CreateTranscription or "create-from-file" => CreateTranscriptionFromFile,
    }
    video_generation as "videos", "Videos made from prompts" {
        "generate" => GenerateVideo,
        "get" => GetVideo,
        "download" => DownloadVideo: raw,
        "list-models" => ListVideoModels,
    }
    workspaces as "workspaces", "Workspaces with their budgets and members" {
        "list" => ListWorkspaces: paged,
        "create" => CreateWorkspace,
        "get" => GetWorkspace,
        "update" => UpdateWorkspace,
        "delete" => DeleteWorkspace,
        "list-budgets" => ListWorkspaceBudgets,
        "get-budget" => GetWorkspaceBudget,
        "set-budget" => SetWorkspaceBudget,
        "delete-budget" => DeleteWorkspaceBudget,
        "list-members" => ListWorkspaceMembers: paged,
        "add-members" => AddWorkspaceMembers,
        "remove-members" => RemoveWorkspaceMembers,
    }
}
