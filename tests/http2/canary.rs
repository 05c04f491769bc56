//! Secrets over HTTP/2: on the wire at the origin that they are for, at no other, and in nothing that is told.

use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
    time::Duration,
};

use api_request::{ApiRequest, Client, ClientBuilder, Retry, Secret};
use bytes::Bytes;
use h2::server::SendResponse;
use http::{HeaderMap, Request, Response};
use tokio::net::TcpListener;
use tokio_rustls::rustls::pki_types::CertificateDer;

use crate::{
    planted::{
        Credentials, Nested, canary, declared, form, json, parts, streamed, text, token, whole,
    },
    recorder::Recorder,
    server::{Act, INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM, Server, tls},
    told::{assert_kept, is_in, show, show_error},
};

/// What a server answers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Reply {
    Success,
    /// The message and the headers repeat what was sent.
    Repeated,
    Redirected,
}

/// A server by a library that decodes what it is sent, and records it as text.
pub(crate) struct Decoding {
    pub(crate) origin: String,
    certificate: CertificateDer<'static>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Decoding {
    pub(crate) async fn start(reply: Reply) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (acceptor, certificate) = tls();
        let server = Self {
            origin: format!("https://{}", listener.local_addr().unwrap()),
            certificate,
            seen: Arc::default(),
        };
        let seen = Arc::clone(&server.seen);
        // It ends with the test's runtime.
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, seen) = (acceptor.clone(), seen.clone());
                tokio::spawn(async move {
                    let stream = acceptor.accept(stream).await.unwrap();
                    let mut connection = h2::server::handshake(stream).await.unwrap();
                    // What a client makes of the end of the connection is its business.
                    while let Some(Ok((request, respond))) = connection.accept().await {
                        tokio::spawn(answer(request, respond, reply, seen.clone()));
                    }
                });
            }
        });
        server
    }

    fn seen(&self) -> String {
        self.requests().join("\n")
    }

    /// The requests so far: a line for the target, one for each header, and the body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

async fn answer(
    request: Request<h2::RecvStream>,
    mut respond: SendResponse<Bytes>,
    reply: Reply,
    seen: Arc<Mutex<Vec<String>>>,
) {
    let (head, mut body) = request.into_parts();
    let mut sent = format!("{} {}", head.method, head.uri.path_and_query().unwrap());
    for (name, value) in &head.headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        write!(sent, "\n{name}: {value}").unwrap();
    }
    sent.push('\n');
    while let Some(piece) = body.data().await {
        let piece = piece.unwrap();
        body.flow_control().release_capacity(piece.len()).unwrap();
        sent.push_str(&String::from_utf8_lossy(&piece));
    }
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.push(sent.clone());
        seen.len()
    };
    let mut response = Response::new(());
    let mut body = r#"{"json_secret":"CaNaRy answer"}"#.to_owned();
    match reply {
        Reply::Repeated => {
            *response.status_mut() = http::StatusCode::BAD_REQUEST;
            *response.headers_mut() = repeated(&sent);
            let message = sent.lines().collect::<Vec<_>>().join(" ");
            body = serde_json::json!({ "message": message }).to_string();
        }
        Reply::Redirected if number == 1 => {
            *response.status_mut() = http::StatusCode::TEMPORARY_REDIRECT;
            let target = head.uri.path_and_query().unwrap().as_str().parse();
            response.headers_mut().insert("location", target.unwrap());
        }
        Reply::Success | Reply::Redirected => {}
    }
    let mut stream = respond.send_response(response, false).unwrap();
    stream.send_data(body.into(), true).unwrap();
}

fn repeated(sent: &str) -> HeaderMap {
    let lines = sent.lines().enumerate().map(|(number, line)| {
        let name = http::HeaderName::try_from(format!("x-line-{number}")).unwrap();
        (name, line.try_into().unwrap())
    });
    lines.collect()
}

pub(crate) fn client_of(server: &Decoding, others: &[&Decoding]) -> ClientBuilder {
    let servers = others.iter().copied().chain([server]);
    let certificates = servers.map(|server| {
        let certificate = reqwest::Certificate::from_der(&server.certificate);
        certificate.unwrap()
    });
    let certificates: Vec<_> = certificates.collect();
    Client::builder(&*server.origin).reqwest(move || {
        let builder = reqwest::Client::builder().no_proxy();
        builder.tls_certs_only(certificates.clone())
    })
}

/// Makes a call, and adds all that it tells.
async fn call<R>(told: &mut String, client: &Client, request: &R, credentials: Credentials)
where
    R: ApiRequest<Response = Nested> + Debug,
    R::Error: 'static,
{
    show(told, &(client, request));
    let call = credentials.of_call(client.call(request));
    show(told, &call);
    match call.send_full().await {
        Ok(response) => show(told, &response),
        Err(error) => show_error(told, &error),
    }
}

