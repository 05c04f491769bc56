//! Generates images from text and reference images, and lists the models that can.

mod request;
mod result;

use api_request::{ApiRequest, FromHttp};
use serde::Deserialize;

pub use self::{request::*, result::*};
use crate::OpenRouter;

/// Generates images from a text prompt, as a whole or as a stream.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = POST, path = "/images", name = "createImages")]
#[api(response = ImageGenerationResponse)]
#[api(events(item = ImageGenEvent, flag = "stream", done = "[DONE]"))]
pub struct GenerateImages {
    /// What is asked for.
    #[api(body)]
    pub body: ImageGenerationRequest,
}

/// Lists the image models with all parameters that any of their endpoints takes.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/images/models", name = "listImageModels")]
#[api(response = ImageModelsListResponse)]
pub struct ListImageModels {}

/// Lists the endpoints of an image model with their parameters, prices and pass-through options.
#[derive(Debug, Clone, Default, Deserialize, ApiRequest, FromHttp)]
#[api(in = OpenRouter, method = GET, path = "/images/models/{author}/{slug}/endpoints")]
#[api(name = "listImageModelEndpoints", response = ImageModelEndpointsResponse)]
pub struct ListImageModelEndpoints {
    /// The part of the model's name before the slash: who made it.
    pub author: String,
    /// The part of the model's name after the slash.
    pub slug: String,
}
