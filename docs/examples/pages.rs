//! Listings, page by page.

use std::sync::Arc;

use api_request::{
    ApiRequest, BoxError, Client, Error, FromHttp, Next, Page, Paginate,
    testing::{Fake, Script, ScriptedResponse},
};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};

use crate::Outcome;

// ANCHOR: cursor
#[derive(Clone, Default, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", fields = query, response = KeyPage)]
#[api(paginate(cursor = after, next = next_cursor, items = data, item = Key))]
struct ListKeys {
    after: Option<String>,
    limit: Option<u32>,
}

#[derive(Default, Serialize, Deserialize)]
struct KeyPage {
    data: Vec<Key>,
    next_cursor: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Key {
    label: String,
}
// ANCHOR_END: cursor

// ANCHOR: items
/// Finds a key. The pages after the one that has it are not requested.
async fn find(client: &Client, label: &str) -> Result<Option<Key>, Error> {
    let request = ListKeys::default();
    let mut keys = client.call(&request).items();
    while let Some(key) = keys.try_next().await? {
        if key.label == label {
            return Ok(Some(key));
        }
    }
    Ok(None)
}
// ANCHOR_END: items

// ANCHOR: pages
/// Counts the pages.
async fn count(client: &Client) -> Result<usize, Error> {
    let pages: Vec<KeyPage> = client
        .call(&ListKeys::default())
        .pages()
        .try_collect()
        .await?;
    Ok(pages.len())
}
// ANCHOR_END: pages

// ANCHOR: own
/// A search by an `offset` in the body. A header says how many items there are.
#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/search", fields = json, response = Vec<String>)]
struct Search {
    text: &'static str,
    offset: usize,
}

impl Paginate for Search {
    fn next_page(&self, page: &Page<'_, Vec<String>>) -> Result<Next<Self>, BoxError> {
        let total = page.headers().get("x-total").ok_or("there is no total")?;
        let offset = self.offset + page.response().len();
        if offset >= total.to_str()?.parse()? {
            return Ok(Next::End);
        }
        let next = Self {
            offset,
            ..self.clone()
        };
        Ok(Next::Request(next))
    }
}
// ANCHOR_END: own

#[tokio::test]
async fn a_page_is_requested_when_it_is_needed() -> Outcome {
    let labels = (0..250).map(|number| Key {
        label: format!("key {number}"),
    });
    let keys = Arc::new(labels.collect::<Vec<_>>());
    let api = Fake::new().pages(move |_: ListKeys| {
        let keys = Arc::clone(&keys);
        async move { Ok(keys.to_vec()) }
    });
    let client = Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .build()?;
    let found = find(&client, "key 120").await?;
    assert_eq!(found.map(|key| key.label).as_deref(), Some("key 120"));
    assert_eq!(api.sent::<ListKeys>().len(), 2);
    assert_eq!(count(&client).await?, 3);
    assert!(find(&client, "key 250").await?.is_none());
    Ok(())
}

#[tokio::test]
async fn a_listing_of_its_own_kind() -> Outcome {
    let page = |names: &[&str]| {
        ScriptedResponse::new(200)
            .header("x-total", "3")
            .json(names)
    };
    let api = Script::new().then(page(&["a", "b"])).then(page(&["c"]));
    let client = Client::builder("https://api.example.com/v1")
        .transport(api.clone())
        .build()?;
    let search = Search {
        text: "tea",
        offset: 0,
    };
    let pages: Vec<_> = client.call(&search).pages().try_collect().await?;
    assert_eq!(pages.concat(), ["a", "b", "c"]);
    let last = api.requests().remove(1);
    assert_eq!(last.body(), r#"{"text":"tea","offset":2}"#);
    Ok(())
}
