use api_request::{ApiGroup, ApiRequest, FromHttp};

#[derive(ApiGroup)]
#[api(path = "/accounts/{account}")]
struct Account {
    account: u8,
}

#[derive(ApiRequest, FromHttp)]
#[api(in = Account, method = GET, path = "/keys")]
struct Request;

fn main() {}
