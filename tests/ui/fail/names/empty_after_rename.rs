use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", rename_all = "camelCase")]
struct Request {
    #[api(query)]
    __: u8,
}

fn main() {}
