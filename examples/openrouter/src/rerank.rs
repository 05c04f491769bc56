//! Orders documents by how well they match a query.

use api_request::{ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

use crate::{
    OpenRouter,
    common::ProviderPreferences,
    json::{Nullable, union},
};

/// Orders documents by how well they match a query.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/rerank", name = "createRerank")]
#[api(response = RerankResponse, events(item = String, done = "[DONE]"))]
pub struct RerankDocuments {
    /// What is asked for.
    #[api(body)]
    pub body: RerankRequest,
}

/// Documents to order, and the query to order them by.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RerankRequest {
    /// The documents: plain texts, or text with images for models that see.
    pub documents: Vec<RerankDocument>,
    /// The model that ranks the documents.
    pub model: String,
    /// Which providers the request may go to.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub provider: Nullable<ProviderPreferences>,
    /// What the documents are compared with.
    pub query: String,
    /// How many of the best documents to return.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub top_n: Option<i64>,
}

union! {
    /// A document to rank: plain text, or text with an image.
    pub enum RerankDocument {
        _ => Text(String),
        _ => Object(RerankMultimodalDocument),
    }
}

/// A document of text, an image, or both; one of them is needed.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RerankMultimodalDocument {
    /// The image, by its address or as a data URI in `base64`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
    /// The text of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// The documents in their new order.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RerankResponse {
    /// What names the response.
    pub id: Option<String>,
    /// The model that ranked the documents.
    pub model: String,
    /// The provider that answered.
    pub provider: Option<String>,
    /// The documents, most relevant first.
    pub results: Vec<RerankResult>,
    /// What the request used and cost.
    pub usage: Option<RerankUsage>,
}

/// A document with its score.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RerankResult {
    /// The document as it was sent.
    pub document: RerankMultimodalDocument,
    /// Which of the documents sent it is, from 0.
    pub index: i64,
    /// How well the document matches the query; higher is better.
    pub relevance_score: f64,
}

/// What a rerank request used and cost.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct RerankUsage {
    /// The cost in credits.
    pub cost: Option<f64>,
    /// How many search units were used, which Cohere bills by.
    pub search_units: Option<i64>,
    /// How many tokens were used in all.
    pub total_tokens: Option<i64>,
}
