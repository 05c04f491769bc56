use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(style = deep))]
    a: (u8, u8),
}

fn main() {}
