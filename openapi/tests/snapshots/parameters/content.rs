//! content.

use api_request::{ApiRequest, Body};

/// `POST /content`.
///
/// The operation is at <https://upload.example.com/v1>: send it with `Call::base_url`.
#[derive(Debug, Default, ApiRequest)]
#[api(method = POST, path = "/content", name = "putContent")]
pub struct PutContent {
    #[api(body(stream, content_type = "image/png"))]
    pub body: Body,
}
