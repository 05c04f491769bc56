use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{keyId}")]
struct GetKey {
    key_id: u64,
    #[api(body)]
    members: Vec<String>,
}

fn main() {}
