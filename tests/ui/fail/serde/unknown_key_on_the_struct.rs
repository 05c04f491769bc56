use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
#[serde(rename_al = "camelCase")]
struct Request;

fn main() {}
