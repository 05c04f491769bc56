use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(explode = 1))]
    list: Vec<u8>,
}

fn main() {}
