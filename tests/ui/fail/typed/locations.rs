use api_request::ApiResponse;

#[derive(ApiResponse)]
struct Listed {
    a: u8,
    #[api(query)]
    b: u8,
    #[api(path = "id")]
    c: u8,
    #[api(cookie = "sid")]
    d: u8,
    #[api(form)]
    e: u8,
    #[api(headr = "ETag")]
    f: u8,
    #[api(header, json)]
    g: u8,
    #[api(header, header)]
    h: u8,
    #[api(method = GET)]
    i: u8,
    #[api(code)]
    j: u8,
    #[api(headers)]
    k: u8,
    #[api(data)]
    l: u8,
    #[api(secret)]
    m: u8,
}

fn main() {}
