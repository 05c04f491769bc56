use api_request::{ApiGroup, ApiRequest};

#[derive(serde::Deserialize)]
struct Keys {
    next: Option<String>,
}

#[derive(Clone, serde::Serialize)]
struct Variables {
    after: Option<String>,
}

#[derive(Clone, ApiGroup)]
#[api(fields = query)]
struct Paging {
    offset: Option<String>,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/", fields = json, response = Keys)]
#[api(paginate(cursor = variables.afterwards, next = next))]
struct NoField {
    variables: Variables,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Vec<u8>, paginate(offset = paging.offset))]
struct NotANumber {
    #[api(flatten)]
    paging: Paging,
}

fn main() {}
