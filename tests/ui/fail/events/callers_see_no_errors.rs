//! The type implements both traits beside the error, so asking for events causes no second error.
use api_request::{ApiRequest, Client, EventRequest};

#[derive(ApiRequest)]
#[api(method = GET, path = "keys", events(item = Vec<T>, done = "[DONE]"))]
struct Request<'a, T>(#[api(query = "q")] &'a T)
where
    T: serde::Serialize + serde::de::DeserializeOwned;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(itme = u8))]
struct Broken;

fn first(item: <Request<'_, u8> as EventRequest>::Event) -> Option<u8> {
    item.first().copied()
}

async fn run(client: Client) {
    let _ = client.call(&Request(&1)).events().await;
    let _ = client.call(&Broken).events().await;
    let _ = first(Vec::new());
}

fn main() {}
