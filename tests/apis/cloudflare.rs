//! Cloudflare: an account, or a zone, in every path, which the client has; pages by number and by cursor.
//!
//! <https://developers.cloudflare.com/api/resources/kv/>,
//! <https://developers.cloudflare.com/api/resources/cache/methods/purge/>

use api_request::{ApiGroup, ApiRequest, Client, Part, testing::ScriptedResponse};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{ANY, JSON, JSON_BODY, message_in, scripted, sent};

const API: &str = "https://api.cloudflare.com/client/v4";
const KV: &str = "https://api.cloudflare.com/client/v4/accounts/023e105f4ecef8ad9ca31a8372d0c353/storage/kv/namespaces";
const NAMESPACE: &str = "0f2ac74b498b48028cb68387c421e279";

/// The operations of an account.
#[derive(Clone, ApiGroup)]
#[api(path = "/accounts/{account_id}/storage/kv/namespaces", error = Failure, auth = required)]
struct Namespaces {
    account_id: String,
}

/// The operations of a zone.
#[derive(Clone, ApiGroup)]
#[api(path = "/zones/{zone_id}", error = Failure, auth = required)]
struct Zone {
    zone_id: String,
}

/// Where a listing by cursor goes on, and how much of it to give.
#[derive(Clone, Default, ApiGroup)]
#[api(fields = query)]
struct CursorPaging {
    cursor: Option<String>,
    limit: Option<u32>,
}

