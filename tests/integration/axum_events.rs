//! The events of declared operations, served by a router.

use api_request::{
    ApiError, ApiRequest, Body, EventRequest, FromHttp, axum::Router, testing::Fake,
};
use axum::{body::Body as AxumBody, extract::State};
use futures_util::{Stream, TryStreamExt as _, stream};
use http::{Method, Request, Response, header::CONTENT_TYPE};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

#[derive(Debug, PartialEq, ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound,
    #[api(other)]
    Other(String),
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/chat", response = String, error = Failure, fields = json)]
#[api(events(item = u32, flag = "stream", done = "[DONE]"))]
struct Chat {
    model: String,
}

async fn chat(chat: Chat) -> Result<String, Failure> {
    Ok(chat.model)
}

async fn chatting(chat: Chat) -> Result<impl Stream<Item = Result<u32, Failure>> + use<>, Failure> {
    match &*chat.model {
        "" => Err(Failure::NotFound),
        _ => Ok(stream::iter([Ok(1), Ok(2)])),
    }
}

async fn send(app: axum::Router, accept: &str, body: &'static str) -> Response<AxumBody> {
    let request = Request::post("/chat").header(CONTENT_TYPE, "application/json");
    let request = match accept {
        "" => request,
        accept => request.header("accept", accept),
    };
    app.oneshot(request.body(AxumBody::from(body)).unwrap())
        .await
        .unwrap()
}

async fn text(response: Response<AxumBody>) -> String {
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[tokio::test]
async fn the_request_chooses_the_handler_by_its_accept_or_the_declared_flag() {
    const EVENTS: &str = "data: 1\n\ndata: 2\n\ndata: [DONE]\n\n";
    const WHOLE: &str = "\"m-1\"";
    const PLAIN: &str = r#"{"model": "m-1"}"#;
    const FLAG: &str = r#"{"model": "m-1", "stream": true}"#;
    let table = [
        ("", PLAIN, WHOLE),
        ("", FLAG, EVENTS),
        ("", r#"{"model": "m-1", "stream": false}"#, WHOLE),
        ("", r#"{"model": "m-1", "nested": {"stream": true}}"#, WHOLE),
        ("text/event-stream", PLAIN, EVENTS),
        ("application/json, text/event-stream", PLAIN, EVENTS),
        ("application/json", PLAIN, WHOLE),
        ("application/json", FLAG, EVENTS),
    ];
    for (accept, body, expected) in table {
        let both: [axum::Router; 2] = [
            Router::new().on(chat).events(chatting).into(),
            Router::new().events(chatting).on(chat).into(),
        ];
        for app in both {
            let response = send(app, accept, body).await;
            assert_eq!(text(response).await, expected, "{accept} {body}");
        }
        let only = send(Router::new().on(chat).into(), accept, body).await;
        assert_eq!(text(only).await, WHOLE, "{accept} {body}");
        let only = send(Router::new().events(chatting).into(), accept, body).await;
        assert_eq!(only.headers()[CONTENT_TYPE], "text/event-stream");
        assert_eq!(text(only).await, EVENTS, "{accept} {body}");
        if !body.contains("nested") {
            let api = Fake::new().on(chat).events(chatting);
            let response = send(api.into_router(), accept, body).await;
            assert_eq!(text(response).await, expected, "{accept} {body}");
        }
    }
}

#[tokio::test]
async fn an_error_in_place_of_the_events_is_a_response() {
    let app: axum::Router = Router::new().on(chat).events(chatting).into();
    let response = send(app, "", r#"{"model": "", "stream": true}"#).await;
    assert_eq!(response.status(), 404);
    let app: axum::Router = Router::new().events(chatting).into();
    let response = send(app, "", r#"{"model": 7, "stream": true}"#).await;
    assert_eq!(response.status(), 422);
    assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
}

#[tokio::test]
async fn a_handler_of_events_has_extractors_and_a_state() {
    async fn counting(
        State(step): State<u32>,
        method: Method,
        chat: Chat,
    ) -> Result<impl Stream<Item = Result<u32, Failure>> + use<>, Failure> {
        assert_eq!(method, Method::POST);
        let last = chat.model.parse().unwrap_or(0);
        let items = (1..=last).map(move |it| Ok(it * step));
        let items = items.chain([Err(Failure::Other("the end".to_owned()))]);
        Ok(stream::iter(items))
    }

    let app: axum::Router = Router::new().events(counting).with_state(10).into();
    let response = send(app, "", r#"{"model": "3", "stream": true}"#).await;
    let mut items = Chat::decode_events(response.map(Body::wrap)).await.unwrap();
    for expected in [10, 20, 30] {
        assert_eq!(items.try_next().await.unwrap(), Some(expected));
    }
    let error = items.try_next().await.unwrap_err();
    assert!(matches!(error.api(), Some(Failure::Other(_))), "{error}");
}

#[test]
#[should_panic(expected = "the operation `Chat` has two handlers")]
fn a_second_handler_of_events_is_refused() {
    let _: Router = Router::new().events(chatting).on(chat).events(chatting);
}
