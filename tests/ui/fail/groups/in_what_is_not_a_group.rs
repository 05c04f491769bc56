use api_request::ApiRequest;

struct Account;

#[derive(ApiRequest)]
#[api(in = Account, method = GET, path = "/keys")]
struct Request;

fn main() {}
