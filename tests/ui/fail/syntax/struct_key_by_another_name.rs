use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(get = "/keys", returns = String)]
struct GetKeys;

#[derive(ApiRequest)]
#[api(method = GET, endpoint = "/keys")]
struct ListKeys;

fn main() {}
