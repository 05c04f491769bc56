use api_request::{ApiRequest, Client};

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request;

fn run(client: Client) {
    let _ = client.call(&Request).pages();
}

fn main() {}
