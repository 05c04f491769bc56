//! Calls over a transport in memory, for `instructions.sh`: `local WORK TIMES`. What they cost is the client's alone.

use std::{
    env,
    error::Error,
    pin::pin,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use api_request::{ApiRequest, Body, BoxError, Client, Retry, Transport};
use bytes::Bytes;
use futures_util::StreamExt;
use serde::Deserialize;
use tokio::runtime;

const BASE: &str = "https://api.example.com/v1";
/// The number of items on a page.
const ITEMS: u32 = 100;
const NAME: &str = "sk-or-v1-0e6f44a47a05f1dad2ad7e88c4c1d6b7";

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/current")]
struct Ping;

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/keys", response = Page, paginate(cursor = after, next = next, items = data, item = Key))]
struct ListKeys {
    #[api(query)]
    after: Option<String>,
}

#[derive(Deserialize)]
struct Page {
    data: Vec<Key>,
    next: Option<String>,
}

#[derive(Deserialize)]
struct Key {
    name: String,
}

/// Responds to each request at once, from static data; the first of each `fails + 1` requests fail by a status of 503.
struct Memory {
    fails: u32,
    sent: AtomicU32,
    /// Pages end after so many.
    pages: u32,
    page: Bytes,
    last: Bytes,
}

impl Memory {
    fn new(fails: u32, pages: u32) -> Self {
        let keys = vec![format!(r#"{{"name":"{NAME}"}}"#); ITEMS as usize].join(",");
        Self {
            fails,
            sent: AtomicU32::new(0),
            pages,
            page: Bytes::from(format!(r#"{{"data":[{keys}],"next":"#)),
            last: Bytes::from(format!(r#"{{"data":[{keys}],"next":null}}"#)),
        }
    }

    fn respond(&self) -> http::Response<Body> {
        let sent = self.sent.fetch_add(1, Ordering::Relaxed) + 1;
        let (status, body) = match (sent % (self.fails + 1), self.pages) {
            (1.., _) => (503, Bytes::new()),
            (0, 0) => (200, Bytes::new()),
            (0, pages) if pages == sent => (200, self.last.clone()),
            (0, _) => {
                // No cursor comes twice.
                let page = [&*self.page, format!("\"{sent}\"}}").as_bytes()].concat();
                (200, page.into())
            }
        };
        let mut response = http::Response::new(Body::from(body));
        *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
        response
    }
}

impl Transport for Memory {
    async fn send(&self, _: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        Ok(self.respond())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [work, times] = *arguments else {
        return Err("usage: local WORK TIMES".into());
    };
    let times: u32 = times.parse()?;
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(run(work, times))
}

async fn run(work: &str, times: u32) -> Result<(), Box<dyn Error>> {
    match work {
        "local-build" => {
            let client = client(Memory::new(0, 0))?;
            for _ in 0..times {
                client.call(&Ping).build()?;
            }
        }
        "local-send" => {
            let client = client(Memory::new(0, 0))?;
            for _ in 0..times {
                client.send(&Ping).await?;
            }
        }
        // One attempt that fails and one that does not. The delays are those that a response of 503 asks for: none.
        "local-retry" => {
            let client = client(Memory::new(1, 0))?;
            for _ in 0..times {
                client.send(&Ping).await?;
            }
        }
        "local-page-by-hand" => {
            let memory = Memory::new(0, times);
            for _ in 0..times {
                let page = memory.respond().into_body();
                let page: Page = serde_json::from_slice(page.as_bytes().ok_or("in memory")?)?;
                assert_eq!(page.data.len(), ITEMS as usize);
            }
        }
        "local-page" => {
            let client = client(Memory::new(0, times))?;
            let request = ListKeys { after: None };
            let mut pages = pin!(client.call(&request).pages());
            let mut found = 0;
            while let Some(page) = pages.next().await {
                assert_eq!(page?.data.len(), ITEMS as usize);
                found += 1;
            }
            assert_eq!(found, times);
        }
        "local-items" => {
            let client = client(Memory::new(0, times))?;
            let request = ListKeys { after: None };
            let mut items = pin!(client.call(&request).items());
            let mut found = 0;
            while let Some(key) = items.next().await {
                assert_eq!(key?.name, NAME);
                found += 1;
            }
            assert_eq!(found, times * ITEMS);
        }
        _ => return Err(format!("unknown work `{work}`").into()),
    }
    Ok(())
}

fn client(memory: Memory) -> Result<Client, Box<dyn Error>> {
    let retry = Retry::default().base_delay(Duration::ZERO);
    let client = Client::builder(BASE).transport(memory).bearer("sk-0e6f");
    Ok(client.retry(retry).build()?)
}
