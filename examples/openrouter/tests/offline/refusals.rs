//! What no operation takes: values that are not listed, and what is not a day or time.

use openrouter::fake::Fake;
use serde_json::{Value, json};

#[tokio::test]
async fn values_are_of_the_declared_kind() {
    let fake = Fake::start().await.unwrap();
    let http = reqwest::Client::new();
    let get = |path: &str| (path.to_owned(), None::<Value>);
    let post = |path: &str, body: Value| (path.to_owned(), Some(body));
    for (path, body) in [
        get("models?sort=bogus"),
        get("models?distillable=perhaps"),
        get("activity?date=tomorrow"),
        get("activity?group_by=bogus"),
        get("datasets/rankings-daily?period=year"),
        get("benchmarks?source=bogus"),
        get("files?order=sideways"),
        get("workspaces/00000000-0000-4000-8000-000000000000/budgets/hourly"),
        post("keys", json!({"name": "k", "expires_at": "tomorrow"})),
        post("keys", json!({"name": "k", "limit_reset": "bogus"})),
        post("keys", json!({"nme": "k"})),
    ] {
        let url = format!("{}/{path}", fake.base_url());
        let request = match &body {
            None => http.get(url),
            Some(body) => http.post(url).json(body),
        };
        let answer = request.bearer_auth(Fake::KEY).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert_eq!(status, 400, "{path} {body:?}: {text}");
        let is_told = ["is not one of", "write it like", "`nme` is not declared"];
        let is_told = is_told.iter().any(|part| text.contains(part));
        assert!(is_told, "{path} {body:?}: {text}");
    }
}

#[tokio::test]
async fn a_form_has_parameters_of_the_declared_kind() {
    let fake = Fake::start().await.unwrap();
    let url = format!("{}/files?provider=bogus", fake.base_url());
    let form = "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\na\r\n--b--\r\n";
    let request = reqwest::Client::new().post(url).bearer_auth(Fake::KEY);
    let request = request.header("content-type", "multipart/form-data; boundary=b");
    let answer = request.body(form).send().await.unwrap();
    assert_eq!(answer.status(), 400);
    assert!(answer.text().await.unwrap().contains("is not one of"));
}
