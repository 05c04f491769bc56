use api_request::{ApiGroup, ApiRequest};

#[derive(ApiGroup)]
#[api(path = "/accounts/{account}")]
struct Account {
    account: String,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys")]
struct Request {
    #[api(flatten)]
    account: Account,
}

fn main() {}
