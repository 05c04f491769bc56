//! Google Cloud: resource names of several segments, and a verb after them.
//!
//! <https://github.com/googleapis/googleapis/blob/master/google/longrunning/operations.proto>, and the rules of
//! `google/api/http.proto` beside it. `{name=operations/**}` of such a template is a field with `segments`.

use api_request::{ApiRequest, testing::ScriptedResponse};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize, Serializer};

use crate::{ANY, JSON, JSON_BODY, client, message};

const API: &str = "https://longrunning.googleapis.com";
const NAME: &str = "operations/projects/my-project/locations/us-central1/123";

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Operation {
    name: String,
    #[serde(default)]
    done: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    #[serde(default)]
    operations: Vec<Operation>,
    #[serde(default)]
    next_page_token: String,
}

/// `get: "/v1/{name=operations/**}"`
#[derive(ApiRequest)]
#[api(method = GET, path = "/v1/{name}", response = Operation)]
struct GetOperation {
    #[api(path(segments))]
    name: &'static str,
}

/// `delete: "/v1/{name=operations/**}"`
#[derive(ApiRequest)]
#[api(method = DELETE, path = "/v1/{name}")]
struct DeleteOperation {
    #[api(path(segments))]
    name: &'static str,
}

/// `post: "/v1/{name=operations/**}:cancel"`
#[derive(ApiRequest)]
#[api(method = POST, path = "/v1/{name}:cancel")]
struct CancelOperation {
    #[api(path(segments))]
    name: &'static str,
}

/// A duration in JSON: seconds and an `s`.
#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn seconds<S: Serializer>(duration: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&format_args!("{duration}s"))
}

/// `post: "/v1/{name=projects/*/locations/*/operations/*}:wait"`
#[derive(ApiRequest)]
#[api(method = POST, path = "/v1/projects/{project}/locations/{location}/operations/{operation}:wait")]
#[api(fields = json, response = Operation)]
struct WaitOperation {
    project: &'static str,
    location: &'static str,
    operation: u64,
    #[serde(serialize_with = "seconds")]
    timeout: f64,
}

/// `get: "/v1/{name=operations}"`
#[derive(Clone, Default, ApiRequest)]
#[api(method = GET, path = "/v1/{name}", fields = query, rename_all = "camelCase", response = Page)]
#[api(paginate(cursor = page_token, next = next_page_token, items = operations, item = Operation))]
struct ListOperations {
    #[api(path(segments))]
    name: &'static str,
    filter: Option<&'static str>,
    page_size: Option<u32>,
    page_token: Option<String>,
}

#[derive(Serialize)]
struct SubMessage {
    subfield: &'static str,
}

/// `get: "/v1/messages/{message_id}"`, with what is not in the path in the query.
#[derive(ApiRequest)]
#[api(method = GET, path = "/v1/messages/{message_id}", fields = query, response = Operation)]
struct GetMessage {
    message_id: &'static str,
    revision: i64,
    #[api(style = dots)]
    sub: SubMessage,
}

/// `PATCH` with a field mask: names separated by commas.
#[derive(ApiRequest)]
#[api(method = PATCH, path = "/v1/{name}", response = Operation)]
struct UpdateMessage {
    #[api(path(segments))]
    name: &'static str,
    #[api(query(name = "updateMask", explode = false))]
    update_mask: Vec<&'static str>,
    #[api(json)]
    text: &'static str,
}

#[test]
fn an_operation() {
    let url = format!("{API}/v1/{NAME}");
    assert_eq!(
        message(API, &GetOperation { name: NAME }),
        [&format!("GET {url}"), JSON]
    );
    assert_eq!(
        message(API, &DeleteOperation { name: NAME }),
        [&format!("DELETE {url}"), ANY]
    );
    let cancel = CancelOperation { name: NAME };
    assert_eq!(message(API, &cancel), [&format!("POST {url}:cancel"), ANY]);
    let project = WaitOperation {
        project: "my-project",
        location: "us-central1",
        operation: 123,
        timeout: 3.5,
    };
    assert_eq!(
        message(API, &project),
        [
            "POST https://longrunning.googleapis.com/v1/projects/my-project/locations/us-central1/operations/123:wait",
            JSON,
            JSON_BODY,
            "",
            r#"{"timeout":"3.5s"}"#,
        ]
    );
}

#[test]
fn fields_of_a_message_have_dots() {
    let get = GetMessage {
        message_id: "123456",
        revision: 2,
        sub: SubMessage { subfield: "foo" },
    };
    assert_eq!(
        message(API, &get)[0],
        "GET https://longrunning.googleapis.com/v1/messages/123456?revision=2&sub.subfield=foo"
    );
}

#[test]
fn a_field_mask() {
    let update = UpdateMessage {
        name: "messages/123456",
        update_mask: vec!["text", "author.name"],
        text: "Hi!",
    };
    assert_eq!(
        message(API, &update),
        [
            "PATCH https://longrunning.googleapis.com/v1/messages/123456?updateMask=text,author.name",
            JSON,
            JSON_BODY,
            "",
            r#"{"text":"Hi!"}"#,
        ]
    );
}

#[tokio::test]
async fn a_listing_ends_at_an_empty_token() {
    let page = |name: &str, token: &str| {
        let body = serde_json::json!({"operations": [{"name": name}], "nextPageToken": token});
        ScriptedResponse::new(200).json(&body)
    };
    let (client, script) = client(
        API,
        [page("operations/1", "CAEQAQ=="), page("operations/2", "")],
    );
    let list = ListOperations {
        name: "operations",
        filter: Some("done = true"),
        page_size: Some(1),
        ..ListOperations::default()
    };
    let found: Vec<Operation> = client.call(&list).items().try_collect().await.unwrap();
    assert_eq!(
        (found[0].name.as_str(), found[0].done, found.len()),
        ("operations/1", false, 2)
    );
    let urls: Vec<_> = script
        .requests()
        .iter()
        .map(|page| page.uri().to_string())
        .collect();
    let first = format!("{API}/v1/operations?filter=done%20%3D%20true&pageSize=1");
    assert_eq!(
        urls,
        [first.clone(), format!("{first}&pageToken=CAEQAQ%3D%3D")]
    );
}
