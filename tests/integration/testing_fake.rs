//! An API of typed handlers, in memory.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    time::Duration,
};

use api_request::{
    ApiError, ApiGroup, ApiRequest, Body, Client, FromHttp, Retry, Transport,
    testing::{Fake, Faults},
};
use futures_util::{TryStreamExt as _, stream};
use http::Request;
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Key {
    hash: String,
}

#[derive(Debug, PartialEq, ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound,
    #[api(other)]
    Other(String),
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys/{hash}", response = Key, error = Failure)]
struct GetKey {
    hash: String,
    #[api(query)]
    limit: Option<u32>,
    #[api(header = "X-Trace")]
    trace: Option<String>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/keys", response = Key, error = Failure, fields = json)]
struct CreateKey {
    name: String,
    owner: Owner,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Owner {
    email: String,
    team: Option<String>,
}

#[derive(Debug, Clone, ApiGroup, FromHttp)]
#[api(path = "/accounts/{account}")]
struct Account {
    account: u64,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(in = Account, method = GET, path = "/keys", response = Vec<Key>)]
struct ListAccountKeys;

fn fake() -> Fake {
    Fake::new()
        .on(|request: GetKey| async move {
            if request.hash == "lost" {
                return Err(Failure::NotFound);
            }
            Ok(Key { hash: request.hash })
        })
        .on(async |request: CreateKey| Ok(Key { hash: request.name }))
        .on(async |_: ListAccountKeys| Ok(Vec::new()))
}

fn get_key(hash: &str) -> GetKey {
    GetKey {
        hash: hash.to_owned(),
        limit: Some(2),
        trace: None,
    }
}

fn client(api: &Fake) -> Client {
    Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .header("X-Team", "red")
        .user_agent("tests")
        .bearer("sk-1")
        .build()
        .unwrap()
}

/// The message of the error, and that of its cause.
fn told(error: &dyn std::error::Error) -> String {
    let source = error.source().map(ToString::to_string);
    format!("{error}: {}", source.unwrap_or_default())
}

/// Drops the API, and returns what it panics with.
fn dropped(api: Fake) -> Option<String> {
    let panic = catch_unwind(AssertUnwindSafe(|| drop(api))).err()?;
    panic.downcast_ref::<String>().cloned()
}

#[tokio::test]
async fn a_handler_answers_under_any_base_path() {
    let api = fake();
    let client = client(&api);
    let key = client.send(&get_key("f01d")).await.unwrap();
    assert_eq!(key.hash, "f01d");
    let error = client.send(&get_key("lost")).await.unwrap_err();
    assert_eq!(error.api(), Some(&Failure::NotFound));
    let request = CreateKey {
        name: "build".to_owned(),
        owner: Owner {
            email: "ada@example.com".to_owned(),
            team: None,
        },
    };
    assert_eq!(client.send(&request).await.unwrap().hash, "build");
    let listed = client.call(&ListAccountKeys).group(Account { account: 7 });
    assert!(listed.send().await.unwrap().is_empty());

    assert_eq!(api.sent::<GetKey>(), [get_key("f01d"), get_key("lost")]);
    assert_eq!(api.sent::<CreateKey>(), [request]);
    assert_eq!(api.sent::<ListAccountKeys>(), [ListAccountKeys]);
}

#[tokio::test]
async fn what_a_call_adds_is_not_declared() {
    let api = fake();
    let client = client(&api);
    let request = get_key("f01d");
    let call = client
        .call(&request)
        .query("limt", 7)
        .header("X-Tracing", "t-1")
        .header("Accept", "application/json");
    let error = call.send().await.unwrap_err();
    let expected = "`GetKey`: the query parameter `limt` is not declared: the nearest is `limit`; \
                    the header `x-tracing` is not declared: the nearest is `X-Trace`";
    let text = told(&error);
    assert!(text.contains(expected), "{text}");
    assert!(api.sent::<GetKey>().is_empty());
    let panic = dropped(api).unwrap();
    assert!(panic.contains(expected), "{panic}");
    // It is said once.
    drop(client);
}

#[tokio::test]
async fn members_that_are_not_declared_are_named_at_once() {
    let body = r#"{"nam": "x", "name": "a", "owner": {"email": "e", "temn": 1, "team": null}}"#;
    let request = Request::post("https://api.example.com/v1/keys?debug=1")
        .header("content-type", "application/json")
        .header("cookie", "sid=7")
        .body(Body::from(body))
        .unwrap();
    let api = fake();
    let error = api.send(request).await.unwrap_err();
    let error = error.source().unwrap().to_string();
    for expected in [
        "the query parameter `debug` is not declared",
        "the cookie `sid` is not declared",
        "the member of the body `nam` is not declared: the nearest is `name`",
        "the member of the body `owner.temn` is not declared: the nearest is `owner.team`",
    ] {
        assert!(error.contains(expected), "{error}");
    }
    assert!(dropped(api).unwrap().contains(&error));
}

#[tokio::test]
async fn a_request_that_no_handler_takes_is_an_error_with_the_nearest_operations() {
    #[derive(Debug, ApiRequest)]
    #[api(method = GET, path = "/kyes/{hash}", response = Key)]
    struct Misspelled {
        hash: String,
    }

    let api = fake();
    let request = Misspelled {
        hash: "f01d".to_owned(),
    };
    let client = client(&api);
    let error = client.send(&request).await.unwrap_err();
    let text = told(&error);
    let expected = "no handler takes `GET /kyes/{hash}`: the nearest are `GetKey` (`GET /keys/{hash}`), `CreateKey`";
    assert!(text.contains(expected), "{text}");
    assert_eq!(dropped(api), None);
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_as_by_a_server() {
    let api = fake();
    let request = Request::get("/keys/a?limit=all")
        .body(Body::empty())
        .unwrap();
    let response = api.send(request).await.unwrap();
    assert_eq!(response.status(), 400);
    assert!(api.sent::<GetKey>().is_empty());
}

#[test]
#[should_panic(expected = "the operation `GetKey` has two handlers")]
fn a_second_handler_is_refused() {
    let _ = fake().on(async |_: GetKey| Err(Failure::NotFound));
}

#[tokio::test]
async fn as_a_router_it_answers_400_with_the_same_text() {
    let api = fake();
    let table = [
        ("/v1/keys/f01d", 200, "f01d"),
        (
            "/v1/keys/f01d?limt=7",
            400,
            "the query parameter `limt` is not declared: the nearest is `limit`",
        ),
        (
            "/v1/kyes/f01d",
            400,
            "no handler takes `GET /v1/kyes/f01d`: the nearest are `GetKey`",
        ),
        ("/v1/keys/lost", 404, ""),
    ];
    for (path, status, expected) in table {
        let request = Request::get(path).header("user-agent", "tests");
        let request = request.body(axum::body::Body::empty()).unwrap();
        let response = api.clone().into_router().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains(expected), "{text}");
        if let Some(panic) = dropped(api.clone()) {
            assert!(panic.contains(expected) && status == 400, "{panic}");
        }
    }
    assert_eq!(api.sent::<GetKey>().len(), 2);
}

#[tokio::test]
async fn events_and_the_whole_response_have_a_handler_each() {
    #[derive(Debug, ApiRequest, FromHttp)]
    #[api(method = POST, path = "/chat", response = String, error = Failure, fields = json)]
    #[api(events(item = u32, flag = "stream", done = "[DONE]"))]
    struct Chat {
        model: String,
    }

    let api = Fake::new()
        .on(|chat: Chat| async move { Ok(chat.model) })
        .events(|chat: Chat| async move {
            if chat.model.is_empty() {
                return Err(Failure::NotFound);
            }
            Ok(stream::iter([1, 2].map(Ok)))
        });
    let client = client(&api);
    let model = "m-1".to_owned();
    let request = Chat { model };
    assert_eq!(client.send(&request).await.unwrap(), "m-1");
    let events = client.call(&request).events().await.unwrap();
    assert_eq!(events.try_collect::<Vec<_>>().await.unwrap(), [1, 2]);
    let model = String::new();
    let error = client.call(&Chat { model }).events().await.unwrap_err();
    assert_eq!(error.api(), Some(&Failure::NotFound));
    assert_eq!(api.sent::<Chat>().len(), 3);
}

#[tokio::test]
async fn faults_are_the_same_for_the_same_seed() {
    async fn run(faults: Faults) -> Vec<Option<u16>> {
        let api = fake().faults(faults);
        let client = client(&api);
        let mut statuses = Vec::new();
        for _ in 0..40 {
            let request = get_key("f01d");
            let sent = client.call(&request).retry(Retry::none()).send().await;
            statuses
                .push(sent.map_or_else(|error| error.status().map(|it| it.as_u16()), |_| Some(0)));
        }
        assert_eq!(api.sent::<GetKey>().len(), 40);
        statuses
    }

    let faults = || {
        Faults::seeded(1)
            .status(503, 0.3)
            .delay(Duration::from_millis(1), 0.5)
    };
    let statuses = run(faults()).await;
    assert_eq!(statuses, run(faults()).await);
    assert!(
        statuses.contains(&Some(0)) && statuses.contains(&Some(503)),
        "{statuses:?}"
    );
    let broken = run(Faults::seeded(2).broken(1.0)).await;
    assert!(!broken.contains(&Some(0)), "{broken:?}");
}
