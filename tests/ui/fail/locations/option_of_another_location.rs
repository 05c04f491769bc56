use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/{d}")]
struct Request {
    #[api(query(allow_empty))]
    a: u8,
    #[api(cookie(explode))]
    b: u8,
    #[api(json(content_type = "text/plain"))]
    c: u8,
    #[api(path(null))]
    d: u8,
}

fn main() {}
