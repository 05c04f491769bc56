use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{}/{id:[0-9]+}/a b/100%?q={q}#top")]
struct Request {
    id: u8,
    #[api(path = "key")]
    other: u8,
}

fn main() {}
