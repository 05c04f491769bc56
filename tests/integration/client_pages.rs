//! Pages: which requests are sent for them, one after the other, and where they end.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use api_request::{
    ApiRequest, Body, BoxError, Client, Error, Items, Next, Page, PageItems, Pages, Paginate, Phase,
};
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::{Response, StatusCode};
use serde::{Deserialize, Serialize};

use crate::server::double;

pub(crate) type Log = Arc<Mutex<Vec<String>>>;

/// Status, `Link` and body of an answer.
pub(crate) type Answer = (u16, &'static str, String);

pub(crate) fn json(body: &str) -> Answer {
    (200, "", body.to_owned())
}

/// The items as a page of JSON that says what comes next.
pub(crate) fn page(items: &[u32], next: &str) -> Answer {
    json(&format!(r#"{{"data":{items:?},"meta":{{"next":{next}}}}}"#))
}

/// A client of an API with those answers, and what it is asked for: path and query, some headers, and the body.
pub(crate) fn api(answers: Vec<Answer>) -> (api_request::ClientBuilder, Log) {
    let log = Log::default();
    let seen = log.clone();
    let client = double(move |request: http::Request<Body>| {
        let url = request.uri().to_string();
        let mut target = url.replace("https://api.example.com", "");
        for name in ["x-trace", "x-more", "authorization"] {
            if let Some(value) = request.headers().get(name) {
                write!(target, " {name}: {}", value.to_str().unwrap()).unwrap();
            }
        }
        if let Some(body) = request.body().as_bytes().filter(|body| !body.is_empty()) {
            write!(target, " {}", String::from_utf8_lossy(body)).unwrap();
        }
        let mut seen = seen.lock().unwrap();
        let (status, link, body) = answers
            .get(seen.len())
            .unwrap_or_else(|| panic!("{target} is too much"))
            .clone();
        seen.push(target);
        async move {
            let mut answer = Response::builder().status(status);
            if let Some(location) = link.strip_prefix("location: ") {
                answer = answer.header("location", location);
            } else if !link.is_empty() {
                answer = answer.header("link", link);
            }
            Ok(answer.body(Body::from(body))?)
        }
    });
    (client, log)
}

pub(crate) fn client(answers: Vec<Answer>) -> (Client, Log) {
    let (client, log) = api(answers);
    (client.build().unwrap(), log)
}

pub(crate) fn taken(log: &Log) -> Vec<String> {
    log.lock().unwrap().drain(..).collect()
}

/// All that is sent for the items, and what comes of it.
pub(crate) async fn all<R: PageItems<u32>>(
    request: &R,
    answers: Vec<Answer>,
) -> (Vec<u32>, Vec<String>) {
    let (client, log) = client(answers);
    let items = client.call(request).items().try_collect().await;
    (
        items.unwrap_or_else(|error: Error<_>| panic!("{error}")),
        taken(&log),
    )
}

#[derive(Debug, Deserialize)]
pub(crate) struct Numbers<N = Option<String>> {
    pub(crate) data: Vec<u32>,
    pub(crate) meta: Meta<N>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Meta<N> {
    #[serde(bound(deserialize = "N: Deserialize<'de>"))]
    pub(crate) next: N,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/n", fields = query, response = Numbers)]
#[api(paginate(offset = offset, limit = limit, items = data, item = u32))]
struct ByOffset<O = Option<u32>>
where
    O: Clone,
{
    #[api(skip)]
    marker: std::marker::PhantomData<O>,
    offset: Option<u32>,
    limit: Option<u64>,
}

fn by_offset(offset: Option<u32>, limit: Option<u64>) -> ByOffset {
    ByOffset {
        marker: std::marker::PhantomData,
        offset,
        limit,
    }
}

/// Offset, limit, sizes of pages, and the queries that they are asked for with.
type OffsetCase<'c> = (Option<u32>, Option<u64>, &'c [usize], &'c [&'c str]);

#[tokio::test]
async fn an_offset_advances_by_what_came_and_ends_at_an_empty_page() {
    let pages = |sizes: &[usize]| {
        let sizes = sizes.iter().enumerate();
        sizes
            .map(|(at, size)| page(&vec![u32::try_from(at).unwrap(); *size], "null"))
            .collect::<Vec<_>>()
    };
    let cases: &[OffsetCase<'_>] = &[
        (None, None, &[2, 3, 0], &["", "?offset=2", "?offset=5"]),
        (Some(4), None, &[2, 0], &["?offset=4", "?offset=6"]),
        (
            None,
            Some(2),
            &[2, 2, 1, 0],
            &[
                "?limit=2",
                "?offset=2&limit=2",
                "?offset=4&limit=2",
                "?offset=5&limit=2",
            ],
        ),
        (
            Some(1),
            Some(2),
            &[2, 0],
            &["?offset=1&limit=2", "?offset=3&limit=2"],
        ),
        (
            Some(0),
            Some(2),
            &[3, 0],
            &["?offset=0&limit=2", "?offset=3&limit=2"],
        ),
        (Some(0), Some(5), &[0], &["?offset=0&limit=5"]),
        (None, Some(0), &[0], &["?limit=0"]),
        // The API caps the limit.
        (
            None,
            Some(3),
            &[2, 1, 0],
            &["?limit=3", "?offset=2&limit=3", "?offset=3&limit=3"],
        ),
    ];
    for (offset, limit, sizes, targets) in cases {
        let (items, sent) = all(&by_offset(*offset, *limit), pages(sizes)).await;
        assert_eq!(items.len(), sizes.iter().sum::<usize>());
        let targets: Vec<_> = targets
            .iter()
            .map(|target| format!("/v1/n{target}"))
            .collect();
        assert_eq!(sent, targets);
    }
}

#[tokio::test]
async fn an_offset_that_does_not_fit_its_field_is_an_error() {
    let (client, log) = client(vec![page(&[1], "null")]);
    let mut pages = client.call(&by_offset(Some(u32::MAX), None)).pages();
    assert_eq!(pages.next().await.unwrap().unwrap().data, [1]);
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_page());
    assert_eq!(
        error.to_string(),
        "`ByOffset`: 200 OK, but the next page is not requested: the page does not say which page is next"
    );
    assert!(pages.next().await.is_none());
    assert_eq!(taken(&log).len(), 1);
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/n/{page}", response = Vec<u32>, paginate(page = page))]
struct ByPath {
    page: u8,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/n", response = Option<Vec<u32>>, paginate(page = 0))]
struct ByPage(#[api(query = "p")] Option<i64>);

#[tokio::test]
async fn a_page_is_counted_up_until_one_is_empty() {
    let answers = || vec![json("[1,2]"), json("[3]"), json("[]")];
    let (items, sent) = all(&ByPage(None), answers()).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(sent, ["/v1/n", "/v1/n?p=2", "/v1/n?p=3"]);
    let (_, sent) = all(&ByPage(Some(0)), answers()).await;
    assert_eq!(sent, ["/v1/n?p=0", "/v1/n?p=1", "/v1/n?p=2"]);
    let (_, sent) = all(&ByPath { page: 5 }, answers()).await;
    assert_eq!(sent, ["/v1/n/5", "/v1/n/6", "/v1/n/7"]);
    let (items, sent) = all(&ByPage(None), vec![json("null")]).await;
    assert_eq!((items.len(), sent.len()), (0, 1));
}

macro_rules! by_cursor {
    ($name:ident, $field:ty, $found:ty) => {
        #[derive(Clone, ApiRequest)]
        #[api(method = GET, path = "/n", fields = query, response = Numbers<$found>)]
        #[api(paginate(cursor = after, next = meta.next, items = data, item = u32))]
        struct $name {
            after: $field,
        }
    };
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Cursor(String);

#[derive(Clone, Serialize)]
struct Wrapped(u64);

impl From<u32> for Wrapped {
    fn from(value: u32) -> Self {
        Self(value.into())
    }
}

by_cursor!(OptionOfOption, Option<String>, Option<String>);
by_cursor!(OptionOfValue, Option<String>, String);
by_cursor!(ValueOfOption, String, Option<String>);
by_cursor!(ValueOfValue, String, String);
by_cursor!(Newtype, Option<Cursor>, Option<Cursor>);
by_cursor!(Converted, Option<Wrapped>, Option<u32>);
by_cursor!(Widened, Option<u64>, Option<u32>);

#[tokio::test]
async fn a_cursor_is_sent_until_there_is_none() {
    macro_rules! check {
        ($name:ident { $start:expr } $first:literal, $($ends:literal)*) => {$(
            let answers = vec![page(&[1, 2], "5"), page(&[], "6"), page(&[3], $ends)];
            let text = |(status, link, body): Answer| {
                (status, link, body.replace('5', "\"5\"").replace('6', "\"6\""))
            };
            let is_number = stringify!($name) == "Converted" || stringify!($name) == "Widened";
            let answers = match is_number {
                true => answers,
                false => answers.into_iter().map(text).collect(),
            };
            let (items, sent) = all(&$name { after: $start }, answers).await;
            assert_eq!(items, [1, 2, 3]);
            let first = concat!("/v1/n", $first);
            assert_eq!(sent, [first, "/v1/n?after=5", "/v1/n?after=6"], stringify!($name));
        )*};
    }
    check!(OptionOfOption { None } "", "null" "\"\"");
    check!(OptionOfOption { Some("4".into()) } "?after=4", "null");
    check!(OptionOfValue { None } "", "\"\"");
    check!(ValueOfOption { String::new() } "?after=", "null" "\"\"");
    check!(ValueOfValue { String::new() } "?after=", "\"\"");
    check!(Newtype { None } "", "null" "\"\"");
    check!(Converted { None } "", "null");
    check!(Widened { Some(4) } "?after=4", "null");
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/n", fields = json, response = Numbers, idempotency_key = "Key")]
#[api(paginate(cursor = r#after, next = meta.next, items = data, item = u32))]
struct InBody {
    query: &'static str,
    after: Option<String>,
}

#[tokio::test]
async fn a_cursor_may_be_a_member_of_a_body() {
    let request = InBody {
        query: "q",
        after: None,
    };
    let (items, sent) = all(&request, vec![page(&[1], "\"a\""), page(&[2], "null")]).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(
        sent,
        [
            r#"/v1/n {"query":"q"}"#,
            r#"/v1/n {"query":"q","after":"a"}"#
        ]
    );
}

#[tokio::test]
async fn a_cursor_that_comes_again_is_an_error() {
    let cases: &[&[&str]] = &[&["\"a\"", "\"a\""], &["\"a\"", "\"b\"", "\"c\"", "\"a\""]];
    for cursors in cases {
        let answers: Vec<_> = cursors.iter().map(|next| page(&[1], next)).collect();
        for start in [None, Some("a".to_owned())] {
            let (client, log) = client(answers.clone());
            let known = usize::from(start.is_some());
            let in_query = OptionOfOption {
                after: start.clone(),
            };
            let outcome: Vec<_> = client.call(&in_query).pages().collect().await;
            assert_eq!(
                taken(&log).len() + known * (cursors.len() - 1),
                cursors.len()
            );
            let (last, pages) = outcome.split_last().unwrap();
            assert!(pages.iter().all(Result::is_ok));
            let error = last.as_ref().unwrap_err();
            assert!(error.is_page(), "{error}");
            assert_eq!((error.phase(), error.attempts()), (Phase::Answered, 1));
            assert_eq!(error.status(), Some(StatusCode::OK));
        }
        // The idempotency key of each call is another one, and does not hide it.
        let (client, log) = client(answers.clone());
        let in_body = InBody {
            query: "",
            after: None,
        };
        let outcome: Vec<_> = client.call(&in_body).pages().collect().await;
        assert_eq!(
            (outcome.len(), taken(&log).len()),
            (cursors.len() + 1, cursors.len())
        );
        assert!(outcome.last().unwrap().as_ref().is_err_and(Error::is_page));
    }
}

#[tokio::test]
async fn nothing_is_sent_ahead_of_the_reader() {
    let answers = || {
        vec![
            page(&[1, 2], "\"a\""),
            page(&[3], "\"b\""),
            page(&[], "null"),
        ]
    };
    let request = OptionOfOption { after: None };
    let (client, log) = client(answers());
    let mut items = client.call(&request).items();
    let sent = |log: &Log| log.lock().unwrap().len();
    assert_eq!(sent(&log), 0);
    for (item, count) in [(1, 1), (2, 1), (3, 2)] {
        assert_eq!(items.try_next().await.unwrap(), Some(item));
        assert_eq!(sent(&log), count);
    }
    drop(items);
    assert_eq!(sent(&log), 2);

    let (client, log) = self::client(answers());
    let mut pages = client.call(&request).pages();
    assert_eq!(sent(&log), 0);
    assert_eq!(pages.try_next().await.unwrap().unwrap().data, [1, 2]);
    assert_eq!(sent(&log), 1);
    drop(pages);
    assert_eq!(sent(&log), 1);
}

#[tokio::test]
async fn an_error_is_the_last_thing() {
    let cases = [
        (
            (404, "", "{}".to_owned()),
            "`OptionOfOption`: 404 Not Found",
        ),
        (
            json("{}"),
            "`OptionOfOption`: 200 OK, but the body is not of the declared type: missing field `data` at line 1 column 2",
        ),
    ];
    for (answer, expected) in cases {
        for before in [0, 2] {
            let mut answers = vec![page(&[1], "\"a\""), page(&[2], "\"b\"")];
            answers.drain(before..);
            answers.push(answer.clone());
            let (client, _) = client(answers);
            let request = OptionOfOption { after: None };
            let outcome: Vec<_> = client.call(&request).items().collect().await;
            let (last, items) = outcome.split_last().unwrap();
            assert_eq!(items.len(), before);
            assert!(items.iter().all(Result::is_ok));
            assert_eq!(last.as_ref().unwrap_err().to_string(), expected);
        }
    }
}

#[tokio::test]
async fn what_cannot_be_sent_is_the_only_thing() {
    let (client, log) = client(Vec::new());
    let request = ByOffset::<u8> {
        marker: std::marker::PhantomData,
        offset: None,
        limit: None,
    };
    let call = client.call(&request).header("a b", "c");
    let outcome: Vec<_> = call.pages().collect().await;
    assert!(matches!(outcome.as_slice(), [Err(error)] if error.is_encode()));
    assert!(taken(&log).is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_timeout_is_for_each_page() {
    use std::time::Duration;
    let count = Arc::new(Mutex::new(0));
    let client = double(move |_: http::Request<Body>| {
        let count = {
            let mut count = count.lock().unwrap();
            *count += 1;
            *count
        };
        async move {
            // The last one takes too long.
            let seconds = if count == 4 { 20 } else { 7 };
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            Ok(Response::new(Body::from(format!("[{count}]"))))
        }
    });
    let client = client.build().unwrap();
    let request = ByPath { page: 1 };
    let call = client.call(&request).timeout(Duration::from_secs(10));
    let outcome: Vec<_> = call.pages().collect().await;
    assert_eq!(outcome.len(), 4);
    assert!(outcome[..3].iter().all(Result::is_ok));
    assert!(outcome[3].as_ref().is_err_and(Error::is_timeout));
}

/// Pages that are declared by hand: the first name of the next page is in the last item.
#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/n", fields = query, response = Vec<u32>)]
struct ByHand {
    above: u32,
}

impl Paginate for ByHand {
    fn next_page(&self, page: &Page<'_, Vec<u32>>) -> Result<Next<Self>, BoxError> {
        if let Some(url) = page.link("next") {
            return Ok(Next::Url(url));
        }
        match page.response().last() {
            None => Ok(Next::End),
            Some(0) => Err("there is nothing above 0".into()),
            Some(&above) => Ok(Next::Request(Self { above })),
        }
    }
}

impl PageItems<u32> for ByHand {
    fn items(page: Vec<u32>) -> Vec<u32> {
        page
    }
}

#[tokio::test]
async fn a_way_of_ones_own_to_the_next_page() {
    let link = (200, "</x>; rel=next", "[5]".to_owned());
    let answers = vec![json("[3,4]"), link, json("[6]"), json("[]")];
    let (items, sent) = all(&ByHand { above: 0 }, answers).await;
    assert_eq!(items, [3, 4, 5, 6]);
    assert_eq!(
        sent,
        ["/v1/n?above=0", "/v1/n?above=4", "/x", "/v1/n?above=6"]
    );

    let (client, _) = client(vec![json("[0]")]);
    let mut pages = client.call(&ByHand { above: 9 }).pages();
    assert!(pages.next().await.unwrap().is_ok());
    let error = pages.next().await.unwrap().unwrap_err();
    assert!(error.is_page());
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "there is nothing above 0");
}

#[test]
fn the_streams_can_be_sent_to_another_thread() {
    fn check<T: Send + Unpin + 'static>(_: &T) {}
    let (client, _) = client(Vec::new());
    let pages: Pages<ByHand> = client.call(&ByHand { above: 0 }).pages();
    let items: Items<ByHand, u32> = client.call(&ByHand { above: 0 }).items();
    check(&pages);
    check(&items);
    let shown = format!("{items:?}");
    assert_eq!(
        shown,
        "Items { pages: Pages { operation: \"ByHand\", asked_for: 1, ended: false, .. }, .. }"
    );
    assert!(format!("{:?}", Next::<ByHand>::Url("/?canary".into())).starts_with("Url(..)"));
    drop((pages, items));
}
