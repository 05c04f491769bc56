//! Listings of an API in memory: all items, cut by the declared `paginate`.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    error::Error as _,
    fmt::{self, Display, Formatter},
    panic::{AssertUnwindSafe, catch_unwind},
};

use api_request::{
    ApiError, ApiGroup, ApiRequest, ApiResponse, Client, FromHttp, Retry,
    testing::{Fake, Faults},
};
use futures_util::TryStreamExt as _;
use http::Request;
use http_body_util::BodyExt as _;
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;
use url::Url;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Numbers {
    data: Vec<u32>,
    has_more: Option<bool>,
    is_partial: bool,
    total: Option<u64>,
    total_pages: u16,
    #[serde(rename = "nextCursor")]
    next: Option<String>,
    next_number: u32,
    url: String,
    absolute: Option<Absolute>,
    meta: Option<Meta>,
}

/// Refuses a URL that is relative.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
struct Absolute(Url);

impl TryFrom<String> for Absolute {
    type Error = url::ParseError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse().map(Self)
    }
}

impl From<Absolute> for String {
    fn from(Absolute(url): Absolute) -> Self {
        url.into()
    }
}

impl Display for Absolute {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Meta {
    next: Option<After>,
    numbers: Option<Vec<u32>>,
    total: Option<i8>,
    count: Option<u32>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct After {
    after: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Keys {
    data: VecDeque<Key>,
    has_more: bool,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Key {
    id: u32,
}

#[derive(Debug, Clone, Default, ApiGroup, FromHttp)]
struct Paging {
    #[api(query = "page[offset]")]
    offset: Option<u64>,
    #[api(query = "page[limit]")]
    limit: Option<u8>,
}

#[derive(Debug, Default, ApiResponse)]
struct Typed {
    #[api(header = "X-Next")]
    next: Option<String>,
    #[api(body)]
    items: Vec<u32>,
}

/// Lists `$count` items that `$item` makes of numbers, with each size of a page, by each request.
macro_rules! lists {
    ($($name:ident: $response:ty, $paginate:tt, $item:expr;)*) => {$(
        #[derive(Clone, Default, ApiRequest, FromHttp)]
        #[api(method = GET, path = "/n", fields = query, response = $response, paginate $paginate)]
        struct $name {
            at: Option<u32>,
            after: Option<String>,
            limit: Option<u8>,
            #[api(flatten)]
            paging: Paging,
            beta: Option<bool>,
        }
    )*

    #[tokio::test]
    async fn every_style_lists_all_items_once() {
        for (count, limit) in [0, 1, 7, 100, 250].into_iter().flat_map(|count| [(count, None), (count, Some(7))]) {
            $({
                let all = move || (0..count).map($item).collect::<Vec<_>>();
                let api = Fake::new().pages(move |request: $name| async move {
                    assert_eq!(request.beta, Some(true));
                    Ok(all())
                });
                let first = $name { limit, paging: Paging { limit, ..Paging::default() }, beta: Some(true), ..$name::default() };
                let listed: Vec<_> = client(&api).call(&first).items().try_collect().await
                    .unwrap_or_else(|error| panic!("{} {count} {limit:?}: {error:?}", stringify!($name)));
                assert_eq!(listed, all(), "{} {count} {limit:?}", stringify!($name));
                let pages = api.sent::<$name>().len();
                let operation = $name::OPERATION.pagination().unwrap();
                let size = if operation.limit().is_some() { limit.unwrap_or(100) } else { 100 };
                let least = usize::div_ceil(count as usize, usize::from(size)).max(1);
                assert!(pages == least || pages == least + 1, "{} {count} {limit:?}: {pages}", stringify!($name));
            })*
        }
    }};
}

fn key(id: u32) -> Key {
    Key { id }
}

fn number(number: u32) -> u32 {
    number
}

lists! {
    Offset: Numbers, (offset = at, items = data, item = u32), number;
    OffsetLimit: Vec<u32>, (offset = at, limit = limit), number;
    Short: Numbers, (offset = at, limit = limit, short, items = data, item = u32), number;
    More: Numbers, (offset = at, limit = limit, more = has_more, items = data, item = u32), number;
    Total: Numbers, (offset = at, limit = limit, total = total, items = data, item = u32), number;
    InGroup: Vec<u32>, (offset = paging.offset, limit = paging.limit), number;
    DeepTotal: Numbers, (offset = at, total = meta?.count, items = meta?.numbers?, item = u32), number;
    HeaderOffset: Vec<u32>, (offset = at, limit = limit, next = header("X-Next-Offset")), number;
    Missing: Vec<u32>, (page = at, limit = limit, missing), number;
    ByPage: Numbers, (page = at, limit = limit, items = data, item = u32), number;
    MorePages: Numbers, (page = at, more = is_partial, items = data, item = u32), number;
    TotalPages: Numbers, (page = at, limit = limit, pages = total_pages, items = data, item = u32), number;
    HeaderPage: Vec<u32>, (page = at, limit = limit, next = header("X-Next-Page"), item = u32), number;
    Cursor: Numbers, (cursor = after, next = next, items = data, item = u32), number;
    CursorMore: Numbers, (cursor = after, next = next, more = has_more, items = data, item = u32), number;
    // A number that is not there is 0.
    CursorNumber: Numbers, (cursor = at, next = next_number, more = has_more, items = data, item = u32), number;
    HeaderCursor: Vec<u32>, (cursor = after, next = header("x-next-page"), item = u32), number;
    Deep: Numbers, (cursor = after, next = meta?.next?.after, items = meta?.numbers, item = u32), number;
    LastId: Keys, (cursor = at, next = data.last.id, more = has_more, items = data, item = Key), key;
    LastOfList: Vec<Key>, (cursor = at, next = last.id, item = Key), key;
    LastOfOption: Option<Vec<Key>>, (cursor = at, next = last.id, item = Key), key;
    Link: Vec<u32>, (link), number;
    LinkItems: Numbers, (link, items = data, item = u32), number;
    NextUrl: Numbers, (next_url = url, items = data, item = u32), number;
    AbsoluteUrl: Numbers, (next_url = absolute, more = is_partial, items = data, item = u32), number;
    Set: BTreeSet<u32>, (link), number;
    Map: BTreeMap<u32, u32>, (link), |n| (n, n);
    TypedResponse: Typed, (cursor = after, next = next, items = items, item = u32), number;
}

fn client(api: &Fake) -> Client {
    let base = "https://api.example.com/v1";
    Client::builder(base)
        .transport(api.clone())
        .build()
        .unwrap()
}

/// What a function panics with.
fn panicked<T>(run: impl FnOnce() -> T) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).err().unwrap();
    panic.downcast_ref::<String>().cloned().unwrap_or_default()
}

#[derive(Debug, PartialEq, ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound,
    #[api(other)]
    Other(String),
}

#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/teams/{team}/keys", response = Keys, error = Failure)]
#[api(paginate(cursor = after, next = data.last.id, more = has_more, items = data, item = Key))]
struct ListKeys {
    team: String,
    #[api(query)]
    after: Option<u32>,
}

fn keys() -> Fake {
    Fake::new().pages(|request: ListKeys| async move {
        match &*request.team {
            "lost" => Err(Failure::NotFound),
            _ => Ok((0..250).map(key).collect()),
        }
    })
}

fn list_keys(team: &str, after: Option<u32>) -> ListKeys {
    let team = team.to_owned();
    ListKeys { team, after }
}

#[tokio::test]
async fn a_listing_has_errors_of_its_own_and_refuses_cursors_of_no_page() {
    let api = keys();
    let client = client(&api);
    let error = client.send(&list_keys("lost", None)).await.unwrap_err();
    assert_eq!(error.api(), Some(&Failure::NotFound));

    let page = client.send(&list_keys("red", Some(199))).await.unwrap();
    assert_eq!(page.data.front(), Some(&Key { id: 200 }));
    assert!(!page.has_more);

    let error = client.send(&list_keys("red", Some(250))).await.unwrap_err();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(400));
    let text = String::from_utf8_lossy(error.body().unwrap()).into_owned();
    assert!(
        text.contains("the cursor is not one that a page has"),
        "{text}"
    );
}

