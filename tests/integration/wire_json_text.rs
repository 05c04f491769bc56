//! Values that are JSON text in a query, a header or a form; flags, and constants without a value.

use api_request::{ApiRequest, BaseUrl, Client, Nullable, Param, Secret};
use serde::{Serialize, Serializer};

use crate::{
    values::{RGB, Raw, map},
    wire::{BASE, body, header, http, refused, target},
};

type Encoded = Result<String, String>;

fn query<T: Serialize>(value: T) -> Encoded {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Request<T> {
        #[api(query(name = "filters", json))]
        value: T,
    }
    target(&Request { value })
}

fn field<T: Serialize>(value: T) -> Encoded {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Request<T> {
        #[api(header(name = "X-Filters", json))]
        value: T,
    }
    header(&Request { value }, "X-Filters").map(|text| text.unwrap_or("absent".to_owned()))
}

fn form<T: Serialize>(value: T) -> Encoded {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request<T> {
        #[api(form(name = "filters", json))]
        value: T,
    }
    Ok(body(&Request { value })?.unwrap().1)
}

#[test]
fn json_text_is_written_where_the_field_goes() {
    fn check(value: &impl Serialize, written: [&str; 3]) {
        let encoded = [query(value), field(value), form(value)];
        assert_eq!(encoded, written.map(|text| Ok(text.to_owned())));
    }
    check(
        &map([("label", ["a"])]),
        [
            "/?filters=%7B%22label%22%3A%5B%22a%22%5D%7D",
            r#"{"label":["a"]}"#,
            "filters=%7B%22label%22%3A%5B%22a%22%5D%7D",
        ],
    );
    check(
        &"a \u{e9}\n",
        [
            "/?filters=%22a%20%C3%A9%5Cn%22",
            "\"a \u{e9}\\n\"",
            "filters=%22a+%C3%A9%5Cn%22",
        ],
    );
    check(&1.0, ["/?filters=1.0", "1.0", "filters=1.0"]);
    check(&true, ["/?filters=true", "true", "filters=true"]);
    check(
        &[[1]],
        ["/?filters=%5B%5B1%5D%5D", "[[1]]", "filters=%5B%5B1%5D%5D"],
    );
    check(&(), ["/?filters=null", "null", "filters=null"]);
    check(&None::<u8>, ["/", "absent", ""]);
    check(
        &Some(None::<u8>),
        ["/?filters=null", "null", "filters=null"],
    );
    check(&Nullable::<u8>::Absent, ["/", "absent", ""]);
    check(
        &Nullable::<u8>::Null,
        ["/?filters=null", "null", "filters=null"],
    );
    check(&[0; 0], ["/?filters=%5B%5D", "[]", "filters=%5B%5D"]);
    check(
        &RGB,
        [
            "/?filters=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
            r#"{"R":100,"G":200,"B":150}"#,
            "filters=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
        ],
    );
}

#[test]
fn what_json_refuses_is_an_error_of_the_field() {
    let keys = std::collections::BTreeMap::from([([1], 1)]);
    refused(query(&keys), "key must be a string");
    refused(field(&keys), "key must be a string");
    refused(form(&keys), "key must be a string");
    refused(field("\u{7f}"), "control character");
    let raw = serde_json::value::RawValue::from_string("[1, 2]".to_owned()).unwrap();
    assert_eq!(field(raw).as_deref(), Ok("[1, 2]"));
    assert_eq!(query(Raw).as_deref(), Ok("/?filters=%5B114%2C97%2C119%5D"));
}

#[test]
fn serde_attributes_hold_for_json_text() {
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn pair<S: Serializer>(value: &u8, serializer: S) -> Result<S::Ok, S::Error> {
        [value, value].serialize(serializer)
    }

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", fields = query, rename_all = "camelCase")]
    struct Request {
        #[api(query(json))]
        #[serde(serialize_with = "pair")]
        the_pair: u8,
        #[api(query(json))]
        #[serde(rename = "list", skip_serializing_if = "Vec::is_empty")]
        items: Vec<u8>,
    }
    let sent = |items| target(&Request { the_pair: 1, items });
    assert_eq!(sent(vec![]).as_deref(), Ok("/?thePair=%5B1%2C1%5D"));
    let written = "/?thePair=%5B1%2C1%5D&list=%5B2%5D";
    assert_eq!(sent(vec![2]).as_deref(), Ok(written));
    let required: Vec<bool> = Request::OPERATION.params().map(Param::required).collect();
    assert_eq!(required, [true, false]);
}

