//! Commas at the end, raw strings and every kind of brackets.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = r"GET", path = r#"/{id}"#, header("X-Version" = r"2",), response(json = Vec<(u8, u8)>,),)]
struct Request {
    #[api(path,)]
    id: u8,
    #[api(query(name = r#"a"b"#, explode = false,),)]
    list: Vec<u8>,
    #[api { header }]
    trace: String,
}

#[derive(ApiRequest)]
#[api[method = r#"PURGE"#, path = "/"]]
struct Purge;

fn main() {
    assert_eq!(Request::OPERATION.params().nth(1).unwrap().name(), "a\"b");
    assert_eq!(Purge::OPERATION.method(), "PURGE");
}
