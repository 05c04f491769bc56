use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", name = "", rename_all = "camel")]
#[api(header("X-A" = "1", "x-a" = "2", "Host" = "h", "X-B" = " b"), query("" = "1", "q"))]
struct Request {
    #[api(query = "")]
    a: u8,
    #[api(header = "X-A")]
    b: u8,
    #[api(cookie = "a;b")]
    c: u8,
    #[api(header = "Cookie")]
    d: u8,
}

fn main() {}
