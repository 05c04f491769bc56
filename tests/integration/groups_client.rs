//! Groups whose values are those of the client or of a call.

#![allow(
    clippy::struct_field_names,
    reason = "a group may have the name of its parameter"
)]

use std::collections::BTreeMap;

use api_request::{
    ApiError, ApiGroup, ApiRequest, Auth, BaseUrl, Client, Error, ErrorBody, Location, Secret,
    testing,
};
use futures_util::TryStreamExt as _;
use serde::Serialize;

use crate::wire::base;

#[derive(Debug, ApiError)]
enum Failure {
    #[api(other)]
    Other(ErrorBody),
}

#[derive(Debug, Clone, ApiGroup)]
#[api(path = "/{tenant}/v{version}", error = Failure, auth = required, query("beta" = "1"))]
struct Tenant<V: Clone> {
    tenant: String,
    version: V,
    #[api(header = "X-Key")]
    key: Option<Secret<String>>,
    #[api(query, secret)]
    token: Option<&'static str>,
}

fn tenant() -> Tenant<u8> {
    Tenant {
        tenant: "acme".to_owned(),
        version: 2,
        key: Some(Secret::new("k-hunter2".to_owned())),
        token: Some("t-hunter2"),
    }
}

/// Lists them.
#[derive(Clone, ApiRequest)]
#[api(in = Tenant<u8>, method = GET, path = "", response = Vec<String>, paginate(link))]
struct List;

#[derive(ApiRequest)]
#[api(in = Tenant<u8>, method = GET, path = "/open", auth = none, error = ErrorBody)]
struct Open;

/// A group without required fields.
#[derive(Debug, Default, ApiGroup)]
#[api(header("X-Version" = "2"), fields = header)]
struct App {
    title: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[api(query(flatten))]
    more: BTreeMap<String, String>,
}

#[derive(ApiRequest)]
#[api(in = App, method = GET, path = "/keys")]
struct Keys;

fn uri<R: ApiRequest>(client: &Client, request: &R) -> String {
    let built = client.call(request).bearer("b").build();
    built
        .unwrap_or_else(|error| panic!("{error}"))
        .uri()
        .to_string()
}

#[test]
fn a_value_is_the_clients_or_the_calls() {
    let client = Client::builder(base())
        .group(App::default())
        .group(tenant())
        .build();
    let client = client.expect("it is valid");
    let path = "https://api.example.com/acme/v2";
    assert_eq!(
        uri(&client, &List),
        format!("{path}?beta=1&token=t-hunter2")
    );
    assert_eq!(
        uri(&client, &Open),
        format!("{path}/open?beta=1&token=t-hunter2")
    );
    let other = Tenant {
        tenant: "é/".to_owned(),
        token: None,
        ..tenant()
    };
    let built = client
        .call(&List)
        .bearer("b")
        .group(other)
        .build()
        .expect("it is valid");
    assert_eq!(built.uri(), "https://api.example.com/%C3%A9%2F/v2?beta=1");
    assert!(built.headers()["x-key"].is_sensitive());
    // The last value of a type is the one that holds.
    let client = Client::builder(base())
        .group(App {
            title: Some("a".to_owned()),
            ..App::default()
        })
        .group(App {
            tags: vec!["b".to_owned()],
            ..App::default()
        })
        .header("title", "c")
        .build()
        .expect("it is valid");
    let built = client.call(&Keys).build().expect("it is valid");
    let header = |name: &str| {
        built
            .headers()
            .get(name)
            .map(|value| value.to_str().expect("ASCII"))
    };
    assert_eq!(
        (header("title"), header("tags"), header("x-version")),
        (Some("c"), Some("b"), Some("2"))
    );
}

#[test]
fn without_a_value_all_is_absent_or_the_group_is_named() {
    let client = Client::new(base()).expect("it is valid");
    let built = client.call(&Keys).build().expect("nothing is required");
    assert_eq!(built.uri(), "https://api.example.com/keys");
    assert_eq!(built.headers()["x-version"], "2");
    assert_eq!(
        Keys.to_http(&base()).expect("nothing is required").uri(),
        built.uri()
    );
    let error = client
        .call(&List)
        .bearer("b")
        .build()
        .expect_err("there is no tenant");
    assert!(error.is_encode());
    assert_eq!(
        error.to_string(),
        "`List` cannot be sent: it is in the group `Tenant`, and there is no value of it: give one by `ClientBuilder::group`, `Call::group` or `to_http_in`"
    );
    let curl = Keys.to_curl(&base()).expect("nothing is required");
    assert!(curl.contains("-H 'x-version: 2'"), "{curl}");
}

#[test]
fn an_error_names_the_field_of_the_group() {
    let group = Tenant {
        tenant: "..".to_owned(),
        ..tenant()
    };
    let error = List
        .to_http_in(&base(), &group)
        .expect_err("it is not a segment");
    assert_eq!((error.operation(), error.field()), ("List", Some("tenant")));
    let more = [
        ("title".to_owned(), String::new()),
        ("a".to_owned(), String::new()),
    ]
    .into();
    assert!(
        Keys.to_http_in(
            &base(),
            &App {
                more,
                ..App::default()
            }
        )
        .is_ok()
    );
    let title = Some("a\nb".to_owned());
    let error = Keys.to_http_in(
        &base(),
        &App {
            title,
            ..App::default()
        },
    );
    assert_eq!(
        error.expect_err("it is not a header").field(),
        Some("title")
    );
}

