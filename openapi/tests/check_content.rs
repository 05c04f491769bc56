//! Bodies, security and pages.

mod support;

use std::collections::BTreeMap;

use api_request::{AnyOperation, ApiRequest, Part};
use serde::Deserialize;
use serde_json::Value;
use support::{agreement, differences, document};

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", fields = json)]
struct CreateKey {
    name: String,
    limit: Option<u32>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", fields = json)]
struct CreateOpenKey {
    name: String,
    #[serde(flatten)]
    more: BTreeMap<String, Value>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey")]
struct CreateNothing;

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey")]
struct CreateText(#[api(body(text, content_type = "text/csv; charset=utf-8"))] Option<String>);

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", fields = form)]
struct CreateForm {
    name: String,
    tags: Vec<String>,
    #[api(form(json))]
    claims: Vec<String>,
    #[api(name = "card[number]")]
    card: Option<String>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", fields = part)]
struct CreateParts {
    #[api(name = "files[{n}]")]
    files: Vec<Part>,
    #[api(content_type = "application/json")]
    options: Option<Vec<String>>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", fields = json)]
#[api(events(item = Value, flag = "stream"))]
struct CreateStreamed {
    name: String,
}

api_request::operations! { static JSON: [CreateKey] }
api_request::operations! { static OPEN: [CreateOpenKey] }
api_request::operations! { static NOTHING: [CreateNothing] }
api_request::operations! { static TEXT: [CreateText] }
api_request::operations! { static FORM: [CreateForm] }
api_request::operations! { static PARTS: [CreateParts] }
api_request::operations! { static STREAMED: [CreateStreamed] }

/// What differs if the operation has this body, or these other members.
fn lines(operations: &'static [AnyOperation], members: &str) -> Vec<String> {
    let responses = if members.contains("responses:") {
        ""
    } else {
        "\n      responses: { \"200\": { description: Good. } }"
    };
    let text = document(&format!(
        "  /keys:\n    post:\n      operationId: createKey\n      {members}{responses}\n"
    ));
    let lines = differences(operations, &text);
    let lines = lines.iter().map(|line| {
        let rest = line.strip_prefix("`createKey`: the ");
        rest.expect("it is of `createKey`").to_owned()
    });
    lines.collect()
}

/// A required body of a media type.
fn body(media_type: &str, schema: &str) -> String {
    format!(
        "requestBody: {{ required: true, content: {{ \"{media_type}\": {{ schema: {schema} }} }} }}"
    )
}

#[test]
fn a_body_is_there_and_has_a_media_type_of_the_document() {
    let any = |media_type| body(media_type, "{}");
    let rows: [(&'static [AnyOperation], String, &[&str]); 17] = [
        (NOTHING, String::new(), &[]),
        (JSON, String::new(), &["body is not in the document"]),
        (NOTHING, any("application/json"), &["body is required, but not declared"]),
        (NOTHING, any("application/json").replace("true", "false"), &[]),
        (TEXT, any("text/csv"), &["body is required, but may be left out"]),
        (TEXT, any("text/csv").replace("true", "false"), &[]),
        (TEXT, any("text/*").replace("true", "false"), &[]),
        (TEXT, any("*/*").replace("true", "false"), &[]),
        (TEXT, any("Text/CSV; header=present").replace("true", "false"), &[]),
        (TEXT, any("text/plain").replace("true", "false"), &["body is sent as `text/csv`, and is `text/plain` in the document"]),
        (JSON, any("application/json; charset=utf-8"), &[]),
        (JSON, any("application/*"), &[]),
        (JSON, any("application/merge-patch+json"), &["body is sent as `application/json`, and is `application/merge-patch+json` in the document"]),
        (FORM, "requestBody: { required: true, content: { application/json: {}, application/xml: {} } }".to_owned(), &["body is sent as `application/x-www-form-urlencoded`, and is `application/json`, `application/xml` in the document"]),
        (JSON, "requestBody: { required: true }".to_owned(), &[]),
        (JSON, body("application/json", "{ type: array }"), &["body is an object, and not one in the document"]),
        (PARTS, body("multipart/form-data", "{ type: array }"), &[]),
    ];
    for (operations, members, expected) in rows {
        assert_eq!(lines(operations, &members), expected, "{members}");
    }
}

#[test]
fn members_of_a_body_are_those_of_the_schema() {
    let named = "name: { type: string }, limit: { type: integer }";
    let rows: [(&'static [AnyOperation], String, &[&str]); 15] = [
        (JSON, format!("{{ properties: {{ {named} }} }}"), &[]),
        (JSON, format!("{{ required: [name, owner], properties: {{ {named}, owner: {{}} }} }}"), &["member `owner` of the body is required, but not declared"]),
        (JSON, format!("{{ required: [name, owner], properties: {{ {named}, owner: {{ readOnly: true }} }} }}"), &[]),
        (JSON, format!("{{ required: [limit], properties: {{ {named} }} }}"), &["member `limit` of the body is required, but may be left out"]),
        (JSON, format!("{{ required: [nmae], properties: {{ {named} }} }}"), &[]),
        (JSON, "{ properties: { name: {}, limits: {} } }".to_owned(), &["member `limit` of the body is not in the document: the nearest is `limits`"]),
        (JSON, "{ properties: { name: {} }, additionalProperties: false }".to_owned(), &["member `limit` of the body is not in the document"]),
        (JSON, "{ properties: { name: {} }, additionalProperties: true }".to_owned(), &[]),
        (JSON, "{ type: object }".to_owned(), &[]),
        (JSON, "{ allOf: [{ properties: { name: {} } }, { required: [owner], properties: { limit: {}, owner: {} } }] }".to_owned(), &["member `owner` of the body is required, but not declared"]),
        (JSON, "{ oneOf: [{ required: [name, a], properties: { name: {}, a: {} } }, { required: [name, b], properties: { limit: {}, name: {}, b: {} } }] }".to_owned(), &[]),
        (JSON, "{ oneOf: [{ required: [a], properties: { name: {}, a: {} } }, { required: [a], properties: { a: {} } }] }".to_owned(), &["member `a` of the body is required, but not declared", "member `limit` of the body is not in the document"]),
        (OPEN, "{ required: [owner], properties: { name: {}, owner: {} } }".to_owned(), &[]),
        (STREAMED, "{ required: [stream], properties: { name: {}, stream: {} } }".to_owned(), &[]),
        (STREAMED, "{ properties: { name: {}, streams: {} } }".to_owned(), &["member `stream` of the body asks for events, and is not in the document: the nearest is `streams`"]),
    ];
    for (operations, schema, expected) in rows {
        let members = body("application/json", &schema);
        assert_eq!(lines(operations, &members), expected, "{schema}");
    }
    let text = document(&format!(
        "  /keys:\n    post:\n      {}",
        body(
            "application/json",
            "{ required: [owner], properties: { name: {} } }"
        )
    ));
    let unchecked = agreement(OPEN, &text).unchecked;
    let line = "`createKey`: whether the member `owner` of the body is sent depends on the value of `more`";
    assert_eq!(unchecked[0].to_string(), line);
    let unchecked = agreement(JSON, &text.replace("name: {}", "name: {}, limit: {}")).unchecked;
    let line = "`createKey`: the member `owner` of the body is required, but not described";
    assert_eq!(unchecked[0].to_string(), line);
}

#[test]
fn forms_and_parts_are_written_as_the_document_says() {
    let form = |encoding: &str, properties: &str| {
        format!(
            "requestBody: {{ content: {{ application/x-www-form-urlencoded: {{ schema: {{ type: object, properties: {{ {properties} }} }}, encoding: {{ {encoding} }} }} }} }}"
        )
    };
    let all = "name: { type: string }, tags: { type: array, items: { type: string } }, claims: { type: array, items: { type: string } }, card: { type: object, properties: { number: { type: string } } }";
    let json = "claims: { contentType: application/json }";
    let rows = [
        (json.to_owned(), &[][..]),
        (
            format!("{json}, tags: {{ explode: false }}"),
            &[
                "member `tags` of the body is sent as `tags=1&tags=2`, and is `tags=1,2` in the document: write `explode = false`",
            ],
        ),
        (
            format!("{json}, tags: {{ style: deepObject, explode: true }}"),
            &[
                "member `tags` of the body is sent as `tags=1&tags=2`, and is `tags[]=1&tags[]=2` in the document: write `style = brackets`",
            ],
        ),
        (
            format!("{json}, tags: {{ contentType: application/json }}"),
            &["member `tags` of the body is JSON text in the document: write `form(json)`"],
        ),
        (
            "claims: { style: form }".to_owned(),
            &["member `claims` of the body is not JSON text in the document: leave out `json`"],
        ),
    ];
    for (encoding, expected) in rows {
        assert_eq!(lines(FORM, &form(&encoding, all)), expected, "{encoding}");
    }

    let parts = |encoding: &str, properties: &str| {
        format!(
            "requestBody: {{ required: true, content: {{ multipart/form-data: {{ schema: {{ type: object, properties: {{ {properties} }} }}, encoding: {{ {encoding} }} }} }} }}"
        )
    };
    let rows = [
        ("", "files: {}, options: {}", &[][..]),
        ("", "\"files[0]\": {}, options: {}", &[]),
        (
            "options: { contentType: \"application/xml, application/json\" }",
            "files: {}, options: {}",
            &[],
        ),
        (
            "options: { contentType: application/xml }",
            "files: {}, options: {}",
            &[
                "part `options` is sent as `application/json`, and is `application/xml` in the document",
            ],
        ),
        (
            "",
            "file: {}, options: {}",
            &["part `files[{n}]` is not in the document"],
        ),
    ];
    for (encoding, properties, expected) in rows {
        assert_eq!(
            lines(PARTS, &parts(encoding, properties)),
            expected,
            "{encoding} {properties}"
        );
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", auth = none)]
struct WithoutCredentials;

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", auth = none)]
struct WithKey {
    #[api(header = "X-Key")]
    key: String,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/keys", name = "createKey", auth = required)]
struct WithCredentials;

api_request::operations! { static OPEN_TO_ALL: [WithoutCredentials] }
api_request::operations! { static KEYED: [WithKey] }
api_request::operations! { static REQUIRED: [WithCredentials] }

#[test]
fn credentials_are_sent_where_they_are_required() {
    let missing =
        "security is required (`key`, or `a` and `b`), but `auth = none` sends no credentials";
    let rows: [(&'static [AnyOperation], &str, &[&str]); 8] = [
        (
            OPEN_TO_ALL,
            "security: [{ key: [] }, { a: [], b: [] }]",
            &[missing],
        ),
        (OPEN_TO_ALL, "security: [{ key: [] }, {}]", &[]),
        (OPEN_TO_ALL, "security: []", &[]),
        (KEYED, "security: [{ key: [] }, { a: [], b: [] }]", &[]),
        (
            KEYED,
            "security: [{ key: [], b: [] }]",
            &["security is required (`key` and `b`), but `auth = none` sends no credentials"],
        ),
        (REQUIRED, "security: [{ key: [] }]", &[]),
        (REQUIRED, "security: []", &[]),
        (NOTHING, "security: [{ key: [] }]", &[]),
    ];
    for (operations, security, expected) in rows {
        let members = format!(
            "{security}\n      responses: {{ \"200\": {{ description: Good. }} }}\ncomponents:\n  securitySchemes: {{ key: {{ type: apiKey, in: header, name: x-key }}, a: {{ type: http, scheme: bearer }}, b: {{ type: oauth2 }} }}"
        );
        assert_eq!(lines(operations, &members), expected, "{security}");
    }
}

#[derive(Deserialize)]
struct Keys {
    data: Vec<String>,
    meta: Meta,
}

#[derive(Deserialize)]
struct Meta {
    next_cursor: Option<String>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/keys", name = "listKeys", response = Keys)]
#[api(paginate(cursor = after, next = meta.next_cursor, items = data, item = String))]
struct ListKeys {
    #[api(query)]
    after: Option<String>,
}

api_request::operations! { static LIST: [ListKeys] }

#[derive(Deserialize)]
struct Ids {
    data: Vec<Id>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/keys", name = "listKeys", response = Ids)]
#[api(paginate(cursor = after, next = data.last.id, items = data, item = Id))]
struct ListIds {
    #[api(query)]
    after: Option<String>,
}

api_request::operations! { static IDS: [ListIds] }

#[test]
fn pages_are_in_the_response() {
    let rows: [(&'static [AnyOperation], &str, &[&str]); 8] = [
        (
            IDS,
            "{ properties: { data: { type: array, items: { properties: { id: {} } } } } }",
            &[],
        ),
        (
            IDS,
            "{ properties: { data: { type: array, items: { properties: { key: {} } } } } }",
            &[
                "response 200 has no `data.last.id` in the document, which `paginate` names as `next`",
            ],
        ),
        (
            LIST,
            "{ properties: { data: { type: array }, meta: { properties: { nextCursor: { type: string } } } } }",
            &[],
        ),
        (
            LIST,
            "{ properties: { data: { type: array }, meta: {} } }",
            &[],
        ),
        (LIST, "{ type: object, additionalProperties: true }", &[]),
        (
            LIST,
            "{ allOf: [{ properties: { data: {} } }, { properties: { meta: { properties: { next_cursor: {} } } } }] }",
            &[],
        ),
        (
            LIST,
            "{ properties: { data: {}, meta: { properties: { cursor: {} } } } }",
            &[
                "response 200 has no `meta.next_cursor` in the document, which `paginate` names as `next`",
            ],
        ),
        (
            LIST,
            "{ type: array }",
            &[
                "response 200 has no `meta.next_cursor` in the document, which `paginate` names as `next`",
                "response 200 has no `data` in the document, which `paginate` names as `items`",
            ],
        ),
    ];
    for (operations, schema, expected) in rows {
        let text = document(&format!(
            "  /keys:\n    get:\n      operationId: listKeys\n      parameters: [{{ name: after, in: query, schema: {{ type: string }} }}]\n      responses: {{ \"200\": {{ description: Keys., content: {{ application/json: {{ schema: {schema} }} }} }} }}\n"
        ));
        let expected: Vec<String> = expected
            .iter()
            .map(|line| format!("`listKeys`: the {line}"))
            .collect();
        // Whether the values can be decoded is another question.
        let mut lines = differences(operations, &text);
        lines.retain(|line| line.contains("`paginate`"));
        assert_eq!(lines, expected, "{schema}");
    }
}
