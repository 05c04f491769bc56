use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}")]
struct Request {
    idd: u8,
    #[api(qury)]
    a: u8,
    #[api(header = "Host")]
    b: u8,
    #[api(query, cookie)]
    c: u8,
    #[api(body)]
    d: u8,
    #[api(query(explode = false, style = deep))]
    e: u8,
}

fn main() {}