fn error_type<R: ApiRequest>(_: R) -> &'static str {
    std::any::type_name::<R::Error>()
        .rsplit("::")
        .next()
        .unwrap_or_default()
}

#[test]
fn the_declaration_tells_of_the_group() {
    let operation = List::OPERATION;
    assert_eq!(operation.path(), "/{tenant}/v{version}");
    assert_eq!(
        (operation.auth(), Open::OPERATION.auth()),
        (Auth::Required, Auth::None)
    );
    let params: Vec<_> = operation
        .params()
        .map(|it| (it.name(), it.location(), it.secret()))
        .collect();
    assert_eq!(
        params,
        [
            ("tenant", Location::Path, false),
            ("version", Location::Path, false),
            ("X-Key", Location::Header, true),
            ("token", Location::Query, true),
        ]
    );
    assert_eq!(
        (error_type(List), error_type(Open)),
        ("Failure", "ErrorBody")
    );
}

#[test]
fn secrets_of_a_group_are_shown_nowhere() {
    let curl = List.to_curl_in(&base(), &tenant()).expect("it is valid");
    assert!(curl.contains("$X_KEY") && curl.contains("$TOKEN"), "{curl}");
    let builder = Client::builder(base()).group(tenant());
    let shown = format!("{builder:?}");
    let client = builder.build().expect("it is valid");
    let call = client.call(&List).group(tenant());
    let shown = format!("{curl}{shown}{client:?}{call:?}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[tokio::test]
async fn pages_and_messages_of_a_group() {
    let refused = serde_json::json!({"message": "the key k-hunter2 is not valid"});
    let script = testing::Script::new()
        .then(
            testing::ScriptedResponse::new(200)
                .header("link", r#"<?page=2>; rel="next""#)
                .json(&["a"]),
        )
        .then(testing::ScriptedResponse::new(403).json(&refused));
    let client = Client::builder(base())
        .transport(script.clone())
        .bearer("b")
        .group(tenant())
        .build();
    let client = client.expect("it is valid");
    let mut pages = client.call(&List).pages();
    assert_eq!(
        pages.try_next().await.expect("a page"),
        Some(vec!["a".to_owned()])
    );
    let error: Error<Failure> = pages.try_next().await.expect_err("it is refused");
    assert_eq!(
        error.to_string(),
        "`List`: 403 Forbidden: the key (hidden) is not valid"
    );
}

/// A group that serde knows too, used by a request that says where other fields go.
#[derive(Default, Serialize, ApiGroup)]
struct Both {
    #[api(query = "q")]
    query: Option<u8>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query)]
struct Lent<'a> {
    #[api(flatten)]
    both: Both,
    #[api(flatten)]
    rest: &'a BTreeMap<String, u8>,
}

#[test]
fn a_group_is_a_group_before_it_is_a_map() {
    let rest = [("a".to_owned(), 1)].into();
    let request = Lent {
        both: Both { query: Some(2) },
        rest: &rest,
    };
    let base: BaseUrl = base();
    assert_eq!(
        request.to_http(&base).expect("it is valid").uri(),
        "https://api.example.com/?q=2&a=1"
    );
}

#[derive(ApiGroup)]
struct Site {
    #[api(query)]
    site: Option<&'static str>,
    #[api(header)]
    x_key: Option<Secret<String>>,
}

#[derive(ApiRequest)]
#[api(in = Site, method = GET)]
struct Poll {
    #[api(url)]
    at: &'static str,
    #[api(flatten)]
    app: Sort,
}

#[derive(Default, ApiGroup)]
struct Sort {
    #[api(query, secret)]
    by: Option<&'static str>,
}

#[test]
fn another_origin_gets_what_the_call_says_and_no_secret() {
    let site = |site, key: Option<&str>| Site {
        site: Some(site),
        x_key: key.map(|key| Secret::new(key.to_owned())),
    };
    let client = Client::builder(base())
        .group(site("ours", Some("k-hunter2")))
        .group(tenant());
    let client = client.bearer("b").build().expect("it is valid");
    let at = |at, by| Poll {
        at,
        app: Sort { by },
    };
    let (here, there) = ("/jobs/7?a=1", "https://other.example.com/jobs/7?a=1");

    let built = client.call(&at(here, None)).build().expect("it is valid");
    assert_eq!(built.uri(), "https://api.example.com/jobs/7?a=1&site=ours");
    let built = client.call(&at(there, None)).build().expect("it is valid");
    assert_eq!(
        (
            built.uri().to_string().as_str(),
            built.headers().get("x-key")
        ),
        (there, None)
    );
    let poll = at(there, None);
    let call = client.call(&poll).group(site("theirs", None));
    assert_eq!(
        call.build().expect("it is valid").uri(),
        "https://other.example.com/jobs/7?a=1&site=theirs"
    );

    for (poll, group, field) in [
        (at(there, Some("s-hunter2")), site("theirs", None), "by"),
        (at(there, None), site("theirs", Some("k-hunter2")), "x_key"),
    ] {
        let error = client
            .call(&poll)
            .group(group)
            .build()
            .expect_err("it is a secret");
        assert_eq!(error.field(), Some(field), "{error}");
        assert!(!error.to_string().contains("hunter2"));
    }
    let error = client
        .call(&List)
        .base_url("https://other.example.com")
        .bearer("b")
        .build()
        .expect_err("it has no tenant");
    assert_eq!(
        error.to_string(),
        "`List` cannot be sent: it is in the group `Tenant`, and the other origin https://other.example.com does not get the client's value of it: give one to the call, or name the origin by `ClientBuilder::trust_origin`"
    );
}
