use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query)]
struct Request {
    #[api(flag, secret)]
    a: bool,
    #[api(query(flag, json))]
    b: bool,
    #[api(flag)]
    #[serde(with = "text")]
    c: bool,
    #[api(header(flag))]
    d: bool,
}

fn main() {}
