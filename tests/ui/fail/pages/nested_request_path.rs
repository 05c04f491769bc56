use api_request::{ApiGroup, ApiRequest};

#[derive(Clone, ApiGroup)]
#[api(fields = query)]
struct Paging {
    offset: Option<u64>,
    limit: Option<u64>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<u8>, paginate(offset = paging))]
struct Whole {
    #[api(flatten)]
    paging: Paging,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<u8>, paginate(offset = paging?.offset))]
struct Passed {
    #[api(flatten)]
    paging: Paging,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<u8>, paginate(offset = paging.limit, limit = paging.limit))]
struct Twice {
    #[api(flatten)]
    paging: Paging,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<u8>, paginate(offset = pagin.offset))]
struct NoField {
    #[api(flatten)]
    paging: Paging,
}

fn main() {}
