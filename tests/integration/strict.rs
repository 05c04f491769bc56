//! What requests have that is not declared, refused by a strict router and by the fake.

use std::collections::BTreeMap;

use api_request::{ApiGroup, ApiRequest, ErrorBody, FromHttp, Part, axum::Router, testing::Fake};
use axum::body::Body;
use http::{Request, Response, header::CONTENT_TYPE};
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tower::ServiceExt as _;

#[derive(Debug, Serialize, Deserialize)]
struct Owner {
    email: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    team: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Tag>,
    #[serde(default, skip_serializing)]
    #[expect(dead_code, reason = "it is read from the request alone")]
    password: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Tag {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
}

#[derive(Debug, Serialize, Deserialize)]
enum Color {
    Mixed {
        red: u8,
        #[serde(skip_serializing_if = "Option::is_none")]
        green: Option<u8>,
    },
    Named(String),
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/keys", fields = json)]
struct CreateKey {
    name: String,
    limit: Option<u32>,
    owner: Option<Owner>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = PUT, path = "/owner")]
struct PutOwner {
    #[api(body = json)]
    owner: Owner,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/open", fields = json)]
struct Open {
    name: String,
    #[serde(flatten)]
    rest: BTreeMap<String, u32>,
}

#[derive(Debug, ApiGroup, FromHttp)]
#[api(path = "/{account}", query("v" = "2"), header("X-Version" = "3"))]
struct Account {
    account: u64,
    #[api(header = "X-Team")]
    team: Option<String>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(in = Account, method = GET, path = "/keys")]
struct ListKeys {
    #[api(query)]
    limit: u32,
    #[api(query(style = deep))]
    filter: Option<BTreeMap<String, String>>,
    #[api(query(style = brackets))]
    tag: Option<Vec<String>>,
    #[api(query(style = deep))]
    page: Option<Page>,
    #[api(cookie)]
    session: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Page {
    size: Option<u32>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/search")]
struct Search {
    #[api(query(style = form))]
    by: BTreeMap<String, u32>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/token", fields = form)]
struct GetToken {
    code: u32,
    scope: Option<String>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/upload")]
struct Upload {
    #[api(part)]
    purpose: String,
    #[api(part = "files[{n}]")]
    files: Vec<Part>,
}

type Nothing = Result<(), ErrorBody>;

pub(super) fn router() -> axum::Router {
    let router = Router::new()
        .on(async |_: CreateKey| -> Nothing { Ok(()) })
        .on(async |_: PutOwner| -> Nothing { Ok(()) })
        .on(async |_: Open| -> Nothing { Ok(()) })
        .on(async |_: ListKeys| -> Nothing { Ok(()) })
        .on(async |_: Search| -> Nothing { Ok(()) })
        .on(async |_: GetToken| -> Nothing { Ok(()) })
        .on(async |_: Upload| -> Nothing { Ok(()) });
    router.strict().into()
}

fn fake() -> axum::Router {
    let fake = Fake::new()
        .on(async |_: CreateKey| Ok(()))
        .on(async |_: PutOwner| Ok(()))
        .on(async |_: Open| Ok(()))
        .on(async |_: ListKeys| Ok(()))
        .on(async |_: Search| Ok(()))
        .on(async |_: GetToken| Ok(()))
        .on(async |_: Upload| Ok(()));
    // The test says what is refused; the fake would say it again.
    let router = fake.clone().into_router();
    std::mem::forget(fake);
    router
}

async fn detail(response: Response<Body>) -> (u16, String) {
    let status = response.status().as_u16();
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let problem: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    (
        status,
        problem["detail"].as_str().unwrap_or_default().to_owned(),
    )
}

/// Sends it to both, which say the same.
async fn send(request: impl Fn() -> http::request::Builder, body: &str) -> (u16, String) {
    let request = || request().body(Body::from(body.to_owned())).unwrap();
    let (status, text) = detail(router().oneshot(request()).await.unwrap()).await;
    let (other, same) = detail(fake().oneshot(request()).await.unwrap()).await;
    assert_eq!(status, other, "{text}\n{same}");
    // It also names the operation.
    assert!(same.ends_with(&text), "{text}\n{same}");
    (status, text)
}

pub(super) async fn json(method: &str, path: &str, body: &str) -> (u16, String) {
    let request = || {
        let request = Request::builder().method(method).uri(path);
        request.header(CONTENT_TYPE, "application/json")
    };
    send(request, body).await
}

#[tokio::test]
async fn members_that_are_not_declared_are_refused() {
    let undeclared = |name: &str, near: &str| {
        format!("the member of the body `{name}` is not declared: the nearest is `{near}`")
    };
    let missing = "; the member of the body `name` is missing";
    let table = [
        (r#"{"name": "k", "limit": null, "owner": null}"#, None),
        (
            r#"{"name": "k", "lmit": 1}"#,
            Some(undeclared("lmit", "limit")),
        ),
        (
            r#"{"name": "k", "lmit": null}"#,
            Some(undeclared("lmit", "limit")),
        ),
        (r#"{"nme": "k"}"#, Some(undeclared("nme", "name") + missing)),
        (
            r#"{"nme": null}"#,
            Some(undeclared("nme", "name") + missing),
        ),
        (
            r#"{"nme": "k", "limt": 1}"#,
            Some(undeclared("limt", "limit") + "; " + &undeclared("nme", "name") + missing),
        ),
        (
            r#"{"name": "k", "owner": {"email": "e", "team": null, "tags": [], "password": ""}}"#,
            None,
        ),
        (
            r#"{"name": "k", "owner": {"email": "e", "password": "p"}}"#,
            None,
        ),
        (
            r#"{"name": "k", "owner": {"email": "e", "team": null, "temn": null}}"#,
            Some(undeclared("owner.temn", "owner.team")),
        ),
        (
            r#"{"name": "k", "owner": {"email": "e", "tags": [{"text": "a"}, {"text": "b", "txt": 1}]}}"#,
            Some(undeclared("owner.tags[1].txt", "owner.tags[1].text")),
        ),
        (
            r#"{"name": "k", "owner": {"email": "e", "a/b~c": 1}}"#,
            Some(undeclared("owner.a/b~c", "owner.email")),
        ),
        (
            r#"{"name": "k", "owner": {"email": "e", "tegs": []}}"#,
            Some(undeclared("owner.tegs", "owner.tags")),
        ),
        (
            r#"{"name": "k", "owner": {"email": "e", "tags": [{"text": "a", "colr": 1}]}}"#,
            Some(undeclared("owner.tags[0].colr", "owner.tags[0].color")),
        ),
    ];
    for (body, expected) in table {
        let (status, text) = json("POST", "/keys", body).await;
        match expected {
            None => assert_eq!((status, &*text), (204, ""), "{body}"),
            Some(expected) => assert_eq!((status, text), (400, expected), "{body}"),
        }
    }
}

#[tokio::test]
async fn the_members_of_a_whole_body_are_those_that_its_type_reads() {
    let table = [
        (r#"{"email": "e", "team": null}"#, 204, ""),
        (r#"{"email": "e", "tags": [], "password": "p"}"#, 204, ""),
        (
            r#"{"email": "e", "temn": null}"#,
            400,
            "`temn` is not declared: the nearest is `team`",
        ),
        (
            r#"{"email": "e", "temn": 1}"#,
            400,
            "`temn` is not declared: the nearest is `team`",
        ),
        (
            r#"{"email": "e", "tags": [{"text": "a", "color": {"Mixed": {"red": 1, "gren": 2}}}]}"#,
            400,
            "`tags[0].color.Mixed.gren` is not declared: the nearest is `tags[0].color.Mixed.green`",
        ),
        // What cannot be read has what is not declared, too.
        (
            r#"{"emal": "e"}"#,
            400,
            "`emal` is not declared: the nearest is `email`; the body does not fit the declared type: missing field `email`",
        ),
        (
            r#"{"email": "e", "tags": [{"text": "a"}, {"txt": "b"}]}"#,
            400,
            "`tags[1].txt` is not declared: the nearest is `tags[1].text`; the member of the body `tags[1]` does not fit",
        ),
    ];
    for (body, expected, part) in table {
        let (status, text) = json("PUT", "/owner", body).await;
        assert_eq!(status, expected, "{body} {text}");
        assert!(text.contains(part), "{body} {text}");
    }
}

#[tokio::test]
async fn what_does_not_fit_in_a_body_has_its_path_and_not_its_content() {
    let fits = "does not fit the declared type:";
    let table = [
        (
            r#"{"email": "e", "password": ["hunter2"]}"#,
            "password",
            "invalid type: sequence, expected a string",
        ),
        (
            r#"{"email": "e", "tags": [{"text": "a"}, {"text": 7}]}"#,
            "tags[1].text",
            "invalid type: integer, expected a string",
        ),
        (
            r#"{"email": "e", "tags": [{"text": "a", "color": {"Secret": 7}}]}"#,
            "tags[0].color",
            "unknown variant, expected `Mixed` or `Named`",
        ),
        (
            r#"{"email": "e", "tags": [{}]}"#,
            "tags[0]",
            "missing field `text`",
        ),
    ];
    for (body, path, reason) in table {
        let refused = json("PUT", "/owner", body).await;
        let expected = format!("the member of the body `{path}` {fits} {reason}");
        assert_eq!(refused, (422, expected), "{body}");
        let nested = format!(r#"{{"name": "k", "owner": {body}}}"#);
        let refused = json("POST", "/keys", &nested).await;
        let expected = format!("the member of the body `owner.{path}` {fits} {reason}");
        assert_eq!(refused, (422, expected), "{nested}");
    }
}

#[tokio::test]
async fn a_map_of_the_rest_takes_any_name() {
    let (status, text) = json("POST", "/open", r#"{"name": "a", "other": 1}"#).await;
    assert_eq!(status, 204, "{text}");
    let (status, text) = json("POST", "/open", r#"{"nme": 7}"#).await;
    assert_eq!(
        (status, &*text),
        (422, "the member of the body `name` is missing")
    );
    let search = |query: &'static str| send(move || Request::get(query), "");
    assert_eq!(search("/search?a=1&b=2").await.0, 204);
    let (status, text) = search("/search?a=x").await;
    assert_eq!(status, 400);
    assert!(!text.contains("declared:"), "{text}");
}

#[tokio::test]
async fn parameters_that_are_not_declared_are_refused() {
    let table = [
        ("limit=1&v=2", "x-team", "a", ""),
        ("limit=1&v=2", "x-version", "3", ""),
        ("limit=1&v=2&filter[a]=1", "dnt", "1", ""),
        ("limit=1", "cookie", "session=1", ""),
        ("limit=1&tag[]=a&tag[]=b", "dnt", "1", ""),
        ("limit=1&tag[0]=a&tag%5B7%5D=b&page[size]=2", "dnt", "1", ""),
        (
            "limit=1&page[sise]=2&page[size]=2",
            "dnt",
            "1",
            "the query parameter `page[sise]` is not declared: the nearest is `page[size]`",
        ),
        (
            "limit=1&limt=2",
            "dnt",
            "1",
            "the query parameter `limt` is not declared: the nearest is `limit`",
        ),
        (
            "limt=2&v=2&filter[a]=1",
            "dnt",
            "1",
            "the query parameter `limt` is not declared: the nearest is `limit`; the query parameter `limit` is missing",
        ),
        (
            "limit=1",
            "x-tem",
            "a",
            "the header `x-tem` is not declared: the nearest is `X-Team`",
        ),
        (
            "limit=all",
            "x-tem",
            "a",
            "the header `x-tem` is not declared: the nearest is `X-Team`; \
             the query parameter `limit` is not an integer, or not one that is allowed here",
        ),
        (
            "limit=1",
            "cookie",
            "sesion=1",
            "the cookie `sesion` is not declared: the nearest is `session`",
        ),
        (
            "limt=2",
            "cookie",
            "sesion=1",
            "the query parameter `limt` is not declared: the nearest is `limit`; \
             the cookie `sesion` is not declared: the nearest is `session`; the query parameter `limit` is missing",
        ),
    ];
    for (query, header, value, expected) in table {
        let request = || Request::get(format!("/7/keys?{query}")).header(header, value);
        let (status, text) = send(request, "").await;
        let is_fine = if expected.is_empty() { 204 } else { 400 };
        assert_eq!((status, &*text), (is_fine, expected), "{query} {header}");
    }
}

#[tokio::test]
async fn members_of_forms_and_parts_that_are_not_declared_are_refused() {
    let form = |body: &'static str| {
        let request = || {
            let media_type = "application/x-www-form-urlencoded";
            Request::post("/token").header(CONTENT_TYPE, media_type)
        };
        send(request, body)
    };
    assert_eq!(form("code=1").await.0, 204);
    let (status, text) = form("cod=1").await;
    let expected = "the member of the body `cod` is not declared: the nearest is `code`; \
                    the member of the body `code` is missing";
    assert_eq!((status, &*text), (400, expected));
    let (status, text) = form("code=1&scop=a").await;
    let expected = "the member of the body `scop` is not declared: the nearest is `scope`";
    assert_eq!((status, &*text), (400, expected));

    let table: [(&[&str], u16, &str); 4] = [
        (&["purpose", "files[0]", "files[1]"], 204, ""),
        (
            &["purpose", "fils[0]"],
            400,
            "the member of the body `fils[0]` is not declared: the nearest is `files[{n}]`",
        ),
        (
            &["purpos", "files[0]"],
            400,
            "the member of the body `purpos` is not declared: the nearest is `purpose`; \
             the member of the body `purpose` is missing",
        ),
        (
            &["files[0]"],
            422,
            "the member of the body `purpose` is missing",
        ),
    ];
    for (names, expected, message) in table {
        let parts = names.iter().map(|name| {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\nx\r\n")
        });
        let body = parts.collect::<String>() + "--b--\r\n";
        let request = || {
            let request = Request::post("/upload");
            request.header(CONTENT_TYPE, "multipart/form-data; boundary=b")
        };
        let (status, text) = send(request, &body).await;
        assert_eq!((status, &*text), (expected, message), "{names:?}");
    }
}

#[tokio::test]
async fn members_of_a_body_where_none_is_declared_are_refused() {
    let table = [
        ("application/json", "", ""),
        ("application/json", "{}", ""),
        ("application/octet-stream", "a=1", ""),
        (
            "application/json; charset=utf-8",
            r#"{"a": null}"#,
            "the member of the body `a` is not declared",
        ),
        (
            "application/x-www-form-urlencoded",
            "a=1",
            "the member of the body `a` is not declared",
        ),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--b--\r\n",
            "the member of the body `a` is not declared",
        ),
    ];
    for (media_type, body, expected) in table {
        let request = || Request::get("/search").header(CONTENT_TYPE, media_type);
        let (status, text) = send(request, body).await;
        let is_fine = if expected.is_empty() { 204 } else { 400 };
        assert_eq!((status, &*text), (is_fine, expected), "{media_type} {body}");
    }
}

#[tokio::test]
async fn a_body_of_another_media_type_says_nothing_about_members() {
    let request = || Request::post("/token").header(CONTENT_TYPE, "application/json");
    let (status, text) = send(request, r#"{"cod": 1}"#).await;
    assert_eq!(status, 415, "{text}");
}

#[tokio::test]
async fn without_strict_what_is_not_declared_is_ignored() {
    let app: axum::Router = Router::new()
        .on(async |_: CreateKey| -> Nothing { Ok(()) })
        .into();
    let request = Request::post("/keys?debug=1").header(CONTENT_TYPE, "application/json");
    let request = request
        .body(Body::from(r#"{"name": "k", "lmit": 1}"#))
        .unwrap();
    assert_eq!(app.oneshot(request).await.unwrap().status(), 204);
}
