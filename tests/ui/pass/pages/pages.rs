//! The forms of `paginate`, beside every place of a field and kind of response.
#![deny(warnings)]
#![allow(dead_code)]
use std::{borrow::Cow, collections::VecDeque};

use api_request::{ApiRequest, Client, PageItems, Paginate};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

#[derive(Deserialize)]
struct Keys<T = u8> {
    r#type: Option<VecDeque<T>>,
    meta: (u8, Meta),
}

#[derive(Deserialize)]
struct Meta {
    next: Option<Cursor>,
    url: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct Cursor(String);

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", fields = query, response = Keys)]
#[api(paginate(offset = r#in, limit = limit, items = r#type, item = u8))]
struct Offset {
    r#in: Option<u32>,
    limit: Option<usize>,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/", fields = json, response = Keys, paginate(page = page, items = r#type, item = u8,))]
struct Page {
    page: i64,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/", response = Keys<T>)]
#[api(paginate(next = meta.1.next, cursor = 0, items = r#type, item = T))]
struct Generic<'a, T, __Item>(
    #[api(form = "after")] Option<Cursor>,
    #[api(form = "q")] Cow<'a, str>,
    #[api(form = "t")] Vec<T>,
    #[api(skip)] std::marker::PhantomData<__Item>,
)
where
    T: Clone + Serialize + DeserializeOwned;

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Page2<C>, paginate(cursor = after, next = next))]
struct GenericCursor<C>
where
    C: Clone + Serialize + DeserializeOwned,
{
    #[api(query)]
    after: Option<C>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<u8>, paginate(offset = 0, limit = 1))]
struct GenericOffset<'a, N: Clone, T: Clone>(
    #[api(query = "offset")] Option<N>,
    #[api(query = "limit")] N,
    #[api(query = "t")] &'a T,
);

#[derive(Deserialize)]
struct Page2<C> {
    next: C,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<T>, paginate(link, item = T))]
struct List<T: Clone + DeserializeOwned>(#[api(skip)] std::marker::PhantomData<T>);

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<String>, paginate(link))]
struct Link;

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response(bytes), paginate(link))]
struct Raw;

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Keys, paginate(next_url = meta.1.url))]
struct NextUrl;

#[derive(Deserialize)]
struct Listing {
    paging: Option<Paging>,
    has_more: Option<bool>,
    total: u64,
    last: bool,
}

#[derive(Deserialize)]
struct Paging {
    data: Option<Vec<Item>>,
    next: Option<Next>,
    pages: Option<u16>,
}

#[derive(Deserialize)]
struct Next {
    after: String,
}

#[derive(Deserialize)]
struct Item {
    id: u32,
}

macro_rules! listings {
    ($($name:ident: $paginate:tt;)*) => {$(
        #[derive(Clone, ApiRequest)]
        #[api(method = GET, path = "/", fields = query, response = Listing, paginate $paginate)]
        struct $name {
            page: u32,
            limit: u8,
            after: Option<String>,
            before: Option<u32>,
        }
    )*};
}

listings! {
    Total: (offset = page, total = total, more = r#last, items = paging?.data, item = Item);
    Pages: (page = page, pages = paging?.pages, limit = limit, short, missing, items = paging?.data?, item = Item);
    Header: (page = page, next = header("X-Next-Page"), more = has_more);
    HeaderCursor: (cursor = after, next = header("x-next"));
    Nested: (cursor = after, next = paging?.next?.after, more = has_more);
    LastItem: (cursor = before, next = paging?.data.last.id, missing);
}

fn pages<R: Paginate>(_: R) {}

fn items<T, R: PageItems<T>>(_: R, _: fn(T)) {}

fn main() {
    pages(Offset { r#in: None, limit: None });
    items(Offset { r#in: None, limit: None }, |_: u8| {});
    items(Page { page: 1 }, |_: u8| {});
    pages(Generic::<u8, ()>(None, "".into(), vec![], Default::default()));
    pages(GenericCursor::<String> { after: None });
    items(Link, |_: String| {});
    items(List::<String>(Default::default()), |_: String| {});
    pages(GenericOffset(None, 7_u8, &1));
    pages(Raw);
    pages(NextUrl);
}

async fn run(client: Client) {
    let mut items = client.call(&Link).items();
    let name = std::future::poll_fn(|context| {
        futures_util::Stream::poll_next(std::pin::Pin::new(&mut items), context)
    });
    let _ = name.await.unwrap().unwrap().len();
}
