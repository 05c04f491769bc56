use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(flatten))]
    a: [u8; 2],
}

fn main() {}
