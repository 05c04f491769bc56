use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "{upload_url}")]
struct Request {
    upload_url: String,
}

fn main() {}
