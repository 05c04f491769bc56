//! Operations that are called by name: what an input is on the wire, and which inputs are refused.

use std::{collections::BTreeMap, fmt::Write as _};

use api_request::{
    AnyOperation, ApiGroup, ApiRequest, Body, Client, FromHttp, Input, Nullable, Part, Secret,
    operations,
};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

#[derive(Debug, Serialize, Deserialize)]
struct Point {
    x: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/{id}/x{list}y/{rest}/{point}", fields = query)]
struct Styles {
    id: u32,
    list: Vec<String>,
    #[api(path(segments))]
    rest: String,
    #[api(path(explode))]
    point: Point,
    q: Option<String>,
    #[serde(default)]
    each: Vec<u8>,
    #[api(explode = false)]
    #[serde(default)]
    commas: Vec<String>,
    #[api(style = pipe)]
    #[serde(default)]
    pipes: Vec<u8>,
    #[api(style = brackets)]
    nested: Option<BTreeMap<String, Vec<u8>>>,
    #[api(style = deep)]
    deep: Option<Point>,
    #[api(style = form)]
    form: Option<Point>,
    #[api(flag)]
    on: bool,
    #[api(query(json))]
    text: Option<Point>,
    #[api(header = "X-Number")]
    number: Option<f64>,
    #[api(header = "X-List")]
    #[serde(default)]
    items: Vec<bool>,
    #[api(cookie)]
    session: Option<Secret<String>>,
    #[api(cookie)]
    theme: Option<String>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/flat")]
struct Flat {
    #[api(query)]
    own: Option<u8>,
    #[api(query(flatten))]
    more: BTreeMap<String, String>,
    #[api(header(flatten))]
    headers: BTreeMap<String, String>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = PATCH, path = "/members", fields = json)]
struct Members {
    name: String,
    limit: Nullable<f64>,
    owner: Option<Point>,
    points: Option<Vec<Point>>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/form", fields = form)]
struct Form {
    grant: String,
    scopes: Option<Vec<String>>,
    #[api(flatten)]
    more: BTreeMap<String, u8>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/parts", fields = part)]
struct Parts {
    title: String,
    image: Option<Part>,
    #[serde(default)]
    tags: Vec<String>,
    #[api(name = "files[{n}]")]
    #[serde(default)]
    files: Vec<Part>,
    #[api(content_type = "application/json")]
    meta: Option<Point>,
}

macro_rules! whole {
    ($($name:ident $how:literal $format:ident $ty:ty;)*) => {$(
        #[derive(ApiRequest, FromHttp)]
        #[api(method = PUT, path = $how)]
        struct $name(#[api(body = $format)] $ty);
    )*};
}

whole! {
    Json "/json" json Option<Point>;
    WholeForm "/whole-form" form Point;
    Text "/text" text String;
    Raw "/bytes" bytes Bytes;
    Stream "/stream" stream Body;
    Lines "/lines" lines Vec<Point>;
}

#[derive(Clone, ApiGroup, FromHttp)]
#[api(path = "/accounts/{account}")]
struct Account {
    account: u64,
    #[api(header = "X-App")]
    app: Option<String>,
}

#[derive(ApiGroup, FromHttp)]
#[api(fields = query)]
struct Paging {
    offset: Option<u64>,
    limit: Option<u8>,
}

#[derive(ApiRequest, FromHttp)]
#[api(in = Account, method = GET, path = "/keys/{id}")]
struct InGroup {
    id: String,
    #[api(flatten)]
    paging: Paging,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/unread")]
struct Unread;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/generic/{0}")]
struct Generic<T: Serialize + serde::de::DeserializeOwned>(#[api(path = "0")] T);

operations! {
    static OPERATIONS: [
        Styles, Flat, Members, Form, Parts, Json, WholeForm, Text, Raw, Stream, Lines, InGroup, Unread, Generic<u8>,
        #[cfg(any())] Missing,
    ]
}

fn operation(name: &str) -> &'static AnyOperation {
    let mut all = OPERATIONS.iter();
    all.find(|it| it.operation().name() == name).expect(name)
}

fn client() -> Client {
    let account = Account {
        account: 1,
        app: Some("client".to_owned()),
    };
    let client = Client::builder("https://api.example.com").group(account);
    client.build().expect("a client")
}

/// The target, the headers and the body, without what all requests have.
fn wire(name: &str, input: &Value) -> Result<String, String> {
    let input = Input::new(input.clone());
    let http = operation(name).build(&client(), &input);
    let http = http.map_err(|error| {
        assert!(error.is_encode(), "{error}");
        error.to_string()
    })?;
    let mut wire = http.uri().path_and_query().expect("a path").to_string();
    for (name, value) in http.headers() {
        if !["accept", "content-type", "user-agent"].contains(&name.as_str()) {
            let _ = write!(wire, " {name}={}", value.to_str().expect("text"));
        }
    }
    if let Some(body) = http.body().as_bytes().filter(|body| !body.is_empty()) {
        let _ = write!(wire, " {}", String::from_utf8_lossy(body));
    }
    Ok(wire)
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn an_input_is_encoded_as_its_operation_declares() {
    let path = json!({"id": 7, "list": ["a", "b/c"], "rest": "d/e", "point": {"x": 1}});
    let styles = |query: Value| json!({"path": path, "query": query});
    let at = "/7/xa,b%2Fcy/d/e/x=1";
    let table = [
        (
            "Styles",
            json!({"path": path, "query": null}),
            at.to_owned(),
        ),
        (
            "Styles",
            styles(json!({"q": "a b&c"})),
            format!("{at}?q=a%20b%26c"),
        ),
        ("Styles", styles(json!({"q": 5})), format!("{at}?q=5")),
        ("Styles", styles(json!({"q": null})), at.to_owned()),
        ("Styles", styles(json!({"q": ""})), format!("{at}?q=")),
        (
            "Styles",
            styles(json!({"each": [1, 2]})),
            format!("{at}?each=1&each=2"),
        ),
        ("Styles", styles(json!({"each": []})), at.to_owned()),
        (
            "Styles",
            styles(json!({"commas": ["a", "b,c"]})),
            format!("{at}?commas=a,b%2Cc"),
        ),
        (
            "Styles",
            styles(json!({"pipes": [1, 2]})),
            format!("{at}?pipes=1%7C2"),
        ),
        (
            "Styles",
            styles(json!({"nested": {"a": [1, 2]}})),
            format!("{at}?nested%5Ba%5D%5B%5D=1&nested%5Ba%5D%5B%5D=2"),
        ),
        (
            "Styles",
            styles(json!({"deep": {"x": 1, "name": "n"}})),
            format!("{at}?deep%5Bx%5D=1&deep%5Bname%5D=n"),
        ),
        (
            "Styles",
            styles(json!({"form": {"x": 1, "name": "n"}})),
            format!("{at}?x=1&name=n"),
        ),
        ("Styles", styles(json!({"on": true})), format!("{at}?on")),
        ("Styles", styles(json!({"on": false})), at.to_owned()),
        (
            "Styles",
            styles(json!({"text": {"x": 1, "name": "n"}})),
            format!("{at}?text=%7B%22x%22%3A1%2C%22name%22%3A%22n%22%7D"),
        ),
        (
            "Styles",
            json!({"path": path, "headers": {"x-number": 1.5, "X-LIST": [true, false]}}),
            format!("{at} x-number=1.5 x-list=true,false"),
        ),
        (
            "Styles",
            json!({"path": path, "cookies": {"theme": "dark", "session": "s1"}}),
            format!("{at} cookie=session=s1; theme=dark"),
        ),
        (
            "Flat",
            json!({"query": {"own": 1, "b": "c", "a": "d e"}, "headers": {"X-More": "f"}}),
            "/flat?own=1&a=d%20e&b=c x-more=f".to_owned(),
        ),
        (
            "Members",
            json!({"body": {"name": "n", "limit": null, "points": [{"x": 1}]}}),
            r#"/members {"name":"n","limit":null,"points":[{"x":1}]}"#.to_owned(),
        ),
        (
            "Form",
            json!({"body": {"grant": "g h", "scopes": ["a", "b"], "z": 1}}),
            "/form grant=g+h&scopes=a&scopes=b&z=1".to_owned(),
        ),
        (
            "Json",
            json!({"body": {"x": 1}}),
            r#"/json {"x":1}"#.to_owned(),
        ),
        ("Json", json!({"body": null}), "/json".to_owned()),
        ("Json", json!({}), "/json".to_owned()),
        (
            "WholeForm",
            json!({"body": {"x": 1, "name": "a b"}}),
            "/whole-form x=1&name=a+b".to_owned(),
        ),
        ("Text", json!({"body": "a\nb"}), "/text a\nb".to_owned()),
        ("Raw", json!({"body": "AGFi"}), "/bytes \0ab".to_owned()),
        ("Stream", json!({"body": "YWI="}), "/stream ab".to_owned()),
        (
            "Lines",
            json!({"body": [{"x": 1}, {"x": 2}]}),
            "/lines {\"x\":1}\n{\"x\":2}\n".to_owned(),
        ),
        (
            "InGroup",
            json!({"path": {"id": "a"}, "query": {"limit": 5}}),
            "/accounts/1/keys/a?limit=5 x-app=client".to_owned(),
        ),
        (
            "InGroup",
            json!({"path": {"id": "a", "account": 2}}),
            "/accounts/2/keys/a".to_owned(),
        ),
        (
            "Generic",
            json!({"path": {"0": 5}}),
            "/generic/5".to_owned(),
        ),
    ];
    for (name, input, expected) in table {
        assert_eq!(wire(name, &input), Ok(expected), "{name} {input}");
    }
}

#[test]
fn the_parts_of_a_multipart_body_are_texts_json_and_files() {
    let file = |filename: &str, media_type: Value| json!({"$file": {"filename": filename, "bytes_b64": "aGk=", "type": media_type}});
    let input = json!({"body": {
        "title": 7,
        "image": file("a.png", Value::Null),
        "tags": ["a", "b"],
        "files[{n}]": [file("b", json!("text/x-b")), file("c.txt", Value::Null)],
        "meta": {"x": 1},
    }});
    let wire = wire("Parts", &input).expect("a request");
    let parts = [
        "name=\"title\"\r\n\r\n7\r\n",
        "name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\nhi\r\n",
        "name=\"tags\"\r\n\r\na\r\n",
        "name=\"tags\"\r\n\r\nb\r\n",
        "name=\"files[0]\"; filename=\"b\"\r\nContent-Type: text/x-b\r\n\r\nhi\r\n",
        "name=\"files[1]\"; filename=\"c.txt\"\r\nContent-Type: text/plain\r\n\r\nhi\r\n",
        "name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"x\":1}\r\n",
    ];
    for part in parts {
        assert!(wire.contains(part), "{part}\n{wire}");
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn what_is_not_a_request_is_refused() {
    let path = json!({"id": 7, "list": ["a"], "rest": "d", "point": {"x": 1}});
    let styles = |query: Value| json!({"path": path, "query": query});
    let table = [
        ("Json", json!([]), "the input is not an object"),
        (
            "Json",
            json!({"query": 7}),
            "`query` of the input is not an object",
        ),
        (
            "Json",
            json!({"qury": {}}),
            "the input has `qury`, but only `path`, `query`, `headers`, `cookies` and `body`",
        ),
        ("Styles", json!({}), "the path parameter `id` is missing"),
        (
            "Styles",
            json!({"path": {"ID": 7}}),
            "the path parameter `ID` is not declared: the nearest is `id`",
        ),
        (
            "Styles",
            styles(json!({"eech": [1], "o": true})),
            "the query parameter `eech` is not declared: the nearest is `each`; the query parameter `o` is not declared: the nearest is `on`",
        ),
        (
            "Styles",
            styles(json!({"each": [1.5]})),
            "the query parameter `each` is not an integer, or not one that is allowed here",
        ),
        (
            "Styles",
            styles(json!({"on": 1})),
            "the query parameter `on` is a flag, so the input has `true` or `false`",
        ),
        (
            "Styles",
            styles(json!({"text": {"x": "a"}})),
            "the query parameter `text` has a value at `x` that does not fit the declared type: invalid type: string, expected u8",
        ),
        (
            "Styles",
            styles(json!({"deep": {"x": 1, "nam": "n"}})),
            "the query parameter `deep[nam]` is not declared: the nearest is `deep[x]`",
        ),
        (
            "Styles",
            styles(json!({"q": {"a": 1}})),
            "the query parameter `q` is a struct or map: say how its members are sent, with `style` (`form`, `deep`, `brackets` or `dots`), `explode = false` or `flatten`",
        ),
        (
            "Styles",
            json!({"path": {"id": 7, "list": ["a"], "rest": "..", "point": {"x": 1}}}),
            "field `rest` makes a path segment `.` or `..`, which every URL parser removes, so it would name another resource",
        ),
        (
            "Styles",
            json!({"path": path, "headers": {"X-Number": "n"}}),
            "the header `X-Number` is not a number",
        ),
        (
            "Styles",
            json!({"path": path, "cookies": {"sesion": "s"}}),
            "the cookie `sesion` is not declared: the nearest is `session`",
        ),
        (
            "Styles",
            json!({"path": path, "body": 1}),
            "the operation has no body",
        ),
        ("Members", json!({"body": []}), "the body is not an object"),
        (
            "Members",
            json!({"body": {}}),
            "the member of the body `name` is missing",
        ),
        (
            "Members",
            json!({"body": {"nme": "n"}}),
            "the member of the body `nme` is not declared: the nearest is `name`",
        ),
        (
            "Members",
            json!({"body": {"name": 7}}),
            "the member of the body `name` does not fit the declared type: invalid type: integer `7`, expected a string",
        ),
        (
            "Members",
            json!({"body": {"name": "n", "owner": null}}),
            "the member of the body `owner` cannot be `null`: leave it out",
        ),
        (
            "Members",
            json!({"body": {"name": "n", "points": [{"x": 1}, {"x": 2, "name": null}]}}),
            "the member of the body `points[1].name` cannot be `null`: leave it out",
        ),
        (
            "Members",
            json!({"body": {"name": "n", "points": [{"x": 1, "nmae": "a"}]}}),
            "the member of the body `points[0].nmae` is not declared: the nearest is `points[0].name`",
        ),
        (
            "Json",
            json!({"body": {"y": 1, "name": "n"}}),
            "the member of the body `y` is not declared: the nearest is `x`; the body does not fit the declared type: missing field `x`",
        ),
        (
            "Members",
            json!({"body": {"name": "n", "points": [{"x": 1}, {"nam": "n"}]}}),
            "the member of the body `points[1].nam` is not declared: the nearest is `points[1].name`; the member of the body `points[1]` does not fit the declared type: missing field `x`",
        ),
        ("Text", json!({}), "the body is missing"),
        (
            "Text",
            json!({"body": {}}),
            "the body is text, so the input has a string",
        ),
        (
            "Raw",
            json!({"body": "*"}),
            "the body is bytes, so the input has a string in base64",
        ),
        (
            "Lines",
            json!({"body": {"x": 1}}),
            "the body has lines, so the input has a list",
        ),
        (
            "Parts",
            json!({"body": {"title": "t", "imag": 1}}),
            "the member of the body `imag` is not declared: the nearest is `image`",
        ),
        (
            "Parts",
            json!({"body": {"title": "t", "image": {"$file": {"filename": "a", "bytes": "aGk="}}}}),
            "the member of the body `image` is not a file: `{\"$file\": {\"filename\": …, \"bytes_b64\": …, \"type\": …}}`, where `type` may be left out",
        ),
        (
            "Parts",
            json!({"body": {"title": {"a": 1}}}),
            "the member of the body `title` is a part that is not JSON, so the input has a string, a number, `true`, `false`, or a file: `{\"$file\": {\"filename\": …, \"bytes_b64\": …, \"type\": …}}`",
        ),
        (
            "InGroup",
            json!({"path": {"id": "a"}, "headers": {"x-app": "a"}}),
            "the path parameter `account` is missing",
        ),
        (
            "Unread",
            json!({}),
            "it is called by its name only if the request derives `FromHttp`",
        ),
    ];
    for (name, input, expected) in table {
        let expected = format!("`{name}` cannot be sent: {expected}");
        assert_eq!(wire(name, &input), Err(expected), "{input}");
    }
}
