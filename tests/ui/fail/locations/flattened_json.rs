use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(json(flatten))]
    rest: Vec<(u8, u8)>,
}

fn main() {}
