//! Reads one request again and again, for `instructions.sh`: `server WORK TIMES`.
//!
//! W1 and W2 of `requests.rs` with values of their own, by `FromHttp` and by the extractors of axum. All workloads begin
//! with a clone of the request, which `request-…` does alone.

use std::hint::black_box;

use api_request::FromHttp;
use axum::{
    Json, Router,
    body::Body,
    extract::{FromRequest, FromRequestParts, Path, Query},
    routing::get,
};
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::{HeaderMap, Request, request::Parts};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

#[derive(api_request::ApiRequest, FromHttp)]
#[api(method = POST, path = "/auth/keys", response = serde_json::Value)]
struct W1 {
    #[api(header = "HTTP-Referer")]
    http_referer: Option<String>,
    #[api(header = "X-OpenRouter-Title")]
    app_title: Option<String>,
    #[api(header = "X-OpenRouter-Categories")]
    app_categories: Option<String>,
    #[api(body)]
    body: W1Body,
}

#[derive(Serialize, Deserialize)]
struct W1Body {
    code: String,
    code_challenge_method: String,
    code_verifier: String,
}

#[derive(api_request::ApiRequest, FromHttp)]
#[api(method = GET, path = "/guardrails/{id}/assignments/keys", response = serde_json::Value)]
struct W2 {
    id: String,
    #[api(query)]
    offset: Option<u32>,
    #[api(query)]
    limit: Option<u32>,
    #[api(query)]
    workspace_id: Option<String>,
    #[api(query)]
    search: Option<String>,
}

#[derive(Deserialize)]
struct W2Query {
    offset: Option<u32>,
    limit: Option<u32>,
    workspace_id: Option<String>,
    search: Option<String>,
}

fn request_w1() -> Request<Bytes> {
    let body = r#"{"code":"auth_code_abc123def456","code_challenge_method":"S256","code_verifier":"dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"}"#;
    Request::post("/auth/keys")
        .header("http-referer", "https://myapp.example/settings")
        .header("x-openrouter-title", "My App")
        .header("x-openrouter-categories", "cli-agent,cloud-agent")
        .header("accept", "application/json")
        .header("content-type", "application/json")
        .header(
            "authorization",
            "Bearer sk-or-v1-0e6f44a47a05f1dad2ad7e88c4c1d6b7",
        )
        .body(Bytes::from_static(body.as_bytes()))
        .expect("a valid request")
}

fn request_w2() -> Request<Bytes> {
    let target = "/guardrails/team%20a%2F550e8400-e29b-41d4-a716-446655440000/assignments/keys?offset=0&limit=50&search=prod%20keys";
    Request::get(target)
        .header("accept", "application/json")
        .body(Bytes::new())
        .expect("a valid request")
}

/// The head of a request as axum's router hands it on, with the values of the path.
fn routed(request: Request<Bytes>) -> Parts {
    let (sender, receiver) = std::sync::mpsc::channel();
    let handler = move |request: Request<Body>| {
        let sent = sender.send(request.into_parts().0);
        async move { drop(sent) }
    };
    let router: Router = Router::new().route("/guardrails/{id}/assignments/keys", get(handler));
    let response = router.oneshot(request.map(Body::from)).now_or_never();
    drop(response.expect("nothing to wait for"));
    receiver.recv().expect("the route is taken")
}

fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let value = headers.get(name)?.to_str().expect("a text");
    Some(value.to_owned())
}

fn by_axum_w1(request: Request<Bytes>) -> W1 {
    let headers = request.headers();
    let http_referer = text(headers, "http-referer");
    let app_title = text(headers, "x-openrouter-title");
    let app_categories = text(headers, "x-openrouter-categories");
    let body = Json::from_request(request.map(Body::from), &()).now_or_never();
    let Json(body) = body.expect("nothing to wait for").expect("W1's body");
    W1 {
        http_referer,
        app_title,
        app_categories,
        body,
    }
}

fn by_axum_w2(mut parts: Parts) -> W2 {
    let id = Path::<String>::from_request_parts(&mut parts, &()).now_or_never();
    let Path(id) = id.expect("nothing to wait for").expect("W2's path");
    let query = Query::<W2Query>::from_request_parts(&mut parts, &()).now_or_never();
    let Query(query) = query.expect("nothing to wait for").expect("W2's query");
    let W2Query {
        offset,
        limit,
        workspace_id,
        search,
    } = query;
    W2 {
        id,
        offset,
        limit,
        workspace_id,
        search,
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    let work = arguments.next().unwrap_or_default();
    let times = arguments.next().and_then(|times| times.parse().ok());
    let times: u32 = times.expect("usage: server WORK TIMES");

    let (w1, w2) = (request_w1(), request_w2());
    let routed = routed(w2.clone());
    let run: &dyn Fn() = match &*work {
        "request-w1" => &|| drop(black_box(w1.clone())),
        "request-w2" => &|| drop(black_box(w2.clone())),
        "request-w2-routed" => &|| drop(black_box(routed.clone())),
        "read-w1" => &|| drop(black_box(W1::from_http(w1.clone()).expect("W1"))),
        "read-w2" => &|| drop(black_box(W2::from_http(w2.clone()).expect("W2"))),
        "read-w1-axum" => &|| drop(black_box(by_axum_w1(w1.clone()))),
        "read-w2-axum" => &|| drop(black_box(by_axum_w2(routed.clone()))),
        _ => panic!("unknown work `{work}`"),
    };
    for _ in 0..times {
        run();
    }
}
