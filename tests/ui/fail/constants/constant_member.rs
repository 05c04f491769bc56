use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/rpc", json("jsonrpc" = "2.0"))]
struct Request;

fn main() {}
