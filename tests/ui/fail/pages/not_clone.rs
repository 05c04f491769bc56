use api_request::ApiRequest;

#[derive(serde::Deserialize)]
struct Keys {
    data: Vec<u8>,
    next: Option<String>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = Keys)]
#[api(paginate(link, items = data, item = u8))]
struct Request;

fn main() {}
