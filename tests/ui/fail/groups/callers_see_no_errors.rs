use api_request::{ApiGroup, ApiRequest, Client};

#[derive(ApiGroup)]
#[api(path = "/accounts/{acount}")]
struct Account {
    account: String,
}

#[derive(ApiRequest)]
#[api(in = Account, method = GET, path = "/keys")]
struct ListKeys;

async fn run(client: Client) -> Result<(), api_request::Error> {
    let account = Account { account: String::new() };
    client.call(&ListKeys).group(account).send().await
}

fn main() {
    let _ = run;
}
