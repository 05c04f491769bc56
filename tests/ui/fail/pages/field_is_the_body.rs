use api_request::ApiRequest;

#[derive(serde::Deserialize)]
struct Keys {
    data: Vec<u8>,
    next: Option<String>,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/", response = Keys)]
#[api(paginate(cursor = after, next = next))]
struct Request {
    #[api(body)]
    after: Option<String>,
}

fn main() {}
