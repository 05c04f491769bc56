//! Refusals of a router in a form of its own.

use api_request::{ApiRequest, Body, ErrorBody, FromHttp, Refusal, axum::Router};
use axum::{body::Body as AxumBody, extract::DefaultBodyLimit};
use http::{HeaderMap, Request, Response, header::ALLOW};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/names/{id}", fields = json, response(text))]
struct Rename {
    id: u64,
    name: String,
}

async fn rename(request: Rename) -> Result<String, ErrorBody> {
    Ok(format!("{} {}", request.id, request.name))
}

fn refuse(refusal: &Refusal) -> Response<Body> {
    let field = refusal.field().unwrap_or("-");
    let text = format!("{} {field}: {refusal}", refusal.status().as_u16());
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = refusal.status();
    response
}

async fn send(app: axum::Router, request: &str, media_type: &str) -> (u16, HeaderMap, String) {
    let mut words = request.splitn(3, ' ');
    let mut word = || words.next().unwrap_or_default().to_owned();
    let request = Request::builder().method(&*word()).uri(word());
    let request = request.header("content-type", media_type);
    let request = request.body(AxumBody::from(word())).unwrap();
    let (head, body) = app.oneshot(request).await.unwrap().into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    (head.status.as_u16(), head.headers, text)
}

#[tokio::test]
async fn all_refusals_have_the_form() {
    let router = Router::new()
        .on(rename)
        .strict()
        .refuse_with(|refusal| refuse(&refusal));
    let app = axum::Router::from(router).layer(DefaultBodyLimit::max(32));
    let table = [
        (r#"POST /names/7 {"name":"a"}"#, 200, "7 a"),
        ("GET /pets ", 404, "404 -: the path is not one of the API"),
        (
            "PUT /names/7 {}",
            405,
            "405 -: the path does not allow the method",
        ),
        (
            r#"POST /names/a {"name":"a"}"#,
            400,
            "400 id: the path parameter `id` is not an integer, or not one that is allowed here",
        ),
        (
            "POST /names/7 {}",
            422,
            "422 name: the member of the body `name` is missing",
        ),
        (
            "POST /names/7?a=1 {}",
            400,
            "400 -: the query parameter `a` is not declared",
        ),
        (
            r#"POST /names/7 {"name":"a long name of a thing"}"#,
            413,
            "413 -: the body is too large",
        ),
    ];
    for (request, status, expected) in table {
        let (found, headers, text) = send(app.clone(), request, "application/json").await;
        assert_eq!(found, status, "{request}: {text}");
        assert!(text.starts_with(expected), "{request}: {text}");
        let allow = headers.get(ALLOW).map(|allow| allow.to_str().unwrap());
        assert_eq!(allow, (status == 405).then_some("POST"), "{request}");
    }
    let (status, _, text) = send(app, r#"POST /names/7 {"name":"a"}"#, "text/plain").await;
    let expected = "415 -: the `Content-Type` of the body is not `application/json`";
    assert_eq!((status, &*text), (415, expected));
}

#[tokio::test]
async fn a_merged_router_refuses_as_the_first_that_has_a_form() {
    let form = |text: &'static str| move |_: Refusal| Response::new(Body::from(text));
    let table = [
        (Router::new(), "b"),
        (Router::new().refuse_with(form("a")), "a"),
    ];
    for (router, expected) in table {
        let other = Router::new().on(rename).refuse_with(form("b"));
        let app = router.merge(other).into();
        let (_, _, text) = send(app, "GET /pets ", "application/json").await;
        assert_eq!(text, expected);
    }
}

#[tokio::test]
async fn a_form_may_have_an_allow_of_its_own() {
    let refuse = |_| {
        let response = Response::builder().header(ALLOW, "GET");
        response.body(Body::empty()).unwrap()
    };
    let app = Router::new().on(rename).refuse_with(refuse).into();
    let (_, headers, _) = send(app, "PUT /names/7 ", "application/json").await;
    let allows: Vec<_> = headers.get_all(ALLOW).into_iter().collect();
    assert_eq!(allows, ["GET"]);
}
