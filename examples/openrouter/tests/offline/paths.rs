//! The stand-in serves every operation.

use openrouter::{OPERATIONS, fake::Fake};
use reqwest::{Method, StatusCode};

#[tokio::test]
async fn no_operation_is_without_an_answer() {
    let fake = Fake::start().await.unwrap();
    let http = reqwest::Client::new();
    for operation in OPERATIONS {
        // Whatever the values are, the path is there.
        let path: String = operation.path().replace(['{', '}'], "");
        let method: Method = operation.method();
        let request = http.request(method, format!("{}{path}", fake.base_url()));
        let answer = request.bearer_auth(Fake::KEY).send().await.unwrap();
        let name = operation.name();
        assert_ne!(answer.status(), StatusCode::METHOD_NOT_ALLOWED, "{name}");
        let text = answer.text().await.unwrap();
        assert!(!text.contains("there is nothing at this path"), "{name}");
    }
}
