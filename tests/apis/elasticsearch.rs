//! Elasticsearch: lines of JSON, searches as JSON, lists of indices in a path, a cursor that is a list.
//!
//! <https://www.elastic.co/guide/en/elasticsearch/reference/current/docs-bulk.html>,
//! <https://www.elastic.co/guide/en/elasticsearch/reference/current/search-search.html>,
//! <https://www.elastic.co/guide/en/elasticsearch/reference/current/paginate-search-results.html>. The documentation shows
//! `GET` with a body; each of these operations takes `POST` too.

use api_request::{ApiRequest, testing::ScriptedResponse};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::{JSON, JSON_BODY, client, message};

const API: &str = "https://localhost:9200";

#[derive(Debug, Deserialize)]
struct Found {
    hits: Hits,
}

#[derive(Debug, Deserialize)]
struct Hits {
    hits: Vec<Hit>,
}

#[derive(Debug, Deserialize)]
struct Hit {
    #[serde(rename = "_id")]
    id: String,
    #[serde(default)]
    sort: Option<Vec<Value>>,
}

#[derive(Clone, Default, ApiRequest)]
#[api(method = POST, path = "/{index}/_search", response = Found)]
#[api(paginate(cursor = search_after, next = hits.hits.last.sort, items = hits.hits, item = Hit))]
#[expect(clippy::struct_field_names, reason = "it is the name on the wire")]
struct Search {
    index: Vec<&'static str>,
    #[api(query)]
    from: Option<u32>,
    #[api(query)]
    size: Option<u32>,
    #[api(query(explode = false))]
    filter_path: Vec<&'static str>,
    #[api(json)]
    query: Value,
    #[api(json)]
    sort: Option<Value>,
    #[api(json)]
    search_after: Option<Vec<Value>>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/{index}/_doc/{id}", response = Value)]
struct PutDocument {
    index: &'static str,
    id: &'static str,
    #[api(query)]
    refresh: Option<bool>,
    #[api(body)]
    document: Value,
}

/// What happens to a document. But for `delete`, the next line is its source.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Action {
    Index(Target),
    Create(Target),
    Update(Target),
    Delete(Target),
}

#[derive(Serialize)]
struct Target {
    #[serde(rename = "_index")]
    index: &'static str,
    #[serde(rename = "_id")]
    id: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Line {
    Action(Action),
    Source(Value),
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/_bulk", response = Value)]
struct Bulk {
    #[api(query)]
    refresh: Option<&'static str>,
    #[api(body = lines)]
    lines: Vec<Line>,
}

fn kimchy() -> Value {
    json!({"term": {"user.id": "kimchy"}})
}

/// The documentation has spaces in the lines, and `_id` before `_index` in one.
#[test]
fn a_bulk_request_has_a_line_for_each_action_and_source() {
    let target = |id| Target { index: "test", id };
    let bulk = Bulk {
        refresh: None,
        lines: vec![
            Line::Action(Action::Index(target("1"))),
            Line::Source(json!({"field1": "value1"})),
            Line::Action(Action::Delete(target("2"))),
            Line::Action(Action::Create(target("3"))),
            Line::Source(json!({"field1": "value3"})),
            Line::Action(Action::Update(target("1"))),
            Line::Source(json!({"doc": {"field2": "value2"}})),
        ],
    };
    assert_eq!(
        message(API, &bulk),
        [
            "POST https://localhost:9200/_bulk",
            JSON,
            "content-type: application/x-ndjson",
            "",
            r#"{"index":{"_index":"test","_id":"1"}}"#,
            r#"{"field1":"value1"}"#,
            r#"{"delete":{"_index":"test","_id":"2"}}"#,
            r#"{"create":{"_index":"test","_id":"3"}}"#,
            r#"{"field1":"value3"}"#,
            r#"{"update":{"_index":"test","_id":"1"}}"#,
            r#"{"doc":{"field2":"value2"}}"#,
            "",
        ]
    );
    let none = Bulk {
        refresh: Some("wait_for"),
        lines: vec![],
    };
    assert_eq!(
        message(API, &none),
        [
            "POST https://localhost:9200/_bulk?refresh=wait_for",
            JSON,
            "content-type: application/x-ndjson",
        ]
    );
}

#[test]
fn a_search() {
    let search = Search {
        index: vec!["my-index-000001"],
        query: kimchy(),
        ..Search::default()
    };
    assert_eq!(
        message(API, &search),
        [
            "POST https://localhost:9200/my-index-000001/_search",
            JSON,
            JSON_BODY,
            "",
            r#"{"query":{"term":{"user.id":"kimchy"}}}"#,
        ]
    );
    let search = Search {
        index: vec!["my-index-000001", "my-index-000002"],
        from: Some(40),
        size: Some(20),
        filter_path: vec!["took", "hits.hits._id"],
        ..search
    };
    assert_eq!(
        message(API, &search)[0],
        "POST https://localhost:9200/my-index-000001,my-index-000002/_search?from=40&size=20&filter_path=took,hits.hits._id"
    );
    // A wildcard is `*` in the documentation.
    let search = Search {
        index: vec!["my-index-*"],
        query: kimchy(),
        ..Search::default()
    };
    assert_eq!(
        message(API, &search)[0],
        "POST https://localhost:9200/my-index-%2A/_search"
    );
}

#[test]
fn a_document() {
    let put = PutDocument {
        index: "my-index-000001",
        id: "a/b",
        refresh: Some(true),
        document: json!({"user": {"id": "kimchy"}}),
    };
    assert_eq!(
        message(API, &put),
        [
            "PUT https://localhost:9200/my-index-000001/_doc/a%2Fb?refresh=true",
            JSON,
            JSON_BODY,
            "",
            r#"{"user":{"id":"kimchy"}}"#,
        ]
    );
}

#[tokio::test]
async fn a_search_goes_on_after_the_sort_values_of_its_last_hit() {
    let page = |hits: Value| ScriptedResponse::new(200).json(&json!({"hits": {"hits": hits}}));
    let hit = json!({"_id": "FaslK3QBySSL_rrj9zM5", "sort": ["2021-05-20T05:30:04.832Z", 4_294_967_298_u64]});
    let (client, script) = client(API, [page(json!([hit])), page(json!([]))]);
    let search = Search {
        index: vec!["my-index-000001"],
        query: kimchy(),
        sort: Some(json!([{"@timestamp": "asc"}])),
        ..Search::default()
    };
    let hits: Vec<Hit> = client.call(&search).items().try_collect().await.unwrap();
    assert_eq!(
        (hits.len(), hits[0].id.as_str()),
        (1, "FaslK3QBySSL_rrj9zM5")
    );
    assert_eq!(
        script.requests()[1].body(),
        r#"{"query":{"term":{"user.id":"kimchy"}},"sort":[{"@timestamp":"asc"}],"search_after":["2021-05-20T05:30:04.832Z",4294967298]}"#
    );
}
