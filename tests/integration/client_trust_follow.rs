//! At another origin: redirects, pages, retries and traces are those of the origin that was asked.

use std::time::Duration;

use api_request::{
    ApiRequest, BoxError, Client, ClientBuilder, ReqwestTransport, Retry, Secret, blocking,
};
use futures_util::{StreamExt as _, TryStreamExt as _};

use crate::{
    recorder::Recorder,
    server::{Server, answer, hang_up, refusing},
};

#[derive(Clone, ApiRequest)]
#[api(method = GET, response = Vec<u32>, events = u32, paginate(link))]
struct Get {
    #[api(url)]
    at: String,
    #[api(header)]
    x_note: &'static str,
}

#[derive(ApiRequest)]
#[api(method = PUT)]
struct Put {
    #[api(url)]
    at: Secret<String>,
    #[api(body = text)]
    body: &'static str,
}

fn get(at: impl Into<String>) -> Get {
    let at = at.into();
    Get { at, x_note: "n" }
}

/// With all that a client can have.
fn with_all<C>(client: ClientBuilder<C>) -> ClientBuilder<C> {
    client
        .credentials(|| async { Ok::<_, BoxError>(Secret::new("canary".to_owned())) })
        .api_key_header("X-Api-Key", "canary")
        .api_key_query("key", "canary")
        .header("X-Default", "canary")
        .header("Cookie", "session=canary")
        .retry(Retry::default().base_delay(Duration::ZERO))
}

fn client(home: &Server) -> ClientBuilder {
    with_all(home.builder())
}

/// The requests of a server, by their first lines.
fn lines(server: &Server) -> Vec<String> {
    let seen = server.seen();
    let lines = seen
        .iter()
        .map(|request| request.split("\r\n").next().unwrap().to_owned());
    lines.collect()
}

#[tokio::test]
async fn another_server_gets_what_is_declared_alone() {
    let home = Server::start([answer("200 OK", "[]")]).await;
    let other = Server::start([answer("200 OK", "[]")]).await;
    let version = env!("CARGO_PKG_VERSION");
    let get_expected = format!(
        "GET /n HTTP/1.1\r\nx-note: n\r\naccept: application/json\r\nuser-agent: api-request/{version}\r\naccept-encoding: gzip\r\nhost: ADDRESS\r\n\r\n"
    );
    let put_expected = format!(
        "PUT /u?sig=canary HTTP/1.1\r\naccept: */*\r\ncontent-type: text/plain; charset=utf-8\r\nuser-agent: api-request/{version}\r\naccept-encoding: gzip\r\nhost: ADDRESS\r\ncontent-length: 5\r\n\r\nhello"
    );
    let url = format!("{}/n", other.origin());
    let upload = Put {
        at: format!("{}/u?sig=canary", other.origin()).into(),
        body: "hello",
    };
    let service = ReqwestTransport::new(home.origin()).unwrap();
    for client in [client(&home), client(&home).service(service)] {
        let client = client.build().unwrap();
        client.send(&get(&url)).await.unwrap();
        client.send(&upload).await.unwrap();
    }
    assert_eq!(
        other.seen()[..2],
        [get_expected.clone(), put_expected.clone()]
    );
    assert_eq!(other.seen()[2..], [get_expected, put_expected]);
    assert_eq!(home.connections(), 0);

    let trusting = client(&home).trust_origin(other.origin()).build().unwrap();
    trusting.send(&get(&url)).await.unwrap();
    let seen = other.seen().pop().unwrap();
    assert_eq!(seen.matches("canary").count(), 5, "{seen}");
}

#[tokio::test]
async fn so_does_it_from_a_client_without_async() {
    let home = Server::start([answer("200 OK", "[]")]).await;
    let other = Server::start([answer("200 OK", "[]")]).await;
    let (origin, other_origin) = (home.origin().to_owned(), other.origin().to_owned());
    tokio::task::spawn_blocking(move || {
        let client = with_all(blocking::Client::builder(&*origin))
            .build()
            .unwrap();
        let request = get(format!("{other_origin}/n"));
        client.send(&request).unwrap();
        client
            .call(&get("n"))
            .base_url(&*other_origin)
            .send()
            .unwrap();
        assert_eq!(client.call(&request).items::<u32>().count(), 0);
        assert!(client.call(&get("n")).base_url("x").send().is_err());
    })
    .await
    .unwrap();
    assert_eq!(lines(&other), ["GET /n HTTP/1.1"; 3]);
    assert!(!other.seen().concat().contains("canary"));
    assert_eq!(home.connections(), 0);
}

