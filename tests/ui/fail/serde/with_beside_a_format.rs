use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request {
    #[api(body(with = Csv))]
    #[serde(with = "seconds")]
    a: u8,
}

fn main() {}
