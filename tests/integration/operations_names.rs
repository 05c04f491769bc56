//! Which names the types of a JSON body read: what a check of declarations compares with a document.

use std::collections::BTreeMap;

use api_request::{
    ApiRequest, FromHttp, Input, NamesKind, Nullable, OpenEnum, Param, Secret, operations,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Serialize, Deserialize)]
struct Point {
    #[serde(rename = "X", alias = "x")]
    x: u8,
    next: Option<Box<Point>>,
}

#[derive(Serialize, Deserialize)]
struct Id(Inner);

#[derive(Serialize, Deserialize)]
struct Inner {
    id: u8,
    #[serde(skip)]
    _cache: u8,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shape {
    NoFigure,
    Dot(Point),
    Box { size: Id },
    Pair(Point, Inner),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type")]
enum Within {
    A(Inner),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", content = "value")]
enum Beside {
    A(Inner),
    B,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    A(Inner),
}

#[derive(Serialize, Deserialize)]
struct Flat {
    point: Point,
    #[serde(flatten)]
    rest: Inner,
}

#[derive(Clone, OpenEnum)]
#[api(rename_all = "lowercase")]
enum Period {
    Day,
    Week,
    #[api(other)]
    Other(String),
}

#[derive(Serialize, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
enum Tag {
    One,
    Two,
}

#[derive(Serialize, Deserialize)]
struct Of<T> {
    of: T,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/members", fields = json)]
#[api(events(item = u8, flag = "stream"))]
struct Members {
    #[serde(default)]
    value: Option<Value>,
    #[serde(rename = "the/point~")]
    point: Option<Point>,
    shapes: Option<Vec<Shape>>,
    id: Option<Id>,
    within: Option<Within>,
    beside: Option<Vec<Beside>>,
    untagged: Option<Untagged>,
    flat: Option<Flat>,
    by_name: Option<BTreeMap<String, Inner>>,
    by_number: Option<BTreeMap<u8, Inner>>,
    by_tag: Option<BTreeMap<Tag, Inner>>,
    tags: Option<(Tag, Inner)>,
    secret: Option<Secret<String>>,
    nullable: Nullable<Inner>,
    period: Option<Period>,
    periods: Option<Vec<Period>>,
    generic: Option<Of<Of<Inner>>>,
    #[serde(with = "by_hand", default, skip_serializing_if = "Option::is_none")]
    by_hand: Option<Inner>,
}

mod by_hand {
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer};

    use super::Inner;

    #[expect(clippy::ref_option, reason = "serde calls it so")]
    pub(super) fn serialize<S: Serializer>(
        value: &Option<Inner>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Inner>, D::Error> {
        Option::deserialize(deserializer)
    }
}

#[derive(ApiRequest, FromHttp)]
#[api(method = PUT, path = "/whole")]
struct Whole(#[api(body = json)] Option<Vec<Point>>);

#[derive(ApiRequest, FromHttp)]
#[api(method = PUT, path = "/rest", fields = json)]
struct Rest {
    point: Point,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = PUT, path = "/form", fields = form)]
struct Form {
    tag: Tag,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/unread")]
struct Unread;

operations! { static OPERATIONS: [Members, Whole, Rest, Form, Unread] }

/// The names of the input with this body, except those of the members, if there are any.
fn names(at: usize, body: &Value) -> String {
    let input = Input::new(json!({"body": body}));
    let names = OPERATIONS[at].body_names(&input).expect("a request");
    let names = names.iter().filter(|it| at > 0 || !it.pointer.is_empty());
    let names = names.map(|it| {
        let kind = match it.kind {
            NamesKind::Fields => "",
            NamesKind::Variants => " of an enum",
            NamesKind::OpenVariants => " of an open enum",
            _ => panic!("another kind"),
        };
        format!("{}: {}{kind}", it.pointer, it.names.join(" "))
    });
    names.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_names_that_are_read_in_a_member_are_those_of_its_type() {
    let inner = json!({"id": 1, "more": 1});
    #[rustfmt::skip]
    let table = [
        (json!({"value": {"a": {}}, "more": 1, "stream": false}), ""),
        (json!({"the/point~": {"X": 1, "next": {"x": 2}}}), "/the~1point~0: X x next, /the~1point~0/next: X x next"),
        (json!({"shapes": ["no_figure", {"dot": {"X": 1}}]}),
            "/shapes/0: no_figure dot box pair of an enum, /shapes/1: no_figure dot box pair of an enum, /shapes/1/dot: X x next"),
        (json!({"shapes": [{"box": {"size": inner}}]}),
            "/shapes/0: no_figure dot box pair of an enum, /shapes/0/box: size, /shapes/0/box/size: id"),
        (json!({"shapes": [{"pair": [{"X": 1}, inner]}]}),
            "/shapes/0: no_figure dot box pair of an enum, /shapes/0/pair/0: X x next, /shapes/0/pair/1: id"),
        (json!({"id": inner}), "/id: id"),
        (json!({"within": {"type": "A", "id": 1}}), ""),
        (json!({"beside": [{"kind": "A", "value": inner}, {"kind": "B"}]}),
            "/beside/0: kind value, /beside/0/kind: A B of an enum, /beside/0/value: id, /beside/1: kind value, /beside/1/kind: A B of an enum"),
        (json!({"untagged": inner}), ""),
        (json!({"flat": {"point": {"X": 1}, "id": 1}}), "/flat/point: X x next"),
        (json!({"by_name": {"a/b": inner}}), "/by_name/a~1b: id"),
        (json!({"by_number": {"1": inner}}), "/by_number/1: id"),
        (json!({"by_tag": {"One": inner, "Two": inner}}), "/by_tag/One: id, /by_tag/Two: id"),
        (json!({"tags": ["One", inner]}), "/tags/0: One Two of an enum, /tags/1: id"),
        (json!({"secret": "hunter2"}), ""),
        (json!({"nullable": inner}), "/nullable: id"),
        (json!({"nullable": null}), ""),
        (json!({"period": "day"}), "/period: day week of an open enum"),
        (json!({"periods": ["year"]}), "/periods/0: day week of an open enum"),
        (json!({"generic": {"of": {"of": inner}}}), "/generic: of, /generic/of: of, /generic/of/of: id"),
        (json!({"by_hand": inner}), ""),
    ];
    let wrong = table.iter().filter_map(|(body, expected)| {
        let actual = names(0, body);
        (actual != *expected).then(|| format!("{body}\n  {actual}\n  {expected}\n"))
    });
    let wrong: String = wrong.collect();
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn the_names_of_a_body_are_those_of_its_members_or_its_type() {
    let all = OPERATIONS[0].body_names(&Input::new(json!({"body": {}})));
    let all = all.expect("a request");
    let declared = OPERATIONS[0]
        .operation()
        .content()
        .expect("a body")
        .members();
    let declared: Vec<_> = declared.map(Param::name).chain(["stream"]).collect();
    assert_eq!((all[0].pointer.as_str(), all.len()), ("", 1));
    assert_eq!(all[0].names, declared);

    assert_eq!(
        names(1, &json!([{"X": 1}, {"X": 2}])),
        "/0: X x next, /1: X x next"
    );
    assert_eq!(names(1, &Value::Null), "");
    assert_eq!(
        names(2, &json!({"point": {"X": 1}, "a": 1})),
        "/point: X x next"
    );
    assert_eq!(names(3, &json!({"tag": "One"})), "");
}

#[test]
fn an_input_that_cannot_be_read_has_no_names() {
    let input = Input::new(json!({"body": {"id": 1}}));
    let refused = |at: usize| OPERATIONS[at].body_names(&input).expect_err("refused");
    assert!(refused(0).to_string().contains("`id`"), "{}", refused(0));
    assert!(
        refused(4).to_string().contains("`FromHttp`"),
        "{}",
        refused(4)
    );
}
