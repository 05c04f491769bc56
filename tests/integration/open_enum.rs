//! Enums that keep the values an API adds later: `OpenEnum` for texts, and serde's `untagged` for other values.

use std::{collections::BTreeMap, convert::Infallible, fmt};

use api_request::{ApiRequest, BaseUrl, Body, Error, OpenEnum};
use serde::{
    Deserialize, Serialize,
    de::{
        IntoDeserializer,
        value::{self, BorrowedBytesDeserializer, BorrowedStrDeserializer, BytesDeserializer},
    },
};
use serde_json::{Number, Value, json};

/// Known values by their names, and any other text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, OpenEnum)]
#[api(rename_all = "snake_case")]
enum Status {
    Active,
    OnHold,
    #[api(name = "gone!")]
    Gone,
    #[api(other)]
    Other(String),
}

/// Known values, and anything else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Level {
    VeryHigh,
    #[serde(untagged)]
    Number(Number),
    #[serde(untagged)]
    Other(Value),
}

const BASE: &str = "https://api.example.com";

/// Each value, and how it is written as text.
const STATUSES: [(&str, Status); 3] = [
    ("active", Status::Active),
    ("on_hold", Status::OnHold),
    ("gone!", Status::Gone),
];

fn statuses() -> Vec<(&'static str, Status)> {
    let other = |text: &'static str| (text, Status::Other(text.to_owned()));
    let others = ["paused", "OnHold", "on-hold", "a b/ü%2F", "null", "7"].map(other);
    STATUSES.into_iter().chain(others).collect()
}

fn request<R: ApiRequest>(request: &R) -> http::Request<Body> {
    let base: BaseUrl = BASE.parse().unwrap();
    request.to_http(&base).unwrap()
}

fn body(request: &http::Request<Body>) -> &str {
    std::str::from_utf8(request.body().as_bytes().unwrap()).unwrap()
}

#[test]
fn a_value_is_the_same_text_everywhere() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/{id}.{kind}", fields = json)]
    struct Everywhere {
        id: Status,
        kind: Status,
        #[api(query)]
        query: Status,
        #[api(query)]
        list: Vec<Status>,
        #[api(query(style = pipe))]
        pipe: [Status; 2],
        #[api(query(style = deep))]
        deep: BTreeMap<Status, Status>,
        #[api(header)]
        header: Status,
        #[api(cookie(encode))]
        cookie: Status,
        one: Status,
        optional: Option<Status>,
        many: Vec<Status>,
        map: BTreeMap<Status, Status>,
    }

    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = form)]
    struct Form {
        one: Status,
        #[api(explode = false)]
        many: [Status; 2],
    }

    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Text {
        #[api(body = text)]
        text: Status,
    }

    for (text, status) in statuses() {
        let one = || status.clone();
        let http = request(&Everywhere {
            id: one(),
            kind: one(),
            query: one(),
            list: vec![one(), one()],
            pipe: [one(), one()],
            deep: [(one(), one())].into(),
            header: one(),
            cookie: one(),
            one: one(),
            optional: Some(one()),
            many: vec![one(), one()],
            map: [(one(), one())].into(),
        });
        let percent =
            percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
                .to_string()
                .replace("%5F", "_")
                .replace("%2D", "-");
        let target = http.uri().path_and_query().unwrap();
        let expected = format!(
            "/{percent}.{percent}?query={percent}&list={percent}&list={percent}&pipe={percent}%7C{percent}&deep%5B{percent}%5D={percent}"
        );
        assert_eq!(target, &*expected);
        assert_eq!(http.headers()["header"].as_bytes(), text.as_bytes());
        assert_eq!(http.headers()["cookie"], format!("cookie={percent}"));
        let json = serde_json::from_str::<Value>(body(&http)).unwrap();
        let expected = json!({
            "one": text, "optional": text, "many": [text, text], "map": {text: text},
        });
        assert_eq!(json, expected);

        let http = request(&Form {
            one: one(),
            many: [one(), one()],
        });
        let form = percent.replace("%20", "+");
        assert_eq!(body(&http), format!("one={form}&many={form},{form}"));
        assert_eq!(body(&request(&Text { text: one() })), text);
    }
}

