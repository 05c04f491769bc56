//! Declaring any request.

use std::collections::BTreeMap;

use api_request::{ApiRequest, BaseUrl, Body, Nullable};
use serde::Serialize;

use crate::Outcome;

// ANCHOR: parameters
/// Lists the files of a folder.
#[derive(ApiRequest)]
#[api(method = GET, path = "/repos/{owner}/files/{folder}", response = Vec<String>)]
#[api(header("X-Api-Version" = "2"))]
struct ListFiles {
    owner: String,
    #[api(path(segments))]
    folder: String,
    #[api(query)]
    recursive: Option<bool>,
    #[api(query = "page[size]")]
    page_size: Option<u32>,
    #[api(query(explode = false))]
    sort: Vec<&'static str>,
    #[api(header = "X-Trace-Id")]
    trace: Option<u64>,
    #[api(cookie)]
    session: Option<String>,
}
// ANCHOR_END: parameters

// ANCHOR: json
/// Changes a key: what is absent stays as it is, and `null` removes it.
#[derive(Default, ApiRequest)]
#[api(method = PATCH, path = "/keys/{hash}", fields = json, rename_all = "camelCase")]
struct UpdateKey {
    hash: String,
    display_name: Option<String>,
    expires_at: Nullable<String>,
    limit: Nullable<u32>,
    #[api(header = "If-Match")]
    if_match: Option<String>,
}
// ANCHOR_END: json

// ANCHOR: form
/// Exchanges a refresh token.
#[derive(ApiRequest)]
#[api(method = POST, path = "/oauth/token", fields = form)]
#[api(auth = none)]
struct ExchangeToken<'a> {
    grant_type: &'static str,
    #[api(secret)]
    refresh_token: &'a str,
    scope: Option<&'a str>,
}
// ANCHOR_END: form

// ANCHOR: whole
/// Replaces an object: the field is the whole body.
#[derive(ApiRequest)]
#[api(method = PUT, path = "/objects/{name}")]
struct PutObject {
    #[api(path(segments))]
    name: String,
    #[api(body = stream)]
    content: Body,
}

/// Writes log lines, one JSON value on each.
#[derive(ApiRequest)]
#[api(method = POST, path = "/logs")]
struct WriteLogs<'a> {
    #[api(body = lines)]
    lines: &'a [BTreeMap<&'a str, u32>],
}

/// The body is a value of a type that the program has already.
#[derive(ApiRequest)]
#[api(method = POST, path = "/orders")]
struct CreateOrder {
    #[api(body)]
    order: Order,
}

#[derive(Serialize)]
struct Order {
    item: u64,
    count: u32,
}
// ANCHOR_END: whole

fn base() -> BaseUrl {
    "https://api.example.com".parse().expect("a valid URL")
}

fn body(request: &impl ApiRequest) -> Result<String, Box<dyn std::error::Error>> {
    let http = request.to_http(&base())?;
    let body = http.body().as_bytes().expect("the body is in memory");
    Ok(String::from_utf8(body.to_vec())?)
}

// ANCHOR: target
#[test]
fn each_field_is_where_it_is_declared() -> Outcome {
    let request = ListFiles {
        owner: "a/b".to_owned(),
        folder: "src/on wire".to_owned(),
        recursive: None,
        page_size: Some(50),
        sort: vec!["-name", "size"],
        trace: Some(7),
        session: Some("s3".to_owned()),
    };
    let http = request.to_http(&base())?;
    let target = "/repos/a%2Fb/files/src/on%20wire?page%5Bsize%5D=50&sort=-name,size";
    assert_eq!(http.uri().path_and_query().expect("a target"), target);
    assert_eq!(http.headers()["x-trace-id"], "7");
    assert_eq!(http.headers()["cookie"], "session=s3");
    assert_eq!(http.headers()["x-api-version"], "2");
    Ok(())
}
// ANCHOR_END: target

// ANCHOR: refused
#[test]
fn a_value_that_would_change_the_path_is_refused() {
    for folder in ["..", "src/../../keys", "src//on", ""] {
        let request = ListFiles {
            owner: "a".to_owned(),
            folder: folder.to_owned(),
            recursive: None,
            page_size: None,
            sort: vec![],
            trace: None,
            session: None,
        };
        let error = request.to_http(&base()).unwrap_err();
        assert_eq!(error.field(), Some("folder"), "{error}");
    }
}
// ANCHOR_END: refused

#[test]
fn members_are_absent_null_or_there() -> Outcome {
    let update = UpdateKey {
        hash: "f01d".to_owned(),
        expires_at: Nullable::Null,
        limit: Nullable::Value(10),
        ..UpdateKey::default()
    };
    assert_eq!(body(&update)?, r#"{"expiresAt":null,"limit":10}"#);
    Ok(())
}

#[test]
fn bodies_are_as_declared() -> Outcome {
    let exchange = ExchangeToken {
        grant_type: "refresh_token",
        refresh_token: "rt 1",
        scope: None,
    };
    assert_eq!(
        body(&exchange)?,
        "grant_type=refresh_token&refresh_token=rt+1"
    );
    let put = PutObject {
        name: "a/b.txt".to_owned(),
        content: Body::from("text"),
    };
    assert_eq!(put.to_http(&base())?.uri().path(), "/objects/a/b.txt");
    let lines = [BTreeMap::from([("a", 1)]), BTreeMap::from([("b", 2)])];
    assert_eq!(
        body(&WriteLogs { lines: &lines })?,
        "{\"a\":1}\n{\"b\":2}\n"
    );
    let order = Order { item: 7, count: 2 };
    assert_eq!(body(&CreateOrder { order })?, r#"{"item":7,"count":2}"#);
    Ok(())
}
