//! types.

use std::collections::BTreeMap;

use api_request::{ApiRequest, OpenEnum};
use serde::Deserialize;

/// `GET /types`.
#[derive(Debug, Clone, Default, ApiRequest)]
#[api(method = GET, path = "/types", name = "getTypes", response = Types)]
pub struct GetTypes;

#[derive(Debug, Clone, Deserialize)]
pub struct Types {
    pub id: i64,
    /// Thumbs \[up\].
    #[serde(rename = "+1")]
    pub plus_1: Option<i64>,
    #[serde(rename = "-1")]
    pub minus_1: Option<i64>,
    #[serde(rename = "Option")]
    pub option: Option<String>,
    pub any: Option<serde_json::Value>,
    pub object: Option<serde_json::Map<String, serde_json::Value>>,
    pub map: Option<BTreeMap<String, Vec<f64>>>,
    pub tree: Tree,
    pub either: Option<TypesEither>,
    pub open: Option<TypesOpen>,
    pub only: Option<Base>,
    pub wrapped: Option<Base>,
    pub numbers: Option<i64>,
    pub r#struct: Option<OptionData>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Tree {
    pub left: Option<Box<Tree>>,
    pub all: Option<Vec<Tree>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum TypesEither {
    Integer(i64),
    Text(String),
    Texts(Vec<String>),
    Other(serde_json::Value),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, OpenEnum)]
#[api(rename_all = "snake_case")]
pub enum TypesOpen {
    Small,
    Large,
    #[api(other)]
    Other(String),
}

#[derive(Debug, Clone, Deserialize)]
pub struct Base {
    pub id: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct OptionData {
    pub a: Option<String>,
    /// All other members.
    #[serde(flatten)]
    pub additional: BTreeMap<String, i64>,
}
