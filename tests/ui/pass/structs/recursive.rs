//! A field's type may name the struct itself, as `Self` too.
use api_request::ApiRequest;
use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize, ApiRequest)]
#[serde(rename_all = "camelCase")]
#[api(method = POST, path = "/", fields = json, response = Tree<u8>)]
struct Tree<T> {
    #[serde(rename = "v")]
    value: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    left: Option<Box<Self>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    right: Option<Box<Tree<T>>>,
}

fn main() {
    let left = Some(Box::default());
    let request = Tree { value: 1, left, right: None };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"v":1,"left":{"v":0}}"#);
}