#[tokio::test]
async fn pages_are_as_strict_as_other_handlers() {
    let api = Fake::new().pages(|_: Link| async { Ok((0..250).collect::<Vec<u32>>()) });
    let client = client(&api);
    let request = Link::default();
    let error = client
        .call(&request)
        .query("lmit", 7)
        .send()
        .await
        .unwrap_err();
    let source = error.source().unwrap().to_string();
    assert!(
        source.contains("`lmit`") && source.contains("`limit`"),
        "{source}"
    );
    assert!(panicked(|| drop(api)).contains("`lmit`"));
}

#[tokio::test(start_paused = true)]
async fn pages_have_faults_and_are_tried_again() {
    let all = || (0..250).collect::<Vec<u32>>();
    let faults = Faults::seeded(1).status(503, 0.3).broken(0.2);
    let api = Fake::new()
        .pages(move |_: Link| async move { Ok(all()) })
        .faults(faults);
    let client = Client::builder("https://api.example.com/v1").transport(api.clone());
    let client = client.retry(Retry::default().attempts(20)).build().unwrap();
    let listed: Vec<u32> = client
        .call(&Link::default())
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(listed, all());
    assert!(api.sent::<Link>().len() >= 3);
}

#[tokio::test]
async fn the_link_of_a_request_without_an_origin_is_relative() {
    let api = Fake::new().pages(|_: Link| async { Ok((0..250).collect::<Vec<u32>>()) });
    let router = api.clone().into_router();
    let mut targets = vec!["/v1/n?beta=true".to_owned()];
    let mut counts = Vec::new();
    while let Some(target) = targets.last().cloned().filter(|_| targets.len() < 9) {
        let request = Request::get(target)
            .body(axum::body::Body::empty())
            .unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let link = response
            .headers()
            .get("link")
            .map(|link| link.to_str().unwrap().to_owned());
        let body = response.into_body().collect().await.unwrap().to_bytes();
        counts.push(serde_json::from_slice::<Vec<u32>>(&body).unwrap().len());
        let Some(link) = link else { break };
        let query = link
            .strip_prefix('<')
            .and_then(|link| link.split_once('>'))
            .unwrap()
            .0;
        targets.push(format!("/v1/n{query}"));
    }
    assert_eq!(counts, [100, 100, 50]);
    assert_eq!(targets[1], "/v1/n?beta=true&fake-start=100");
    assert_eq!(api.sent::<Link>().len(), 3);
}

