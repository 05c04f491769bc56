use api_request::ApiRequest;

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/")]
#[api(paginate(cursor = after, next = next))]
struct Request {
    #[api(query)]
    offset: u32,
    #[api(query)]
    limit: u32,
    #[api(query)]
    after: Option<String>,
}

fn main() {}
