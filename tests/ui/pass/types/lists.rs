use api_request::{ApiRequest, BaseUrl};

#[derive(ApiRequest)]
#[api(method = POST, path = "/{a}")]
struct Request {
    a: (u8, u8),
    #[api(query)]
    b: [u8; 2],
    #[api(query(style = brackets))]
    c: &'static [u8],
    #[api(header)]
    d: (u8, &'static str),
    #[api(query(flatten))]
    e: (),
    #[api(json)]
    f: [(u8, ()); 1],
}

fn main() {
    let base: BaseUrl = "http://localhost".parse().unwrap();
    let request = Request {
        a: (1, 2),
        b: [3, 4],
        c: &[5],
        d: (6, "x"),
        e: (),
        f: [(7, ())],
    };
    let request = request.to_http(&base).unwrap();
    assert_eq!(request.uri(), "http://localhost/1,2?b=3&b=4&c%5B%5D=5");
    assert_eq!(request.headers()["d"], "6,x");
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"f":[[7,null]]}"#);
}
