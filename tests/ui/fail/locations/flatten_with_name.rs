use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(flatten, name = "rest"))]
    rest: Vec<(u8, u8)>,
}

fn main() {}
