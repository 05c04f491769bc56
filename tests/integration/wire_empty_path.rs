//! `path = ""`: the base URL itself, as it was written.

use api_request::{
    ApiRequest, BaseUrl, Client,
    testing::{Script, ScriptedResponse},
};

use crate::recorder::Recorder;

#[derive(ApiRequest)]
#[api(method = POST, path = "")]
struct Graphql {
    #[api(query)]
    op: Option<&'static str>,
    #[api(json)]
    query: &'static str,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "", query("acl"))]
struct GetAcl;

const PLAIN: Graphql = Graphql {
    op: None,
    query: "{ me }",
};

#[test]
fn the_url_is_the_base_url_as_it_was_written() {
    for (base, url) in [
        (
            "https://api.example.com/graphql",
            "https://api.example.com/graphql",
        ),
        (
            "https://api.example.com/graphql/",
            "https://api.example.com/graphql/",
        ),
        ("https://api.example.com", "https://api.example.com/"),
        ("https://api.example.com/", "https://api.example.com/"),
        (
            "https://api.example.com/a/b%2F//",
            "https://api.example.com/a/b%2F//",
        ),
        ("HTTP://H:80/A/../b/", "http://h/b/"),
    ] {
        let base: BaseUrl = base.parse().unwrap();
        assert_eq!(PLAIN.to_http(&base).unwrap().uri(), url);
        let named = Graphql {
            op: Some("a b"),
            ..PLAIN
        };
        let uri = named.to_http(&base).unwrap().uri().to_string();
        assert_eq!(uri, format!("{url}?op=a%20b"));
        assert_eq!(
            GetAcl.to_http(&base).unwrap().uri().to_string(),
            format!("{url}?acl")
        );
        let curl = PLAIN.to_curl(&base).unwrap();
        assert!(curl.starts_with(&format!("curl -X POST '{url}'")), "{curl}");
    }
    assert_eq!(Graphql::OPERATION.path(), "");
}

#[test]
fn a_path_is_appended_whether_there_is_a_slash_or_not() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/a")]
    struct Get;

    for base in ["https://h/v1", "https://h/v1/"] {
        let base: BaseUrl = base.parse().unwrap();
        assert_eq!(Get.to_http(&base).unwrap().uri(), "https://h/v1/a");
        assert_eq!(base.as_str(), "https://h/v1");
    }
}

#[tokio::test]
async fn a_client_sends_to_the_base_url() {
    let (recorder, _guard) = Recorder::start();
    for base in [
        "https://api.example.com/graphql",
        "https://api.example.com/graphql/",
        "https://api.example.com/",
    ] {
        let api = Script::new().then(ScriptedResponse::new(204));
        let client = Client::builder(base)
            .transport(api.clone())
            .build()
            .unwrap();
        client.send(&PLAIN).await.unwrap();
        assert_eq!(api.requests()[0].uri(), base);
    }
    let spans = recorder.spans();
    assert_eq!(spans[0].get("url.template"), None);
    assert_eq!(spans[0].get("otel.name"), Some("POST"));
}
