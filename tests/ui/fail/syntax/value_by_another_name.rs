use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", fields = multipart)]
struct Request {
    #[api(body = xml)]
    key: &'static str,
}

fn main() {}
