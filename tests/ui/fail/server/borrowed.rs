use api_request::{ApiRequest, FromHttp};

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/")]
struct Request<'a> {
    #[api(header = "X-Trace")]
    trace: &'a str,
}

fn main() {}
