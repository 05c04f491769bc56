//! Where pages end: where the API says so, at an empty page, and at a page that repeats.

use std::sync::{Arc, Mutex};

use api_request::{ApiRequest, Body, Client, Error, PageItems, Paginate, Part};
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::Response;
use serde::Deserialize;

use crate::{
    client_pages::{Answer, all, client, json, taken},
    server::double,
};

#[derive(Debug, Deserialize)]
struct Numbers {
    data: Vec<u32>,
    #[serde(default)]
    has_more: Option<bool>,
    #[serde(default)]
    total: Option<u64>,
    #[serde(default)]
    total_pages: Option<u32>,
    #[serde(default)]
    paging: Option<Paging>,
    #[serde(default)]
    next: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Paging {
    #[serde(default)]
    next: Option<After>,
    #[serde(default)]
    numbers: Option<Vec<u32>>,
}

#[derive(Debug, Deserialize)]
struct After {
    after: String,
}

macro_rules! listings {
    ($($name:ident: $response:ty, $paginate:tt;)*) => {$(
        #[derive(Clone, Default, ApiRequest)]
        #[api(method = GET, path = "/n", fields = query, response = $response, paginate $paginate)]
        struct $name {
            at: Option<u32>,
            after: Option<String>,
            limit: Option<u8>,
        }
    )*};
}

listings! {
    Offset: Numbers, (offset = at, items = data, item = u32);
    Short: Numbers, (offset = at, limit = limit, short, items = data, item = u32);
    ShortPage: Numbers, (page = at, limit = limit, short, items = data, item = u32);
    More: Numbers, (offset = at, more = has_more, items = data, item = u32);
    MorePages: Numbers, (page = at, more = has_more, items = data, item = u32);
    MoreByCursor: Numbers, (cursor = after, next = next, more = has_more, items = data, item = u32);
    Total: Numbers, (offset = at, total = total, items = data, item = u32);
    TotalPages: Numbers, (page = at, pages = total_pages, items = data, item = u32);
    Missing: Numbers, (page = at, missing, items = data, item = u32);
    ByPage: Numbers, (page = at, items = data, item = u32);
    HeaderPage: Vec<u32>, (page = at, next = header("X-Next-Page"), item = u32);
    HeaderCursor: Vec<u32>, (cursor = after, next = header("x-next-page"), item = u32);
    Nested: Numbers, (cursor = after, next = paging?.next?.after, items = paging?.numbers, item = u32);
    NestedOffset: Numbers, (offset = at, items = paging?.numbers?, item = u32);
    LastId: Keys, (cursor = at, next = data.last.id, more = has_more, items = data, item = Key);
    LastOfList: Vec<Key>, (cursor = at, next = last.id, item = Key);
}

#[derive(Debug, Deserialize)]
struct Keys {
    data: Vec<Key>,
    has_more: bool,
}

#[derive(Debug, Deserialize)]
struct Key {
    id: u32,
}

fn bodies(bodies: &[&str]) -> Vec<Answer> {
    bodies.iter().map(|body| json(body)).collect()
}

/// The items, and the queries that they are asked for with.
async fn listed<R: PageItems<u32>>(request: R, answers: &[&str]) -> (Vec<u32>, Vec<String>) {
    let (items, sent) = all(&request, bodies(answers)).await;
    let queries = sent.iter().map(|target| target.replace("/v1/n", ""));
    (items, queries.collect())
}

#[tokio::test]
async fn a_listing_ends_where_the_api_says_so() {
    let (items, sent) = listed(
        More::default(),
        &[
            r#"{"data":[1],"has_more":true}"#,
            r#"{"data":[2],"has_more":false}"#,
        ],
    )
    .await;
    assert_eq!(
        (items, sent),
        (vec![1, 2], vec![String::new(), "?at=1".into()])
    );

    // An empty page is not the end while there is more; a page that does not say is, if it is empty.
    let more = r#"{"data":[],"has_more":true}"#;
    let pages = [
        r#"{"data":[1]}"#,
        more,
        more,
        r#"{"data":[2]}"#,
        r#"{"data":[]}"#,
    ];
    let (items, sent) = listed(MorePages::default(), &pages).await;
    assert_eq!((items, sent.len()), (vec![1, 2], 5));

    let cursors = [
        r#"{"data":[1],"next":"a","has_more":true}"#,
        r#"{"data":[2],"next":"a","has_more":false}"#,
    ];
    let (items, sent) = listed(MoreByCursor::default(), &cursors).await;
    assert_eq!((items, sent.len()), (vec![1, 2], 2));

    let total = [r#"{"data":[1,2],"total":3}"#, r#"{"data":[3],"total":3}"#];
    let (items, sent) = listed(Total::default(), &total).await;
    assert_eq!(
        (items, sent),
        (vec![1, 2, 3], vec![String::new(), "?at=2".into()])
    );
    let (items, sent) = listed(Total::default(), &[r#"{"data":[],"total":0}"#]).await;
    assert_eq!((items.len(), sent.len()), (0, 1));
    let (items, sent) = listed(Total::default(), &[r#"{"data":[1]}"#, r#"{"data":[]}"#]).await;
    assert_eq!((items.len(), sent.len()), (1, 2));

    let pages = [
        r#"{"data":[1],"total_pages":2}"#,
        r#"{"data":[1],"total_pages":2}"#,
    ];
    let (items, sent) = listed(TotalPages::default(), &pages).await;
    assert_eq!(
        (items, sent),
        (vec![1, 1], vec![String::new(), "?at=2".into()])
    );
    let (items, sent) = listed(TotalPages::default(), &[r#"{"data":[],"total_pages":0}"#]).await;
    assert_eq!((items.len(), sent.len()), (0, 1));
}

#[tokio::test]
async fn a_short_page_is_the_end_only_if_the_declaration_says_so() {
    let at_most = |limit| Short {
        limit,
        ..Short::default()
    };
    let (items, _) = listed(at_most(Some(2)), &[r#"{"data":[1,2]}"#, r#"{"data":[3]}"#]).await;
    assert_eq!(items, [1, 2, 3]);
    let (_, sent) = listed(at_most(None), &[r#"{"data":[1]}"#, r#"{"data":[]}"#]).await;
    assert_eq!(sent.len(), 2);
    let capped = [
        r#"{"data":[1,2]}"#,
        r#"{"data":[3,4]}"#,
        r#"{"data":[5]}"#,
        r#"{"data":[]}"#,
    ];
    let offset = Offset {
        limit: Some(50),
        ..Offset::default()
    };
    let (items, sent) = listed(offset, &capped).await;
    assert_eq!((items, sent.len()), (vec![1, 2, 3, 4, 5], 4));
    let page = ShortPage {
        limit: Some(2),
        ..ShortPage::default()
    };
    let (items, _) = listed(page, &[r#"{"data":[1,2]}"#, r#"{"data":[3]}"#]).await;
    assert_eq!(items, [1, 2, 3]);
}

/// The pages before the error that they end with, and how many requests were sent.
async fn refused<R: Paginate>(request: R, answers: Vec<Answer>) -> (usize, Error<R::Error>, usize) {
    let (client, log) = client(answers);
    let mut outcome: Vec<_> = client.call(&request).pages().collect().await;
    let error = outcome
        .pop()
        .unwrap()
        .err()
        .expect("the last thing is an error");
    assert!(outcome.iter().all(Result::is_ok));
    (outcome.len(), error, taken(&log).len())
}

#[tokio::test]
async fn a_page_that_repeats_is_an_error() {
    let again = bodies(&[r#"{"data":[1]}"#, r#"{"data":[2]}"#, r#"{"data":[2]}"#]);
    let (pages, error, sent) = refused(ByPage::default(), again.clone()).await;
    assert_eq!((pages, sent), (2, 3));
    assert!(error.is_page());
    let message = "`ByPage`: 200 OK, but the next page is not requested: the page is the one before once more, so the pages would never end";
    assert_eq!(error.to_string(), message);
    let (pages, error, _) = refused(Offset::default(), again).await;
    assert!(error.is_page() && pages == 2);
    // An offset that does not advance.
    let more = r#"{"data":[],"has_more":true}"#;
    let (pages, error, sent) = refused(More::default(), bodies(&[r#"{"data":[1]}"#, more])).await;
    assert!(error.is_page());
    assert_eq!((pages, sent), (2, 2));
    let (_, error, _) = refused(Total::default(), bodies(&[r#"{"data":[],"total":2}"#])).await;
    assert!(error.is_page());
}

#[tokio::test]
async fn a_404_is_the_end_beyond_the_first_page_if_the_declaration_says_so() {
    let missing = || (404, "", "{}".to_owned());
    let (items, sent) = all(
        &Missing::default(),
        vec![json(r#"{"data":[1]}"#), missing()],
    )
    .await;
    assert_eq!((items, sent.len()), (vec![1], 2));
    let (pages, error, _) = refused(Missing::default(), vec![missing()]).await;
    assert_eq!((pages, error.status().unwrap().as_u16()), (0, 404));
    let gone = vec![json(r#"{"data":[1]}"#), (410, "", "{}".to_owned())];
    let (pages, error, _) = refused(Missing::default(), gone).await;
    assert_eq!((pages, error.status().unwrap().as_u16()), (1, 410));
    let (pages, error, _) =
        refused(ByPage::default(), vec![json(r#"{"data":[1]}"#), missing()]).await;
    assert_eq!((pages, error.status().unwrap().as_u16()), (1, 404));
}

/// A client of an API whose responses have such headers and such bodies, and what it is asked for.
fn with_header(answers: &'static [(&str, &str)]) -> (Client, Arc<Mutex<Vec<String>>>) {
    let log = Arc::<Mutex<Vec<String>>>::default();
    let seen = log.clone();
    let client = double(move |request: http::Request<Body>| {
        let mut seen = seen.lock().unwrap();
        let (next, body) = answers[seen.len()];
        seen.push(request.uri().query().unwrap_or_default().to_owned());
        async move {
            let mut answer = Response::builder();
            if next != "-" {
                answer = answer.header("X-Next-Page", next);
            }
            Ok(answer.body(Body::from(body))?)
        }
    });
    (client.build().unwrap(), log)
}

#[tokio::test]
async fn a_header_leads_to_the_next_page() {
    for end in [("", "[3]"), ("-", "[3]")] {
        let answers: &'static [_] = Box::leak(Box::new([("3", "[1]"), ("7", "[]"), end]));
        let (client, log) = with_header(answers);
        let items: Vec<u32> = client
            .call(&HeaderPage::default())
            .items()
            .try_collect()
            .await
            .unwrap();
        assert_eq!(items, [1, 3]);
        assert_eq!(*log.lock().unwrap(), ["", "at=3", "at=7"]);
        let (client, log) = with_header(answers);
        let items: Vec<u32> = client
            .call(&HeaderCursor::default())
            .items()
            .try_collect()
            .await
            .unwrap();
        assert_eq!(items, [1, 3]);
        assert_eq!(*log.lock().unwrap(), ["", "after=3", "after=7"]);
    }
    for wrong in [("x", "[1]"), ("-1", "[1]"), ("99999999999", "[1]")] {
        let (client, _) = with_header(Box::leak(Box::new([wrong])));
        let items: Result<Vec<u32>, _> = client
            .call(&HeaderPage::default())
            .items()
            .try_collect()
            .await;
        assert!(items.unwrap_err().is_page());
    }
}

#[tokio::test]
async fn a_path_passes_options_and_lists() {
    let nested = [
        r#"{"data":[],"paging":{"next":{"after":"a"},"numbers":[1]}}"#,
        r#"{"data":[],"paging":{"numbers":[2]}}"#,
    ];
    let (items, sent) = listed(Nested::default(), &nested).await;
    assert_eq!(
        (items, sent),
        (vec![1, 2], vec![String::new(), "?after=a".into()])
    );
    let (items, sent) = listed(Nested::default(), &[r#"{"data":[]}"#]).await;
    assert_eq!((items.len(), sent.len()), (0, 1));
    let (items, sent) = listed(NestedOffset::default(), &[nested[1], r#"{"data":[]}"#]).await;
    assert_eq!(
        (items, sent),
        (vec![2], vec![String::new(), "?at=1".into()])
    );

    let answers = bodies(&[
        r#"{"data":[{"id":1},{"id":4}],"has_more":true}"#,
        r#"{"data":[{"id":5}],"has_more":false}"#,
    ]);
    let (client, log) = client(answers);
    let keys: Vec<Key> = client
        .call(&LastId::default())
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(keys.iter().map(|key| key.id).collect::<Vec<_>>(), [1, 4, 5]);
    assert_eq!(taken(&log), ["/v1/n", "/v1/n?at=4"]);
    let (client, log) = crate::client_pages::client(bodies(&[r#"[{"id":1},{"id":4}]"#, "[]"]));
    let keys: Vec<Key> = client
        .call(&LastOfList::default())
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(
        (keys.len(), taken(&log)),
        (2, vec!["/v1/n".to_owned(), "/v1/n?at=4".to_owned()])
    );
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/n", response = Numbers)]
#[api(paginate(cursor = after, next = next, items = data, item = u32))]
struct WithParts {
    #[api(query)]
    after: Option<String>,
    #[api(part)]
    text: &'static str,
    #[api(part)]
    file: Option<Part>,
}

#[tokio::test]
async fn a_cursor_that_repeats_beside_a_multipart_body_is_an_error() {
    let again = r#"{"data":[1],"next":"a"}"#;
    let stream = Part::bytes("hello").filename("a.txt");
    for file in [None, Some(stream)] {
        let request = WithParts {
            after: None,
            text: "text",
            file,
        };
        let (pages, error, sent) = refused(request, bodies(&[again, again])).await;
        assert!(error.is_page());
        assert_eq!((pages, sent), (2, 2));
    }
}
