//! Documents in a conversation.

use serde::{Deserialize, Serialize};

use super::{AnthropicImageBlockParam, AnthropicTextBlockParam};
use crate::{
    common::AnthropicCacheControlDirective,
    json::{Nullable, constant, union},
};

/// A block that gives a document to the model.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicDocumentBlockParam {
    /// Turns on prompt caching: the last block that can be cached is marked for you. A block can be marked by itself
    /// too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cache_control: Option<AnthropicCacheControlDirective>,
    /// Whether the answer may cite the document.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub citations: Nullable<AnthropicDocumentCitationsConfig>,
    /// What the model should know about the document; it is not cited.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub context: Nullable<String>,
    /// The document itself, or where it is.
    pub source: AnthropicDocumentSourceParam,
    /// The title of the document.
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    pub title: Nullable<String>,
}

/// The citations of a document: on or off.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicDocumentCitationsConfig {
    /// Whether the answer may cite the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
}

union! {
    /// A document: a PDF, a text, content blocks, an address, or an uploaded file.
    pub enum AnthropicDocumentSourceParam {
        tag type = "base64" => Base64(AnthropicBase64PdfSource),
        tag type = "text" => Text(AnthropicPlainTextSource),
        tag type = "content" => Content(AnthropicContentDocumentSource),
        tag type = "url" => Url(AnthropicUrlPdfSource),
        tag type = "file" => File(AnthropicFileDocumentSource),
    }
}

/// A PDF as `base64` text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicBase64PdfSource {
    /// The bytes of the PDF in `base64`.
    pub data: String,
    /// Always `application/pdf`.
    pub media_type: AnthropicBase64PdfSourceMediaType,
}

constant! {
    /// The text `application/pdf`.
    pub struct AnthropicBase64PdfSourceMediaType = "application/pdf";
}

/// A document of plain text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicPlainTextSource {
    /// The text of the document.
    pub data: String,
    /// Always `text/plain`.
    pub media_type: AnthropicPlainTextSourceMediaType,
}

constant! {
    /// The text `text/plain`.
    pub struct AnthropicPlainTextSourceMediaType = "text/plain";
}

/// A document made of content blocks.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AnthropicContentDocumentSource {
    /// What the document holds.
    pub content: AnthropicDocumentContent,
}

union! {
    /// The content of a document: a text, or a list of blocks.
    pub enum AnthropicDocumentContent {
        _ => Text(String),
        _ => List(Vec<AnthropicDocumentPart>),
    }
}

union! {
    /// A block of a document: text or image.
    pub enum AnthropicDocumentPart {
        tag type = "text" => Text(AnthropicTextBlockParam),
        tag type = "image" => Image(AnthropicImageBlockParam),
    }
}

/// A PDF by its address.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicUrlPdfSource {
    /// Where the PDF is.
    pub url: String,
}

/// A document that was uploaded as a file.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct AnthropicFileDocumentSource {
    /// The uploaded file.
    pub file_id: String,
}
