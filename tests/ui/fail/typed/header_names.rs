use api_request::ApiResponse;

#[derive(ApiResponse)]
struct Listed {
    #[api(header = "E Tag")]
    a: String,
    #[api(header = "")]
    b: String,
    #[api(header = "Cookie")]
    c: String,
    #[api(header = "Transfer-Encoding")]
    d: String,
    #[api(header = "ETag")]
    e: String,
    #[api(header)]
    etag: String,
    #[api(header = "X-A")]
    #[serde(alias = "X-B", alias = "x-a", alias = "Host")]
    f: String,
    #[api(header = "x-b")]
    #[serde(rename = "x-c")]
    g: String,
}

fn main() {}
