//! A router of declared requests, and the extractor of one.

use api_request::{
    ApiGroup, ApiRequest, Body, ErrorBody, FromHttp,
    axum::{Api, Router},
};
use axum::{
    body::Body as AxumBody,
    extract::{DefaultBodyLimit, MatchedPath, State},
    routing,
};
use http::{HeaderMap, Method, Request, Response, header::CONTENT_TYPE};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

type Text = Result<String, ErrorBody>;

/// Declares an operation whose handler tells its name and its fields.
macro_rules! operations {
    ($($name:ident($($api:tt)*) { $($field:ident: $ty:ty),* };)*) => {$(
        #[derive(Debug, ApiRequest, FromHttp)]
        #[api(response(text), $($api)*)]
        struct $name {
            $($field: $ty,)*
        }

        impl $name {
            async fn answer(self) -> Text {
                Ok(format!("{self:?}"))
            }
        }
    )*};
}

#[derive(Debug, ApiGroup, FromHttp)]
#[api(path = "/accounts/{account}")]
struct Account {
    account: u64,
}

operations! {
    GetKey(method = GET, path = "/keys/{hash}") { hash: String };
    GetCurrent(method = GET, path = "/keys/current") {};
    DeleteKey(method = DELETE, path = "/keys/{id}") { id: String };
    GetFormat(method = GET, path = "/keys/{hash}.json") { hash: String };
    ListAccountKeys(in = Account, method = GET, path = "/keys") {};
    GetV2(method = GET, path = "/version", query("v" = "2")) {};
    GetV3(method = GET, path = "/version", query("v" = "3")) {};
    GetAny(method = GET, path = "/version") {};
    Rename(method = POST, path = "/names", fields = json) { name: String };
    Root(method = GET, path = "") {};
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = GET, path = "/files/{path}", response(text))]
struct GetFile {
    #[api(path(segments))]
    path: String,
}

fn router() -> axum::Router {
    Router::new()
        .on(GetKey::answer)
        .on(GetCurrent::answer)
        .on(DeleteKey::answer)
        .on(GetFormat::answer)
        .on(ListAccountKeys::answer)
        .on(GetV2::answer)
        .on(GetAny::answer)
        .on(GetV3::answer)
        .on(Rename::answer)
        .on(Root::answer)
        .on(async |file: GetFile| -> Text { Ok(file.path) })
        .into()
}

async fn send(
    router: axum::Router,
    method: Method,
    path: &str,
    body: &'static str,
) -> (u16, HeaderMap, String) {
    let request = Request::builder().method(method).uri(path);
    let request = if body.is_empty() {
        request
    } else {
        request.header(CONTENT_TYPE, "application/json")
    };
    let request = request.body(AxumBody::from(body)).unwrap();
    let (head, body) = router.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (head.status.as_u16(), head.headers, text)
}

