//! What lets a client in: kinds, precedence, and that nobody sees it.

use api_request::{ApiRequest, Authorization, Client, ClientBuilder, Phase, Secret};

const BASE: &str = "https://api.example.com/v1";

#[derive(ApiRequest)]
#[api(method = GET, path = "/open", auth = none)]
struct Open;

#[derive(ApiRequest)]
#[api(method = GET, path = "/closed", auth = required)]
struct Closed {
    #[api(header)]
    authorization: Option<Secret<String>>,
    #[api(query)]
    key: Option<String>,
}

const CLOSED: Closed = Closed {
    authorization: None,
    key: None,
};

/// The `Authorization` and `X-Api-Key` headers and the URL's path and query.
fn sent<R: ApiRequest>(client: ClientBuilder, request: &R) -> [String; 3] {
    let request = client.build().unwrap().call(request).build().unwrap();
    let header = |name| {
        request.headers().get(name).map_or(String::new(), |value| {
            assert!(value.is_sensitive());
            value.to_str().unwrap().to_owned()
        })
    };
    [
        header("authorization"),
        header("x-api-key"),
        request.uri().path_and_query().unwrap().to_string(),
    ]
}

fn builder() -> ClientBuilder {
    Client::builder(BASE)
}

#[test]
fn each_kind_is_sent_as_its_rfc_says() {
    assert_eq!(sent(builder().bearer("a.b-c"), &CLOSED)[0], "Bearer a.b-c");
    assert_eq!(
        sent(builder().basic("Aladdin", "open sesame"), &CLOSED)[0],
        "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
    );
    assert_eq!(
        sent(builder().api_key_header("X-Api-Key", "k"), &CLOSED)[1],
        "k"
    );
    assert_eq!(
        sent(builder().api_key_query("the key", "a&b/ü"), &CLOSED)[2],
        "/v1/closed?the%20key=a%26b%2F%C3%BC"
    );
}

#[test]
fn an_api_key_follows_the_declared_query_and_does_not_repeat_it() {
    let declared = Closed {
        key: Some("declared".into()),
        ..CLOSED
    };
    let client = || {
        builder()
            .api_key_query("key", "client")
            .api_key_query("k2", "x")
    };
    assert_eq!(sent(client(), &declared)[2], "/v1/closed?key=declared&k2=x");
    assert_eq!(sent(client(), &CLOSED)[2], "/v1/closed?key=client&k2=x");
}

#[test]
fn a_key_of_the_call_replaces_a_declared_one() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/closed", query("z" = "1"))]
    struct Keyed<'a> {
        #[api(query)]
        key: Option<&'a str>,
        #[api(query)]
        keys: &'a str,
        #[api(query(flatten))]
        more: std::collections::BTreeMap<&'a str, &'a str>,
    }

    let client = builder().api_key_query("key", "client").build().unwrap();
    let sent = |key, more: &[(&'static str, &'static str)], name: &str| {
        let more = more.iter().copied().collect();
        let request = Keyed {
            key,
            keys: "a",
            more,
        };
        let call = client.call(&request).api_key_query(name, "call");
        let request = call.build().unwrap();
        request.uri().query().unwrap().to_owned()
    };
    assert_eq!(sent(Some("declared"), &[], "key"), "z=1&keys=a&key=call");
    assert_eq!(
        sent(None, &[("m", "x")], "m"),
        "z=1&keys=a&m=call&key=client"
    );
    assert_eq!(
        sent(None, &[("the key", "x")], "the key"),
        "z=1&keys=a&the%20key=call&key=client"
    );
    // A constant of the API is declared too.
    assert_eq!(sent(None, &[], "z"), "keys=a&z=call&key=client");
    let only = client.call(&CLOSED).api_key_query("key", "call").build();
    assert_eq!(only.unwrap().uri().query(), Some("key=call"));
}

#[test]
fn one_kind_replaces_itself_and_no_other() {
    let client = builder()
        .basic("u", "p")
        .bearer("old")
        .bearer(Secret::new("new".to_owned()))
        .api_key_header("x-api-key", "old")
        .api_key_header("X-Api-Key", "new")
        .api_key_query("k", "old")
        .api_key_query("k", String::from("new"));
    assert_eq!(
        sent(client, &CLOSED),
        ["Bearer new", "new", "/v1/closed?k=new"]
    );
    let client = builder()
        .bearer("old")
        .header("Authorization", "Custom new");
    assert_eq!(sent(client, &CLOSED)[0], "Custom new");
}

