use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/users/:id/:name.json")]
struct Request {
    id: u8,
    #[api(query)]
    name: u8,
}

fn main() {}
