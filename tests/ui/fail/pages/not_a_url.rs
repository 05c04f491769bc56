use api_request::ApiRequest;

#[derive(serde::Deserialize)]
struct Keys {
    data: Vec<u8>,
    next: Option<Vec<u8>>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Keys)]
#[api(paginate(next_url = next, items = data, item = u8))]
struct Request;

fn main() {}
