use api_request::{ApiError, ApiRequest};

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/keys", response(xml = Keys))]
#[api(paginate(link, has_more = has_more))]
struct ListKeys;

#[derive(Debug, ApiError)]
enum Failure {
    #[api(default)]
    Any,
}

fn main() {}
