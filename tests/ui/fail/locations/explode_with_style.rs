use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(style = pipe, explode = false))]
    list: Vec<u8>,
}

fn main() {}
