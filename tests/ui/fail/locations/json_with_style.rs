use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(json, style = deep))]
    filters: u8,
    #[api(header(json, explode))]
    more: u8,
    #[api(query(json, flatten))]
    rest: u8,
}

fn main() {}
