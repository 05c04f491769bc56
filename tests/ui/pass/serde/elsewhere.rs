//! On the struct and on fields that are no members, `serde` is not ours to read.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
#[serde(rename_all = "kebab-case", anything)]
struct Request {
    #[api(query)]
    #[serde(rename = "other", anything)]
    page_size: u8,
}

fn main() {
    assert_eq!(Request::OPERATION.params().next().unwrap().name(), "page_size");
}
