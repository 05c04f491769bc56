//! Heads of responses that are valid and rare.

use api_request::{ApiRequest, Phase};

use crate::server::{Server, answer};

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(text))]
struct Text;

#[tokio::test]
async fn a_folded_line_is_read_as_one() {
    let server = Server::start([answer("200 OK\r\nX-Note: one\r\n two\r\n\tthree", "hi")]).await;
    let response = server.client().call(&Text).send_full().await.unwrap();
    let note = response.headers["x-note"].to_str().unwrap();
    let words: Vec<&str> = note.split_ascii_whitespace().collect();
    assert_eq!(words, ["one", "two", "three"]);
    assert_eq!(response.body, "hi");
}

#[tokio::test]
async fn a_hundred_headers_are_read_and_more_are_asked_for_once() {
    let head = |count| {
        let headers = "\r\nX-A: b".repeat(count);
        answer(&format!("200 OK{headers}"), "hi")
    };
    // `answer` adds one.
    let server = Server::start([head(99), head(100)]).await;
    let client = server.client();
    assert_eq!(client.send(&Text).await.unwrap(), "hi");
    let error = client.send(&Text).await.unwrap_err();
    assert!(error.is_too_large(), "{error:?}");
    assert_eq!((error.phase(), error.attempts()), (Phase::Answered, 1));
    assert_eq!(server.seen().len(), 2);
    assert_eq!(
        error.to_string(),
        "`Text`: the head of the response is too large"
    );
}
