use api_request::ApiResponse;

#[derive(ApiResponse)]
struct Listed {
    #[api(header(nam = "ETag"))]
    a: u8,
    #[api(header("ETag"))]
    b: u8,
    #[api(header(explode))]
    c: u8,
    #[api(status(secret))]
    d: u16,
    #[api(status = 200)]
    e: u16,
    #[api(skip = true)]
    f: u8,
    #[api(body(secret))]
    g: u8,
    #[api(header(body))]
    h: u8,
    #[api(header(required))]
    i: u8,
    #[api(header(flatten, name = "X-A", json, secret))]
    j: u8,
    #[api(status, name = "code")]
    k: u16,
}

#[derive(ApiResponse)]
#[api(fields = json)]
struct Members {
    #[api(json(flatten))]
    a: u8,
    #[api(secret)]
    b: u8,
    #[api(json(null))]
    c: u8,
    #[api(json())]
    d: u8,
}

fn main() {}
