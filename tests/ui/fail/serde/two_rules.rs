use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", rename_all = "camelCase")]
#[serde(rename_all = "kebab-case")]
struct Request;

fn main() {}
