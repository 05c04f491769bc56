//! Generates images from text and reference images, and lists the models that can.

mod request;
mod result;

use api_request::ApiRequest;
use serde::Deserialize;

pub use self::{request::*, result::*};
use crate::error::OpenRouterError;

/// Generates images from a text prompt, as a whole or as a stream.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = POST, path = "/images", name = "createImages")]
#[api(response = ImageGenerationResponse, error = OpenRouterError)]
#[api(events(item = ImageGenEvent, flag = "stream", done = "[DONE]"))]
pub struct GenerateImages {
    /// What is asked for.
    #[api(body)]
    pub body: ImageGenerationRequest,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Lists the image models with all parameters that any of their endpoints takes.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/images/models", name = "listImageModels")]
#[api(response = ImageModelsListResponse, error = OpenRouterError)]
pub struct ListImageModels {
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}

/// Lists the endpoints of an image model with their parameters, prices and pass-through options.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest)]
#[api(method = GET, path = "/images/models/{author}/{slug}/endpoints", name = "listImageModelEndpoints")]
#[api(response = ImageModelEndpointsResponse, error = OpenRouterError)]
pub struct ListImageModelEndpoints {
    /// The part of the model's name before the slash: who made it.
    pub author: String,
    /// The part of the model's name after the slash.
    pub slug: String,
    /// URL of the app, which rankings know it by; the client's where unset.
    #[api(header = "HTTP-Referer")]
    pub http_referer: Option<String>,
    /// Name of the app that is shown; the client's where unset.
    #[api(header = "X-OpenRouter-Title")]
    pub app_title: Option<String>,
    /// Categories of the app, separated by commas; the client's where unset.
    #[api(header = "X-OpenRouter-Categories")]
    pub app_categories: Option<String>,
}
