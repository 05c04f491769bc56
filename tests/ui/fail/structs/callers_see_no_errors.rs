//! The type implements the trait beside the error, so using it causes no second error.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "keys", response = Vec<T>)]
struct Request<'a, T>(#[api(query = "q")] &'a T)
where
    T: serde::Serialize + serde::de::DeserializeOwned;

fn first(response: <Request<'_, u8> as ApiRequest>::Response) -> Option<u8> {
    response.first().copied()
}

fn main() {
    let _ = Request(&1).to_http(&"https://example.com".parse().unwrap());
    let _ = first(Vec::new());
}
