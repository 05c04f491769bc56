//! `Content-Length`: of requests without content, and of responses that are shorter than they say.

use std::{
    pin::Pin,
    task::{Context, Poll},
};

use api_request::{
    ApiRequest, Body, ByteStream, Client, ClientBuilder, Limits, Phase, ReqwestTransport, Retry,
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use http::Response;
use http_body::{Frame, SizeHint};
use http_body_util::Full;
use serde::Serialize;

use crate::server::{Server, answer, double, hang_up};

macro_rules! declare {
    ($($name:ident: $method:literal;)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = $method, path = "/p")]
        struct $name;
    )*};
}

macro_rules! bodies {
    ($($name:ident: $method:ident, $option:ident, $ty:ty;)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = $method, path = "/p")]
        struct $name {
            #[api(body = $option)]
            body: $ty,
        }
    )*};
}

declare! {
    Post: "POST";
    Put: "PUT";
    Patch: "PATCH";
    Query: "QUERY";
    Other: "RENAME";
    Get: "GET";
    Head: "HEAD";
    Trace: "TRACE";
    Delete: "DELETE";
    Options: "OPTIONS";
}

bodies! {
    PostBytes: POST, bytes, Vec<u8>;
    PostText: POST, text, String;
    PostStream: POST, stream, Body;
    PutStream: PUT, stream, Body;
    PostForm: POST, form, Absent;
    DeleteText: DELETE, text, String;
}

#[derive(Serialize)]
struct Absent {
    #[serde(skip_serializing_if = "Option::is_none")]
    a: Option<u32>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/p", fields = form)]
struct PostMembers {
    a: Option<u32>,
}

#[derive(ApiRequest)]
#[api(method = PATCH, path = "/p")]
struct PatchNone {
    #[api(body)]
    body: Option<u32>,
}

async fn send<R: ApiRequest>(client: &Client, request: &R) {
    let result = client.send(request).await;
    assert!(result.is_ok(), "{}", R::OPERATION.method());
}

/// Sends a request of each kind without content, and returns how many that are.
async fn send_all(client: &Client, empty_file: &std::path::Path) -> usize {
    let empty = || Body::wrap(Full::<Bytes>::default());
    send(client, &Post).await;
    send(client, &Put).await;
    send(client, &Patch).await;
    send(client, &Query).await;
    send(client, &Other).await;
    send(client, &PostBytes { body: Vec::new() }).await;
    let body = String::new;
    send(client, &PostText { body: body() }).await;
    send(client, &DeleteText { body: body() }).await;
    send(
        client,
        &PostStream {
            body: Body::empty(),
        },
    )
    .await;
    send(client, &PostStream { body: empty() }).await;
    send(
        client,
        &PutStream {
            body: Body::file(empty_file),
        },
    )
    .await;
    send(
        client,
        &PostForm {
            body: Absent { a: None },
        },
    )
    .await;
    send(client, &PostMembers { a: None }).await;
    send(client, &PatchNone { body: None }).await;
    14
}

async fn send_without(client: &Client) {
    send(client, &Get).await;
    send(client, &Head).await;
    send(client, &Trace).await;
    send(client, &Delete).await;
    send(client, &Options).await;
}

#[tokio::test]
async fn a_request_without_content_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("empty");
    std::fs::write(&file, "").unwrap();
    for is_service in [false, true] {
        let server = Server::start([hang_up("HTTP/1.1 204 No Content\r\n\r\n")]).await;
        let builder = server.builder();
        let client = if is_service {
            let transport = ReqwestTransport::new(server.origin()).unwrap();
            builder.service(transport).build().unwrap()
        } else {
            builder.build().unwrap()
        };
        let count = send_all(&client, &file).await;
        let seen = server.seen();
        assert_eq!(seen.len(), count);
        for request in seen {
            assert!(request.contains("\r\ncontent-length: 0\r\n"), "{request}");
            assert!(!request.contains("transfer-encoding"), "{request}");
            assert!(request.ends_with("\r\n\r\n"), "{request}");
        }
        send_without(&client).await;
        let seen = &server.seen()[count..];
        assert_eq!(seen.len(), 5);
        for request in seen {
            assert!(!request.contains("content-length"), "{request}");
        }
    }
}

#[tokio::test]
async fn a_redirect_to_get_says_nothing_of_content() {
    let server = Server::start([
        hang_up("HTTP/1.1 303 See Other\r\nLocation: /n\r\nContent-Length: 0\r\n\r\n"),
        answer("204 No Content", ""),
    ])
    .await;
    send(&server.client(), &Post).await;
    let seen = server.seen();
    assert!(seen[0].contains("content-length: 0\r\n"), "{seen:?}");
    assert!(!seen[1].contains("content-length"), "{seen:?}");
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(text))]
struct Text;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response = Vec<u32>)]
struct Json;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n", response(stream))]
struct Download;

