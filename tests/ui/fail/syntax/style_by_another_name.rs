use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request {
    #[api(query(style = comma))]
    a: Vec<u8>,
    #[api(query(style = csv))]
    b: Vec<u8>,
    #[api(query(style = deepObject))]
    c: Vec<u8>,
    #[api(query(style = spaceDelimited))]
    d: Vec<u8>,
    #[api(query(style = pipeDelimited))]
    e: Vec<u8>,
    #[api(query(style = "deepObject"))]
    f: Vec<u8>,
    #[api(query(style = multi))]
    g: Vec<u8>,
}

fn main() {}
