//! What a strict router says in the problem, and how much of it.

use axum::body::Body;
use http::{Request, header::CONTENT_TYPE};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

use super::strict::{json, router};

#[tokio::test]
async fn one_name_is_a_member_of_the_problem() {
    let send = async |body: &'static str| {
        let request = Request::post("/keys").header(CONTENT_TYPE, "application/json");
        let request = request.body(Body::from(body)).unwrap();
        let response = router().oneshot(request).await.unwrap();
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        serde_json::from_slice::<Value>(&bytes).unwrap()
    };
    let problem = send(r#"{"name": "k", "limt": 1}"#).await;
    assert_eq!(
        (&problem["in"], &problem["name"]),
        (&"body".into(), &"limt".into())
    );
    let problem = send(r#"{"name": "k", "limt": 1, "b": 2}"#).await;
    assert_eq!(
        (&problem["in"], &problem["name"]),
        (&Value::Null, &Value::Null)
    );
}

#[tokio::test]
async fn what_a_message_costs_is_bounded() {
    let names = (0..20_000).map(|at| format!(r#""x{at}": null,"#));
    let body = format!(r#"{{{}"name": "k"}}"#, names.collect::<String>());
    let (status, text) = json("POST", "/keys", &body).await;
    assert_eq!(
        (status, text.matches("is not declared").count()),
        (400, 100)
    );
    let long = "x".repeat(100_000);
    let (status, text) = json("POST", "/keys", &format!(r#"{{"name": "k", "{long}": 1}}"#)).await;
    assert_eq!(status, 400);
    assert!(text.ends_with("` is not declared"));
}
