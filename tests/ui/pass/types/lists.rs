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
    #[api(query(style = brackets))]
    g: [(u8, u8); 1],
    #[api(query(flatten))]
    h: [(&'static str, u8); 2],
    #[api(query(flatten))]
    i: &'static [[&'static str; 2]],
    #[api(json)]
    f: [(u8, ()); 1],
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Form(#[api(body = form)] Vec<(&'static str, u8)>);

fn main() {
    let base: BaseUrl = "http://localhost".parse().unwrap();
    let request = Request {
        a: (1, 2),
        b: [3, 4],
        c: &[5],
        d: (6, "x"),
        e: (),
        g: [(1, 2)],
        h: [("k", 6), ("k", 7)],
        i: &[["l", "8"]],
        f: [(7, ())],
    };
    let request = request.to_http(&base).unwrap();
    assert_eq!(request.uri(), "http://localhost/1,2?b=3&b=4&c%5B%5D=5&g%5B0%5D%5B%5D=1&g%5B0%5D%5B%5D=2&k=6&k=7&l=8");
    let form = Form(vec![("a", 1), ("a", 2)]).to_http(&base).unwrap();
    assert_eq!(form.body().as_bytes().unwrap(), "a=1&a=2");
    assert_eq!(request.headers()["d"], "6,x");
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"f":[[7,null]]}"#);
}
