//! Requests that the declaration makes, and the document does not allow.

use std::collections::BTreeMap;

use api_request::{AnyOperation, ApiGroup, ApiRequest, FromHttp, OpenEnum, Secret};
use api_request_openapi::{Check, Sources};
use serde::{Deserialize, Serialize};

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/keys/{key}/tags", name = "setTags")]
struct SetTags {
    key: String,
    #[api(query)]
    kind: Option<Kind>,
    #[api(query)]
    limit: Option<u8>,
    #[api(query(explode = false))]
    only: Vec<String>,
    #[api(query(style = deep))]
    filter: Option<BTreeMap<String, String>>,
    #[api(header)]
    x_app: Option<String>,
    #[api(cookie)]
    session: Option<Secret<String>>,
    #[api(body)]
    body: Tags,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Small,
    Large,
}

#[derive(Serialize, Deserialize)]
struct Tags {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<Kind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    color: Option<Color>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    owners: Vec<Owner>,
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u8>,
}

#[derive(OpenEnum)]
#[api(rename_all = "snake_case")]
enum Color {
    Red,
    #[api(other)]
    Other(String),
}

#[derive(Serialize, Deserialize)]
struct Owner {
    email: String,
    #[serde(default, alias = "tel", skip_serializing_if = "Option::is_none")]
    phone: Option<String>,
}

api_request::operations! { static OPERATIONS: [SetTags] }

const DOCUMENT: &str = r##"openapi: 3.1.0
info: { title: Tags }
paths:
  /keys/{id}/tags:
    post:
      operationId: setTags
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
        - { name: kind, in: query, schema: { type: string, enum: [small, large] } }
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 } }
        - { name: only, in: query, explode: false, schema: { type: array, items: { type: string } } }
        - { name: filter, in: query, style: deepObject, schema: { type: object, additionalProperties: { type: string } } }
        - { name: X-App, in: header, schema: { type: string } }
        - { name: session, in: cookie, schema: { type: string } }
      requestBody: { required: true, content: { application/json: { schema: { $ref: "#/components/schemas/Tags" } } } }
      responses: { "204": { description: "" } }
components:
  schemas:
    Tags:
      type: object
      required: [name]
      properties:
        id: { type: string, readOnly: true }
        name: { type: string }
        state: { type: string, enum: [small, large] }
        color: { type: string, enum: [red] }
        owners: { type: array, items: { $ref: "#/components/schemas/Owner" } }
        count: { type: integer, minimum: 0, maximum: 9 }
    Owner:
      type: object
      required: [email]
      properties:
        email: { type: string }
        phone: { type: string }
"##;

fn differences(operations: &'static [AnyOperation], text: &str) -> Vec<String> {
    let sources = Sources::from_text("api.yaml", text).expect("it is YAML");
    let agreement = Check::of(operations, sources).run().expect("it is OpenAPI");
    agreement
        .differences
        .iter()
        .map(ToString::to_string)
        .collect()
}

/// What is replaced, by what, and the differences then.
type Row = (&'static str, &'static str, &'static [&'static str]);

/// The text with something else in one place.
fn changed(text: &str, from: &str, to: &str) -> String {
    assert!(text.contains(from), "{from}");
    text.replacen(from, to, 1)
}

#[test]
fn what_is_sent_is_what_the_document_allows() {
    assert_eq!(differences(OPERATIONS, DOCUMENT), [""; 0]);
}

/// What is replaced by what, and what differs then.
const REQUESTS: &[Row] = &[
    (
        "        phone: { type: string }\n",
        "",
        &[
            "api.yaml:30: `setTags`: the member `owners[0].phone` of the body is not in the document",
        ],
    ),
    (
        "state: { type: string, enum: [small, large] }",
        "state: { type: string, enum: [small] }",
        &[
            "api.yaml:25: `setTags`: the member `state` of the body: the value `large` is not in the document",
        ],
    ),
    (
        "required: [name]\n      properties:",
        "required: [name, note]\n      properties:\n        note: { type: string }",
        &["api.yaml:20: `setTags`: the member `note` of the body is required, but not sent"],
    ),
    (
        "phone: { type: string }",
        "phone: { type: string }\n        street: { type: string }",
        &[],
    ),
    (
        "state: { type: string, enum: [small, large] }",
        "state: { type: string, enum: [small, large, huge] }",
        &[],
    ),
    (
        "color: { type: string, enum: [red] }",
        "color: { type: string, enum: [blue] }",
        &[],
    ),
    (
        "count: { type: integer, minimum: 0, maximum: 9 }",
        "count: { type: string, maxLength: 9 }",
        &[
            "api.yaml:28: `setTags`: the member `count` of the body takes nothing that the document allows: it does not \
           fit the declared type: invalid type: string, expected u8",
        ],
    ),
    (
        "name: { type: string }",
        "name: { type: integer }",
        &[
            "api.yaml:15: `setTags`: the body: nothing that the document allows can be sent: the member of the body `name` \
           does not fit the declared type: invalid type: integer, expected a string",
        ],
    ),
    ("{id}", "{key-id}", &[]),
    (
        "limit, in: query, schema: { type: integer, minimum: 1, maximum: 100 }",
        "limit, in: query, schema: { type: string, enum: [all, none] }",
        &[
            "api.yaml:10: `setTags`: the query parameter `limit` takes no value that the document allows: it is not an \
           integer, or not one that is allowed here",
        ],
    ),
    ("maximum: 100", "maximum: 100000", &[]),
    (
        "enum: [small, large] } }\n        - { name: limit",
        "enum: [small, large, huge] } }\n        - { name: limit",
        &[],
    ),
];