/// Makes calls of each kind of request.
async fn call_all(told: &mut String, client: &Client, credentials: Credentials) {
    call(told, client, &json(), credentials).await;
    call(told, client, &whole(), credentials).await;
    call(told, client, &text(), credentials).await;
    call(told, client, &form(), credentials).await;
    call(told, client, &parts(), credentials).await;
    call(told, client, &declared(), credentials).await;
    call(told, client, &streamed(), credentials).await;
}

const PLANTED: [&str; 15] = [
    canary!("path"),
    canary!("query"),
    token!("header"),
    canary!("cookie"),
    canary!("member"),
    canary!("nested"),
    canary!("whole"),
    canary!("text"),
    canary!("form"),
    canary!("part"),
    canary!("json-part"),
    canary!("declared-path"),
    canary!("flat-query"),
    canary!("list"),
    canary!("stream"),
];

fn canaries(credentials: Credentials) -> Vec<&'static str> {
    let canaries = credentials.canaries().iter();
    canaries.map(|(secret, _)| *secret).collect()
}

#[tokio::test]
async fn no_secret_is_told_and_each_is_sent() {
    for reply in [Reply::Success, Reply::Repeated, Reply::Redirected] {
        for credentials in Credentials::ALL {
            let of = format!("{reply:?} {credentials:?}");
            let (recorder, _guard) = Recorder::start();
            let server = Decoding::start(reply).await;
            let client = credentials.of_client(client_of(&server, &[]).retry(Retry::none()));
            let client = client.build().unwrap();
            let mut told = String::new();
            call_all(&mut told, &client, credentials).await;
            told.push_str(&recorder.all());
            let of_credentials = canaries(credentials);
            let seen = server.seen();
            for secret in PLANTED.iter().chain(&of_credentials) {
                assert!(is_in(&seen, secret), "{of}: {secret} is not sent:\n{seen}");
            }
            assert_kept(&told, &[&PLANTED[..], &of_credentials].concat(), &of);
        }
    }
}

#[tokio::test]
async fn no_secret_is_told_when_a_stream_or_connection_ends() {
    for act in [
        Act::Reset(INTERNAL_ERROR),
        Act::Reset(REFUSED_STREAM),
        Act::GoAwayBefore(NO_ERROR),
        Act::GoAwayAfter(NO_ERROR),
        Act::HangUp,
        Act::AnswerAtLength,
        Act::FallSilent,
    ] {
        for credentials in Credentials::ALL {
            let (recorder, _guard) = Recorder::start();
            let server = Server::start([act]).await;
            let builder = server.builder().read_timeout(Duration::from_millis(20));
            let client = credentials.of_client(builder.retry(Retry::none()));
            let client = client.build().unwrap();
            let mut told = String::new();
            call_all(&mut told, &client, credentials).await;
            told.push_str(&recorder.all());
            let all = [&PLANTED[..], &canaries(credentials)].concat();
            assert_kept(&told, &all, &format!("{act:?} {credentials:?}"));
        }
    }
}

/// A request to a URL that is a secret, and has others in it.
#[derive(Debug, ApiRequest)]
#[api(method = PUT, response = Nested)]
struct Upload {
    #[api(url)]
    at: Secret<String>,
    #[api(body = text)]
    body: &'static str,
}

#[tokio::test]
async fn another_origin_gets_the_secrets_of_the_url_and_the_call_alone() {
    for reply in [Reply::Success, Reply::Repeated, Reply::Redirected] {
        for credentials in Credentials::ALL {
            let of = format!("{reply:?} {credentials:?}");
            let (recorder, _guard) = Recorder::start();
            let home = Decoding::start(Reply::Success).await;
            let other = Decoding::start(reply).await;
            let client = credentials.of_client(client_of(&home, &[&other]).retry(Retry::none()));
            let client = client.build().unwrap();
            let mut told = String::new();
            let upload = Upload {
                at: format!("{}/CaNaRy-path?signature=CaNaRy-signature", other.origin).into(),
                body: "no secret",
            };
            call(&mut told, &client, &upload, credentials).await;
            // These have secrets of their own.
            let request = json();
            let refused = client.call(&request).base_url(&*other.origin).send().await;
            show_error(&mut told, &refused.unwrap_err());
            told.push_str(&recorder.all());
            let seen = other.seen();
            assert!(
                seen.contains("/CaNaRy-path?signature=CaNaRy-signature"),
                "{of}: {seen}"
            );
            let is_of_call = matches!(credentials, Credentials::Call | Credentials::CallBasic);
            for secret in canaries(credentials) {
                assert_eq!(is_in(&seen, secret), is_of_call, "{of}: {secret}:\n{seen}");
            }
            assert!(
                !PLANTED.iter().any(|secret| is_in(&seen, secret)),
                "{of}: {seen}"
            );
            assert_eq!(home.seen(), "");
            assert_kept(&told, &canaries(credentials), &of);
        }
    }
}
