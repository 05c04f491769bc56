use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", rename_all = "camelCase")]
struct Request {
    #[api(form)]
    key_id: u8,
    #[api(form = "keyId")]
    b: u8,
}

fn main() {}
