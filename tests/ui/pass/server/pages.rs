//! What is cut into pages: generics, tuples, raw names, and values whose bounds only `Fake::pages` asks for.
#![deny(warnings)]

use api_request::{ApiRequest, Client, FromHttp, testing::Fake};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

#[derive(Default, Serialize, Deserialize)]
struct Page<T, C> {
    r#type: Vec<T>,
    next: Option<C>,
}

#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/{id}", response = Page<T, C>)]
#[api(paginate(cursor = r#fn, next = next, items = r#type, item = T))]
struct Generic<T: Serialize + DeserializeOwned + Clone, C: Serialize + DeserializeOwned + Clone>
where
    Option<C>: Serialize + DeserializeOwned,
{
    id: u8,
    #[api(query)]
    r#fn: Option<C>,
    #[api(query)]
    of: Option<T>,
}

#[derive(Default, Serialize, Deserialize)]
struct Tuple(Vec<u8>, Option<Total>);

#[derive(Default, Serialize, Deserialize)]
struct Total(u64);

#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/", response = Tuple, crate = ::api_request)]
#[api(paginate(offset = 0, limit = 1, total = 1?.0, items = 0, item = u8))]
struct ListTuple(#[api(query = "o")] u8, #[api(query = "l")] Option<u8>);

/// Is neither `Default` nor read from a text, which a server that cuts no pages need not know.
#[derive(Serialize, Deserialize)]
struct Given {
    data: Vec<u8>,
    next: Option<(u8, u8)>,
    meta: Option<Box<Given>>,
}

#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/given", response = Given)]
#[api(paginate(cursor = after, next = meta?.next, items = data, item = u8))]
struct ListGiven {
    #[api(query(json))]
    after: Option<(u8, u8)>,
}

/// Has pages, and a response that is not a list.
#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/none", response = Given, paginate(link))]
struct ListNone;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let api = Fake::new()
        .pages(|_: Generic<u8, String>| async { Ok(vec![7; 250]) })
        .pages(|_: ListTuple| async { Ok((0..9).collect()) });
    let client = Client::builder("https://api.example.com").transport(api).build().unwrap();
    let first = Generic { id: 1, r#fn: None::<String>, of: None::<u8> };
    let items: Vec<u8> = client.call(&first).items().try_collect().await.unwrap();
    assert_eq!(items, [7; 250]);
    let pages = client.call(&ListTuple(0, Some(4))).pages();
    let pages: Vec<Tuple> = pages.try_collect().await.unwrap();
    let counts: Vec<usize> = pages.iter().map(|page| page.0.len()).collect();
    assert_eq!(counts, [4, 4, 1]);
    let _ = (ListGiven { after: None }, ListNone);
}
