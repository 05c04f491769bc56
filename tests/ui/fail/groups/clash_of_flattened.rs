use api_request::{ApiGroup, ApiRequest};

#[derive(ApiGroup)]
struct Paging {
    #[api(query)]
    limit: Option<u32>,
}

#[derive(ApiGroup)]
struct Sort {
    #[api(query = "limit")]
    most: Option<u32>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys")]
struct WithField {
    #[api(query = "limit")]
    most: Option<u32>,
    #[api(flatten)]
    paging: Paging,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys")]
struct WithGroup {
    #[api(flatten)]
    paging: Paging,
    #[api(flatten)]
    sort: Sort,
}

fn main() {}
