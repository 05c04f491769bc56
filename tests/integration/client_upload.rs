//! The progress of uploads: of every kind of body, on every transport, anew for each request, and without a change on the
//! wire.

use std::{
    fs,
    sync::{Arc, Mutex},
};

use api_request::{ApiRequest, Body, BoxError, Client, Part, Progress, blocking};
use bytes::Bytes;
use futures_util::stream;
use http::{Request, Response};
use http_body_util::BodyExt as _;

use crate::server::{Server, answer, double};

#[derive(ApiRequest)]
#[api(method = PUT, path = "/n")]
struct Put {
    #[api(body = stream)]
    content: Body,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/n", fields = json, idempotent)]
struct Post {
    text: String,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/n", fields = part)]
struct Parts {
    name: &'static str,
    file: Part,
}

/// What was sent, and the total.
type Step = (u64, Option<u64>);

type Told = Arc<Mutex<Vec<Step>>>;

/// A function to be told, and what it was told.
fn listen() -> (impl FnMut(Progress) + Send + 'static, Told) {
    let told = Told::default();
    let teller = told.clone();
    let listener = move |progress: Progress| {
        let mut told = teller.lock().unwrap();
        told.push((progress.received, progress.total));
    };
    (listener, told)
}

/// A client of an API that reads each body, and answers with these statuses in order.
fn api(statuses: &'static [u16]) -> Client {
    let seen = Mutex::new(0);
    let client = double(move |request: Request<Body>| {
        let mut seen = seen.lock().unwrap();
        let status = statuses[*seen];
        *seen += 1;
        async move {
            request.into_body().collect().await?;
            let response = Response::builder().status(status);
            Ok(response.header("location", "/m").body(Body::empty())?)
        }
    });
    client.build().unwrap()
}

fn once(pieces: &'static [usize]) -> Body {
    let pieces = pieces.iter().map(|length| Bytes::from(vec![7; *length]));
    Body::once(stream::iter(pieces.map(Ok::<_, BoxError>)))
}

#[tokio::test]
async fn it_is_told_piece_by_piece_whatever_the_body() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, vec![7; 150_000]).unwrap();
    let in_memory = || Body::from(vec![7; 150_000]);
    let all = Some(150_000);
    let pieces = [(65_536, all), (131_072, all), (150_000, all)];
    let cases: [(Body, &[Step]); 6] = [
        (in_memory(), &pieces),
        (Body::from("hello"), &[(5, Some(5))]),
        (
            Body::wrap(http_body_util::Full::from(vec![7; 150_000])),
            &pieces,
        ),
        (
            once(&[3, 0, 70_000]),
            &[(3, None), (65_539, None), (70_003, None)],
        ),
        (Body::empty(), &[]),
        (once(&[]), &[]),
    ];
    for (content, expected) in cases {
        let (listener, told) = listen();
        let what = format!("{content:?}");
        let request = Put { content };
        api(&[204])
            .call(&request)
            .on_upload(listener)
            .send()
            .await
            .unwrap();
        assert_eq!(*told.lock().unwrap(), expected, "{what}");
    }

    // A file is read in pieces of its own size.
    let (listener, told) = listen();
    let request = Put {
        content: Body::file(&path),
    };
    api(&[204])
        .call(&request)
        .on_upload(listener)
        .send()
        .await
        .unwrap();
    let told = told.lock().unwrap().clone();
    assert!(
        told.windows(2)
            .all(|pair| pair[0].0 < pair[1].0 && pair[1].0 - pair[0].0 <= 65_536)
    );
    assert_eq!(told.last(), Some(&(150_000, all)));

    for (file, total) in [(Part::file(&path), true), (Part::body(once(&[9])), false)] {
        let (listener, told) = listen();
        let request = Parts { name: "n", file };
        api(&[204])
            .call(&request)
            .on_upload(listener)
            .send()
            .await
            .unwrap();
        let told = told.lock().unwrap();
        let (sent, _) = *told.last().unwrap();
        assert!(
            told.iter()
                .all(|(_, known)| *known == total.then_some(sent)),
            "{told:?}"
        );
    }
}

