use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Lines {
    #[api(lines)]
    a: Vec<u8>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct With {
    #[api(with = Csv)]
    a: Vec<u8>,
}

fn main() {}
