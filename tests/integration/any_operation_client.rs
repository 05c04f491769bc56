//! Operations that are called by name: responses, events and items.

use api_request::{
    AnyOperation, AnyResponse, ApiRequest, ApiResponse, BoxError, Client, FromHttp, Input,
    ResponseFormat, operations,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Clone, Deserialize, Serialize)]
struct Key {
    name: String,
}

#[derive(Deserialize)]
struct NotWritten {
    _name: String,
}

#[derive(ApiResponse)]
enum Typed {
    #[api(status = 200)]
    Key(Key),
    #[api(status = 404)]
    Missing,
    #[api(status = 203)]
    Text {
        #[api(body = text)]
        _text: String,
    },
    #[api(status = 206)]
    Stream {
        #[api(body = stream)]
        _stream: api_request::ByteStream,
    },
}

struct Csv;

impl ResponseFormat for Csv {
    type Output = String;
    const ACCEPT: &'static str = "text/csv";

    fn decode(_: http::Response<Bytes>) -> Result<String, BoxError> {
        Err("is not decoded".into())
    }
}

macro_rules! requests {
    ($($name:ident $path:literal ($($how:tt)*);)*) => {
        $(
            #[derive(Clone, ApiRequest, FromHttp)]
            #[api(method = POST, path = $path, fields = json, $($how)*)]
            struct $name {
                skip: Option<u32>,
            }
        )*
        operations! { static OPERATIONS: [$($name),*, Unread] }
    };
}

requests! {
    GetJson "/json" (response = Key);
    GetTyped "/typed" (response = Typed);
    GetText "/text" (response(text));
    GetBytes "/bytes" (response(bytes));
    GetStream "/stream" (response(stream));
    GetCsv "/csv" (response(with = Csv));
    GetEmpty "/empty" (response(empty));
    GetLines "/lines" (response(lines = Key));
    GetEvents "/events" (response = Key, events(item = Key, flag = "stream", done = "[DONE]"));
    ListKeys "/keys" (response = Vec<Key>, paginate(offset = skip));
    ListOthers "/others" (response = Vec<NotWritten>, paginate(offset = skip));
}

/// A request whose body has the flag, too.
#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/whole", events(item = Value, flag = "stream"))]
struct Whole(#[api(body)] Value);

operations! { static WHOLE: [Whole] }

#[derive(ApiRequest)]
#[api(method = GET, path = "/unread", events = Value)]
struct Unread;

fn operation(name: &str) -> &'static AnyOperation {
    let mut all = OPERATIONS.iter();
    all.find(|it| it.operation().name() == name).expect(name)
}

fn client(responses: impl IntoIterator<Item = ScriptedResponse>) -> (Client, Script) {
    let script = responses.into_iter().fold(Script::new(), Script::then);
    let client = Client::builder("https://api.example.com").transport(script.clone());
    (client.build().expect("a client"), script)
}

fn body(value: &Value) -> Input {
    Input::new(json!({"body": value}))
}

#[tokio::test]
async fn a_response_is_json_or_bytes_by_its_kind() {
    let response = |status, content_type: &str, body: &str| {
        let response = ScriptedResponse::new(status).header("content-type", content_type);
        response.body(body.to_owned())
    };
    let json = |body: &str| response(200, "application/json", body);
    let key = json!({"name": "k", "added": 1});
    let table = [
        ("GetJson", json(&key.to_string()), Ok(key.clone())),
        ("GetJson", json(""), Ok(Value::Null)),
        ("GetTyped", json(&key.to_string()), Ok(key)),
        ("GetTyped", response(404, "text/plain", ""), Ok(Value::Null)),
        ("GetTyped", response(203, "text/plain", "t"), Ok(json!("t"))),
        ("GetTyped", response(206, "text/plain", "s"), Err("s")),
        ("GetText", response(200, "text/plain", "t"), Ok(json!("t"))),
        ("GetBytes", response(200, "image/png", "b"), Err("b")),
        ("GetStream", response(200, "image/png", "s"), Err("s")),
        ("GetCsv", response(200, "text/csv", "c"), Err("c")),
        ("GetEmpty", response(200, "text/csv", "c"), Ok(Value::Null)),
        (
            "GetLines",
            response(200, "application/x-ndjson", "{\"name\":\"a\"}\n7\n"),
            Ok(json!([{"name": "a"}, 7])),
        ),
    ];
    for (name, response, expected) in table {
        let (client, script) = client([response]);
        let any = operation(name);
        let got = match any.send(&client, &body(&json!({}))).await.expect(name) {
            AnyResponse::Json(value) => Ok(value),
            AnyResponse::Bytes(bytes) => Err(bytes
                .try_collect::<Vec<Bytes>>()
                .await
                .expect(name)
                .concat()),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            got,
            expected.map_err(|text| text.as_bytes().to_vec()),
            "{name}"
        );
        let is_raw = ["GetBytes", "GetStream", "GetCsv"].contains(&name);
        assert_eq!(any.is_raw(), is_raw, "{name}");
        let accept = script.requests()[0].headers()["accept"].clone();
        assert_eq!(accept == "text/csv", name == "GetCsv", "{name}");
    }
}

