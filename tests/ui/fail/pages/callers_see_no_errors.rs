//! The type implements the traits beside the error, so asking for pages causes no second error.
use api_request::{ApiRequest, Client};

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "keys", response = Vec<u8>, paginate(link))]
struct Request<'a, T>(#[api(query = "q")] &'a T)
where
    T: serde::Serialize + Clone;

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<u8>, paginate(lnik, items = data, item = u8))]
struct Broken;

fn run(client: Client) {
    let _ = client.call(&Request(&1)).pages();
    let _ = client.call(&Request(&1)).items::<u8>();
    let _ = client.call(&Broken).items();
}

fn main() {}
