//! A field that is the whole URL: what it makes of it, and what it refuses.

use api_request::{ApiRequest, BaseUrl, Body, EncodeError, Location, Secret};
use http::{Request, Uri};
use serde::Serialize;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Poll<T> {
    #[api(url)]
    status_url: T,
}

#[derive(ApiRequest)]
#[api(method = PUT, query("beta" = "1"))]
struct Put {
    #[api(query)]
    part: Option<u32>,
    #[api(query(flatten))]
    more: Vec<(String, String)>,
    #[api(url)]
    upload_url: Secret<String>,
    #[api(header)]
    x_note: &'static str,
    #[api(body = text)]
    text: &'static str,
}

#[derive(ApiRequest)]
#[api(method = GET)]
struct List {
    #[api(url)]
    at: &'static str,
    #[api(query)]
    page: u8,
}

fn base() -> BaseUrl {
    "https://api.example.com/v1".parse().unwrap()
}

fn poll(url: &str) -> Result<Request<Body>, EncodeError> {
    Poll { status_url: url }.to_http(&base())
}

fn upload(url: &str) -> Put {
    Put {
        part: Some(2),
        more: Vec::new(),
        upload_url: url.into(),
        x_note: "n",
        text: "hello",
    }
}

#[test]
fn it_is_absolute_or_relative_to_the_base_url() {
    for (url, expected) in [
        ("jobs/7", "https://api.example.com/v1/jobs/7"),
        ("../v2/jobs/7", "https://api.example.com/v2/jobs/7"),
        ("/jobs/7", "https://api.example.com/jobs/7"),
        ("?after=7", "https://api.example.com/v1/?after=7"),
        ("//cdn.example/7", "https://cdn.example/7"),
        (
            "https://API.example.com:443/v1/7?",
            "https://api.example.com/v1/7?",
        ),
        (
            "http://cdn.example:8080?x=%2f",
            "http://cdn.example:8080/?x=%2f",
        ),
        ("https://[::1]/a%2Fb;c=d/~e", "https://[::1]/a%2Fb;c=d/~e"),
    ] {
        let http = poll(url).unwrap();
        assert_eq!(http.uri().to_string(), expected, "{url}");
        assert_eq!(http.headers()["accept"], "*/*");
    }
}

#[test]
fn it_is_text_of_any_type() {
    #[derive(Serialize)]
    struct Typed(String);

    fn uri<T>(status_url: T) -> String
    where
        Poll<T>: ApiRequest,
    {
        let http = Poll { status_url }.to_http(&base()).unwrap();
        http.uri().to_string()
    }

    #[derive(ApiRequest)]
    #[api(method = GET)]
    struct ByUri(#[api(url)] Uri, #[api(query = "q")] u8);

    #[derive(ApiRequest)]
    #[api(method = GET)]
    struct ByReference<'a> {
        #[api(url(secret))]
        r#type: &'a Uri,
    }

    #[derive(ApiRequest)]
    #[api(method = GET)]
    struct With {
        #[api(url)]
        #[serde(serialize_with = "shout")]
        at: &'static str,
    }

    fn shout<S: serde::Serializer>(at: &str, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("https://cdn.example/{at}"))
    }

    let url = "https://cdn.example/7";
    assert_eq!(uri(url), url);
    assert_eq!(uri(url.to_owned()), url);
    assert_eq!(uri(Typed(url.to_owned())), url);
    assert_eq!(uri(Box::new(Secret::from(url))), url);
    let parsed: Uri = url.parse().unwrap();
    let http = ByReference { r#type: &parsed }.to_http(&base()).unwrap();
    assert_eq!(http.uri(), url);
    let http = ByUri(parsed, 7).to_http(&base()).unwrap();
    assert_eq!(http.uri(), "https://cdn.example/7?q=7");
    assert_eq!(With { at: "7" }.to_http(&base()).unwrap().uri(), url);
}

#[test]
fn the_query_of_the_request_comes_after_its_own() {
    for (url, expected) in [
        ("https://s3.example/7", "/7?beta=1&part=2"),
        ("https://s3.example/7?", "/7?beta=1&part=2"),
        (
            "https://s3.example/7?sig=a%2Bb",
            "/7?sig=a%2Bb&beta=1&part=2",
        ),
        ("/7?a=b&a=c&d", "/7?a=b&a=c&d&beta=1&part=2"),
    ] {
        let http = upload(url).to_http(&base()).unwrap();
        let target = http.uri().path_and_query().unwrap();
        assert_eq!(target.as_str(), expected, "{url}");
        assert_eq!(http.headers()["x-note"], "n");
        assert_eq!(http.body().as_bytes().unwrap(), "hello");
    }
}

