//! files.

use api_request::{ApiRequest, Body};

/// `PUT /files/{path}.json/{coordinates}`.
#[derive(Debug, Default, ApiRequest)]
#[api(method = PUT, path = "/files/{path}.json/{coordinates}", name = "files/put")]
#[api(idempotency_key = "Idempotency-Key", response(stream))]
pub struct PutFile {
    pub path: String,
    pub coordinates: Vec<f64>,
    #[api(body = stream)]
    pub body: Body,
}
