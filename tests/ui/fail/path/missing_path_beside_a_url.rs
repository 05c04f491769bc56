use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Request {
    upload_url: String,
}

fn main() {}
