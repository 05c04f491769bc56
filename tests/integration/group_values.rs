//! Values in groups: what a field can be in a request, it can be in a group.

use std::collections::BTreeMap;

use api_request::{ApiGroup, ApiRequest, BaseUrl, Nullable, Secret};

use crate::wire::{BASE, base, target};

/// Values of each form.
#[derive(Debug, Clone, Default, ApiGroup)]
#[api(fields = query)]
struct Values {
    #[api(query(json))]
    filters: BTreeMap<&'static str, Vec<&'static str>>,
    #[api(query(flag))]
    all: bool,
    #[api(header(name = "X-Options", json))]
    options: Nullable<Vec<Secret<u32>>>,
    #[api(style = dots)]
    page: BTreeMap<&'static str, u8>,
    after: Nullable<&'static str>,
    #[api(cookie(encode))]
    sid: Option<&'static str>,
}

fn values() -> Values {
    Values {
        filters: [("label", vec!["a"])].into(),
        all: true,
        options: vec![Secret::new(4711)].into(),
        page: [("size", 5)].into(),
        after: "x".into(),
        sid: Some("a b"),
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "", query("acl"))]
struct Flattened {
    #[api(flatten)]
    values: Values,
    #[api(query(flag))]
    last: bool,
}

#[derive(ApiRequest)]
#[api(in = Values, method = GET, path = "/keys")]
struct In;

#[derive(ApiRequest)]
#[api(in = Values, method = GET, path = "")]
struct Root;

#[derive(Debug, Clone, ApiGroup)]
#[api(path = "/tenants/{tenant}", query("v"))]
struct Tenant {
    #[api(path(segments))]
    tenant: &'static str,
}

#[derive(ApiRequest)]
#[api(in = Tenant, method = GET, path = "", meta = 7_u8)]
#[deprecated = "use another"]
struct GetTenant {
    #[api(query(flag))]
    all: bool,
}

const QUERY: &str = "filters=%7B%22label%22%3A%5B%22a%22%5D%7D&all&page.size=5&after=x";

#[test]
fn a_flattened_group_has_values_of_each_form() {
    let values = values();
    let request = Flattened { values, last: true };
    let http = request.to_http(&base()).unwrap();
    assert_eq!(http.uri().query(), Some(&*format!("acl&{QUERY}&last")));
    assert_eq!(http.headers()["x-options"], "[4711]");
    assert!(http.headers()["x-options"].is_sensitive());
    assert_eq!(http.headers()["cookie"], "sid=a%20b");
    let values = Values::default();
    let written = target(&Flattened {
        values,
        last: false,
    });
    assert_eq!(written.as_deref(), Ok("/?acl&filters=%7B%7D"));
    let required = Flattened::OPERATION
        .params()
        .map(|it| (it.name(), it.required()));
    assert_eq!(
        required.collect::<Vec<_>>(),
        [
            ("filters", true),
            ("all", false),
            ("X-Options", false),
            ("page", true),
            ("after", false),
            ("sid", false),
            ("last", false),
        ]
    );
}

#[test]
fn null_in_a_group_is_an_error_of_its_field() {
    let values = Values {
        after: Nullable::Null,
        ..values()
    };
    let error = In.to_http_in(&base(), &values).unwrap_err();
    assert_eq!(error.field(), Some("after"));
    assert!(error.to_string().contains("is `null`"), "{error}");
}

#[test]
fn the_values_of_a_group_are_those_of_the_operation() {
    let http = In.to_http_in(&base(), &values()).unwrap();
    assert_eq!(http.uri().to_string(), format!("{BASE}/keys?{QUERY}"));
    assert_eq!(http.headers()["x-options"], "[4711]");
}

#[test]
#[expect(deprecated, reason = "that is told")]
fn an_empty_path_is_that_of_the_group() {
    let tenant = "eu/a b";
    for base_url in ["https://api.example.com/v1", "https://api.example.com/v1/"] {
        let base: BaseUrl = base_url.parse().unwrap();
        let http = GetTenant { all: true }.to_http_in(&base, &Tenant { tenant });
        assert_eq!(
            http.unwrap().uri(),
            "https://api.example.com/v1/tenants/eu/a%20b?v&all"
        );
        // A group without a path has none to add.
        let http = Root.to_http_in(&base, &Values::default());
        assert_eq!(
            http.unwrap().uri().to_string(),
            format!("{base_url}?filters=%7B%7D")
        );
    }
    let operation = GetTenant::OPERATION;
    assert_eq!(operation.path(), "/tenants/{tenant}");
    assert_eq!(operation.meta::<u8>(), Some(&7));
    assert_eq!(operation.deprecated(), Some("use another"));
}
