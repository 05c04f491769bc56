//! Settings of one call, and what a transport sees of them.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use api_request::{ApiRequest, BaseUrl, Body, BoxError, Client, Operation, blocking};
use futures_util::StreamExt;
use http::{Request, Response};
use serde::Deserialize;
use tokio::time::Instant;

use crate::server::double;

#[derive(ApiRequest)]
#[api(method = GET, path = "/names", query("v" = "2"))]
struct ListNames {
    #[api(query)]
    limit: Option<u32>,
}

fn api() -> Client {
    Client::builder("https://api.example.com/v1")
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_query_parameter_of_a_call_comes_after_those_that_are_declared() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/names")]
    struct Bare;

    let client = api();
    let uri = |request: Request<Body>| request.uri().path_and_query().unwrap().to_string();
    let bare = client.call(&Bare).query("a b", "c/é").build().unwrap();
    assert_eq!(uri(bare), "/v1/names?a%20b=c%2F%C3%A9");
    let call = client.call(&ListNames { limit: Some(9) });
    let two = call.query("page", 2).query("empty", "").build().unwrap();
    assert_eq!(uri(two), "/v1/names?v=2&limit=9&page=2&empty=");
    let absent = client.call(&ListNames { limit: None }).query("limit", 3);
    assert_eq!(uri(absent.build().unwrap()), "/v1/names?v=2&limit=3");
}

#[test]
fn a_query_parameter_that_is_there_already_is_an_error_that_names_it() {
    let client = Client::builder("https://api.example.com/v1").api_key_query("key", "sk-0e6f");
    let client = client.build().unwrap();
    let request = ListNames { limit: Some(9) };
    for name in ["limit", "v", "key"] {
        let error = client
            .call(&request)
            .query(name, "sk-1")
            .build()
            .unwrap_err();
        let expected = format!(
            "`ListNames` cannot be sent: the call adds the query parameter `{name}`, which the request has already"
        );
        assert_eq!(error.to_string(), expected);
        assert!(error.is_encode());
    }
    let twice = client.call(&request).query("a", 1).query("a", 2).build();
    assert!(twice.unwrap_err().to_string().contains("`a`"));
}

#[tokio::test]
async fn the_next_page_has_a_query_parameter_of_the_call_once() {
    #[derive(Clone, ApiRequest)]
    #[api(method = GET, path = "/names", response = Names, paginate(next_url = next))]
    struct PageNames;

    #[derive(Deserialize)]
    struct Names {
        next: Option<String>,
    }

    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = double(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        log.push(request.uri().path_and_query().unwrap().to_string());
        let next = ["\"/v1/names?debug=1&at=2\"", "\"/v1/names?at=3\"", "null"][log.len() - 1];
        let body = format!("{{\"next\": {next}}}");
        async move { Ok::<_, BoxError>(Response::new(Body::from(body))) }
    });
    let client = client.build().unwrap();
    let pages = client.call(&PageNames).query("debug", 1).pages();
    let pages: Vec<_> = pages.collect().await;
    assert!(pages.iter().all(Result::is_ok));
    let expected = [
        "/v1/names?debug=1",
        "/v1/names?debug=1&at=2",
        "/v1/names?at=3&debug=1",
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_read_timeout_of_a_call_replaces_that_of_the_client() {
    let client = double(|_| std::future::pending::<Result<Response<Body>, BoxError>>());
    let client = client
        .read_timeout(Duration::from_secs(5))
        .retry(api_request::Retry::none());
    let client = client.build().unwrap();
    for limit in [1, 60] {
        let began = Instant::now();
        let call = client.call(&ListNames { limit: None });
        let error = call
            .read_timeout(Duration::from_secs(limit))
            .send()
            .await
            .unwrap_err();
        assert_eq!(began.elapsed().as_secs(), limit);
        let expected = format!("`ListNames`: no data for {limit}s (read timeout)");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_read_timeout_of_a_call_holds_for_a_stream() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/file", response(stream))]
    struct Download;

    let client = double(|_| async {
        let stalled = Body::once(futures_util::stream::pending::<
            Result<bytes::Bytes, BoxError>,
        >());
        Ok::<_, BoxError>(Response::new(stalled))
    });
    let client = client.build().unwrap();
    let call = client.call(&Download).read_timeout(Duration::from_secs(7));
    let mut stream = call.send().await.unwrap();
    let began = Instant::now();
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(began.elapsed().as_secs(), 7);
}

#[derive(Clone, PartialEq, Debug)]
struct Tenant(u64);

#[tokio::test(start_paused = true)]
async fn each_attempt_and_hop_has_the_operation_and_the_extensions_of_the_call() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&seen);
    let client = double(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        let operation = request.extensions().get::<&'static Operation>();
        log.push((
            operation.map(|operation| operation.name()),
            request.extensions().get::<Tenant>().cloned(),
        ));
        let response = match log.len() {
            1 => Response::builder().status(503),
            2 => Response::builder()
                .status(307)
                .header("location", "/v1/other"),
            _ => Response::builder(),
        };
        async move { Ok::<_, BoxError>(response.body(Body::empty())?) }
    });
    let client = client.build().unwrap();
    let request = ListNames { limit: None };
    client
        .call(&request)
        .extension(Tenant(7))
        .send()
        .await
        .unwrap();
    client.send(&request).await.unwrap();
    let of_call = (Some("ListNames"), Some(Tenant(7)));
    let expected = [
        of_call.clone(),
        of_call.clone(),
        of_call,
        (Some("ListNames"), None),
    ];
    assert_eq!(*seen.lock().unwrap(), expected);
}

#[test]
fn a_request_for_another_http_stack_has_the_operation() {
    let base: BaseUrl = "https://api.example.com".parse().unwrap();
    let request = ListNames { limit: None }.to_http(&base).unwrap();
    let operation = request.extensions().get::<&'static Operation>().unwrap();
    assert_eq!(operation.path(), "/names");
}

#[test]
fn the_blocking_client_has_the_same_settings() {
    let client = blocking::Client::new("https://api.example.com/v1").unwrap();
    let call = client.call(&ListNames { limit: None }).query("page", 2);
    let call = call
        .extension(Tenant(7))
        .read_timeout(Duration::from_secs(7));
    let request = call.build().unwrap();
    assert_eq!(request.uri(), "https://api.example.com/v1/names?v=2&page=2");
    assert_eq!(request.extensions().get(), Some(&Tenant(7)));
}
