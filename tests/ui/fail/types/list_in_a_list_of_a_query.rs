use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query)]
    a: [(u8, u8); 2],
}

fn main() {}
