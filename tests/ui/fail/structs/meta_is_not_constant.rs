use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", meta = String::from("slow"))]
struct Request;

fn main() {}
