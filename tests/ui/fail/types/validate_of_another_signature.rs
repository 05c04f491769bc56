use api_request::ApiRequest;

fn valid(_: &Request) -> bool {
    true
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", validate = valid)]
struct Request;

fn main() {}
