//! A web search that a model asked for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::{Nullable, constant, open_enum, union};

/// A call that searches the web.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OutputWebSearchCallItem {
    /// What the call does: search, open a page or look inside one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<WebSearchAction>,
    /// What names the call's item.
    pub id: String,
    /// How far the call has got.
    pub status: WebSearchStatus,
    /// Members that have no name here.
    #[serde(flatten)]
    pub extra: BTreeMap<String, Value>,
}

union! {
    /// What a call does on the web: search, open a page or look inside one.
    pub enum WebSearchAction {
        tag type = "search" => Search(WebSearchActionSearch),
        tag type = "open_page" => OpenPage(WebSearchActionOpenPage),
        tag type = "find_in_page" => FindInPage(WebSearchActionFindInPage),
    }
}

/// A search of the web.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchActionSearch {
    /// All texts that were searched for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queries: Option<Vec<String>>,
    /// The text that was searched for.
    pub query: String,
    /// The pages that were found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sources: Option<Vec<WebSearchSource>>,
}

/// A page that a search of the web found.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchSource {
    /// Always `url`.
    pub r#type: WebSearchSourceType,
    /// The address of the page.
    pub url: String,
}

constant! {
    /// The text `url`.
    pub struct WebSearchSourceType = "url";
}

/// The opening of a web page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchActionOpenPage {
    /// The address of the opened page.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub url: Nullable<String>,
}

/// A search inside a web page.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct WebSearchActionFindInPage {
    /// What is looked for in the page.
    pub pattern: String,
    /// The address of the page.
    pub url: String,
}

open_enum! {
    /// How far a search has got.
    pub enum WebSearchStatus { Completed, Searching, InProgress, Failed }
}
