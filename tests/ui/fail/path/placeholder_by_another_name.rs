use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{a=operations/**}/<b>/{c?}{?d}")]
struct Request {
    a: u8,
    b: u8,
    c: u8,
    #[api(query)]
    d: u8,
}

fn main() {}