#[derive(Debug, Deserialize)]
struct Failure {
    errors: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
struct Reason {
    code: u32,
}

#[derive(Debug, Deserialize)]
struct Listed<T> {
    result: Vec<T>,
    result_info: PageInfo,
}

#[derive(Debug, Deserialize)]
struct PageInfo {
    #[serde(default)]
    total_pages: u32,
    #[serde(default)]
    cursor: String,
}

#[derive(Debug, Deserialize)]
struct Namespace {
    id: String,
}

#[derive(Debug, Deserialize)]
struct Key {
    name: String,
}

#[derive(Clone, Default, ApiRequest)]
#[api(in = Namespaces, method = GET, path = "", fields = query, response = Listed<Namespace>)]
#[api(paginate(page = page, pages = result_info.total_pages, items = result, item = Namespace))]
struct ListNamespaces {
    direction: Option<&'static str>,
    order: Option<&'static str>,
    page: Option<u32>,
    per_page: Option<u32>,
}

#[derive(Clone, Default, ApiRequest)]
#[api(in = Namespaces, method = GET, path = "/{namespace_id}/keys", fields = query, response = Listed<Key>)]
#[api(paginate(cursor = paging.cursor, next = result_info.cursor, items = result, item = Key))]
struct ListKeys {
    namespace_id: &'static str,
    #[api(flatten)]
    paging: CursorPaging,
    prefix: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(in = Namespaces, method = GET, path = "/{namespace_id}/values/{key_name}", response(bytes))]
struct GetValue {
    namespace_id: &'static str,
    key_name: &'static str,
}

#[derive(Serialize)]
struct Metadata {
    some_metadata_key: &'static str,
}

#[derive(ApiRequest)]
#[api(in = Namespaces, method = PUT, path = "/{namespace_id}/values/{key_name}", fields = part)]
struct PutValue {
    namespace_id: &'static str,
    key_name: &'static str,
    #[api(query)]
    expiration_ttl: Option<u32>,
    value: Part,
    #[api(content_type = "application/json")]
    metadata: Option<Metadata>,
}

#[derive(ApiRequest)]
#[api(in = Namespaces, method = POST, path = "/{namespace_id}/bulk/delete")]
struct DeleteValues {
    namespace_id: &'static str,
    #[api(body)]
    keys: Vec<&'static str>,
}

#[derive(ApiRequest)]
#[api(in = Zone, method = POST, path = "/purge_cache", fields = json)]
struct PurgeCache {
    files: Vec<&'static str>,
}

fn account() -> Namespaces {
    Namespaces {
        account_id: "023e105f4ecef8ad9ca31a8372d0c353".into(),
    }
}

#[test]
fn an_account_is_in_every_path() {
    let list = ListNamespaces {
        direction: Some("asc"),
        order: Some("id"),
        page: Some(1),
        per_page: Some(20),
    };
    assert_eq!(
        message_in(API, &list, &account()),
        [
            &format!("GET {KV}?direction=asc&order=id&page=1&per_page=20"),
            JSON
        ]
    );
    // A key is percent-encoded, slashes too.
    let get = GetValue {
        namespace_id: NAMESPACE,
        key_name: "My-Key/1?",
    };
    assert_eq!(
        message_in(API, &get, &account()),
        [&format!("GET {KV}/{NAMESPACE}/values/My-Key%2F1%3F"), ANY]
    );
    let put = PutValue {
        namespace_id: NAMESPACE,
        key_name: "My-Key",
        expiration_ttl: Some(60),
        value: Part::text("Some Value"),
        metadata: Some(Metadata {
            some_metadata_key: "someMetadataValue",
        }),
    };
    assert_eq!(
        message_in(API, &put, &account()),
        [
            &format!("PUT {KV}/{NAMESPACE}/values/My-Key?expiration_ttl=60"),
            ANY,
            "content-type: multipart/form-data",
            "",
            "--boundary",
            r#"Content-Disposition: form-data; name="value""#,
            "",
            "Some Value",
            "--boundary",
            r#"Content-Disposition: form-data; name="metadata""#,
            "Content-Type: application/json",
            "",
            r#"{"some_metadata_key":"someMetadataValue"}"#,
            "--boundary--",
            "",
        ]
    );
    let delete = DeleteValues {
        namespace_id: NAMESPACE,
        keys: vec!["My-Key"],
    };
    assert_eq!(
        message_in(API, &delete, &account()),
        [
            &format!("POST {KV}/{NAMESPACE}/bulk/delete"),
            ANY,
            JSON_BODY,
            "",
            r#"["My-Key"]"#
        ]
    );
    assert_eq!(
        GetValue::OPERATION.path(),
        "/accounts/{account_id}/storage/kv/namespaces/{namespace_id}/values/{key_name}"
    );
}

#[tokio::test]
async fn a_client_has_the_account_and_the_zone() {
    let client = Client::builder(API)
        .bearer("undefined")
        .group(account())
        .group(Zone {
            zone_id: "023e105f4ecef8ad9ca31a8372d0c353".into(),
        });
    let (client, script) = scripted(client, [200, 200].map(ScriptedResponse::new));
    let purge = PurgeCache {
        files: vec!["http://www.example.com/css/styles.css"],
    };
    client.send(&purge).await.unwrap();
    let other = Zone {
        zone_id: "9a7806061c88ada191ed06f989cc3dac".into(),
    };
    client.call(&purge).group(other).send().await.unwrap();
    let message = |zone: &str| {
        [
            format!("POST {API}/zones/{zone}/purge_cache"),
            ANY.into(),
            "authorization: Bearer undefined".into(),
            JSON_BODY.into(),
            String::new(),
            r#"{"files":["http://www.example.com/css/styles.css"]}"#.into(),
        ]
    };
    let requests = script.requests();
    assert_eq!(
        sent(&requests[0]),
        message("023e105f4ecef8ad9ca31a8372d0c353")
    );
    assert_eq!(
        sent(&requests[1]),
        message("9a7806061c88ada191ed06f989cc3dac")
    );
}

#[tokio::test]
async fn listings_have_pages_by_number_and_by_cursor() {
    let page = |item: serde_json::Value, info: serde_json::Value| {
        let body = json!({"success": true, "errors": [], "result": [item], "result_info": info});
        ScriptedResponse::new(200).json(&body)
    };
    let cursor = "6Ck1la0VxJ0djhidm1MdX2FyDGxLKVeeHZZmORS_8XeSuhz9SjIJRaSa2lnsF01tQOHrfTGAP3R5X1Kv5iVUuMbNKhWNAXHOl6ePB0TUL8nw";
    let responses = [
        page(json!({"id": "1"}), json!({"page": 1, "total_pages": 2})),
        page(json!({"id": "2"}), json!({"page": 2, "total_pages": 2})),
        page(json!({"name": "a"}), json!({"count": 1, "cursor": cursor})),
        page(json!({"name": "b"}), json!({"count": 1, "cursor": ""})),
        ScriptedResponse::new(404).json(&json!({"errors": [{"code": 10013}]})),
    ];
    let client = Client::builder(API).bearer("undefined").group(account());
    let (client, script) = scripted(client, responses);

    let namespaces = client.call(&ListNamespaces::default()).items();
    let namespaces: Vec<Namespace> = namespaces.try_collect().await.unwrap();
    assert_eq!(
        namespaces
            .iter()
            .map(|it| it.id.as_str())
            .collect::<Vec<_>>(),
        ["1", "2"]
    );
    let paging = CursorPaging {
        limit: Some(10),
        ..CursorPaging::default()
    };
    let list = ListKeys {
        namespace_id: NAMESPACE,
        paging,
        prefix: None,
    };
    let keys: Vec<Key> = client.call(&list).items().try_collect().await.unwrap();
    assert_eq!(
        keys.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );
    let urls: Vec<_> = script
        .requests()
        .iter()
        .map(|page| page.uri().to_string())
        .collect();
    assert_eq!(
        urls,
        [
            KV.to_owned(),
            format!("{KV}?page=2"),
            format!("{KV}/{NAMESPACE}/keys?limit=10"),
            format!("{KV}/{NAMESPACE}/keys?cursor={cursor}&limit=10"),
        ]
    );
    let error = client.send(&list).await.unwrap_err();
    assert_eq!(error.api().unwrap().errors[0].code, 10013);
}