/// Has no default.
#[derive(Debug, Serialize, Deserialize)]
struct Given {
    next: Option<String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Unmade {
    data: Vec<u32>,
    given: Option<Given>,
    pair: Option<(u8, u8)>,
    few: i8,
}

macro_rules! unmade {
    ($($name:ident, $paginate:tt, $message:literal;)*) => {$(
        #[derive(Clone, Default, ApiRequest, FromHttp)]
        #[api(method = GET, path = "/n", fields = query, response = Unmade, paginate $paginate)]
        struct $name {
            at: Option<u32>,
            after: Option<String>,
            #[api(query(json))]
            pair: Option<(u8, u8)>,
        }
    )*

    #[tokio::test]
    async fn a_page_that_cannot_be_made_panics() {
        $({
            let panic = panicked(|| Fake::new().pages(|_: $name| async { Ok(vec![1]) }));
            assert_eq!(panic, concat!("a page of `", stringify!($name), "` cannot be made: ", $message));
        })*
    }};
}

unmade! {
    NotDefault, (cursor = after, next = given?.next, items = data, item = u32),
        "`given.next` of the response cannot be set, because what `?` passes in it is not `Default`";
    NoText, (cursor = pair, next = pair, items = data, item = u32),
        "`pair` of the response cannot be set, because its type is read from neither a text nor a number";
}

#[derive(Clone, Default, ApiRequest, FromHttp)]
#[api(method = GET, path = "/n", fields = query, response = Unmade)]
#[api(paginate(offset = at, total = few, items = data, item = u32))]
struct Few {
    at: Option<u32>,
}

#[tokio::test]
#[should_panic(expected = "`few` of the response cannot be set, because the number does not fit")]
async fn a_number_of_items_that_does_not_fit_panics() {
    let api = Fake::new().pages(|_: Few| async { Ok(vec![1; 250]) });
    let _ = client(&api).send(&Few::default()).await;
}
