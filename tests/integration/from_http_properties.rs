//! Whatever the values are: what is sent is read, and what is received is read or refused.

use std::collections::BTreeMap;

use api_request::{ApiRequest, ErrorBody, FromHttp, Part, Secret, axum::Router};
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::Request;
use http_body_util::BodyExt as _;
use proptest::{collection::vec, prelude::*, string::string_regex};
use serde::{Deserialize, Serialize};
use tower::ServiceExt as _;

use crate::wire::base;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Inner {
    text: String,
    #[serde(default)]
    list: Vec<String>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/p/{one}/{list}/{more}:x", fields = query)]
struct Values {
    one: String,
    list: Vec<String>,
    #[api(path(segments))]
    more: Vec<String>,
    form: Vec<String>,
    #[api(explode = false)]
    comma: Vec<String>,
    #[api(style = space)]
    space: Vec<String>,
    #[api(style = pipe)]
    pipe: Vec<String>,
    #[api(style = brackets)]
    brackets: Vec<Inner>,
    number: Option<f64>,
    large: Option<i128>,
    char: Option<char>,
    #[api(query(json))]
    json: Option<Inner>,
    #[api(flatten)]
    map: BTreeMap<String, Vec<String>>,
    #[api(header = "X-One")]
    header: Option<String>,
    #[api(header = "X-List")]
    headers: Vec<String>,
    #[api(cookie(encode))]
    cookie: Option<String>,
    #[api(body)]
    body: Inner,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/f", fields = form)]
struct Form {
    one: Option<String>,
    list: Vec<String>,
    #[api(style = brackets)]
    brackets: Inner,
    #[api(flatten)]
    map: BTreeMap<String, String>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/m", fields = part)]
struct Parts {
    text: String,
    list: Vec<String>,
    #[api(name = "n[{n}]")]
    numbered: Vec<String>,
    bytes: Bytes,
    #[api(content_type = "application/json")]
    json: Option<Inner>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/j", fields = json)]
#[expect(clippy::option_option, reason = "it is read, too")]
struct Members {
    one: Option<String>,
    twice: Option<Option<u8>>,
    list: Vec<Inner>,
    #[serde(flatten)]
    map: BTreeMap<String, u64>,
}

/// Text that has to be escaped, or that parsers treat in a special way, more often than chance would bring it.
fn text() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        any::<String>().boxed(),
        string_regex("[./%2eE\\\\?#;=&+ \\[\\],|:-]{0,8}")
            .unwrap()
            .boxed(),
        string_regex("[a-z]{1,4}").unwrap().boxed(),
    ]
}

fn texts() -> impl Strategy<Value = Vec<String>> {
    vec(text(), 0..4)
}

fn inner() -> impl Strategy<Value = Inner> {
    (text(), texts()).prop_map(|(text, list)| Inner { text, list })
}

fn values() -> impl Strategy<Value = Values> {
    let path = (text(), vec(text(), 1..3), vec(text(), 1..3));
    let lists = (texts(), texts(), texts(), texts(), vec(inner(), 0..3));
    let finite = prop::num::f64::NORMAL | prop::num::f64::ZERO;
    let scalars = (
        prop::option::of(finite),
        any::<Option<i128>>(),
        any::<Option<char>>(),
    );
    let maps = (
        prop::option::of(inner()),
        prop::collection::btree_map("k.*", vec(text(), 1..3), 0..3),
    );
    let others = (
        prop::option::of(text()),
        texts(),
        prop::option::of(text()),
        inner(),
    );
    (path, lists, scalars, maps, others).prop_map(
        |(
            (one, list, more),
            (form, comma, space, pipe, brackets),
            (number, large, char),
            (json, map),
            (header, headers, cookie, body),
        )| Values {
            one,
            list,
            more,
            form,
            comma,
            space,
            pipe,
            brackets,
            number,
            large,
            char,
            json,
            map,
            header,
            headers,
            cookie,
            body,
        },
    )
}

/// What a strict router responds.
fn strict(request: Request<Bytes>) -> (u16, String) {
    type Nothing = Result<(), ErrorBody>;
    let router = Router::new()
        .on(async |_: Values| -> Nothing { Ok(()) })
        .on(async |_: Form| -> Nothing { Ok(()) })
        .on(async |_: Parts| -> Nothing { Ok(()) })
        .on(async |_: Members| -> Nothing { Ok(()) })
        .on(async |_: Hostile| -> Nothing { Ok(()) });
    let router: axum::Router = router.strict().into();
    let response = router.oneshot(request.map(axum::body::Body::from));
    let (head, body) = response.now_or_never().unwrap().unwrap().into_parts();
    let bytes = body.collect().now_or_never().unwrap().unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    (head.status.as_u16(), text)
}

/// Reads back what is sent; `None` if it is not.
fn back<R: FromHttp>(request: &R) -> Option<R> {
    let request = request.to_http(&base()).ok()?;
    let request = request.map(|body| body.as_bytes().cloned().unwrap());
    let shown = format!("{request:?}");
    let (status, text) = strict(request.clone());
    assert_eq!(status, 204, "{text}: {shown}");
    Some(R::from_http(request).unwrap_or_else(|refusal| panic!("{refusal}: {shown}")))
}

proptest! {
    #[test]
    fn what_is_sent_is_read(mut values in values()) {
        // Each of these alone would keep most of the values from being sent.
        values.one.insert(0, 'x');
        values.list[0].insert(0, 'x');
        values.more.iter_mut().for_each(|segment| segment.insert(0, 'x'));
        values.space.iter_mut().for_each(|item| item.retain(|c| c != ' '));
        values.pipe.iter_mut().for_each(|item| item.retain(|c| c != '|'));
        let is_plain = |text: &String| !text.contains(|c: char| c.is_control()) && text.trim() == text;
        values.header = values.header.filter(is_plain);
        values.headers.retain(|item| is_plain(item) && !item.contains(',') && !item.is_empty());
        let read = back(&values);
        prop_assert_eq!(read, Some(values));
    }

    #[test]
    fn a_form_is_read(
        one in prop::option::of(text()),
        list in texts(),
        brackets in inner(),
        map in prop::collection::btree_map("k.*", text(), 0..3),
    ) {
        let form = Form { one, list, brackets, map };
        prop_assert_eq!(back(&form), Some(form));
    }

    #[test]
    fn parts_are_read(
        text in text(),
        list in texts(),
        numbered in vec(text(), 0..13),
        bytes in vec(any::<u8>(), 0..20),
        json in prop::option::of(inner()),
    ) {
        let parts = Parts { text, list, numbered, bytes: bytes.into(), json };
        prop_assert_eq!(back(&parts), Some(parts));
    }

    #[test]
    fn json_is_read(
        one in prop::option::of(text()),
        twice in any::<Option<Option<u8>>>(),
        list in vec(inner(), 0..3),
        map in prop::collection::btree_map("k.*", any::<u64>(), 0..3),
    ) {
        let members = Members { one, twice, list, map };
        prop_assert_eq!(back(&members), Some(members));
    }
}

#[derive(Debug, Deserialize, Serialize)]
struct Deep {
    a: Option<Box<Deep>>,
    b: Vec<Deep>,
    c: BTreeMap<String, String>,
}

#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/{a}-{b}/{c}/x", fields = query)]
struct Hostile {
    a: u8,
    b: Vec<String>,
    #[api(path(segments, allow_empty))]
    c: String,
    #[api(style = brackets)]
    q: Option<Deep>,
    #[api(style = deep)]
    d: Option<Deep>,
    #[api(style = dots)]
    s: Option<BTreeMap<String, serde_json::Value>>,
    #[api(style = form)]
    f: Option<Deep>,
    #[api(style = pipe)]
    p: Option<Vec<i8>>,
    #[api(flatten)]
    m: BTreeMap<String, String>,
    #[api(header(flatten))]
    h: BTreeMap<String, Vec<f32>>,
    #[api(cookie)]
    k: Option<Secret<String>>,
    #[api(part)]
    one: Option<Part>,
    #[api(part = "l[{n}]")]
    list: Vec<Part>,
}

proptest! {
    #[test]
    fn whatever_is_received_is_read_or_refused(
        path in "(/[0-9a-c%2F.-]{0,4}){0,4}(/x)?",
        query in "[qdsfp\\[\\].=&%0-5Ba|+]{0,40}",
        header in "[ ,0-9e=;k\"-]{0,10}",
        body in "(--b|\r\n|: |\"|;|=|Content-Disposition|form-data|name|filename|one|l\\[|[0-9\\]]){0,30}",
        framed in "[a-z\r\n-]{0,10}",
    ) {
        let head = "--b\r\nContent-Disposition: form-data; name=\"one\"\r\n\r\n";
        for body in [body.clone(), format!("{head}{framed}\r\n--b--"), format!("{head}{body}")] {
            let request = Request::post(format!("http://h{path}?{query}"))
                .header("x-h", &header)
                .header("cookie", &header)
                .header("content-type", "multipart/form-data; boundary=b")
                .body(Bytes::from(body));
            let Ok(request) = request else { continue };
            let (status, _) = strict(request.clone());
            prop_assert!(status == 204 || (400..500).contains(&status), "{}", status);
            if let Err(refusal) = Hostile::from_http(request) {
                let status = refusal.status();
                prop_assert!(status.is_client_error(), "{}", refusal);
                prop_assert_eq!(refusal.into_response().status(), status);
            }
        }
    }
}

/// A server's stack and time are not the client's to spend.
#[test]
fn what_is_deep_or_long_is_refused_or_read_in_time() {
    let read = |query: &str| {
        let request = Request::post(format!("/1-b/c/x?{query}"));
        let request = request.header("content-type", "multipart/form-data; boundary=b");
        Hostile::from_http(request.body(Bytes::from_static(b"--b--")).unwrap())
    };
    let deep = "[a]".repeat(15_000);
    let refusal = read(&format!("q{deep}=1")).unwrap_err();
    assert_eq!(
        (refusal.field(), refusal.reason()),
        (Some("q"), "is nested too deeply")
    );
    let many: Vec<_> = (0..5_000).map(|n| format!("q[c][{n}]=")).collect();
    let refusal = read(&many.join("&")).unwrap_err();
    assert_eq!(
        refusal.reason(),
        "does not fit the declared type: missing field `b`"
    );
    let many: Vec<_> = (0..9_000).map(|n| format!("{n}=")).collect();
    assert_eq!(read(&many.join("&")).unwrap().m.len(), 9_000);
    let many: Vec<_> = (0..20_000)
        .map(|n| format!("{n}=&brackets[list][]="))
        .collect();
    let body = Bytes::from(format!("brackets[text]=&{}", many.join("&")));
    let media_type = "application/x-www-form-urlencoded";
    let request = Request::post("/f").header("content-type", media_type);
    let form = Form::from_http(request.body(body).unwrap()).unwrap();
    assert_eq!((form.map.len(), form.brackets.list.len()), (20_000, 20_000));
}
