use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(encode))]
    a: &'static str,
}

fn main() {}