#[test]
fn a_value_comes_back_as_it_was_sent() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/", response = Item)]
    struct PutItem {
        #[api(body)]
        item: Item,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Item {
        status: Status,
        former: Vec<Status>,
        since: BTreeMap<Status, u32>,
        next: Option<Status>,
    }

    for (text, status) in statuses() {
        let answer = json!({
            "status": text, "former": [text, "active"], "since": {text: 7}, "next": null,
        });
        let item = PutItem::decode(http::Response::new(answer.to_string().into())).unwrap();
        let expected = Item {
            status: status.clone(),
            former: vec![status.clone(), Status::Active],
            since: [(status, 7)].into(),
            next: None,
        };
        assert_eq!(item, expected);
        let sent = request(&PutItem { item });
        assert_eq!(serde_json::from_str::<Value>(body(&sent)).unwrap(), answer);
    }
}

#[test]
fn a_variant_of_text_takes_no_other_value() {
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/", response = Vec<Status>)]
    struct ListStatuses;

    for value in ["7", "null", "true", "{}", "[\"active\"]"] {
        let answer = http::Response::new(format!("[\"new\", {value}]").into());
        let error: Error = ListStatuses::decode(answer).unwrap_err();
        assert!(error.is_decode());
        assert!(error.to_string().contains("[1]: "), "{error}");
    }
}

#[test]
fn a_variant_of_any_value_takes_and_sends_what_json_has() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", response = Vec<Level>)]
    struct PostLevels {
        #[api(body)]
        levels: Vec<Level>,
    }

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Search {
        #[api(query)]
        level: Level,
        #[api(query)]
        levels: Vec<Level>,
    }

    let answer = r#"["very-high","low",7,18446744073709551615,-0.5,true,null,[1],{"a":"b"}]"#;
    let levels = PostLevels::decode(http::Response::new(answer.into())).unwrap();
    assert_eq!(levels[0], Level::VeryHigh);
    assert_eq!(levels[1], Level::Other("low".into()));
    assert_eq!(levels[2], Level::Number(7.into()));
    assert_eq!(levels[6], Level::Other(Value::Null));
    let sent = request(&PostLevels {
        levels: levels.clone(),
    });
    assert_eq!(body(&sent), answer);

    let search = Search {
        level: levels[2].clone(),
        levels: levels[..6].into(),
    };
    let expected = "level=7&levels=very-high&levels=low&levels=7&levels=18446744073709551615&levels=-0.5&levels=true";
    assert_eq!(request(&search).uri().query(), Some(expected));

    // What has no form outside of JSON is an error, not another value.
    let base: BaseUrl = BASE.parse().unwrap();
    for level in &levels[6..8] {
        let search = Search {
            level: levels[0].clone(),
            levels: vec![level.clone()],
        };
        let error = search.to_http(&base).unwrap_err();
        assert_eq!(error.field(), Some("levels"), "{level:?}");
    }
}

#[test]
fn text_and_value_turn_into_each_other() {
    for (text, status) in statuses() {
        assert_eq!(status.to_string(), text);
        assert_eq!(status.as_str(), text);
        assert_eq!(AsRef::<str>::as_ref(&status), text);
        assert_eq!(Status::from(text), status);
        assert_eq!(Status::from(text.to_owned()), status);
        let parsed: Result<_, Infallible> = text.parse::<Status>();
        assert_eq!(parsed, Ok(status));
    }
    assert_eq!(format!("[{:>9.3}]", Status::Active), "[      act]");
    assert_eq!(Status::from(""), Status::Other(String::new()));
}

#[test]
fn a_known_text_in_other_is_that_text_on_the_wire() {
    let status = Status::Other("active".to_owned());
    assert_eq!(status.as_str(), "active");
    let json = serde_json::to_string(&status).unwrap();
    assert_eq!(json, "\"active\"");
    assert_eq!(
        serde_json::from_str::<Status>(&json).unwrap(),
        Status::Active
    );
}

