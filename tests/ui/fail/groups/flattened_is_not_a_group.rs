use std::collections::BTreeMap;

use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(flatten)]
    rest: BTreeMap<String, String>,
}

fn main() {}
