//! Members of a JSON object, beside a parameter.
use api_request::{ApiRequest, Nullable};

#[derive(ApiRequest)]
#[api(method = PATCH, path = "/{id}", fields = json, rename_all = "camelCase", header("Content-Type" = "application/json"))]
struct Json {
    id: u8,
    key_name: String,
    #[api(null)]
    expires_at: Option<u8>,
    #[api(json = "limit_usd", secret)]
    limit: f64,
    note: Nullable<String>,
}

fn main() {
    let request = Json { id: 1, key_name: "n".into(), expires_at: None, limit: 1.5, note: Nullable::Null };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    let body = request.body().as_bytes().unwrap();
    assert_eq!(body, r#"{"keyName":"n","expiresAt":null,"limit_usd":1.5,"note":null}"#);
}
