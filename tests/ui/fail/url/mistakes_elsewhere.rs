use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = get, query("a" = "b"))]
struct Request {
    #[api(url(secrt))]
    at: String,
    #[api(query)]
    a: u8,
}

fn main() {}
