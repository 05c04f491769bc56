//! What `OPERATION` says about a declaration.

use api_request::{ApiRequest, Location, Secret};

/// Lists things.
///
/// Second paragraph.
#[derive(ApiRequest)]
#[api(method = PATCH, path = "/things/{id}/{type}", name = "patchThings", fields = query)]
#[api(header("X-Version" = "2"), rename_all = "camelCase")]
struct Things<'a, T> {
    /// Which.
    id: &'a str,
    r#type: T,
    #[api(header = "X-Title")]
    title: Option<&'a str>,
    page_size: Alias,
    #[api(cookie(name = "sid", secret))]
    session: u8,
    #[api(flatten)]
    rest: Option<Vec<(u8, u8)>>,
    #[api(query)]
    key: Option<Secret<String>>,
    #[api(header)]
    authorization: Option<&'a str>,
    #[api(json)]
    member: u8,
}

type Alias = Option<u32>;

#[test]
fn an_operation_is_described_as_declared() {
    let operation = Things::<u8>::OPERATION;
    assert_eq!(operation.name(), "patchThings");
    assert_eq!(operation.method(), http::Method::PATCH);
    assert_eq!(operation.path(), "/things/{id}/{type}");
    assert_eq!(operation.doc(), "Lists things.\n\nSecond paragraph.");
    assert_eq!(operation.content_type(), Some("application/json"));
}

#[test]
fn params_are_listed_in_order_without_flattened_ones_constants_and_members() {
    let params: Vec<_> = Things::<u8>::OPERATION
        .params()
        .map(|p| (p.name(), p.field(), p.location(), p.required(), p.secret()))
        .collect();
    let expected = [
        ("id", "id", Location::Path, true, false),
        ("type", "type", Location::Path, true, false),
        ("X-Title", "title", Location::Header, false, false),
        ("pageSize", "page_size", Location::Query, false, false),
        ("sid", "session", Location::Cookie, true, true),
        ("key", "key", Location::Query, false, true),
        (
            "authorization",
            "authorization",
            Location::Header,
            false,
            true,
        ),
    ];
    assert_eq!(params, expected);
    assert_eq!(
        Things::<u8>::OPERATION.params().next().unwrap().doc(),
        "Which."
    );
}

#[test]
fn any_method_can_be_declared() {
    macro_rules! method {
        ($method:tt) => {{
            #[derive(ApiRequest)]
            #[api(method = $method, path = "/")]
            struct Request;
            Request::OPERATION.method().to_string()
        }};
    }
    assert_eq!(method!(GET), "GET");
    assert_eq!(method!(HEAD), "HEAD");
    assert_eq!(method!(OPTIONS), "OPTIONS");
    assert_eq!(method!(TRACE), "TRACE");
    assert_eq!(method!(DELETE), "DELETE");
    assert_eq!(method!("PROPFIND"), "PROPFIND");
}

#[test]
fn validate_runs_before_encoding() {
    fn check(request: &Range) -> Result<(), String> {
        if request.from <= request.to {
            Ok(())
        } else {
            Err(format!("from {} is past to {}", request.from, request.to))
        }
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", validate = check, fields = query)]
    struct Range {
        from: u8,
        to: u8,
    }
    let base = crate::wire::base();
    assert!(Range { from: 1, to: 2 }.to_http(&base).is_ok());
    let error = Range { from: 2, to: 1 }.to_http(&base).unwrap_err();
    assert_eq!(error.field(), None);
    assert_eq!(
        error.to_string(),
        "`Range` cannot be sent: from 2 is past to 1"
    );
}