#[test]
fn a_name_is_not_in_both_queries() {
    let error = upload("https://s3.example/?beta=0").to_http(&base());
    assert_eq!(
        error.unwrap_err().to_string(),
        "`Put` cannot be sent: field `upload_url` has a query parameter that the request declares itself"
    );
    let request = Put {
        more: vec![("a b".to_owned(), String::new())],
        ..upload("https://s3.example/?a+b=c")
    };
    for error in [
        request.to_http(&base()).map(drop),
        request.to_curl(&base()).map(drop),
    ] {
        assert_eq!(error.unwrap_err().field(), Some("upload_url"));
    }

    let error = List {
        at: "/n?page=1",
        page: 2,
    }
    .to_http(&base())
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`List` cannot be sent: field `at` brings `page`, which the request declares itself"
    );
}

#[test]
fn what_is_not_such_a_url_is_refused_and_not_repeated() {
    for (url, reason) in [
        ("", "is empty"),
        ("/CaNaRy#x", "has a fragment, which is never sent"),
        (
            "https://CaNaRy:p@s3.example/",
            "contains a user name or password",
        ),
        (
            "ftp://s3.example/CaNaRy",
            "has another scheme than `http` or `https`",
        ),
        ("CaNaRy:x", "has another scheme than `http` or `https`"),
        ("https:/CaNaRy", "has a scheme and no host"),
        ("https://CaNaRy:x/", "has an invalid host or port"),
        (
            "/CaNaRy x",
            "contains white space, a control character or a backslash",
        ),
        (
            "/CaNaRy\n",
            "contains white space, a control character or a backslash",
        ),
        (
            "\\CaNaRy",
            "contains white space, a control character or a backslash",
        ),
        (
            "/CaNaRy/%2e%2e",
            "is too long, or would be changed by a URL parser",
        ),
        (
            "/CaNaRy\u{e9}",
            "is too long, or would be changed by a URL parser",
        ),
        (
            "/CaNaRy?'",
            "is too long, or would be changed by a URL parser",
        ),
        (
            "/{CaNaRy}",
            "is too long, or would be changed by a URL parser",
        ),
    ] {
        let errors = [
            poll(url).unwrap_err(),
            upload(url).to_http(&base()).unwrap_err(),
            upload(url).to_curl(&base()).unwrap_err(),
        ];
        for error in errors {
            assert!(error.reason().starts_with(reason), "{url}: {error}");
            assert!(error.field().unwrap().ends_with("_url"));
            assert!(!error.to_string().contains("CaNaRy"), "{error}");
        }
    }
    let error = Poll {
        status_url: ["a", "b"],
    }
    .to_http(&base())
    .unwrap_err();
    assert_eq!(
        error.reason(),
        "is a list, but only a single value is supported here"
    );
    let error = Poll { status_url: 7 }
        .to_http(&base())
        .map(|http| http.uri().to_string());
    assert_eq!(error.unwrap(), "https://api.example.com/v1/7");
}

#[test]
fn the_operation_tells_of_it() {
    let operation = Put::OPERATION;
    assert_eq!(operation.path(), "");
    let url = operation.url().unwrap();
    assert_eq!((url.field(), url.location()), ("upload_url", Location::Url));
    assert!(url.secret() && url.required());
    let params: Vec<_> = operation.params().map(api_request::Param::name).collect();
    assert_eq!(params, ["part", "x-note"]);
    assert!(!Poll::<String>::OPERATION.url().unwrap().secret());
}

#[test]
fn a_secret_one_is_a_variable_of_the_shell() {
    let curl = |url| upload(url).to_curl(&base()).unwrap();
    let rest = " \\\n  -H 'x-note: n' \\\n  -H 'accept: */*' \\\n  -H 'content-type: text/plain; charset=utf-8' \\\n  --data-raw hello";
    assert_eq!(
        curl("https://s3.example/CaNaRy"),
        format!("curl -X PUT \"$UPLOAD_URL\"'?beta=1&part=2'{rest}")
    );
    assert_eq!(
        curl("CaNaRy?a=b"),
        format!("curl -X PUT \"$UPLOAD_URL\"'&beta=1&part=2'{rest}")
    );
    let shown = Poll {
        status_url: "https://cdn.example/7?a=b",
    };
    assert_eq!(
        shown.to_curl(&base()).unwrap(),
        "curl -X GET 'https://cdn.example/7?a=b' \\\n  -H 'accept: */*'"
    );
}
