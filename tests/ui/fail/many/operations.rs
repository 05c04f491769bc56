use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/a/{id}")]
struct One;

#[derive(ApiRequest)]
#[api(method = GET, path = "/b", query("a" = "1", "a" = "2"))]
struct Two;

api_request::operations! { static OPERATIONS: [One, Two] }

fn main() {}
