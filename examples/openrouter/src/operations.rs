//! The list of all operations that are declared.

use api_request::{AnyOperation, ApiRequest, Body, BoxError, Client, Input, Operation};
use serde_json::Value;

use crate::named::{Named, expected, nearest, secrets};

/// Makes the lists: `module as "resource", "what it is about" { "verb" => Request, }`. Where an operation has a second
/// request, for another kind of body, that stands behind `or`.
macro_rules! list {
    ($(
        $module:ident as $resource:literal, $about:literal {
            $($verb:literal => $request:ident $(or $other_verb:literal => $other:ident)?,)+
        }
    )+) => {
        /// Every operation of the API, by resource.
        pub const OPERATIONS: &[&Operation] = &[$($(crate::$module::$request::OPERATION,)+)+];

        /// The names of the resources, and what each is about.
        pub const RESOURCES: &[(&str, &str)] = &[$(($resource, $about),)+];

        api_request::operations! {
            /// Every operation of the API and every kind of its body, as a check of the declarations takes them.
            pub static DECLARED: [$($(
                crate::$module::$request,
                $(crate::$module::$other,)?
            )+)+]
        }

        static NAMED: &[Named] = &{
            let mut named = [$($(
                list!(one crate::$module::$request, $resource, $verb),
                $(list!(one crate::$module::$other, $resource, $other_verb),)?
            )+)+];
            // In the order of the list, which a macro has no indices for.
            let mut at = 0;
            while at < named.len() {
                named[at].any = &DECLARED[at];
                at += 1;
            }
            named
        };
    };
    (one $request:path, $resource:literal, $verb:literal) => {
        Named {
            resource: $resource,
            verb: $verb,
            any: &DECLARED[0],
            expected: expected::<$request>,
            secrets: secrets::<$request>,
        }
    };
}

/// Every operation of [`OPERATIONS`], in its order, as a program has it. `createAudioTranscriptions`, which takes two kinds
/// of body, is there twice: with JSON, and with the file.
#[must_use]
pub fn any_operations() -> &'static [Named] {
    NAMED
}

/// The operation of a name in [`OPERATIONS`], to be built and sent from JSON.
///
/// ```no_run
/// use api_request::{AnyResponse, Input};
/// use openrouter::{BASE_URL, operation};
/// use serde_json::json;
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let client = api_request::Client::builder(BASE_URL).bearer("sk-or-v1-0e6f").build()?;
/// let operation = operation("getKey").ok_or("there is no such operation")?;
/// let input = Input::new(json!({"path": {"hash": "f01d"}}));
/// if let AnyResponse::Json(key) = operation.send(&client, &input).await? {
///     println!("{key}");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn operation(name: &str) -> Option<&'static AnyOperation> {
    operation_for(name, &Value::Null).map(|named| named.any)
}

/// The names in [`OPERATIONS`] that are nearest to one that is not there, the best first.
#[must_use]
pub fn nearest_operations(name: &str) -> Vec<&'static str> {
    nearest(name, OPERATIONS.iter().map(|operation| operation.name()))
}

/// The operation of a name, as it takes the input: with a file, as a form.
#[must_use]
pub fn operation_for(name: &str, input: &Value) -> Option<&'static Named> {
    let mut all = NAMED.iter().filter(|any| any.operation().name() == name);
    if input["body"]["file"].is_null() {
        return all.next();
    }
    all.next_back()
}

/// Builds what a client would send for an operation, by its name in [`OPERATIONS`], with an [`Input`].
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
    let named = operation_for(operation, input);
    let named = named.ok_or_else(|| format!("there is no operation `{operation}`"))?;
    Ok(named.any.build(client, &Input::new(input.clone()))?)
}

