use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Field {
    #[api(header = "content-type")]
    a: String,
    #[api(body(text, content_type = "text/csv"))]
    b: String,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", header("Content-Type" = "text/csv"))]
struct Constant {
    #[api(body(text, content_type = "text/csv"))]
    a: String,
}

fn main() {}
