//! Matrix: identifiers with `!`, `:` and `#`, a state key that may be empty, a token that leads to the next page.
//!
//! <https://spec.matrix.org/latest/client-server-api/#put_matrixclientv3roomsroomidsendeventtypetxnid>. The specification
//! asks for percent-encoded identifiers.

use api_request::{ApiRequest, Secret, testing::ScriptedResponse};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};

use crate::{JSON, JSON_BODY, client, decoded, message};

const API: &str = "https://matrix.example.com";
const ROOM: &str = "!636q39766251:example.com";

#[derive(Debug, Deserialize)]
struct Sent {
    event_id: String,
}

#[derive(Serialize)]
struct Text {
    msgtype: &'static str,
    body: &'static str,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/_matrix/client/v3/rooms/{roomId}/send/{eventType}/{txnId}", response = Sent)]
struct SendMessage<'a> {
    #[api(path = "roomId")]
    room: &'a str,
    #[api(path = "eventType")]
    event_type: &'a str,
    #[api(path = "txnId")]
    transaction: u32,
    #[api(body)]
    content: Text,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/_matrix/client/v3/rooms/{roomId}/state/{eventType}/{stateKey}", response = serde_json::Value)]
struct GetState {
    #[api(path = "roomId")]
    room: &'static str,
    #[api(path = "eventType")]
    event_type: &'static str,
    #[api(path(name = "stateKey", allow_empty))]
    state_key: &'static str,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/_matrix/client/v3/directory/room/{roomAlias}", response = serde_json::Value)]
struct GetRoomByAlias {
    #[api(path = "roomAlias")]
    alias: &'static str,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/_matrix/media/v3/upload", response = serde_json::Value)]
struct Upload {
    #[api(query)]
    filename: Option<&'static str>,
    #[api(header)]
    content_type: &'static str,
    #[api(body = bytes)]
    content: Bytes,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/_matrix/client/v3/sync", fields = query, response = serde_json::Value)]
struct Sync {
    #[api(query(json))]
    filter: Option<serde_json::Value>,
    since: Option<&'static str>,
    timeout: Option<u32>,
}

#[derive(Serialize)]
struct UserId {
    r#type: &'static str,
    user: &'static str,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/_matrix/client/v3/login", fields = json, auth = none, response = serde_json::Value)]
struct Login {
    r#type: &'static str,
    identifier: UserId,
    password: Secret<String>,
}

#[derive(Debug, Deserialize)]
struct Messages {
    chunk: Vec<Sent>,
    end: Option<String>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/_matrix/client/v3/rooms/{roomId}/messages", response = Messages)]
#[api(paginate(cursor = from, next = end, items = chunk, item = Sent))]
struct ListMessages {
    #[api(path = "roomId")]
    room: &'static str,
    #[api(query)]
    dir: char,
    #[api(query)]
    from: Option<String>,
    #[api(query)]
    limit: Option<u32>,
}

#[test]
fn a_message() {
    let content = Text {
        msgtype: "m.text",
        body: "hello",
    };
    let send = SendMessage {
        room: ROOM,
        event_type: "m.room.message",
        transaction: 35,
        content,
    };
    let lines = message(API, &send);
    assert_eq!(
        lines,
        [
            "PUT https://matrix.example.com/_matrix/client/v3/rooms/%21636q39766251%3Aexample.com/send/m.room.message/35",
            JSON,
            JSON_BODY,
            "",
            r#"{"msgtype":"m.text","body":"hello"}"#,
        ]
    );
    assert_eq!(
        decoded(&lines[0]),
        "PUT https://matrix.example.com/_matrix/client/v3/rooms/!636q39766251:example.com/send/m.room.message/35"
    );
    let answer = r#"{"event_id": "$YUwRidLecu:example.com"}"#;
    let answer = SendMessage::decode(http::Response::new(answer.into())).unwrap();
    assert_eq!(answer.event_id, "$YUwRidLecu:example.com");
}

#[test]
fn a_state_key_may_be_empty() {
    let state = |state_key| GetState {
        room: ROOM,
        event_type: "m.room.name",
        state_key,
    };
    let url = "GET https://matrix.example.com/_matrix/client/v3/rooms/%21636q39766251%3Aexample.com/state/m.room.name";
    assert_eq!(message(API, &state("")), [&format!("{url}/"), JSON]);
    let member = message(API, &state("@alice:example.org"));
    assert_eq!(member, [&format!("{url}/%40alice%3Aexample.org"), JSON]);
}

#[test]
fn an_alias_has_a_hash() {
    assert_eq!(
        message(
            API,
            &GetRoomByAlias {
                alias: "#monkeys:matrix.org"
            }
        ),
        [
            "GET https://matrix.example.com/_matrix/client/v3/directory/room/%23monkeys%3Amatrix.org",
            JSON,
        ]
    );
}

#[test]
fn an_upload_says_its_type() {
    let upload = Upload {
        filename: Some("War and Peace.pdf"),
        content_type: "application/pdf",
        content: "%PDF".into(),
    };
    assert_eq!(
        message(API, &upload),
        [
            "POST https://matrix.example.com/_matrix/media/v3/upload?filename=War%20and%20Peace.pdf",
            JSON,
            "content-type: application/pdf",
            "",
            "%PDF",
        ]
    );
}

#[test]
fn a_filter_is_json() {
    let sync = Sync {
        filter: Some(serde_json::json!({"room": {"timeline": {"limit": 10}}})),
        since: Some("s72594_4483_1934"),
        timeout: Some(30000),
    };
    assert_eq!(
        decoded(&message(API, &sync)[0]),
        r#"GET https://matrix.example.com/_matrix/client/v3/sync?filter={"room":{"timeline":{"limit":10}}}&since=s72594_4483_1934&timeout=30000"#
    );
}

#[test]
fn a_login() {
    let identifier = UserId {
        r#type: "m.id.user",
        user: "cheeky_monkey",
    };
    let login = Login {
        r#type: "m.login.password",
        identifier,
        password: "ilovebananas".into(),
    };
    assert_eq!(
        message(API, &login),
        [
            "POST https://matrix.example.com/_matrix/client/v3/login",
            JSON,
            JSON_BODY,
            "",
            r#"{"type":"m.login.password","identifier":{"type":"m.id.user","user":"cheeky_monkey"},"password":"ilovebananas"}"#,
        ]
    );
}

#[tokio::test]
async fn a_listing_goes_on_from_its_end() {
    let page = |id: &str, end: Option<&str>| {
        let body = serde_json::json!({"chunk": [{"event_id": id}], "end": end});
        ScriptedResponse::new(200).json(&body)
    };
    let (client, script) = client(
        API,
        [page("$1", Some("t47409-4357353_219380")), page("$2", None)],
    );
    let list = ListMessages {
        room: ROOM,
        dir: 'b',
        from: None,
        limit: Some(1),
    };
    let messages: Vec<Sent> = client.call(&list).items().try_collect().await.unwrap();
    assert_eq!(messages.len(), 2);
    let query = |index: usize| script.requests()[index].uri().query().unwrap().to_owned();
    assert_eq!(query(0), "dir=b&limit=1");
    assert_eq!(query(1), "dir=b&from=t47409-4357353_219380&limit=1");
}