#[test]
fn a_text_is_read_however_a_format_has_it() {
    type Read = Result<Status, value::Error>;
    for (text, status) in statuses() {
        let read: [Read; 5] = [
            Status::deserialize(text.into_deserializer()),
            Status::deserialize(text.to_owned().into_deserializer()),
            Status::deserialize(BorrowedStrDeserializer::new(text)),
            Status::deserialize(BytesDeserializer::new(text.as_bytes())),
            Status::deserialize(BorrowedBytesDeserializer::new(text.as_bytes())),
        ];
        for read in read {
            assert_eq!(read, Ok(status.clone()));
        }
    }
    let read: Read = Status::deserialize('7'.into_deserializer());
    assert_eq!(read, Ok(Status::Other("7".into())));
}

#[test]
fn what_is_not_a_text_is_an_error_that_names_the_texts() {
    #[derive(Debug, OpenEnum)]
    enum Unknown {
        #[api(other)]
        Other(String),
    }

    let expected = "expected a string, such as `active`, `on_hold` or `gone!`";
    let error = |error: &dyn fmt::Display| error.to_string();
    let number: value::Error = Status::deserialize(7_u8.into_deserializer()).unwrap_err();
    assert_eq!(
        error(&number),
        format!("invalid type: integer `7`, {expected}")
    );
    let bytes: value::Error = Status::deserialize(BytesDeserializer::new(b"\xff")).unwrap_err();
    assert_eq!(
        error(&bytes),
        format!("invalid value: byte array, {expected}")
    );

    let null = serde_json::from_str::<Unknown>("null").unwrap_err();
    assert!(error(&null).starts_with("invalid type: null, expected a string at"));
}

#[test]
fn texts_follow_from_the_names_as_they_do_with_serde() {
    macro_rules! check {
        ($($rule:literal)*) => {$({
            #[derive(Serialize)]
            #[serde(rename_all = $rule)]
            enum Serde { A, OnHold, HTTPError, V2Beta, #[serde(rename = "Own name")] Own }

            #[derive(OpenEnum)]
            #[api(rename_all = $rule)]
            enum Ours { A, OnHold, HTTPError, V2Beta, #[api(name = "Own name")] Own, #[api(other)] Other(String) }

            #[derive(OpenEnum)]
            #[serde(rename_all = $rule)]
            enum Both { A, OnHold, HTTPError, V2Beta, #[serde(rename = "Own name")] Own, #[api(other)] Other(String) }

            let serde = [Serde::A, Serde::OnHold, Serde::HTTPError, Serde::V2Beta, Serde::Own];
            let ours = [Ours::A, Ours::OnHold, Ours::HTTPError, Ours::V2Beta, Ours::Own];
            let both = [Both::A, Both::OnHold, Both::HTTPError, Both::V2Beta, Both::Own];
            let serde = serde_json::to_string(&serde).unwrap();
            assert_eq!(serde_json::to_string(&ours).unwrap(), serde);
            assert_eq!(serde_json::to_string(&both).unwrap(), serde);
            let read: Vec<Ours> = serde_json::from_str(&serde).unwrap();
            assert!(read.iter().all(|value| !matches!(value, Ours::Other(_))));
            let read: Vec<Both> = serde_json::from_str(&serde).unwrap();
            assert!(read.iter().all(|value| !matches!(value, Both::Other(_))));
        })*};
    }
    check! {
        "lowercase" "UPPERCASE" "PascalCase" "camelCase" "snake_case" "SCREAMING_SNAKE_CASE" "kebab-case"
        "SCREAMING-KEBAB-CASE"
    }
}

#[test]
fn a_part_and_flattened_members_are_the_text() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Flat {
        #[api(query(flatten))]
        query: BTreeMap<Status, Status>,
        #[api(header(flatten))]
        headers: BTreeMap<Status, Status>,
        #[api(form(flatten))]
        form: BTreeMap<Status, Status>,
    }

    #[derive(ApiRequest)]
    #[api(method = POST, path = "/", fields = part)]
    struct Parts {
        status: Status,
    }

    let map = || BTreeMap::from([(Status::OnHold, Status::Other("a b".into()))]);
    let http = request(&Flat {
        query: map(),
        headers: map(),
        form: map(),
    });
    assert_eq!(http.uri().query(), Some("on_hold=a%20b"));
    assert_eq!(http.headers()["on_hold"], "a b");
    assert_eq!(body(&http), "on_hold=a+b");

    let http = request(&Parts {
        status: Status::Gone,
    });
    assert!(body(&http).contains("name=\"status\"\r\n\r\ngone!\r\n--"));
}
