use api_request::{ApiRequest, Client};

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request;

async fn run(client: Client) {
    let _ = client.call(&Request).events().await;
}

fn main() {}
