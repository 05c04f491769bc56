//! Members of a form, in a tuple struct.
use api_request::ApiRequest;
use std::collections::BTreeMap;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Form(
    #[api(form = "a b")] String,
    #[api(form(name = "b", style = deep))] BTreeMap<String, u8>,
    #[api(form(flatten))] BTreeMap<String, u8>,
);

fn main() {
    let map = || BTreeMap::from([("k".to_owned(), 1)]);
    let request = Form("x".into(), map(), map());
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), "a+b=x&b%5Bk%5D=1&k=1");
}
