use api_request::{ApiGroup, ApiRequest};

#[derive(ApiGroup)]
#[api(fields = query)]
struct Paging {
    limit: Option<u32>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(flatten, secret)]
    #[serde(rename = "paging")]
    paging: Paging,
}

fn main() {}