#[test]
fn secrets_in_json_text_are_not_shown() {
    #[derive(Serialize)]
    struct Login {
        user: &'static str,
        password: Secret<String>,
        pin: Secret<u32>,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Request {
        #[api(header(json))]
        login: Login,
        #[api(query(json, secret))]
        whole: &'static str,
    }
    let request = Request {
        login: Login {
            user: "ada",
            password: Secret::new("hunter22".to_owned()),
            pin: Secret::new(4711),
        },
        whole: "kept-back",
    };
    let sent = http(&request).unwrap();
    let value = &sent.headers()["login"];
    let text = r#"{"user":"ada","password":"hunter22","pin":4711}"#;
    assert_eq!(value, text);
    assert!(value.is_sensitive());
    assert_eq!(sent.uri().query(), Some("whole=%22kept-back%22"));
    let base: BaseUrl = BASE.parse().unwrap();
    let curl = request.to_curl(&base).unwrap();
    assert!(
        curl.contains(r#"'login: {"user":"ada","password":"'"$LOGIN"'","pin":'"$LOGIN_2"'}'"#),
        "{curl}"
    );
    assert!(curl.contains(r#"?whole='"$WHOLE""#), "{curl}");
    assert!(!curl.contains("kept-back"), "{curl}");
}

#[tokio::test]
async fn secrets_in_json_text_go_to_no_other_origin() {
    #[derive(Serialize)]
    struct Login {
        password: Secret<String>,
    }
    #[derive(ApiRequest)]
    #[api(method = GET)]
    struct Request {
        #[api(url)]
        at: &'static str,
        #[api(query(json))]
        login: Option<Login>,
        #[api(header(json))]
        options: Option<Login>,
        #[api(query(json, secret))]
        whole: Option<u8>,
        #[api(query)]
        code: Nullable<Secret<String>>,
    }
    let request = || Request {
        at: "https://other.example/x",
        login: None,
        options: None,
        whole: None,
        code: Nullable::Absent,
    };
    let password = || Secret::new("hunter22".to_owned());
    let login = || {
        Some(Login {
            password: password(),
        })
    };
    let client = Client::new(BASE).unwrap();
    for (field, secret) in [
        (
            "login",
            Request {
                login: login(),
                ..request()
            },
        ),
        (
            "options",
            Request {
                options: login(),
                ..request()
            },
        ),
        (
            "whole",
            Request {
                whole: Some(1),
                ..request()
            },
        ),
        (
            "code",
            Request {
                code: password().into(),
                ..request()
            },
        ),
    ] {
        let error = client.send(&secret).await.unwrap_err();
        assert!(error.is_encode(), "{error}");
        assert_eq!(error.field(), Some(field));
    }
}

#[test]
fn a_flag_is_its_name_or_nothing() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", query("acl"), query("v" = "", "a b"), rename_all = "camelCase")]
    struct Request {
        #[api(query(flag))]
        dry_run: bool,
        #[api(query(name = "x y", flag))]
        other: Option<bool>,
        #[api(query)]
        last: bool,
    }
    let sent = |dry_run, other| {
        let last = false;
        target(&Request {
            dry_run,
            other,
            last,
        })
    };
    let start = "/?acl&v=&a%20b";
    for (dry_run, other, written) in [
        (true, Some(true), "&dryRun&x%20y&last=false"),
        (false, Some(true), "&x%20y&last=false"),
        (true, Some(false), "&dryRun&last=false"),
        (false, None, "&last=false"),
    ] {
        assert_eq!(sent(dry_run, other), Ok(format!("{start}{written}")));
    }
    let required: Vec<bool> = Request::OPERATION.params().map(Param::required).collect();
    assert_eq!(required, [false, false, true]);
}

#[test]
fn the_name_of_a_flag_is_taken() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", query("acl"))]
    struct Request {
        #[api(query(flag))]
        on: bool,
        #[api(query(flatten))]
        value: std::collections::BTreeMap<&'static str, u8>,
    }
    let sent = |name| {
        let value = map([(name, 1)]);
        target(&Request { on: false, value })
    };
    assert_eq!(sent("other").as_deref(), Ok("/?acl&other=1"));
    refused(sent("on"), "which the request declares itself");
    refused(sent("acl"), "which the request declares itself");
}

#[test]
fn a_flag_may_be_skipped() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", fields = query)]
    struct Request(
        #[api(name = "on", flag)]
        #[serde(skip_serializing_if = "is_true")]
        bool,
        #[api(name = "acl", flag)] bool,
    );
    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    fn is_true(value: &bool) -> bool {
        *value
    }
    assert_eq!(target(&Request(true, true)).as_deref(), Ok("/?acl"));
}