#[tokio::test]
async fn a_redirect_stays_where_it_is() {
    let home = Server::start([answer("200 OK", "[1]")]).await;
    for status in [301, 302, 303, 307, 308] {
        let there = answer(&format!("{status} There\r\nLocation: /there?a"), "");
        let back = answer(
            &format!("{status} Back\r\nLocation: {}/n", home.origin()),
            "",
        );
        let other = Server::start([there.clone(), answer("200 OK", "[1]"), there, back]).await;
        let client = client(&home).trust_origin(home.origin()).build().unwrap();
        let request = get(format!("{}/n", other.origin()));
        assert_eq!(client.send(&request).await.unwrap(), [1]);
        // The second time, it leads back to where the client is, which is another origin than the one that was asked.
        let error = client.send(&request).await.unwrap_err();
        assert!(error.is_redirect());
        let end = format!("leads to another origin, {}", home.origin());
        assert!(error.to_string().ends_with(&end), "{error}");
        let expected = ["GET /n HTTP/1.1", "GET /there?a HTTP/1.1"];
        assert_eq!(lines(&other), [expected, expected].concat());
        assert!(!other.seen().concat().contains("canary"));
    }
    assert_eq!(home.connections(), 0);
}

#[tokio::test]
async fn next_pages_are_those_of_the_origin_that_was_asked() {
    let home = Server::start([answer("200 OK", "[1]")]).await;
    let link = |url: &str| format!("200 OK\r\nLink: <{url}>; rel=\"next\"");
    let other = Server::start([
        answer(&link("/m?p=2"), "[1]"),
        answer(&link("?p=3"), "[2]"),
        answer(&link(&format!("{}/n", home.origin())), "[3]"),
    ])
    .await;
    let client = client(&home).build().unwrap();
    let request = get(format!("{}/n", other.origin()));
    let items: Vec<_> = client.call(&request).items::<u32>().collect().await;
    let error = items.last().unwrap().as_ref().unwrap_err();
    assert!(error.is_page());
    let end = format!("leads to another origin, {}", home.origin());
    assert!(error.to_string().ends_with(&end), "{error}");
    assert_eq!(items.len(), 4);
    let expected = [
        "GET /n HTTP/1.1",
        "GET /m?p=2 HTTP/1.1",
        "GET /m?p=3 HTTP/1.1",
    ];
    assert_eq!(lines(&other), expected);
    assert!(!other.seen().concat().contains("canary"));
    assert_eq!(home.connections(), 0);

    // The same by a base URL of the call.
    let other = Server::start([answer(&link("/m"), "[1]"), answer("200 OK", "[2]")]).await;
    let request = get("n");
    let call = client.call(&request).base_url(other.origin());
    let items: Vec<u32> = call.items().try_collect().await.unwrap();
    assert_eq!(items, [1, 2]);
    assert_eq!(lines(&other), ["GET /n HTTP/1.1", "GET /m HTTP/1.1"]);
    assert_eq!(home.connections(), 0);
}

#[tokio::test]
async fn a_401_of_another_origin_does_not_refresh_credentials() {
    let home = Server::start([answer("200 OK", "[]")]).await;
    let other = Server::start([answer("401 Unauthorized", "")]).await;
    let client = client(&home).build().unwrap();
    let request = get(format!("{}/n", other.origin()));
    assert!(client.send(&request).await.unwrap_err().is_status());
    assert_eq!(other.seen().len(), 1);
}

#[tokio::test]
async fn each_origin_has_a_budget_of_its_own() {
    let unavailable = || Server::start([answer("503 Unavailable", "")]);
    let (home, other) = (unavailable().await, unavailable().await);
    let client = client(&home).build().unwrap();
    let attempts = async |url: String| {
        let request = get(url);
        client.send(&request).await.unwrap_err().attempts()
    };
    let there = format!("{}/n", other.origin());
    let mut retries = 0;
    loop {
        let attempts = attempts(there.clone()).await;
        retries += attempts - 1;
        if attempts == 1 {
            break;
        }
    }
    assert_eq!(retries, 100);
    assert_eq!(attempts("/n".to_owned()).await, 3);
    assert_eq!(attempts(there).await, 1);
}

#[tokio::test]
async fn errors_and_traces_name_the_origin_that_was_asked() {
    let home = Server::start([answer("200 OK", "[]")]).await;
    let other = Server::start([hang_up(""), answer("200 OK", "[]")]).await;
    let (recorder, _guard) = Recorder::start();
    let client: Client = client(&home).build().unwrap();
    let at = format!("{}/CaNaRy?sig=CaNaRy", other.origin());
    client
        .send(&Put {
            at: at.into(),
            body: "",
        })
        .await
        .unwrap();
    let span = recorder.spans().pop().unwrap();
    assert_eq!(span.get("otel.name"), Some("PUT"));
    assert_eq!(span.get("url.template"), None);
    assert_eq!(span.get("server.address"), Some("127.0.0.1"));
    let port = other.origin().rsplit(':').next();
    assert_eq!(span.get("server.port"), port);
    assert!(!recorder.all().contains("CaNaRy"), "{}", recorder.all());

    let (refused, _port) = refusing();
    let at = format!("{refused}/CaNaRy").into();
    let error = client.send(&Put { at, body: "" }).await.unwrap_err();
    assert!(error.is_connect());
    assert!(error.to_string().contains(&refused), "{error}");
    assert!(!format!("{error:?} {error}").contains("CaNaRy"));
}
