use api_request::{ApiGroup, ApiRequest};

#[derive(ApiGroup)]
#[api(path = "/accounts/{id}", query("beta" = "1"))]
struct Account {
    id: String,
}

#[derive(ApiRequest)]
#[api(in = Account, method = GET, path = "/keys/{id}")]
struct GetKey {
    id: String,
}

#[derive(ApiRequest)]
#[api(in = Account, method = GET, path = "/keys")]
struct ListKeys {
    #[api(query)]
    beta: bool,
}

fn main() {}
