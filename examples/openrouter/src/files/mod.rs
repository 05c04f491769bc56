//! Files stored for later requests, at OpenRouter or with a provider of your own key.

mod paging;

use api_request::{ApiRequest, FromHttp, Part};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::SortDirection,
    json::{open_enum, response_union},
};

/// Lists the files of the key's workspace.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/files", name = "listFiles", fields = query)]
#[api(response = FileListResponse)]
pub struct ListFiles {
    /// How many files to return, 1 to 1000.
    pub limit: Option<u32>,
    /// Where to go on, taken from an earlier answer.
    pub cursor: Option<String>,
    /// The workspace to use; your default one if absent.
    pub workspace_id: Option<String>,
    /// The provider that stores the file, used with your own key for it; OpenRouter itself if absent.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub provider: Option<FileProvider>,
    /// The ID that the page begins after, as OpenAI has it.
    pub after: Option<String>,
    /// The ID that the page begins after, as Anthropic has it.
    pub after_id: Option<String>,
    /// The ID that the page ends before, as Anthropic has it; storage of OpenRouter does not know it.
    pub before_id: Option<String>,
    /// The direction of the order; storage of OpenRouter only knows `asc`.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub order: Option<SortDirection>,
}

/// Stores a file of at most 100 MB in the key's workspace: PDF, image, Office document, audio or text, told by its
/// content.
#[derive(Debug, Clone, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/files", name = "uploadFile", fields = query)]
#[api(response = FileResponse)]
pub struct UploadFile {
    /// The workspace to use; your default one if absent.
    pub workspace_id: Option<String>,
    /// The provider that stores the file, used with your own key for it; OpenRouter itself if absent.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub provider: Option<FileProvider>,
    /// The file to store; it may not be empty.
    #[api(part)]
    pub file: Part,
}

/// Reads what is known of a file of the workspace, without its content.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/files/{file_id}", name = "getFileMetadata")]
#[api(fields = query, response = FileResponse)]
pub struct GetFile {
    /// What names the file.
    pub file_id: String,
    /// The workspace to use; your default one if absent.
    pub workspace_id: Option<String>,
    /// The provider that stores the file, used with your own key for it; OpenRouter itself if absent.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub provider: Option<FileProvider>,
}

/// Deletes a file of the workspace for good.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = DELETE, path = "/files/{file_id}", name = "deleteFile")]
#[api(fields = query, response = FileDeleteResponse)]
pub struct DeleteFile {
    /// The file, as the files of the provider name it.
    pub file_id: String,
    /// The workspace to use; your default one if absent.
    pub workspace_id: Option<String>,
    /// The provider that stores the file, used with your own key for it; OpenRouter itself if absent.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub provider: Option<FileProvider>,
}

/// Downloads the bytes of a file that the server made; uploaded ones give an error (400).
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/files/{file_id}/content")]
#[api(name = "downloadFileContent", fields = query, response(stream))]
pub struct DownloadFile {
    /// The file, as the files of the provider name it.
    pub file_id: String,
    /// The workspace to use; your default one if absent.
    pub workspace_id: Option<String>,
    /// The provider that stores the file, used with your own key for it; OpenRouter itself if absent.
    #[serde(default, deserialize_with = "crate::json::listed")]
    pub provider: Option<FileProvider>,
}

open_enum! {
    /// A provider that can store files under your own key for it.
    pub enum FileProvider { Openai, Anthropic }
}

response_union! {
    /// A page of files, in the shape of one of three APIs.
    pub enum FileListResponse {
        tag _shape = "openrouter" => Openrouter(OpenRouterFileList),
        tag _shape = "openai" => Openai(OpenAIFileList),
        tag _shape = "anthropic" => Anthropic(AnthropicFileList),
    }
}

/// A page of files as OpenRouter describes them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenRouterFileList {
    /// Where the next page begins; `null` on the last one.
    pub cursor: Option<String>,
    /// The files of this page.
    pub data: Vec<OpenRouterFile>,
    /// The ID of the first file; `null` on an empty page.
    pub first_id: Option<String>,
    /// Whether there are more pages.
    pub has_more: bool,
    /// The ID of the last file; `null` on an empty page.
    pub last_id: Option<String>,
}

/// A stored file as OpenRouter describes it: like Anthropic, with a few members more.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenRouterFile {
    /// When the file was stored, an RFC 3339 date.
    pub created_at: String,
    /// Whether the content can be downloaded; not so for uploads.
    pub downloadable: bool,
    /// The name the file was given.
    pub filename: String,
    /// What names the file in this API.
    pub id: String,
    /// The MIME type of the content.
    pub mime_type: String,
    /// The size in bytes.
    pub size_bytes: i64,
}

/// A page of files as OpenAI describes them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenAIFileList {
    /// The files of this page.
    pub data: Vec<OpenAIFile>,
    /// The ID of the first file; `null` on an empty page.
    pub first_id: Option<String>,
    /// Whether there are more pages.
    pub has_more: bool,
    /// The ID of the last file; `null` on an empty page.
    pub last_id: Option<String>,
}

/// A stored file as OpenAI describes it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenAIFile {
    /// The size in bytes.
    pub bytes: i64,
    /// When the file was stored, in Unix seconds.
    pub created_at: i64,
    /// The name the file was given.
    pub filename: String,
    /// What names the file in this API.
    pub id: String,
    /// What the file is for.
    pub purpose: OpenAIFilePurpose,
}

open_enum! {
    /// What a file is for.
    pub enum OpenAIFilePurpose {
        Assistants, Batch, FineTune = "fine-tune", Vision, UserData, Evals, AssistantsOutput,
        BatchOutput, FineTuneResults = "fine-tune-results",
    }
}

/// A page of files as Anthropic describes them.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicFileList {
    /// The files of this page.
    pub data: Vec<AnthropicFile>,
    /// The ID of the first file; `null` on an empty page.
    pub first_id: Option<String>,
    /// Whether there are more pages.
    pub has_more: bool,
    /// The ID of the last file; `null` on an empty page.
    pub last_id: Option<String>,
}

/// A stored file as Anthropic describes it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicFile {
    /// When the file was stored, an RFC 3339 date.
    pub created_at: String,
    /// Whether the content can be downloaded; not so for uploads.
    pub downloadable: bool,
    /// The name the file was given.
    pub filename: String,
    /// What names the file in this API.
    pub id: String,
    /// The MIME type of the content.
    pub mime_type: String,
    /// The size in bytes.
    pub size_bytes: i64,
}

response_union! {
    /// A stored file, in the shape of one of three APIs.
    pub enum FileResponse {
        tag _shape = "openrouter" => Openrouter(OpenRouterFile),
        tag _shape = "openai" => Openai(OpenAIFile),
        tag _shape = "anthropic" => Anthropic(AnthropicFile),
    }
}

response_union! {
    /// The answer to deleting a file, in the shape of one of three APIs.
    pub enum FileDeleteResponse {
        tag _shape = "openrouter" => Openrouter(OpenRouterFileDeleted),
        tag _shape = "openai" => Openai(OpenAIFileDeleted),
        tag _shape = "anthropic" => Anthropic(AnthropicFileDeleted),
    }
}

/// The deletion of a file as OpenRouter describes it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenRouterFileDeleted {
    /// The file that is gone.
    pub id: String,
}

/// The deletion of a file as OpenAI describes it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct OpenAIFileDeleted {
    /// Whether the file is gone.
    pub deleted: bool,
    /// The file that is gone.
    pub id: String,
}

/// The deletion of a file as Anthropic describes it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicFileDeleted {
    /// The file that is gone.
    pub id: String,
}
