//! shapes.

use api_request::ApiRequest;
use serde::{Deserialize, Serialize};

/// `PUT /shapes`.
#[derive(Debug, Clone, ApiRequest)]
#[api(method = PUT, path = "/shapes", name = "putShape", response = Shape)]
pub struct PutShape {
    #[api(body)]
    pub body: Shape,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Shape {
    #[serde(rename = "circle")]
    Circle(Circle),
    #[serde(rename = "square")]
    Square(Square),
    #[serde(untagged)]
    Other(serde_json::Value),
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Circle {
    pub radius: f64,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Square {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub side: Option<f64>,
}