list! {
    analytics as "analytics", "Use of the account, by time, model, key and more" {
        "get-activity" => GetUserActivity,
        "get-meta" => GetAnalyticsMeta,
        "query" => QueryAnalytics,
    }
    api_keys as "keys", "API keys: their limits, use and state" {
        "get-current" => GetCurrentKey,
        "list" => ListKeys,
        "create" => CreateKey,
        "get" => GetKey,
        "update" => UpdateKey,
        "delete" => DeleteKey,
    }
    benchmarks as "benchmarks", "Scores of models in benchmarks" {
        "list" => ListBenchmarks,
    }
    byok as "byok", "Keys of providers that you bring yourself" {
        "list" => ListByokKeys,
        "create" => CreateByokKey,
        "get" => GetByokKey,
        "update" => UpdateByokKey,
        "delete" => DeleteByokKey,
    }
    chat as "chat", "Chat completions" {
        "send" => SendChatCompletion,
    }
    classifications as "classifications", "What models are used for" {
        "get-tasks" => GetTaskClassifications,
    }
    credits as "credits", "Credits of the account" {
        "get" => GetCredits,
        "create-coinbase-charge" => CreateCoinbaseCharge,
    }
    datasets as "datasets", "Rankings and costs as data" {
        "get-app-rankings" => GetAppRankings,
        "get-rankings-daily" => GetRankingsDaily,
        "get-session-cost" => GetSessionCost,
    }
    embeddings as "embeddings", "Embeddings of texts and images" {
        "create" => CreateEmbeddings,
        "list-models" => ListEmbeddingModels,
    }
    endpoints as "endpoints", "Where models are served" {
        "list-zdr" => ListZdrEndpoints,
        "list" => ListModelEndpoints,
    }
    files as "files", "Files to be used in requests" {
        "list" => ListFiles,
        "upload" => UploadFile,
        "get" => GetFile,
        "delete" => DeleteFile,
        "download" => DownloadFile,
    }
    generations as "generations", "Requests that were answered" {
        "get" => GetGeneration,
        "get-content" => GetGenerationContent,
        "submit-feedback" => SubmitGenerationFeedback,
    }
    guardrails as "guardrails", "Limits for keys and members" {
        "list" => ListGuardrails,
        "create" => CreateGuardrail,
        "get" => GetGuardrail,
        "update" => UpdateGuardrail,
        "delete" => DeleteGuardrail,
        "list-keys" => ListGuardrailKeyAssignments,
        "assign-keys" => AssignKeysToGuardrail,
        "unassign-keys" => UnassignKeysFromGuardrail,
        "list-members" => ListGuardrailMemberAssignments,
        "assign-members" => AssignMembersToGuardrail,
        "unassign-members" => UnassignMembersFromGuardrail,
        "list-all-keys" => ListAllKeyAssignments,
        "list-all-members" => ListAllMemberAssignments,
    }
    images as "images", "Images made from prompts" {
        "generate" => GenerateImages,
        "list-models" => ListImageModels,
        "list-endpoints" => ListImageModelEndpoints,
    }
    messages as "messages", "Messages in the form of Anthropic's API" {
        "create" => CreateMessage,
    }
    models as "models", "Models and their prices" {
        "get" => GetModel,
        "list" => ListModels,
        "count" => CountModels,
        "list-for-user" => ListUserModels,
    }
    oauth as "auth", "Keys for apps that users let in" {
        "exchange-code" => ExchangeAuthCode,
        "create-code" => CreateAuthCode,
    }
    observability as "observability", "Destinations of traces" {
        "list" => ListObservabilityDestinations,
        "create" => CreateObservabilityDestination,
        "get" => GetObservabilityDestination,
        "update" => UpdateObservabilityDestination,
        "delete" => DeleteObservabilityDestination,
    }
    organization as "organization", "Members of the organization" {
        "list-members" => ListOrganizationMembers,
    }
    presets as "presets", "Stored settings of requests" {
        "list" => ListPresets,
        "get" => GetPreset,
        "create-from-chat" => CreatePresetFromChat,
        "create-from-messages" => CreatePresetFromMessages,
        "create-from-responses" => CreatePresetFromResponses,
        "list-versions" => ListPresetVersions,
        "get-version" => GetPresetVersion,
    }
    providers as "providers", "Providers of models" {
        "list" => ListProviders,
    }
    rerank as "rerank", "Documents in the order of their relevance" {
        "run" => RerankDocuments,
    }
    responses as "responses", "Responses in the form of OpenAI's API" {
        "send" => CreateResponse,
    }
    scim as "scim", "Groups of an identity provider" {
        "list-mappings" => ListScimGroupMappings,
        "create-mapping" => CreateScimGroupMapping,
        "get-mapping" => GetScimGroupMapping,
        "update-mapping" => UpdateScimGroupMapping,
        "delete-mapping" => DeleteScimGroupMapping,
        "list-groups" => ListScimGroups,
    }
    speech as "speech", "Text turned into audio" {
        "create" => CreateSpeech,
    }
    transcriptions as "transcriptions", "Audio turned into text" {
        "create" => CreateTranscription or "create-from-file" => CreateTranscriptionFromFile,
    }
    video_generation as "videos", "Videos made from prompts" {
        "generate" => GenerateVideo,
        "get" => GetVideo,
        "download" => DownloadVideo,
        "list-models" => ListVideoModels,
    }
    workspaces as "workspaces", "Workspaces with their budgets and members" {
        "list" => ListWorkspaces,
        "create" => CreateWorkspace,
        "get" => GetWorkspace,
        "update" => UpdateWorkspace,
        "delete" => DeleteWorkspace,
        "list-budgets" => ListWorkspaceBudgets,
        "get-budget" => GetWorkspaceBudget,
        "set-budget" => SetWorkspaceBudget,
        "delete-budget" => DeleteWorkspaceBudget,
        "list-members" => ListWorkspaceMembers,
        "add-members" => AddWorkspaceMembers,
        "remove-members" => RemoveWorkspaceMembers,
    }
}
