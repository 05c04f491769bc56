//! Query parameters with every option.
use api_request::ApiRequest;
use std::collections::BTreeMap;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Query {
    #[api(query)]
    a: Option<bool>,
    #[api(query(name = "b[]", style = brackets, secret))]
    b: Vec<u8>,
    #[api(query(explode = false))]
    c: Vec<u8>,
    #[api(query(flatten))]
    d: BTreeMap<String, u8>,
    #[api(query = "f", secret)]
    e: u8,
}

fn main() {
    let params = Query::OPERATION.params();
    let names: Vec<_> = params.map(|param| (param.name(), param.secret())).collect();
    assert_eq!(names, [("a", false), ("b[]", true), ("c", false), ("f", true)]);
}
