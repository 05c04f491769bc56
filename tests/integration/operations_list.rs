//! The operations of an API, listed by `operations!`.

use api_request::{AnyOperation, ApiRequest, operations};

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{0}", query("acl"))]
struct GetAcl<'a>(#[api(path = "0")] &'a str);

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{hash}", name = "getKey")]
struct GetKey {
    hash: String,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/{kind}/{hash}")]
struct GetAny<T> {
    kind: T,
    hash: String,
}

operations! {
    /// What there is.
    pub(crate) static OPERATIONS: [GetAcl<'static>, GetKey, GetAny<u8>, #[cfg(any())] Missing];
}

operations! { static NONE: [] }

#[test]
fn operations_are_listed_in_order() {
    let all: &'static [AnyOperation] = OPERATIONS;
    let names = all.iter().map(|it| it.operation().name());
    assert_eq!(names.collect::<Vec<_>>(), ["GetAcl", "getKey", "GetAny"]);
    assert_eq!(format!("{:?}", all[1]), r#"AnyOperation("getKey")"#);
    assert!(NONE.is_empty());
}
