use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{*a}/{b*}/{+c}/{**d}/{e...}")]
struct Request {
    a: u8,
    b: u8,
    c: u8,
    d: u8,
    e: u8,
}

fn main() {}
