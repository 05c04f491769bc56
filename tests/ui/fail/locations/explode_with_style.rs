use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(style = pipe, explode))]
    a: Vec<u8>,
    #[api(query(style = deep, explode = false))]
    b: std::collections::BTreeMap<String, u8>,
    #[api(query(style = space, explode = true))]
    c: Vec<u8>,
    #[api(query(style = brackets, explode = false))]
    d: Vec<u8>,
}

fn main() {}
