//! What is written is read: `from_http(to_http(x)) == x`, over the cells of the table of locations.

use std::{collections::BTreeMap, fmt::Debug, net::Ipv4Addr, time::Duration};

use api_request::{ApiRequest, BaseUrl, FromHttp, Nullable, OpenEnum};
use bytes::Bytes;
use serde::{Deserialize, Serialize};

use crate::wire::base;

/// Encodes the value, and reads it back.
pub(crate) fn back<R: FromHttp>(request: &R) -> R {
    let base: BaseUrl = base();
    let request = request.to_http(&base).expect("it cannot be sent");
    let request = request.map(|body| body.as_bytes().cloned().expect("it is a stream"));
    let shown = format!("{request:?}");
    R::from_http(request).unwrap_or_else(|refusal| panic!("{refusal}: {shown}"))
}

#[track_caller]
pub(crate) fn round<R: FromHttp + PartialEq + Debug>(request: &R) {
    assert_eq!(back(request), *request);
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Order {
    NewestFirst,
    OldestFirst,
}

#[derive(Debug, Clone, PartialEq, OpenEnum)]
#[api(rename_all = "snake_case")]
enum Region {
    NorthWest,
    #[api(other)]
    Other(String),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Id(u64);

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/{text}/{number}.json", fields = query)]
struct Scalars {
    text: String,
    number: i64,
    bool: bool,
    char: char,
    float: f64,
    small: f32,
    large: u128,
    order: Order,
    #[api(header)]
    region: Region,
    #[api(header = "X-Id")]
    id: Option<Id>,
    #[api(cookie)]
    ip: Option<Ipv4Addr>,
    #[api(cookie(encode))]
    encoded: Option<String>,
    absent: Nullable<u32>,
    here: Nullable<u32>,
    r#type: Option<String>,
    #[api(skip)]
    skipped: u8,
}

fn scalars() -> Scalars {
    Scalars {
        text: "a/b%2f \u{e9}..".to_owned(),
        number: -7,
        bool: true,
        char: '&',
        float: 1e300,
        small: 0.1,
        large: u128::MAX,
        order: Order::NewestFirst,
        region: Region::NorthWest,
        id: Some(Id(3)),
        ip: Some(Ipv4Addr::LOCALHOST),
        encoded: Some("a; b=\u{e9}".to_owned()),
        absent: Nullable::Absent,
        here: Nullable::Value(1),
        r#type: Some("+ %&=".to_owned()),
        skipped: 0,
    }
}

#[test]
fn scalars_of_every_location() {
    round(&scalars());
    round(&Scalars {
        region: Region::Other("nowhere".to_owned()),
        id: None,
        ip: None,
        encoded: None,
        r#type: Some(String::new()),
        ..scalars()
    });
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/{list}/x/{map}", fields = query)]
struct Lists {
    list: Vec<String>,
    #[api(path(explode))]
    map: BTreeMap<String, u8>,
    form: Vec<u8>,
    optional: Option<Vec<String>>,
    #[api(explode = false)]
    comma: Vec<String>,
    #[api(style = space)]
    space: Vec<String>,
    #[api(style = pipe)]
    pipe: Vec<String>,
    #[api(style = brackets)]
    brackets: Vec<String>,
    pair: (u8, String),
    #[api(header = "X-List")]
    header: Vec<String>,
    #[api(header(name = "X-Map", explode))]
    header_map: BTreeMap<String, String>,
}

#[test]
fn lists_of_every_style() {
    let text = |texts: &[&str]| {
        texts
            .iter()
            .map(|text| (*text).to_owned())
            .collect::<Vec<_>>()
    };
    let lists = || Lists {
        list: text(&["a", "b,c", ""]),
        map: [("k".to_owned(), 1), ("l,=".to_owned(), 2)].into(),
        form: vec![1, 2],
        optional: Some(text(&["", "x"])),
        comma: text(&["a,b", "c&d"]),
        space: text(&["a+b", "c|d"]),
        pipe: text(&["a b", "c,d"]),
        brackets: text(&["a", "b"]),
        pair: (7, "x".to_owned()),
        header: text(&["a b", "c"]),
        header_map: [("a".to_owned(), "=".to_owned())].into(),
    };
    round(&lists());
    round(&Lists {
        form: vec![],
        optional: None,
        comma: vec![],
        space: vec![],
        pipe: vec![],
        brackets: vec![],
        header: vec![],
        header_map: BTreeMap::new(),
        ..lists()
    });
}

#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
struct Filter {
    state: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    since: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Nested {
    name: String,
    inner: Filter,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Tags {
    tags: Vec<String>,
    #[serde(default)]
    by: BTreeMap<String, Filter>,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/x", fields = query)]
struct Structs {
    #[api(explode = false)]
    comma: Filter,
    #[api(style = pipe)]
    pipe: Filter,
    #[api(style = deep)]
    deep: Nested,
    #[api(style = dots)]
    dots: Nested,
    #[api(style = brackets)]
    brackets: Tags,
    #[api(style = brackets)]
    list: Vec<Filter>,
    #[api(style = deep)]
    absent: Option<Filter>,
    #[api(query(json))]
    json: Option<Tags>,
    #[api(query(json))]
    none: Option<Tags>,
    #[api(flag)]
    on: bool,
    #[api(flag)]
    off: Option<bool>,
    #[api(header(json))]
    header: Filter,
}

fn filter() -> Filter {
    Filter {
        state: "a|b, &c".replace('|', "/"),
        since: Some(5),
    }
}

#[test]
fn structs_of_every_style() {
    let nested = Nested {
        name: "n[]".to_owned(),
        inner: filter(),
    };
    let tags = Tags {
        tags: vec!["a".to_owned(), "b".to_owned()],
        by: [("k".to_owned(), filter())].into(),
    };
    round(&Structs {
        comma: filter(),
        pipe: filter(),
        deep: nested.clone(),
        dots: nested,
        brackets: tags.clone(),
        list: vec![filter(), Filter::default()],
        absent: None,
        json: Some(tags),
        none: None,
        on: true,
        off: None,
        header: Filter::default(),
    });
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/x", fields = query)]
struct Flattened {
    own: u8,
    #[api(style = form)]
    exploded: Option<Filter>,
    #[api(flatten)]
    map: BTreeMap<String, Vec<String>>,
    #[api(header(flatten))]
    headers: BTreeMap<String, String>,
}

#[test]
fn flattened_maps() {
    let request = || Flattened {
        own: 1,
        exploded: Some(filter()),
        map: [("k".to_owned(), vec!["a".to_owned(), "b".to_owned()])].into(),
        headers: [("x-a".to_owned(), "1".to_owned())].into(),
    };
    round(&request());
    round(&Flattened {
        exploded: None,
        ..request()
    });
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/x")]
struct FlatPairs {
    #[api(query(flatten))]
    pairs: Vec<(String, String)>,
    #[api(header(flatten))]
    headers: http::HeaderMap,
}

#[test]
fn flattened_pairs_and_a_header_map() {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let mut headers = http::HeaderMap::new();
    headers.append("x-a", "1".parse().unwrap());
    headers.append("x-a", "2".parse().unwrap());
    round(&FlatPairs {
        pairs: vec![pair("b", "1"), pair("a", ""), pair("b", "&")],
        headers,
    });
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/x", fields = json, rename_all = "camelCase")]
#[expect(clippy::option_option, reason = "it is read, too")]
struct Members {
    plain_text: String,
    number: Option<u32>,
    twice: Option<Option<u32>>,
    nullable: Nullable<Filter>,
    #[api(null)]
    null: Option<u8>,
    #[serde(flatten)]
    flat: Filter,
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

fn members() -> Members {
    Members {
        plain_text: "a\"\u{e9}\n".to_owned(),
        number: None,
        twice: None,
        nullable: Nullable::Absent,
        null: None,
        flat: filter(),
        rest: BTreeMap::new(),
    }
}

#[test]
fn json_members() {
    round(&members());
    round(&Members {
        number: Some(1),
        twice: Some(None),
        nullable: Nullable::Null,
        null: Some(0),
        ..members()
    });
    round(&Members {
        twice: Some(Some(2)),
        nullable: Nullable::Value(filter()),
        ..members()
    });
}

mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        value: &Duration,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(value.as_secs())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_secs)
    }
}

fn ten() -> u8 {
    10
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/x", fields = json)]
struct Serde {
    #[serde(with = "seconds")]
    member: Duration,
    #[api(query)]
    #[serde(with = "seconds")]
    query: Duration,
    #[serde(default)]
    zero: u8,
    #[serde(default = "ten")]
    ten: u8,
    #[api(query)]
    #[serde(default = "ten")]
    ten_too: u8,
    #[serde(alias = "once")]
    now: Option<u8>,
    #[serde(skip_deserializing)]
    unread: u8,
}

#[test]
fn serde_says_how_a_field_is_read() {
    let request = http::Request::post("/x?query=3")
        .header("content-type", "application/json")
        .body(Bytes::from(r#"{"member":2,"once":1,"unread":9}"#));
    let read = Serde::from_http(request.unwrap()).unwrap();
    let expected = Serde {
        member: Duration::from_secs(2),
        query: Duration::from_secs(3),
        zero: 0,
        ten: 10,
        ten_too: 10,
        now: Some(1),
        unread: 0,
    };
    assert_eq!(read, expected);
    round(&Serde { ten: 3, ..expected });
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/{0}")]
struct Tuple<T>(u8, #[api(body)] T);

#[test]
fn whole_json_bodies() {
    round(&Tuple(1, filter()));
    round(&Tuple(1, None::<Filter>));
    round(&Tuple(1, Some(filter())));
    round(&Tuple(1, vec![1, 2]));
}

macro_rules! bodies {
    ($($name:ident($ty:ty), $format:ident, [$($value:expr),* $(,)?];)*) => {$(
        #[test]
        #[allow(non_snake_case)]
        fn $name() {
            #[derive(Debug, PartialEq, ApiRequest, FromHttp)]
            #[api(method = POST, path = "/x")]
            struct Body(#[api(body = $format)] $ty);

            $(round(&Body($value));)*
        }
    )*};
}

bodies! {
    text(String), text, [String::new(), "a b%".to_owned()];
    optional_text(Option<String>), text, [None, Some(String::new()), Some("a".to_owned())];
    number(i8), text, [-1];
    bytes(Bytes), bytes, [Bytes::new(), Bytes::from_static(&[0, 255])];
    optional_bytes(Option<Vec<u8>>), bytes, [None, Some(vec![]), Some(vec![1])];
    lines(Vec<Filter>), lines, [vec![], vec![filter(), Filter::default()]];
    optional_lines(Option<Vec<u8>>), lines, [None, Some(vec![1, 2])];
    form(Filter), form, [filter()];
    optional_form(Option<BTreeMap<String, String>>), form, [None, Some(BTreeMap::new())];
    form_pairs(Vec<(String, String)>), form, [vec![], vec![("a".to_owned(), "+ &".to_owned()); 2]];
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = POST, path = "/x", fields = form)]
struct Form {
    text: String,
    none: Option<String>,
    list: Vec<String>,
    #[api(style = space)]
    space: Vec<String>,
    #[api(style = brackets)]
    brackets: Tags,
    #[api(form(json))]
    json: Filter,
    #[api(flatten)]
    rest: BTreeMap<String, String>,
}

#[test]
fn form_members() {
    round(&Form {
        text: "+ %&=\u{e9}".to_owned(),
        none: None,
        list: vec!["a".to_owned(), "b c".to_owned()],
        space: vec!["a+b".to_owned(), "c".to_owned()],
        brackets: Tags {
            tags: vec!["x y".to_owned()],
            by: BTreeMap::new(),
        },
        json: filter(),
        rest: [("k k".to_owned(), "v v".to_owned())].into(),
    });
}
