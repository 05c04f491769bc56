use api_request::{ApiGroup, ApiRequest};

#[derive(ApiGroup)]
struct Group;

#[derive(ApiRequest)]
#[api(group = Group, method = GET, path = "/keys")]
struct Request {
    #[api(group)]
    more: Group,
}

fn main() {}
