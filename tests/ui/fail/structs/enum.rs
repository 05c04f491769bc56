use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
enum Request {
    Get,
}

fn main() {}
