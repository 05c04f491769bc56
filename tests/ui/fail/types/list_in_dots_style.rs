use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(style = dots))]
    ids: [u8; 2],
}

fn main() {}
