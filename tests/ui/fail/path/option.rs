use api_request::ApiRequest;

type Maybe = Option<String>;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}/{alias}/{0}")]
struct Request {
    id: Option<u8>,
    alias: Maybe,
    #[api(path = "0")]
    other: std::option::Option<String>,
}

fn main() {}
