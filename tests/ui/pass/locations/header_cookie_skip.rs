//! Headers and cookies with every option, and fields that are not sent.
use api_request::{ApiRequest, Location};
use std::{collections::BTreeMap, marker::PhantomData};

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Request<T> {
    #[api(header)]
    x_trace: String,
    #[api(header(name = "X-List", explode))]
    list: Vec<u8>,
    #[api(header(flatten))]
    rest: BTreeMap<String, String>,
    #[api(cookie = "session", secret)]
    cookie: String,
    #[api(cookie(encode))]
    encoded: String,
    #[api(header(flatten))]
    map: http::HeaderMap,
    #[api(header(flatten))]
    generic: T,
    #[api(header(flatten))]
    pairs: Vec<(&'static str, u8)>,
    #[api(skip)]
    _marker: PhantomData<u8>,
}

fn main() {
    let params = Request::<()>::OPERATION.params();
    let names: Vec<_> = params.clone().map(|param| param.name()).collect();
    assert_eq!(names, ["x-trace", "X-List", "session", "encoded"]);
    assert_eq!(params.last().unwrap().location(), Location::Cookie);
}
