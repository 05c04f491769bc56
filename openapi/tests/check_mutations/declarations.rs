//! Declarations that agree with `document.yaml`.

use api_request::{ApiRequest, FromHttp, OpenEnum};
use serde::{Deserialize, Serialize};

api_request::operations! {
    pub static OPERATIONS: [ListKeys, CreateKey, GetKey, DeleteKey, PutNote, ListShapes, ListThings, GetHealth]
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", name = "listKeys", fields = query, response = Keys, error = Failure)]
pub struct ListKeys {
    pub limit: Option<u32>,
    #[api(explode = false)]
    pub tags: Vec<String>,
    pub kind: Kind,
    #[api(header = "X-App")]
    pub app: Option<String>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/keys", name = "createKey", fields = json, response = Key)]
pub struct CreateKey {
    pub name: String,
    pub kind: Kind,
    pub limits: Option<Limits>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys/{id}", name = "getKey", auth = required, response = Key)]
pub struct GetKey {
    pub id: String,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = DELETE, path = "/keys/{id}", name = "deleteKey")]
pub struct DeleteKey {
    pub id: String,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = PUT, path = "/keys/{id}/note", name = "putNote")]
pub struct PutNote {
    pub id: String,
    #[api(body = text)]
    pub note: Option<String>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/shapes", name = "listShapes", response = Vec<Shape>)]
pub struct ListShapes;

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/things", name = "listThings", response = Vec<Thing>)]
pub struct ListThings;

/// Its path begins with that of the server.
#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/v1/health", name = "getHealth", auth = none)]
pub struct GetHealth;

#[derive(Debug, Deserialize)]
pub struct Keys {
    pub data: Vec<Key>,
    pub total: i64,
}

#[derive(Debug, Deserialize)]
pub struct Key {
    pub id: String,
    pub kind: Kind,
    pub state: State,
    pub uses: i64,
    pub cost: f64,
    pub owner: Owner,
    pub note: Option<String>,
}

#[derive(Debug, Deserialize)]
pub struct Owner {
    pub email: String,
}

/// A closed enum.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Api,
    User,
}

/// An open enum.
#[derive(Debug, Clone, PartialEq, Eq, OpenEnum)]
#[api(rename_all = "snake_case")]
pub enum State {
    Active,
    Held,
    #[api(other)]
    Other(String),
}

#[derive(Debug, Serialize, Deserialize)]
pub struct Limits {
    pub daily: i64,
}

#[derive(Debug, Deserialize)]
pub struct Failure {
    pub message: String,
}

#[derive(Debug, Deserialize)]
pub struct Circle {
    pub radius: f64,
}

#[derive(Debug, Deserialize)]
pub struct Square {
    pub side: f64,
}

/// A closed union.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Shape {
    Circle(Circle),
    Square(Square),
}

/// An open union.
#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Thing {
    Circle(Circle),
    Square(Square),
    #[serde(untagged)]
    Other(serde_json::Value),
}
