use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", timeout = 5, base_url = "https://example.com")]
#[api(retry = 3, headers("A" = "b"), bearer = "key")]
struct Request;

fn main() {}
