use api_request::ApiRequest;

struct Filters;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(json))]
    filters: Filters,
    #[api(header(json))]
    more: Option<Filters>,
}

fn main() {}
