//! What a client adds to a request, and nothing else.

use api_request::{ApiRequest, Client};
use http::HeaderMap;

use crate::server::{Server, answer};

#[derive(ApiRequest)]
#[api(method = GET, path = "/names")]
struct ListNames;

#[derive(ApiRequest)]
#[api(method = POST, path = "/names/{id}", response = u32)]
struct Rename<'a> {
    id: u32,
    #[api(query)]
    dry: Option<bool>,
    #[api(header = "X-Trace")]
    trace: Option<&'a str>,
    #[api(header)]
    user_agent: Option<&'a str>,
    #[api(json)]
    name: &'a str,
}

const RENAME: Rename<'_> = Rename {
    id: 7,
    dry: Some(true),
    trace: None,
    user_agent: None,
    name: "ada",
};

const AGENT: &str = concat!("api-request/", env!("CARGO_PKG_VERSION"));

#[tokio::test]
async fn a_get_is_exactly_this() {
    let server = Server::start([answer("204 No Content", "")]).await;
    server.client().send(&ListNames).await.unwrap();
    assert_eq!(
        server.seen(),
        [format!(
            "GET /names HTTP/1.1\r\naccept: */*\r\nuser-agent: {AGENT}\r\naccept-encoding: gzip\r\n\
             host: ADDRESS\r\n\r\n"
        )]
    );
}

#[tokio::test]
async fn a_post_is_exactly_this() {
    let server = Server::start([answer("200 OK", "1")]).await;
    let client = Client::builder(format!("{}/v1/", server.origin()))
        .header("X-Version", "2")
        .build()
        .unwrap();
    assert_eq!(client.send(&RENAME).await.unwrap(), 1);
    let seen = server.seen().remove(0);
    let (head, body) = seen.split_once("\r\n\r\n").unwrap();
    let mut lines: Vec<&str> = head.split("\r\n").collect();
    assert_eq!(lines.remove(0), "POST /v1/names/7?dry=true HTTP/1.1");
    lines.sort_unstable();
    let agent = format!("user-agent: {AGENT}");
    assert_eq!(
        lines,
        [
            "accept-encoding: gzip",
            "accept: application/json",
            "content-length: 14",
            "content-type: application/json",
            "host: ADDRESS",
            &agent,
            "x-version: 2",
        ]
    );
    assert_eq!(body, r#"{"name":"ada"}"#);
}

#[test]
fn a_call_beats_the_declaration_which_beats_the_client() {
    let client = Client::builder("https://api.example.com")
        .header("X-Trace", "client")
        .user_agent("client/1")
        .build()
        .unwrap();
    let declared = Rename {
        trace: Some("declared"),
        user_agent: Some("declared/1"),
        ..RENAME
    };
    let sent = |request: &Rename<'_>, of_call: bool| {
        let mut call = client.call(request);
        if of_call {
            call = call
                .header("x-trace", "call")
                .header("User-Agent", "call/1");
        }
        let headers = call.build().unwrap().into_parts().0.headers;
        assert_eq!(headers.get_all("x-trace").iter().count(), 1);
        [&headers["x-trace"], &headers["user-agent"]]
            .map(|value| value.to_str().unwrap().to_owned())
    };
    assert_eq!(sent(&RENAME, false), ["client", "client/1"]);
    assert_eq!(sent(&declared, false), ["declared", "declared/1"]);
    assert_eq!(sent(&declared, true), ["call", "call/1"]);
}

#[tokio::test]
async fn what_is_built_is_what_is_sent() {
    let server = Server::start([answer("200 OK", "1")]).await;
    let client = server.builder().bearer("t").build().unwrap();
    let built = client.call(&RENAME).build().unwrap();
    client.send(&RENAME).await.unwrap();
    let seen = server.seen().remove(0);
    for (name, value) in built.headers() {
        let line = format!("\r\n{name}: {}\r\n", value.to_str().unwrap());
        assert!(seen.contains(&line), "{line} in {seen}");
    }
    assert!(seen.starts_with("POST /names/7?dry=true "));
}

#[tokio::test]
async fn a_stream_is_sent_in_chunks() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/file")]
    struct Upload {
        #[api(body = stream)]
        content: api_request::Body,
    }

    let server = Server::start([answer("204 No Content", "")]).await;
    let content = api_request::Body::stream(|| {
        futures_util::stream::iter([Ok::<_, std::io::Error>("hel".into()), Ok("lo".into())])
    });
    server.client().send(&Upload { content }).await.unwrap();
    let seen = server.seen().remove(0);
    assert!(
        seen.contains("\r\ntransfer-encoding: chunked\r\n"),
        "{seen}"
    );
    assert!(!seen.contains("content-length"), "{seen}");
    assert!(seen.ends_with("3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"), "{seen}");
}