#[tokio::test]
async fn an_error_is_that_of_the_call() {
    let (client, _) = client([
        ScriptedResponse::new(404).body(r#"{"message": "no such key"}"#),
        ScriptedResponse::new(200).body("<html>"),
    ]);
    let send = || operation("GetJson").send(&client, &Input::new(json!({"body": {}})));
    let error = send().await.expect_err("a 404");
    assert_eq!(error.to_string(), "`GetJson`: 404 Not Found: no such key");
    assert!(send().await.expect_err("not JSON").is_decode());
}

#[tokio::test]
async fn events_are_json_and_asked_for_by_the_flag() {
    let events = "data: {\"name\":\"a\"}\n\ndata: 7\n\ndata: [DONE]\n\n";
    let response = ScriptedResponse::new(200).header("content-type", "text/event-stream");
    let (client, script) = client([response.body(events)]);
    let any = operation("GetEvents");
    assert!(any.has_events() && !any.has_items());
    let input = body(&json!({"skip": 1, "stream": true}));
    let values: Vec<Value> = any
        .events(&client, &input)
        .try_collect()
        .await
        .expect("events");
    assert_eq!(values, [json!({"name": "a"}), json!(7)]);
    let sent = &script.requests()[0];
    assert_eq!(sent.body(), r#"{"skip":1,"stream":true}"#);
    let built = any
        .build_events(&client, &body(&json!({})))
        .expect("a request");
    assert_eq!(
        built.body().as_bytes().expect("bytes"),
        r#"{"stream":true}"#
    );

    let error = any.build(&client, &input).expect_err("a flag");
    let message =
        "`GetEvents` cannot be sent: the body asks for events, which are received in another way";
    assert_eq!(error.to_string(), message);
    let error = any
        .build_events(&client, &body(&json!({"stream": false})))
        .expect_err("a flag");
    let message = "`GetEvents` cannot be sent: the body says that no events are asked for";
    assert_eq!(error.to_string(), message);
}

#[test]
fn a_flag_that_is_false_is_sent_where_the_body_has_it() {
    let (client, _) = client([]);
    let built = WHOLE[0].build(&client, &body(&json!({"a": 1, "stream": false})));
    let built = built.expect("a request");
    let sent = built.body().as_bytes().expect("bytes");
    assert_eq!(sent, r#"{"a":1,"stream":false}"#);
}

#[tokio::test]
async fn items_of_all_pages_are_json() {
    let page = |body: &str| ScriptedResponse::new(200).body(body.to_owned());
    let (client, script) = client([page(r#"[{"name":"a"},{"name":"b"}]"#), page("[]")]);
    let any = operation("ListKeys");
    assert!(any.has_items() && !any.has_events());
    let items = any.items(&client, &body(&json!({"skip": 4})));
    let items: Vec<Value> = items.try_collect().await.expect("items");
    assert_eq!(items, [json!({"name": "a"}), json!({"name": "b"})]);
    let next = &script.requests()[1];
    assert_eq!(next.body(), r#"{"skip":6}"#);
}

#[tokio::test]
async fn what_an_operation_has_not_is_an_error() {
    let (client, _) = client([]);
    let input = body(&json!({}));
    let not_read = "it is called by its name only if the request derives `FromHttp`";
    let no_items = "its items cannot be listed, because it declares no pages, or items that are not `Serialize`";
    let no_events = "it declares no events";
    for (name, events, items) in [
        ("GetJson", no_events, no_items),
        ("ListOthers", no_events, no_items),
        ("Unread", not_read, not_read),
    ] {
        let any = operation(name);
        assert!(!any.has_events() && !any.has_items());
        let expected = |reason| Err(format!("`{name}` cannot be sent: {reason}"));
        let built = any.build_events(&client, &input).map(drop);
        assert_eq!(built.map_err(|error| error.to_string()), expected(events));
        let got = any.events(&client, &input).try_next().await;
        assert_eq!(
            got.map(drop).map_err(|error| error.to_string()),
            expected(events)
        );
        let got = any.items(&client, &input).try_next().await;
        assert_eq!(
            got.map(drop).map_err(|error| error.to_string()),
            expected(items)
        );
    }
    let error = operation("Unread")
        .send(&client, &input)
        .await
        .expect_err("unread");
    assert!(error.is_encode(), "{error}");
    let misspelled = body(&json!({"skp": 1}));
    let error = operation("GetJson")
        .send(&client, &misspelled)
        .await
        .expect_err("misspelled");
    assert!(
        error
            .to_string()
            .ends_with("`skp` is not declared: the nearest is `skip`"),
        "{error}"
    );
}
