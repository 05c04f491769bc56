use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", status = 200, other)]
struct Request {
    #[api(status)]
    code: u16,
}

fn main() {}
