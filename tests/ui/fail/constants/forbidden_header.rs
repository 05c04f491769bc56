use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header("Transfer-Encoding" = "chunked", "Content-Type" = "text/plain"))]
struct Request;

fn main() {}
