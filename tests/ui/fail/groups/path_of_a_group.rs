use api_request::ApiGroup;

#[derive(ApiGroup)]
#[api(path = "/accounts/{account}/")]
struct Account {
    account: String,
}

#[derive(ApiGroup)]
#[api(path = "")]
struct Empty;

#[derive(ApiGroup)]
#[api(path = "/accounts/{account}")]
struct NoField;

fn main() {}
