//! Pages that a `Link` header or a URL in the answer leads to: how it is followed, and where it may not lead.

use api_request::ApiRequest;
use futures_util::{StreamExt as _, TryStreamExt as _};

use crate::client_pages::{Numbers, all, api, client, json, page, taken};

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/n", fields = query, response = Vec<u32>, paginate(link))]
struct ByLink {
    q: &'static str,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/n", response = Numbers, paginate(next_url = meta.next, items = data))]
struct ByUrl {
    #[api(header = "X-Trace")]
    trace: &'static str,
    #[api(json)]
    q: &'static str,
}

#[tokio::test]
async fn a_link_is_followed_as_it_is() {
    let cases = [
        ("</v1/m?p=2>; rel=next", "/v1/m?p=2"),
        ("<?p=2>; rel=\"prev next\"", "/v1/n?p=2"),
        ("<m>; rel=next", "/v1/m"),
        ("<https://api.example.com/x?a=%2f>; rel=next", "/x?a=%2f"),
        ("<//API.example.com:443/x#y>; rel=\"NEXT\"", "/x"),
        ("</a>; rel=prev, </b>; rel=next", "/b"),
    ];
    for (link, target) in cases {
        let answers = vec![
            (200, link, "[1]".to_owned()),
            (200, "</y>; rel=next", "[]".to_owned()),
            (200, "</z>; rel=last", "[2]".to_owned()),
        ];
        let (items, sent) = all(&ByLink { q: "a" }, answers).await;
        assert_eq!(items, [1, 2]);
        assert_eq!(sent, ["/v1/n?q=a", target, "/y"], "{link}");
    }
}

#[tokio::test]
async fn a_next_url_keeps_method_headers_and_body() {
    for end in ["null", "\"\""] {
        let (client, log) = api(vec![page(&[1], "\"/x?c=d\""), page(&[2], end)]);
        let client = client.bearer("sk-0e6f").api_key_query("key", "k");
        let client = client.build().unwrap();
        let request = ByUrl { trace: "t", q: "a" };
        let call = client.call(&request).header("x-more", "m");
        let items: Vec<_> = call.items::<u32>().try_collect().await.unwrap();
        assert_eq!(items, [1, 2]);
        let rest = r#"x-trace: t x-more: m authorization: Bearer sk-0e6f {"q":"a"}"#;
        let targets = ["/v1/n?key=k", "/x?c=d&key=k"];
        assert_eq!(
            taken(&log),
            targets.map(|target| format!("{target} {rest}"))
        );
    }
}

#[tokio::test]
async fn a_next_url_is_relative_to_where_the_page_was_found() {
    let answers = vec![
        (307, "location: /v2/moved/n?a=b", String::new()),
        (200, "<?p=2>; rel=next", "[1]".to_owned()),
        json("[2]"),
    ];
    let (items, sent) = all(&ByLink { q: "a" }, answers).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(sent, ["/v1/n?q=a", "/v2/moved/n?a=b", "/v2/moved/n?p=2"]);
}

#[tokio::test]
async fn a_next_url_that_may_not_be_followed_is_an_error() {
    let cases = [
        (
            "https://evil.example/p?canary",
            "the URL of the next page leads to another origin, https://evil.example",
        ),
        (
            "//evil.example/canary",
            "the URL of the next page leads to another origin, https://evil.example",
        ),
        (
            "http://api.example.com/canary",
            "the URL of the next page leads to another origin, http://api.example.com",
        ),
        (
            "https://api.example.com:8443/",
            "the URL of the next page leads to another origin, https://api.example.com:8443",
        ),
        (
            "data:canary",
            "the URL of the next page leads to another origin, data:",
        ),
        (
            "https://u:canary@api.example.com/",
            "the URL of the next page contains credentials",
        ),
        ("https://[canary", "the URL of the next page is not a URL"),
        (
            "/v1/n",
            "the same request was sent before, so the pages would never end",
        ),
        (
            "#canary",
            "the same request was sent before, so the pages would never end",
        ),
    ];
    for (url, reason) in cases {
        let (client, log) = client(vec![page(&[1], &format!("{url:?}"))]);
        let request = ByUrl { trace: "t", q: "a" };
        let mut items = client.call(&request).items::<u32>();
        assert_eq!(items.next().await.unwrap().unwrap(), 1);
        let error = items.next().await.unwrap().unwrap_err();
        let expected = format!("`ByUrl`: 200 OK, but the next page is not asked for: {reason}");
        assert_eq!(error.to_string(), expected, "{url}");
        assert!(error.is_page() && !format!("{error:?}").contains("canary"));
        assert!(items.next().await.is_none());
        assert_eq!(taken(&log).len(), 1);
    }
}
