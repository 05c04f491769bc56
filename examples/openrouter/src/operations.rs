//! The list of all operations that are declared.

use api_request::{ApiRequest, Body, BoxError, Client, Operation};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::input;

/// Makes the list, resource by resource, and what goes by it.
macro_rules! list {
    ($($module:ident::$request:ident,)+) => {
        /// Every operation that is declared here, by resource.
        pub const OPERATIONS: &[&Operation] = &[$(crate::$module::$request::OPERATION,)+];

        /// Builds what a client would send for an operation, by its name in [`OPERATIONS`], with the input that
        /// [`input::read`] describes.
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
        /// Fails if there is no such operation, if the input is none of its requests, if that cannot be encoded, and if a
        /// member of a JSON body would not be sent, because it is not declared.
        pub fn build(
            client: &Client,
            operation: &str,
            input: &Value,
        ) -> Result<http::Request<Body>, BoxError> {
            // The one operation that takes two kinds of body: with a file, it is a form.
            if operation == "createAudioTranscriptions" && !input["body"]["file"].is_null() {
                return build_as::<crate::transcriptions::CreateTranscriptionFromFile>(client, input);
            }
            $(
                if operation == crate::$module::$request::OPERATION.name() {
                    return build_as::<crate::$module::$request>(client, input);
                }
            )+
            Err(format!("there is no operation `{operation}`").into())
        }
    };
}

fn build_as<R: ApiRequest + DeserializeOwned>(
    client: &Client,
    input: &Value,
) -> Result<http::Request<Body>, BoxError> {
    let request: R = input::read(input)?;
    let http = client.call(&request).build()?;
    input::check_sent(R::OPERATION, input, &http)?;
    Ok(http)
}

list! {
    analytics::GetUserActivity,
    analytics::GetAnalyticsMeta,
    analytics::QueryAnalytics,
    api_keys::GetCurrentKey,
    api_keys::ListKeys,
    api_keys::CreateKey,
    api_keys::GetKey,
    api_keys::UpdateKey,
    api_keys::DeleteKey,
    benchmarks::ListBenchmarks,
    byok::ListByokKeys,
    byok::CreateByokKey,
    byok::GetByokKey,
    byok::UpdateByokKey,
    byok::DeleteByokKey,
    chat::SendChatCompletion,
    classifications::GetTaskClassifications,
    credits::GetCredits,
    credits::CreateCoinbaseCharge,
    datasets::GetAppRankings,
    datasets::GetRankingsDaily,
    datasets::GetSessionCost,
    embeddings::CreateEmbeddings,
    embeddings::ListEmbeddingModels,
    endpoints::ListZdrEndpoints,
    endpoints::ListModelEndpoints,
    files::ListFiles,
    files::UploadFile,
    files::GetFile,
    files::DeleteFile,
    files::DownloadFile,
    generations::GetGeneration,
    generations::GetGenerationContent,
    generations::SubmitGenerationFeedback,
    guardrails::ListGuardrails,
    guardrails::CreateGuardrail,
    guardrails::GetGuardrail,
    guardrails::UpdateGuardrail,
    guardrails::DeleteGuardrail,
    guardrails::ListGuardrailKeyAssignments,
    guardrails::AssignKeysToGuardrail,
    guardrails::UnassignKeysFromGuardrail,
    guardrails::ListGuardrailMemberAssignments,
    guardrails::AssignMembersToGuardrail,
    guardrails::UnassignMembersFromGuardrail,
    guardrails::ListAllKeyAssignments,
    guardrails::ListAllMemberAssignments,
    images::GenerateImages,
    images::ListImageModels,
    images::ListImageModelEndpoints,
    messages::CreateMessage,
    models::GetModel,
    models::ListModels,
    models::CountModels,
    models::ListUserModels,
    oauth::ExchangeAuthCode,
    oauth::CreateAuthCode,
    observability::ListObservabilityDestinations,
    observability::CreateObservabilityDestination,
    observability::GetObservabilityDestination,
    observability::UpdateObservabilityDestination,
    observability::DeleteObservabilityDestination,
    organization::ListOrganizationMembers,
    presets::ListPresets,
    presets::GetPreset,
    presets::CreatePresetFromChat,
    presets::CreatePresetFromMessages,
    presets::ListPresetVersions,
    presets::GetPresetVersion,
    providers::ListProviders,
    rerank::RerankDocuments,
    scim::ListScimGroupMappings,
    scim::CreateScimGroupMapping,
    scim::GetScimGroupMapping,
    scim::UpdateScimGroupMapping,
    scim::DeleteScimGroupMapping,
    scim::ListScimGroups,
    speech::CreateSpeech,
    transcriptions::CreateTranscription,
    video_generation::GenerateVideo,
    video_generation::GetVideo,
    video_generation::DownloadVideo,
    video_generation::ListVideoModels,
    workspaces::ListWorkspaces,
    workspaces::CreateWorkspace,
    workspaces::GetWorkspace,
    workspaces::UpdateWorkspace,
    workspaces::DeleteWorkspace,
    workspaces::ListWorkspaceBudgets,
    workspaces::GetWorkspaceBudget,
    workspaces::SetWorkspaceBudget,
    workspaces::DeleteWorkspaceBudget,
    workspaces::ListWorkspaceMembers,
    workspaces::AddWorkspaceMembers,
    workspaces::RemoveWorkspaceMembers,
}
