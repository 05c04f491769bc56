//! The tools that a provider runs.

use std::collections::BTreeMap;

use api_request::Secret;
use serde::{Deserialize, Serialize};

use crate::{
    common::{AnalyticsFilterScalar, FilterLogic, ImageBackground, ImageQuality},
    json::{Nullable, Object, open_enum, union},
};

/// Search in files of vector stores.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FileSearchServerTool {
    /// Which files count, by their attributes.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub filters: Nullable<FileSearchFilter>,
    /// The most results to give.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_num_results: Option<i64>,
    /// How results are ranked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranking_options: Option<FileSearchRankingOptions>,
    /// The vector stores to search in.
    pub vector_store_ids: Vec<String>,
}

union! {
    /// A condition on the attributes of files: one comparison, or several combined.
    pub enum FileSearchFilter {
        has type = "eq" | "ne" | "gt" | "gte" | "lt" | "lte" => Comparison(FileSearchComparison),
        has type = "and" | "or" => Compound(FileSearchCompoundFilter),
    }
}

/// A comparison of an attribute of a file with a value.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileSearchComparison {
    /// The name of the attribute.
    pub key: String,
    /// How to compare.
    pub r#type: FileSearchOperator,
    /// The value to compare with.
    pub value: FileSearchValue,
}

open_enum! {
    /// How an attribute of a file is compared with a value.
    pub enum FileSearchOperator { Eq, Ne, Gt, Gte, Lt, Lte }
}

union! {
    /// What an attribute of a file is compared with.
    pub enum FileSearchValue {
        _ => Text(String),
        _ => Number(f64),
        _ => Bool(bool),
        _ => List(Vec<AnalyticsFilterScalar>),
    }
}

/// Several conditions on files, combined into one.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FileSearchCompoundFilter {
    /// The conditions: comparisons or further combinations.
    pub filters: Vec<Object>,
    /// Whether all conditions have to hold, or any.
    pub r#type: FilterLogic,
}

/// How the results of a file search are ranked.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FileSearchRankingOptions {
    /// Which ranker to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ranker: Option<FileSearchRanker>,
    /// The lowest score that a result may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score_threshold: Option<f64>,
}

open_enum! {
    /// A ranker of a file search.
    pub enum FileSearchRanker { Auto, Default20241115 = "default-2024-11-15" }
}

/// Control of a computer by the model, in its preview version.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ComputerUseServerTool {
    /// The height of the display, in pixels.
    pub display_height: i64,
    /// The width of the display, in pixels.
    pub display_width: i64,
    /// The kind of system that the model controls.
    pub environment: ComputerUseEnvironment,
}

open_enum! {
    /// The kind of system that a model controls.
    pub enum ComputerUseEnvironment { Windows, Mac, Linux, Ubuntu, Browser }
}

/// A tool that runs code which the model writes.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodeInterpreterServerTool {
    /// The container that the code runs in.
    pub container: CodeInterpreterContainer,
}

union! {
    /// The container of a code interpreter: an existing one by its name, or a new one.
    pub enum CodeInterpreterContainer {
        _ => Text(String),
        tag type = "auto" => Auto(CodeInterpreterAutoContainer),
    }
}

/// A container that is made for the code interpreter.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct CodeInterpreterAutoContainer {
    /// The files to put into the container.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_ids: Option<Vec<String>>,
    /// How much memory the container may use.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub memory_limit: Nullable<CodeInterpreterMemoryLimit>,
}

open_enum! {
    /// How much memory a container may use, in gigabytes.
    pub enum CodeInterpreterMemoryLimit { V1g = "1g", V4g = "4g", V16g = "16g", V64g = "64g" }
}

/// The tools of an MCP server or of a connector.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpServerTool {
    /// Which of the server's tools the model may use.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub allowed_tools: Nullable<McpAllowedTools>,
    /// The access token for the server or the connector.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization: Option<Secret<String>>,
    /// The connector to use in place of a server's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connector_id: Option<McpConnectorId>,
    /// HTTP headers to send to the server; they may hold credentials.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub headers: Nullable<BTreeMap<String, Secret<String>>>,
    /// Which calls the user has to approve first.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub require_approval: Nullable<McpApprovalPolicy>,
    /// What the server is for, for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_description: Option<String>,
    /// The name of the server in calls and items.
    pub server_label: String,
    /// The address of the server.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server_url: Option<String>,
}

union! {
    /// Which tools of an MCP server the model may use: their names, or a filter.
    pub enum McpAllowedTools {
        _ => Texts(Vec<String>),
        _ => Object(McpToolFilter),
    }
}

/// A choice among the tools of an MCP server.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpToolFilter {
    /// Whether only tools count that change nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read_only: Option<bool>,
    /// The names of the allowed tools.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_names: Option<Vec<String>>,
}

open_enum! {
    /// A service that can be used as if it were an MCP server.
    pub enum McpConnectorId {
        ConnectorDropbox, ConnectorGmail, ConnectorGooglecalendar, ConnectorGoogledrive,
        ConnectorMicrosoftteams, ConnectorOutlookcalendar, ConnectorOutlookemail,
        ConnectorSharepoint,
    }
}

union! {
    /// Which calls of MCP tools the user has to approve: all, none, or by tool.
    pub enum McpApprovalPolicy {
        _ => Object(McpApprovalRules),
        _ => Mode(McpApprovalMode),
    }
}

/// Which tools of an MCP server need approval, and which do not.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpApprovalRules {
    /// The tools that need approval for each call.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub always: Option<McpApprovalToolList>,
    /// The tools that need no approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub never: Option<McpApprovalToolList>,
}

/// A list of tools of an MCP server, for a rule of approval.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct McpApprovalToolList {
    /// The names of the tools that the rule is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tool_names: Option<Vec<String>>,
}

open_enum! {
    /// Whether all tools of a server need an approval, or none.
    pub enum McpApprovalMode { Always, Never }
}

/// A tool that makes images.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenerationServerTool {
    /// What the background of the image is like.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub background: Option<ImageBackground>,
    /// How closely to keep to the input images.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub input_fidelity: Nullable<ImageGenerationToolFidelity>,
    /// Where an input image is to be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_image_mask: Option<ImageGenerationToolMask>,
    /// The image model to use.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// How strictly images are moderated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moderation: Option<ImageGenerationToolModeration>,
    /// How much to compress the image, in percent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_compression: Option<i64>,
    /// The file format of the image.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_format: Option<ImageGenerationToolFormat>,
    /// How many unfinished images to send while streaming.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_images: Option<i64>,
    /// How good the image is to be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quality: Option<ImageQuality>,
    /// The width and height of the image, such as `1024x1024`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<String>,
}

open_enum! {
    /// How closely a generated image keeps to its input images.
    pub enum ImageGenerationToolFidelity { High, Low }
}

/// An image that marks where another is to be changed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ImageGenerationToolMask {
    /// The mask as an uploaded file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file_id: Option<String>,
    /// The mask as an address or a data URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image_url: Option<String>,
}

open_enum! {
    /// How strictly generated images are moderated.
    pub enum ImageGenerationToolModeration { Auto, Low }

    /// The file format of a generated image.
    pub enum ImageGenerationToolFormat { Png, Webp, Jpeg }
}
