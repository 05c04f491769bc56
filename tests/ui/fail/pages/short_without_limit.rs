use api_request::ApiRequest;

#[derive(serde::Deserialize)]
struct Keys {
    data: Vec<u8>,
    next: String,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Keys)]
#[api(paginate(offset = offset, short, items = data, item = u8))]
struct Request {
    #[api(query)]
    offset: u32,
    #[api(query)]
    after: Option<String>,
}

fn main() {}
