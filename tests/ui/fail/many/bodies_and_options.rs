use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = HEAD, path = "/", response(text, txt))]
struct Request {
    #[api(body(text, content_type = "csv"))]
    a: String,
    #[api(json)]
    b: u8,
    #[api(form(allow_empty, explode = 1))]
    c: u8,
    #[api(cookie(flatten))]
    d: Vec<(u8, u8)>,
    #[api(skip(secret))]
    e: u8,
}

fn main() {}
