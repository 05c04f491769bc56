use api_request::ApiResponse;

#[derive(serde::Deserialize, ApiResponse)]
struct Listed {
    #[api(body)]
    items: Vec<u8>,
}

fn main() {}