#[tokio::test]
async fn a_large_body_keeps_its_length() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/file")]
    struct Upload {
        #[api(body = bytes)]
        content: Vec<u8>,
    }

    let server = Server::start([answer("204 No Content", "")]).await;
    let content = vec![b'x'; 1_000_000];
    server.client().send(&Upload { content }).await.unwrap();
    let seen = server.seen().remove(0);
    assert!(seen.contains("\r\ncontent-length: 1000000\r\n"));
    assert!(!seen.contains("transfer-encoding"));
    assert!(seen.ends_with(&format!("\r\n\r\n{}", "x".repeat(1_000_000))));
}

#[test]
fn headers_that_cannot_be_sent_are_refused() {
    let cases = [
        ("Content-Length", "1"),
        ("host", "example.com"),
        ("Transfer-Encoding", "chunked"),
        ("connection", "close"),
        ("X Y", "1"),
        ("", "1"),
        ("X-Y", "canary\r\nZ: 1"),
        ("X-Y", " canary"),
        ("X-Y", "canary\t"),
    ];
    for (name, value) in cases {
        let builder = Client::builder("https://api.example.com").header(name, value);
        let error = builder.build().unwrap_err();
        assert!(!error.to_string().contains("canary"), "{error}");
        let client = Client::new("https://api.example.com").unwrap();
        let error = client
            .call(&RENAME)
            .header(name, value)
            .build()
            .unwrap_err();
        assert!(error.is_encode());
        assert_eq!(error.phase(), api_request::Phase::NotSent);
        assert_eq!(error.operation(), "Rename");
        assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
    }
}

#[test]
fn a_base_url_that_cannot_be_used_is_an_error_of_build() {
    for base in [
        "",
        "/v1",
        "ftp://example.com",
        "https://u:canary@example.com",
        "https://example.com?q",
    ] {
        let error = Client::builder(base).bearer("t").build().unwrap_err();
        assert!(!format!("{error:?}").contains("canary"));
        assert!(Client::new(base.to_owned()).is_err());
    }
}

#[tokio::test]
async fn a_connection_is_used_again() {
    let server = Server::start([
        answer("200 OK", "what nobody asked for"),
        answer("404 Not Found", "x"),
    ])
    .await;
    let client = server.client();
    client.send(&ListNames).await.unwrap();
    for _ in 0..20 {
        client.clone().send(&ListNames).await.unwrap_err();
    }
    // Another may be opened before the last one is back in the pool, but not for each call.
    assert!(server.connections() < 20);
}

#[tokio::test]
async fn a_request_is_not_borrowed_by_its_future() {
    let server = Server::start([answer("200 OK", "1")]).await;
    let client = server.client();
    assert_eq!(client.send(&RENAME).await.unwrap(), 1);
    let future = client.send(&RENAME);
    assert_eq!(tokio::spawn(future).await.unwrap().unwrap(), 1);
}

#[tokio::test]
async fn a_path_that_looks_like_a_host_is_a_path() {
    let server = Server::start([answer("204 No Content", "")]).await;
    let base = format!("{}//other.example", server.origin());
    let client = Client::new(base).unwrap();
    client.send(&ListNames).await.unwrap();
    assert!(server.seen()[0].starts_with("GET //other.example/names HTTP/1.1\r\n"));
}

#[tokio::test]
async fn a_url_that_is_too_long_is_not_sent() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/names")]
    struct Search {
        #[api(query)]
        q: String,
    }

    let server = Server::start([answer("204 No Content", "")]).await;
    let long = Search {
        q: "a".repeat(70_000),
    };
    let client = server.client();
    let error = client.send(&long).await.unwrap_err();
    assert!(error.is_encode());
    let reason = "`Search` cannot be sent: the path and query of 70009 bytes are too long";
    assert_eq!(error.to_string(), reason);
    let built = client.call(&long).build().unwrap_err();
    assert_eq!(built.to_string(), reason);
    let short = Search { q: String::new() };
    let call = client.call(&short).api_key_query("key", "a".repeat(70_000));
    let error = call.send().await.unwrap_err();
    assert!(error.is_encode());
    assert!(!error.to_string().contains("aaa"));
    assert!(server.seen().is_empty());
}

#[test]
fn a_header_map_is_as_large_as_it_has_to_be() {
    let room_for = |headers| HeaderMap::<()>::with_capacity(headers).capacity();
    let client = Client::builder("https://api.example.com")
        .bearer("t")
        .header("X-A", "1")
        .build()
        .unwrap();
    let declared = ListNames.to_http(client.base_url()).unwrap();
    assert_eq!(declared.headers().len(), 1);
    // One more, for credentials.
    assert_eq!(declared.headers().capacity(), room_for(2));
    let call = client.call(&ListNames);
    let sent = call.header("X-B", "2").header("X-C", "3").build().unwrap();
    assert_eq!(sent.headers().len(), 6);
    assert_eq!(sent.headers().capacity(), room_for(6));
    let sent = client.call(&ListNames).build().unwrap();
    assert_eq!(sent.headers().capacity(), room_for(4));
}