#[derive(ApiRequest)]
#[api(method = HEAD, path = "/n", response(text))]
struct HeadText;

/// An API whose answers say that they have 100 bytes.
fn hundred(body: fn() -> Body) -> ClientBuilder {
    double(move |_| async move {
        let answer = Response::builder().header("content-length", "100");
        Ok(answer.body(body())?)
    })
    .retry(Retry::none())
}

fn pieces() -> Body {
    Body::once(stream::iter(
        ["1", "2", "3"].map(|piece| Ok::<_, std::io::Error>(piece.into())),
    ))
}

#[tokio::test]
async fn a_body_that_is_shorter_than_it_says_is_an_error() {
    for body in [|| "123".into(), pieces, || Body::wrap(Full::from("123"))] {
        let client = hundred(body).build().unwrap();
        let text = client.send(&Text).await.unwrap_err();
        let json = client.send(&Json).await.unwrap_err();
        let stream: ByteStream = client.send(&Download).await.unwrap();
        assert_eq!(stream.content_length(), Some(100));
        let mut streamed: Vec<_> = stream.collect().await;
        let streamed = streamed.pop().unwrap().unwrap_err();
        for error in [text, json, streamed] {
            assert_eq!(error.phase(), Phase::Answered);
            assert!(!error.is_decode(), "{error:?}");
            assert_eq!(error.status().unwrap(), 200);
            let source = std::error::Error::source(&error).unwrap();
            assert_eq!(source.to_string(), "3 of 100 bytes received");
        }
    }
    // A call that is safe to repeat is.
    let client = hundred(|| "123".into());
    let retry = Retry::default().base_delay(std::time::Duration::ZERO);
    let error = client.retry(retry).build().unwrap().send(&Text).await;
    assert_eq!(error.unwrap_err().attempts(), 3);
}

#[tokio::test]
async fn a_response_that_has_no_body_is_none_that_is_cut() {
    let client = hundred(Body::empty).build().unwrap();
    assert_eq!(client.send(&HeadText).await.unwrap(), "");
    let client = double(|_| async {
        let answer = Response::builder()
            .status(204)
            .header("content-length", "100");
        Ok(answer.body(Body::empty())?)
    });
    assert_eq!(client.build().unwrap().send(&Text).await.unwrap(), "");
    // The length of what a transport has decompressed, and left the headers as they were.
    let client = double(|_| async {
        let answer = Response::builder().header("content-length", "100");
        Ok(answer
            .header("content-encoding", "gzip")
            .body("123".into())?)
    });
    assert_eq!(client.build().unwrap().send(&Text).await.unwrap(), "123");
}

#[test]
fn a_body_in_memory_is_as_long_as_it_says() {
    let response = |length| {
        let response = Response::builder().header("content-length", length);
        response.body(Bytes::from("123")).unwrap()
    };
    assert_eq!(Text::decode(response("3")).unwrap(), "123");
    assert_eq!(Text::decode(response("x")).unwrap(), "123");
    let error = Text::decode(response("100")).unwrap_err();
    assert_eq!(error.phase(), Phase::Answered);
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "3 of 100 bytes received");
}

/// Two pieces of a body that says that it has exabytes.
struct Boast(u8);

impl http_body::Body for Boast {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let left = self.0.checked_sub(1);
        self.0 = left.unwrap_or_default();
        Poll::Ready(left.map(|_| Ok(Frame::data(Bytes::from_static(b"1")))))
    }

    fn size_hint(&self) -> SizeHint {
        let mut hint = SizeHint::new();
        hint.set_lower(9_000_000_000_000_000_000);
        hint
    }
}

#[tokio::test]
async fn no_room_is_made_for_what_does_not_come() {
    let limits = Limits::default().body(usize::MAX).error_body(usize::MAX);
    for status in [200, 500] {
        let client = double(move |_| async move {
            Ok(Response::builder()
                .status(status)
                .body(Body::wrap(Boast(2)))?)
        });
        let client = client.limits(limits).retry(Retry::none()).build().unwrap();
        match client.send(&Text).await {
            Ok(text) => assert_eq!((status, &*text), (200, "11")),
            Err(error) => assert_eq!(error.body().unwrap(), "11"),
        }
    }
    let head = "HTTP/1.1 200 OK\r\nContent-Length: 9000000000000000000\r\n\r\n";
    let server = Server::start([hang_up(&format!("{head}12"))]).await;
    let client = server.builder().limits(limits).retry(Retry::none());
    let error = client.build().unwrap().send(&Text).await.unwrap_err();
    assert_eq!(error.phase(), Phase::Answered);
}
