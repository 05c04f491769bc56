use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = Vec<&'static str>, error = &'static str, events = &'static [u8])]
struct Request;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(lines = &'static str))]
struct Lines;

fn main() {}