#[tokio::test]
async fn a_request_goes_to_the_operation_whose_template_says_most() {
    let table = [
        ("/keys/f01d", r#"GetKey { hash: "f01d" }"#),
        ("/keys/a%2Fb", r#"GetKey { hash: "a/b" }"#),
        ("/keys/current", "GetCurrent"),
        ("/keys/f01d.json", r#"GetFormat { hash: "f01d" }"#),
        ("/accounts/7/keys", "ListAccountKeys"),
        ("/version", "GetAny"),
        ("/version?v=2", "GetV2"),
        ("/version?a=1&v=3", "GetV3"),
        ("/version?v=4", "GetAny"),
        ("/files/a/b/c.txt", "a/b/c.txt"),
        ("/", "Root"),
    ];
    for (path, expected) in table {
        let (status, _, text) = send(router(), Method::GET, path, "").await;
        assert_eq!((status, &*text), (200, expected), "{path}");
    }
    let (_, _, text) = send(router(), Method::DELETE, "/keys/f01d", "").await;
    assert_eq!(text, r#"DeleteKey { id: "f01d" }"#);
}

#[tokio::test]
async fn a_router_can_be_nested_under_a_path() {
    let app = axum::Router::new()
        .nest("/api/v1", router())
        .route("/health", routing::get(async || "fine"));
    let (_, _, text) = send(app.clone(), Method::GET, "/api/v1/keys/f01d", "").await;
    assert_eq!(text, r#"GetKey { hash: "f01d" }"#);
    let (_, _, text) = send(app, Method::GET, "/health", "").await;
    assert_eq!(text, "fine");
}

#[tokio::test]
async fn what_no_operation_takes_is_refused_with_a_problem() {
    let name = r#"{"name": "a"}"#;
    let table = [
        (Method::GET, "/names/7", "", 404, None),
        (Method::GET, "/names", "", 405, Some("POST")),
        (
            Method::PUT,
            "/keys/f01d",
            "",
            405,
            Some("DELETE, GET, HEAD"),
        ),
        (Method::POST, "/names", r#"{"name": 7}"#, 422, None),
        (Method::POST, "/names", "{", 400, None),
        (Method::GET, "/keys/..%2E", "", 200, None),
        (Method::GET, "/keys/%2E%2E", "", 400, None),
        (Method::POST, "/names", name, 200, None),
    ];
    for (method, path, body, expected, allow) in table {
        let (status, headers, text) = send(router(), method, path, body).await;
        assert_eq!(status, expected, "{path} {body}: {text}");
        assert_eq!(headers.get("allow").map(|it| it.to_str().unwrap()), allow);
        if expected != 200 {
            assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
        }
    }
}

#[tokio::test]
async fn the_limit_of_a_body_is_that_of_axum() {
    let app = router().layer(DefaultBodyLimit::max(8));
    let (status, headers, text) = send(app, Method::POST, "/names", r#"{"name": "a"}"#).await;
    assert_eq!(status, 413, "{text}");
    assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
}

#[tokio::test]
async fn head_is_answered_as_get_without_the_body() {
    let (status, headers, text) = send(router(), Method::HEAD, "/keys/current", "").await;
    assert_eq!((status, &*text), (200, ""));
    assert_eq!(headers[CONTENT_TYPE], "text/plain; charset=utf-8");
}

#[tokio::test]
async fn extractors_come_before_the_request() {
    async fn get(
        State(state): State<u8>,
        method: Method,
        _: HeaderMap,
        State(again): State<u8>,
        request: GetKey,
    ) -> Text {
        Ok(format!("{state} {method} {again} {}", request.hash))
    }
    let app: axum::Router = Router::new().on(get).with_state(7).into();
    let (_, _, text) = send(app, Method::GET, "/keys/f01d", "").await;
    assert_eq!(text, "7 GET 7 f01d");
}

#[tokio::test]
async fn an_extractor_reads_a_request_of_any_axum_router() {
    async fn get(Api(request): Api<GetKey>) -> Response<Body> {
        GetKey::respond(Ok(request.hash))
    }
    let app = axum::Router::new().route("/keys/{id}", routing::get(get));
    let (_, _, text) = send(app.clone(), Method::GET, "/keys/f01d", "").await;
    assert_eq!(text, "f01d");
    let (status, headers, _) = send(app, Method::GET, "/keys/%2E", "").await;
    assert_eq!(status, 400);
    assert_eq!(headers[CONTENT_TYPE], "application/problem+json");
}

#[test]
#[should_panic(expected = "the operations `GetKey` and `GetOther` are both `GET /keys/{other}`")]
fn two_operations_of_one_route_are_refused_at_the_start() {
    operations! { GetOther(method = GET, path = "/keys/{other}") { other: String }; }
    let _: Router = Router::new().on(GetKey::answer).on(GetOther::answer);
}

#[tokio::test]
async fn the_route_is_the_path_that_matched() {
    async fn matched(path: Option<MatchedPath>, _: GetKey) -> Text {
        Ok(path.map_or_else(String::new, |path| path.as_str().to_owned()))
    }
    async fn beside(path: Option<MatchedPath>, _: GetFormat) -> Text {
        Ok(path.map_or_else(String::new, |path| path.as_str().to_owned()))
    }
    async fn file(path: Option<MatchedPath>, _: GetFile) -> Text {
        Ok(path.map_or_else(String::new, |path| path.as_str().to_owned()))
    }
    #[derive(Debug, ApiRequest, FromHttp)]
    #[api(method = GET, path = "/tree/{path}", response(text))]
    struct GetTree {
        #[api(path(segments))]
        path: String,
    }
    async fn tree(path: Option<MatchedPath>, request: GetTree) -> Text {
        assert_eq!(request.path, "a/b");
        Ok(path.map_or_else(String::new, |path| path.as_str().to_owned()))
    }
    operations! { GetInfo(method = GET, path = "/files/{id}/info") { id: String }; }
    operations! { GetOneFile(method = POST, path = "/files/{name}") { name: String }; }
    let app = Router::new()
        .on(matched)
        .on(DeleteKey::answer)
        .on(beside)
        .on(file)
        .on(tree)
        .on(GetInfo::answer)
        .on(GetOneFile::answer);
    let app = axum::Router::new().nest("/v1", app.into());
    let table = [
        ("/v1/keys/f01d", "/v1/keys/{id}"),
        ("/v1/tree/a/b", "/v1/tree/{*path}"),
        // Of axum, a wildcard is not beside a placeholder.
        ("/v1/files/a/b", ""),
        // Nor is text.
        ("/v1/keys/f01d.json", "/v1/keys/{id}"),
        ("/v1/%6Beys/f01d", ""),
    ];
    for (path, expected) in table {
        let (status, _, text) = send(app.clone(), Method::GET, path, "").await;
        assert_eq!((status, &*text), (200, expected), "{path}");
    }
    let (_, _, text) = send(app, Method::GET, "/v1/files/7/info", "").await;
    assert_eq!(text, r#"GetInfo { id: "7" }"#);
}

#[tokio::test]
async fn a_router_without_its_fallback_can_be_merged() {
    operations! { GetInfo(method = GET, path = "/info") {}; }
    let info: axum::Router = Router::new().on(GetInfo::answer).into();
    let app = axum::Router::new()
        .fallback(async || "elsewhere")
        .merge(info.reset_fallback())
        .merge(router().reset_fallback().layer(DefaultBodyLimit::max(8)));
    let table = [
        (Method::GET, "/keys/f01d", 200, r#"GetKey { hash: "f01d" }"#),
        (Method::GET, "/info", 200, "GetInfo"),
        (Method::GET, "/other", 200, "elsewhere"),
        (
            Method::PUT,
            "/keys/f01d",
            405,
            "the path does not allow the method",
        ),
    ];
    for (method, path, status, expected) in table {
        let (found, _, text) = send(app.clone(), method, path, "").await;
        assert_eq!(found, status);
        assert!(text.contains(expected), "{text}");
    }
}

#[tokio::test]
async fn routers_of_operations_are_merged_into_one() {
    let keys = Router::new().on(GetKey::answer).on(GetAny::answer);
    let other = Router::new()
        .on(DeleteKey::answer)
        .on(GetV2::answer)
        .strict();
    let app: axum::Router = keys.merge(other).into();
    let table = [
        (Method::GET, "/keys/f01d", 200, r#"GetKey { hash: "f01d" }"#),
        (
            Method::DELETE,
            "/keys/f01d",
            200,
            r#"DeleteKey { id: "f01d" }"#,
        ),
        (Method::GET, "/version?v=2", 200, "GetV2"),
        (
            Method::GET,
            "/version?w=2",
            400,
            "the query parameter `w` is not declared",
        ),
    ];
    for (method, path, status, expected) in table {
        let (found, _, text) = send(app.clone(), method, path, "").await;
        assert_eq!(found, status, "{path}");
        assert!(text.contains(expected), "{path} {text}");
    }
}

#[test]
#[should_panic(expected = "the operation `GetKey` has two handlers")]
fn an_operation_of_both_routers_is_refused() {
    let router = || Router::<()>::new().on(GetKey::answer);
    let _ = router().merge(router());
}