#[tokio::test]
async fn each_request_is_told_from_its_start() {
    let request = Post {
        text: "x".repeat(100_000 - 11),
    };
    let all = Some(100_000);
    let both = [(65_536, all), (100_000, all)];
    let cases: [(&[u16], usize); 4] = [
        (&[503, 500, 204], 3),
        (&[307, 204], 2),
        (&[303, 204], 1),
        (&[429, 307, 503, 204], 4),
    ];
    for (statuses, uploads) in cases {
        let (listener, told) = listen();
        let client = api(statuses);
        let retry = api_request::Retry::default().base_delay(std::time::Duration::ZERO);
        let call = client.call(&request).retry(retry).on_upload(listener);
        call.send().await.unwrap();
        assert_eq!(*told.lock().unwrap(), both.repeat(uploads), "{statuses:?}");
    }
}

#[tokio::test]
async fn a_request_that_was_given_up_tells_no_more() {
    let kept = Arc::new(Mutex::new(None));
    let keeper = kept.clone();
    let client = double(move |request: Request<Body>| {
        let first = keeper.lock().unwrap().replace(request.into_body());
        async move {
            match first {
                None => Err("reset".into()),
                Some(mut first) => {
                    while first.frame().await.is_some() {}
                    Ok(Response::new(Body::empty()))
                }
            }
        }
    });
    let (listener, told) = listen();
    let request = Put {
        content: "hello".into(),
    };
    let client = client.build().unwrap();
    client
        .call(&request)
        .on_upload(listener)
        .send()
        .await
        .unwrap();
    assert_eq!(*told.lock().unwrap(), []);
    let last = kept.lock().unwrap().take().unwrap();
    last.collect().await.unwrap();
    assert_eq!(*told.lock().unwrap(), [(5, Some(5))]);
}

#[tokio::test]
async fn the_wire_is_the_same() {
    let server = Server::start([answer("204 No Content", "")]).await;
    let client = server.client();
    let big = Post {
        text: "x".repeat(300_000),
    };
    let bodies: [fn() -> Body; 4] = [
        || "hello".into(),
        Body::empty,
        || once(&[3, 2]),
        || Body::wrap(http_body_util::Full::from("hello")),
    ];
    for content in bodies {
        client.send(&Put { content: content() }).await.unwrap();
        let request = Put { content: content() };
        client
            .call(&request)
            .on_upload(|_| {})
            .send()
            .await
            .unwrap();
    }
    client.send(&big).await.unwrap();
    let (listener, told) = listen();
    client.call(&big).on_upload(listener).send().await.unwrap();
    assert_eq!(told.lock().unwrap().len(), 5);
    for pair in server.seen().chunks(2) {
        assert!(pair[0] == pair[1], "{} {}", pair[0], pair[1]);
    }
}

#[test]
fn a_blocking_client_and_a_service_tell_it_too() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(Server::start([answer("204 No Content", "")]));
    let request = Put {
        content: vec![7; 100_000].into(),
    };
    let both = [(65_536, Some(100_000)), (100_000, Some(100_000))];

    let (listener, told) = listen();
    let client = blocking::Client::new(server.origin()).unwrap();
    client.call(&request).on_upload(listener).send().unwrap();
    assert_eq!(*told.lock().unwrap(), both);

    let (listener, told) = listen();
    let transport = api_request::ReqwestTransport::new(server.origin()).unwrap();
    let service = tower::ServiceBuilder::new()
        .concurrency_limit(1)
        .service(transport);
    let client = server.builder().service(service).build().unwrap();
    runtime
        .block_on(client.call(&request).on_upload(listener).send())
        .unwrap();
    assert_eq!(*told.lock().unwrap(), both);
}
