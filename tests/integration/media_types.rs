//! An operation whose body has one of several media types: a declaration for each.

use api_request::{
    ApiRequest, Client, ErrorBody, FromHttp, Part, axum::Router, operations, testing::Fake,
};
use axum::body::Body as AxumBody;
use http::Request;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/transcriptions", name = "transcribe", fields = json, response(text))]
struct Transcribe {
    audio: String,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/transcriptions", name = "transcribe", response(text))]
struct TranscribeFile {
    #[api(part)]
    audio: Part,
}

operations! { static OPERATIONS: [Transcribe, TranscribeFile] }

async fn transcribe(request: Transcribe) -> Result<String, ErrorBody> {
    Ok(format!("text {}", request.audio))
}

async fn transcribe_file(_: TranscribeFile) -> Result<String, ErrorBody> {
    Ok("file".to_owned())
}

#[test]
fn both_are_listed() {
    let types = OPERATIONS.iter().map(|it| it.operation().content_type());
    let expected = [Some("application/json"), Some("multipart/form-data")];
    assert!(types.eq(expected));
}

#[tokio::test]
async fn the_media_type_of_the_body_tells_them_apart() {
    let api = Fake::new().on(transcribe).on(transcribe_file);
    let builder = Client::builder("https://api.example.com").transport(api.clone());
    let client = builder.build().unwrap();
    let audio = "YWJj".to_owned();
    let text = client.send(&Transcribe { audio }).await.unwrap();
    assert_eq!(text, "text YWJj");
    let audio = Part::bytes("abc").filename("a.wav");
    let file = client.send(&TranscribeFile { audio }).await.unwrap();
    assert_eq!(file, "file");
    assert_eq!(api.sent::<Transcribe>().len(), 1);
    assert_eq!(api.sent::<TranscribeFile>().len(), 1);
}

#[tokio::test]
async fn a_router_tells_them_apart_and_refuses_others() {
    let app: axum::Router = Router::new().on(transcribe_file).on(transcribe).into();
    for (content_type, body, status, expected) in [
        (
            "application/json; charset=utf-8",
            r#"{"audio":"a"}"#,
            200,
            "text a",
        ),
        (
            "application/vnd.api+json",
            r#"{"audio":"a"}"#,
            200,
            "text a",
        ),
        (
            "multipart/form-data; boundary=b",
            "--b\r\ncontent-disposition: form-data; name=\"audio\"; filename=\"a\"\r\n\r\na\r\n--b--\r\n",
            200,
            "file",
        ),
        ("text/plain", "a", 415, "Unsupported Media Type"),
    ] {
        let request = Request::post("/transcriptions").header("content-type", content_type);
        let request = request.body(AxumBody::from(body)).unwrap();
        let response = app.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), status, "{content_type}");
        let body = response.into_body().collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&body);
        assert!(text.contains(expected), "{content_type}: {text}");
    }
}
