use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
union Request {
    a: u8,
}

fn main() {}
