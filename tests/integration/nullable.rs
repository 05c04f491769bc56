//! `Nullable`: left out, `null` or a value, in every location and in types of serde's own.

use std::collections::BTreeMap;

use api_request::{ApiRequest, Nullable, Part, Secret};
use serde::{Deserialize, Serialize};

use crate::wire::{body, header, http, refused, target};

const ALL: [Nullable<u8>; 3] = [Nullable::Absent, Nullable::Null, Nullable::Value(5)];

fn json<R: ApiRequest>(request: &R) -> Result<String, String> {
    Ok(body(request)?.map_or_else(String::new, |(_, text)| text))
}

#[test]
fn a_json_member_is_left_out_or_null_or_a_value() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json, rename_all = "camelCase")]
    struct Members<T> {
        first_one: Nullable<T>,
        last: Nullable<String>,
    }
    let last = || Nullable::Value("a".to_owned());
    let sent = ALL.map(|first_one| {
        let last = last();
        json(&Members { first_one, last })
    });
    let expected = [
        r#"{"last":"a"}"#,
        r#"{"firstOne":null,"last":"a"}"#,
        r#"{"firstOne":5,"last":"a"}"#,
    ];
    assert_eq!(sent, expected.map(|text| Ok(text.to_owned())));
    let absent = Members::<u8> {
        first_one: Nullable::Absent,
        last: Nullable::Absent,
    };
    assert_eq!(json(&absent).as_deref(), Ok("{}"));
    let inner = Members {
        first_one: Nullable::Value(None::<u8>),
        last: Nullable::Absent,
    };
    assert_eq!(json(&inner).as_deref(), Ok(r#"{"firstOne":null}"#));
    let absent = |first_one| Members {
        first_one,
        last: Nullable::Absent,
    };
    let some = absent(Nullable::Value(Some(Nullable::<u8>::Absent)));
    assert_eq!(json(&some).as_deref(), Ok("{}"));
    let null = absent(Nullable::Value(Some(Nullable::<u8>::Null)));
    assert_eq!(json(&null).as_deref(), Ok(r#"{"firstOne":null}"#));
    let operation = Members::<u8>::OPERATION;
    assert!(
        operation
            .content()
            .unwrap()
            .members()
            .all(|it| !it.required())
    );
}

#[test]
fn a_whole_body_is_left_out_or_null_or_a_value() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Whole(#[api(body)] Nullable<u8>);

    let sent = ALL.map(|value| body(&Whole(value)).unwrap().map(|(_, text)| text));
    assert_eq!(sent, [None, Some("null".to_owned()), Some("5".to_owned())]);
    assert!(!Whole::OPERATION.content().unwrap().required());
}

#[test]
fn outside_of_json_null_is_an_error() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Query {
        #[api(query)]
        value: Nullable<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Header {
        #[api(header)]
        value: Nullable<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Cookie {
        #[api(cookie)]
        value: Nullable<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Form {
        #[api(form)]
        value: Nullable<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Text {
        #[api(body = text)]
        value: Nullable<u8>,
    }
    type Encode = fn(Nullable<u8>) -> Result<String, String>;
    let cookie = |value| header(&Cookie { value }, "cookie").map(Option::unwrap_or_default);
    let table: [(Encode, &str, &str); 5] = [
        (|value| target(&Query { value }), "/", "/?value=5"),
        (
            |value| header(&Header { value }, "value").map(Option::unwrap_or_default),
            "",
            "5",
        ),
        (cookie, "", "value=5"),
        (|value| json(&Form { value }), "", "value=5"),
        (|value| json(&Text { value }), "", "5"),
    ];
    for (encode, absent, value) in table {
        assert_eq!(encode(Nullable::Absent).as_deref(), Ok(absent));
        assert_eq!(encode(Nullable::Value(5)).as_deref(), Ok(value));
        refused(encode(Nullable::Null), "is `null`");
    }
    assert!(!Query::OPERATION.params().next().unwrap().required());
}

#[test]
fn a_flattened_member_is_left_out() {
    #[derive(Serialize)]
    struct Inner {
        a: Nullable<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Request<T> {
        #[api(query(flatten))]
        value: T,
    }
    let sent = |a| target(&Request { value: Inner { a } });
    assert_eq!(sent(Nullable::Absent).as_deref(), Ok("/"));
    assert_eq!(sent(Nullable::Value(5)).as_deref(), Ok("/?a=5"));
    refused(sent(Nullable::Null), "is `null`");
    let map = |value: Nullable<BTreeMap<&'static str, u8>>| target(&Request { value });
    assert_eq!(map(Nullable::Absent).as_deref(), Ok("/"));
    assert_eq!(
        map(BTreeMap::from([("a", 1)]).into()).as_deref(),
        Ok("/?a=1")
    );
    refused(map(Nullable::Null), "is not a struct");
}

#[test]
fn a_part_is_left_out() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = part)]
    struct Parts {
        value: Nullable<u8>,
        #[api(content_type = "application/json")]
        json: Nullable<u8>,
        file: Nullable<Part>,
    }
    let sent = |value, json, file| {
        let request = http(&Parts { value, json, file })?;
        let bytes = request.body().as_bytes().unwrap().clone();
        Ok::<_, String>(String::from_utf8(bytes.to_vec()).unwrap())
    };
    let text = sent(5.into(), Nullable::Null, Part::text("a").into()).unwrap();
    assert!(text.contains("name=\"value\"\r\n\r\n5\r\n"), "{text}");
    assert!(text.contains("application/json\r\n\r\nnull\r\n"), "{text}");
    assert!(text.contains("name=\"file\"\r\n\r\na\r\n"), "{text}");
    let text = sent(Nullable::Absent, Nullable::Absent, Nullable::Absent).unwrap();
    assert!(!text.contains("name="), "{text}");
    refused(
        sent(Nullable::Null, Nullable::Absent, Nullable::Absent),
        "is `null`",
    );
}

#[test]
fn a_secret_in_it_is_a_secret() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = json)]
    struct Request {
        value: Nullable<Secret<String>>,
    }
    let value = Secret::new("hunter22".to_owned()).into();
    let request = Request { value };
    assert_eq!(json(&request).as_deref(), Ok(r#"{"value":"hunter22"}"#));
    let curl = request.to_curl(&crate::wire::base()).unwrap();
    assert!(
        !curl.contains("hunter22") && curl.contains("$VALUE"),
        "{curl}"
    );
    let content = Request::OPERATION.content().unwrap();
    assert!(content.members().next().unwrap().secret());
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Limits {
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    daily: Nullable<Id>,
    #[serde(flatten)]
    rest: Rest,
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Rest {
    #[serde(default, skip_serializing_if = "Nullable::is_absent")]
    name: Nullable<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Id(u8);

#[test]
fn serde_reads_what_it_writes() {
    let rest = |name| Rest { name };
    for (text, daily, rest) in [
        ("{}", Nullable::Absent, rest(Nullable::Absent)),
        (
            r#"{"daily":null,"name":null}"#,
            Nullable::Null,
            rest(Nullable::Null),
        ),
        (
            r#"{"daily":5,"name":"a"}"#,
            Id(5).into(),
            rest("a".to_owned().into()),
        ),
    ] {
        let limits = Limits { daily, rest };
        assert_eq!(serde_json::to_string(&limits).unwrap(), text);
        assert_eq!(serde_json::from_str::<Limits>(text).unwrap(), limits);
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(serde_json::from_value::<Limits>(value).unwrap(), limits);
    }
    let error = serde_json::from_str::<Limits>(r#"{"daily":"a"}"#).unwrap_err();
    assert!(error.to_string().contains("expected u8"), "{error}");
}

#[test]
fn what_is_absent_is_never_null_by_accident() {
    #[derive(Debug, Serialize, Deserialize)]
    struct Plain {
        limit: Nullable<u8>,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request {
        #[api(json)]
        value: Plain,
    }

    let limit = Nullable::Absent;
    let error = serde_json::to_string(&Plain { limit }).unwrap_err();
    assert!(error.to_string().contains("skip_serializing_if"), "{error}");
    let error = serde_json::from_str::<Plain>("{}").unwrap_err();
    assert!(
        error.to_string().contains("missing field `limit`"),
        "{error}"
    );

    let request = Request {
        value: Plain { limit },
    };
    refused(json(&request), "skip_serializing_if");
}

#[test]
fn it_converts_like_an_option() {
    assert_eq!(Nullable::<u8>::from(5), Nullable::Value(5));
    assert_eq!(Nullable::<u8>::from(Some(5)), Nullable::Value(5));
    assert_eq!(Nullable::<u8>::from(None), Nullable::Null);
    let options = ALL.map(Option::<Option<u8>>::from);
    assert_eq!(options, [None, Some(None), Some(Some(5))]);
    assert_eq!(ALL.map(Nullable::into_option), [None, None, Some(5)]);
}
