use api_request::{ApiRequest, Client};

#[derive(serde::Deserialize)]
struct Keys {
    data: Vec<u8>,
    next: Option<String>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Keys, paginate(link))]
struct Request;

fn run(client: Client) {
    let _ = client.call(&Request).items();
}

fn main() {}
