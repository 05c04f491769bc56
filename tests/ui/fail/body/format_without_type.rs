use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Value {
    #[api(body = with)]
    a: u8,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Option {
    #[api(body(with))]
    a: u8,
}

fn main() {}
