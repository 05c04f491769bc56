//! Whatever the text is: it arrives exactly, or it is an error; and it changes nothing around it.

use api_request::ApiRequest;
use proptest::{prelude::*, string::string_regex};
use url::Url;

use crate::wire::{BASE, base};

#[derive(ApiRequest)]
#[api(method = GET, path = "/a/{one}/b/{two}.json")]
struct Paths<'a> {
    one: &'a str,
    two: &'a str,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/q", fields = query)]
struct Query<'a> {
    one: &'a str,
    #[api(style = pipe)]
    list: [&'a str; 2],
    #[api(flatten)]
    map: std::collections::BTreeMap<&'a str, &'a str>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/f", fields = form)]
struct Form<'a> {
    one: &'a str,
    #[api(flatten)]
    map: std::collections::BTreeMap<&'a str, &'a str>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/h")]
struct Headers<'a> {
    #[api(header)]
    one: &'a str,
    #[api(cookie(encode))]
    two: &'a str,
}

/// Text that has to be escaped, or that parsers treat in a special way, more often than chance would bring it.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        string_regex("[./%2eE\\\\?#;=&+ ]{0,8}").unwrap(),
        string_regex("[\\x00-\\x20\\x7f-\\xa0,a]{0,6}").unwrap(),
        string_regex("(http:)?//[a-z@:]{0,6}").unwrap(),
    ]
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .unwrap()
        .into_owned()
}

proptest! {
    #[test]
    fn a_path_value_keeps_to_its_segment(one in text(), two in text()) {
        let Ok(request) = (Paths { one: &one, two: &two }).to_http(&base()) else {
            prop_assert!(one.is_empty() || two.is_empty() || one == "." || one == "..");
            return Ok(());
        };
        let written = request.uri().to_string();
        let url = Url::parse(&written).unwrap();
        prop_assert_eq!(url.as_str(), &written);
        prop_assert_eq!(url.origin().ascii_serialization(), BASE);
        let segments: Vec<_> = url.path_segments().unwrap().map(decoded).collect();
        prop_assert_eq!(segments, ["a", &one, "b", &format!("{two}.json")]);
        prop_assert_eq!(url.query(), None);
        prop_assert_eq!(url.fragment(), None);
    }

    #[test]
    fn query_values_arrive_exactly(one in text(), two in text(), key in "k.*") {
        let map = [(&*key, &*two)].into();
        let Ok(request) = (Query { one: &one, list: [&one, &two], map }).to_http(&base()) else {
            prop_assert!(one.contains('|') || two.contains('|'));
            return Ok(());
        };
        let written = request.uri().to_string();
        let url = Url::parse(&written).unwrap();
        prop_assert_eq!(url.as_str(), &written);
        prop_assert_eq!(url.path(), "/q");
        prop_assert_eq!(url.fragment(), None);
        let pairs: Vec<_> = url.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
        let list = ("list".to_owned(), format!("{one}|{two}"));
        prop_assert_eq!(pairs, [("one".to_owned(), one), list, (key, two)]);
    }

    #[test]
    fn form_values_arrive_exactly(one in text(), key in "k.*") {
        let request = Form { one: &one, map: [(&*key, &*one)].into() }.to_http(&base()).unwrap();
        let pairs: Vec<_> = url::form_urlencoded::parse(request.body().as_bytes().unwrap())
            .map(|(k, v)| (k.into_owned(), v.into_owned()))
            .collect();
        prop_assert_eq!(pairs, [("one".to_owned(), one.clone()), (key, one)]);
    }

    #[test]
    fn a_header_value_arrives_exactly_or_is_an_error(one in text(), two in text()) {
        let Ok(request) = (Headers { one: &one, two: &two }).to_http(&base()) else {
            let control = |byte: u8| (byte < 0x20 && byte != b'\t') || byte == 0x7f;
            let white = [' ', '\t'];
            let refused = one.bytes().any(control) || one.starts_with(white) || one.ends_with(white);
            prop_assert!(refused, "{:?}", one);
            return Ok(());
        };
        let headers = request.headers();
        prop_assert_eq!(headers.len(), 3);
        prop_assert_eq!(headers["one"].as_bytes(), one.as_bytes());
        let cookie = headers["cookie"].to_str().unwrap();
        prop_assert_eq!(decoded(cookie.strip_prefix("two=").unwrap()), two);
        prop_assert!(!cookie.contains([';', ' ']));
    }
}