#[test]
fn a_declared_authorization_replaces_the_clients() {
    let declared = Closed {
        authorization: Some("Bearer declared".into()),
        ..CLOSED
    };
    assert_eq!(
        sent(builder().bearer("client"), &declared)[0],
        "Bearer declared"
    );
    assert_eq!(sent(builder(), &declared)[0], "Bearer declared");

    let client = builder().bearer("client").build().unwrap();
    let request = client.call(&declared).bearer("call").build().unwrap();
    assert_eq!(request.headers()["authorization"], "Bearer call");
    assert_eq!(request.headers().get_all("authorization").iter().count(), 1);
}

#[test]
fn a_call_brings_its_own() {
    let client = builder()
        .bearer("client")
        .api_key_query("k", "client")
        .build()
        .unwrap();
    let call = client
        .call(&CLOSED)
        .basic("u", "p")
        .api_key_header("X-Api-Key", "h")
        .api_key_query("k", "call");
    let request = call.build().unwrap();
    assert_eq!(request.headers()["authorization"], "Basic dTpw");
    assert_eq!(request.headers()["x-api-key"], "h");
    assert_eq!(request.uri().query(), Some("k=call"));
    let request = client
        .call(&CLOSED)
        .header("authorization", "Custom x")
        .build()
        .unwrap();
    assert_eq!(request.headers()["authorization"], "Custom x");
    assert!(request.headers()["authorization"].is_sensitive());
}

#[test]
fn a_request_that_needs_none_gets_none() {
    let client = builder()
        .bearer("t")
        .api_key_header("X-Api-Key", "k")
        .api_key_query("k", "v");
    assert_eq!(sent(client, &Open), ["", "", "/v1/open"]);
    let client = builder().header("Authorization", "Custom x");
    assert_eq!(sent(client, &Open)[0], "");
}

#[tokio::test]
async fn required_credentials_are_missed_before_anything_is_sent() {
    let client = builder().header("X-Other", "1").build().unwrap();
    let error = client.send(&CLOSED).await.unwrap_err();
    assert!(error.is_encode());
    assert_eq!(error.phase(), Phase::NotSent);
    assert_eq!(error.attempts(), 0);
    assert!(error.to_string().contains("`Closed`"), "{error}");
    assert!(client.call(&CLOSED).bearer("t").build().is_ok());
    assert!(client.call(&CLOSED).api_key_query("k", "v").build().is_ok());
}

#[test]
fn what_cannot_be_sent_is_refused_unseen() {
    let cases: [fn(ClientBuilder) -> ClientBuilder; 9] = [
        |client| client.bearer(""),
        |client| client.bearer("canary\n"),
        |client| client.bearer("can ary"),
        |client| client.bearer("canäry"),
        |client| client.basic("can:ary", "p"),
        |client| client.basic("u", "canary\0"),
        |client| client.api_key_header("X-Api-Key", "canary\r\n"),
        |client| client.api_key_header("Host", "canary"),
        |client| client.api_key_query("", "canary"),
    ];
    for (index, case) in cases.into_iter().enumerate() {
        let error = case(builder()).build().unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(!text.contains("can"), "{index}: {text}");
    }
}

#[test]
fn nothing_shows_them() {
    let builder = builder()
        .basic("u", "canary")
        .bearer("canary-1")
        .api_key_header("X-Api-Key", "canary-2")
        .api_key_query("k", "canary-3")
        .header("Cookie", "session=canary-4");
    let shown = format!("{builder:?}");
    let client = builder.build().unwrap();
    let call = client
        .call(&CLOSED)
        .bearer("canary-5")
        .header("X-Token", "canary-6");
    let shown = format!("{shown} {client:?} {call:?}");
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("x-api-key"), "{shown}");
    let request = call.build().unwrap();
    let headers = format!("{:?}", request.headers());
    assert!(!headers.contains("canary"), "{headers}");
}

#[test]
fn authorization_takes_any_kind() {
    let client = builder()
        .authorization(Authorization::header("DPoP at-1"))
        .authorization(Authorization::api_key_header("x-api-key", "client"))
        .authorization(Authorization::api_key_query("k", "client"));
    let client = client.build().unwrap();
    let call = client.call(&CLOSED);
    let call = call.authorization(Authorization::api_key_query("k", "call"));
    let request = call.build().unwrap();
    assert_eq!(request.headers()["authorization"], "DPoP at-1");
    assert_eq!(request.headers()["x-api-key"], "client");
    assert_eq!(request.uri(), "https://api.example.com/v1/closed?k=call");
}

#[test]
fn credentials_that_expire_need_a_provider() {
    let token = Authorization::bearer("canary").expires_in(std::time::Duration::from_secs(1));
    let error = builder().authorization(token).build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "credentials that expire need a provider, give one to `ClientBuilder::credentials`"
    );
}