#[test]
fn a_change_of_a_request_is_found() {
    let mut wrong = Vec::new();
    for (from, to, expected) in REQUESTS {
        let mut text = changed(DOCUMENT, from, to);
        if *from == "{id}" {
            text = text.replace("name: id,", "name: key-id,");
        }
        let found = differences(OPERATIONS, &text);
        if found != *expected {
            wrong.push(format!("{to}:\n{found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The style of a parameter is seen on the wire, whatever the declaration says of it.
#[test]
fn a_change_of_a_style_is_found() {
    let rows: &[(&str, &str)] = &[
        ("only, in: query, explode: false,", "only, in: query,"),
        (
            "only, in: query, explode: false,",
            "only, in: query, style: pipeDelimited,",
        ),
        ("style: deepObject,", "explode: false,"),
    ];
    for (from, to) in rows {
        let found = differences(OPERATIONS, &changed(DOCUMENT, from, to));
        let name = &from[..from.find(',').unwrap_or(from.len())];
        let name = if name.starts_with("style") {
            "filter"
        } else {
            name
        };
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].contains(&format!("the query parameter `{name}` ")),
            "{found:?}"
        );
    }
}

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/token", name = "token", fields = form)]
struct GetToken {
    grant_type: String,
    scopes: Vec<String>,
}

api_request::operations! { static FORMS: [GetToken] }

#[test]
fn a_form_is_read_as_the_document_says() {
    let text = r#"openapi: 3.1.0
info: { title: Forms }
paths:
  /token:
    post:
      operationId: token
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema:
              type: object
              required: [grant_type, scopes]
              properties:
                grant_type: { type: string, enum: [code, password] }
                scopes: { type: array, items: { type: string } }
            encoding: { scopes: { explode: true } }
      responses: { "204": { description: "" } }
"#;
    assert_eq!(differences(FORMS, text), [""; 0]);
    let found = differences(FORMS, &changed(text, "explode: true", "explode: false"));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("`scopes`"), "{found:?}");
}

#[derive(ApiGroup, FromHttp)]
struct App {
    #[api(header)]
    x_app: Option<String>,
}

#[derive(ApiRequest, FromHttp)]
#[api(in = App, method = GET, path = "/a", name = "a")]
struct GetA;

#[derive(ApiRequest, FromHttp)]
#[api(in = App, method = GET, path = "/b", name = "b")]
struct GetB;

api_request::operations! { static GROUPED: [GetA, GetB] }

#[test]
fn a_header_of_a_group_is_one_of_some_operations() {
    let text = r#"openapi: 3.1.0
info: { title: Groups }
paths:
  /a: { get: { parameters: [{ name: X-App, in: header, schema: { type: string } }], responses: { "204": { description: "" } } } }
  /b: { get: { responses: { "204": { description: "" } } } }
"#;
    assert_eq!(differences(GROUPED, text), [""; 0]);
    let found = differences(GROUPED, &changed(text, "X-App", "X-Application"));
    assert_eq!(found.len(), 2, "{found:?}");
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", name = "listKeys")]
struct ListKeys;

api_request::operations! { static WRITTEN_BY_HAND: [ListKeys] }

#[test]
fn what_cannot_be_looked_at_is_said() {
    let text = "openapi: 3.1.0\ninfo: {}\npaths: { /keys: { get: { responses: { \"200\": { description: \"\", content: \
                { application/json: {} } } } } } }\n";
    let sources = Sources::from_text("api.yaml", text).expect("it is YAML");
    let agreement = Check::of(WRITTEN_BY_HAND, sources)
        .run()
        .expect("it is OpenAPI");
    let unchecked: Vec<_> = agreement
        .unchecked
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        unchecked,
        [
            "`listKeys`: no requests are made, because it does not derive `FromHttp`",
            "`listKeys`: the response 200 has no schema",
        ]
    );
}

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/teams", name = "createTeam")]
struct CreateTeam {
    #[api(body)]
    team: Team,
}

#[derive(Serialize, Deserialize)]
struct Team {
    name: Option<String>,
    color: Option<String>,
}

api_request::operations! { static TEAMS: [CreateTeam] }

#[test]
fn an_option_that_is_null_is_not_left_out() {
    let text = r#"openapi: 3.1.0
paths:
  /teams:
    post:
      operationId: createTeam
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: { type: string }
                color: { type: string }
      responses: { "204": { description: "" } }
"#;
    let found = [
        "api.yaml:11: `createTeam`: the member `name` of the body is required, but may be sent as `null`",
        "api.yaml:15: `createTeam`: the member `color` of the body may be sent as `null`, which the document does not allow",
    ];
    assert_eq!(differences(TEAMS, text), found);
    let text = changed(
        text,
        "name: { type: string }",
        "name: { type: [string, \"null\"] }",
    );
    let text = changed(
        &text,
        "color: { type: string }",
        "color: { type: [string, \"null\"] }",
    );
    assert_eq!(differences(TEAMS, &text), [""; 0]);
}
