use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", query("beta" = "true"))]
struct Request {
    #[api(query)]
    beta: u8,
}

fn main() {}
