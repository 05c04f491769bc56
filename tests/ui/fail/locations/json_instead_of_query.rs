use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query)]
struct Request {
    #[api(json)]
    filters: u8,
}

fn main() {}
