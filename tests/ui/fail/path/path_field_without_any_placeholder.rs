use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys")]
struct Request {
    #[api(path)]
    id: u8,
}

fn main() {}
