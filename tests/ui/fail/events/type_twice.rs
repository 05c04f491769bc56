use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = u8, only = ["a", "b", "a"], ignore = "b"))]
struct Request;

fn main() {}
