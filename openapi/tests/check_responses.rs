//! Responses that the document allows, and the declaration does not decode.

use api_request::{AnyOperation, ApiError, ApiRequest, ApiResponse, OpenEnum};
use api_request_openapi::{Check, Sources};
use serde::Deserialize;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}", name = "getKey", response = Key, error = Failure)]
struct GetKey {
    id: String,
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Deserialize)]
struct Key {
    id: u64,
    name: String,
    state: State,
    color: Option<Color>,
    owner: Option<Owner>,
    data: Vec<Owner>,
    shape: Option<Shape>,
    parent: Option<Box<Key>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Active,
    OnHold,
}

#[derive(OpenEnum)]
#[api(rename_all = "snake_case")]
enum Color {
    Red,
    #[api(other)]
    Other(String),
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Deserialize)]
struct Owner {
    email: String,
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Shape {
    Circle { radius: f64 },
    Square { side: f64 },
}

#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 404)]
    Missing(Missing),
    #[api(other)]
    Other(Problem),
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Debug, Deserialize)]
struct Missing {
    id: String,
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Debug, Deserialize)]
struct Problem {
    code: u32,
}

api_request::operations! { static KEYS: [GetKey] }

const DOCUMENT: &str = r##"openapi: 3.1.0
info: { title: Keys }
paths:
  /keys/{id}:
    get:
      operationId: getKey
      parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
      responses:
        "200": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/Key" } } } }
        "404": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/Missing" } } } }
        default: { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/Problem" } } } }
components:
  schemas:
    Key:
      type: object
      required: [id, name, state, data]
      properties:
        id: { type: integer, minimum: 0 }
        name: { type: string }
        state: { type: string, enum: [active, on_hold] }
        color: { type: string, enum: [red] }
        owner: { $ref: "#/components/schemas/Owner" }
        data: { type: array, items: { $ref: "#/components/schemas/Owner" } }
        shape: { oneOf: [ { $ref: "#/components/schemas/Circle" }, { $ref: "#/components/schemas/Square" } ] }
        parent: { $ref: "#/components/schemas/Key" }
    Owner:
      type: object
      required: [email]
      properties:
        email: { type: string }
    Circle:
      type: object
      required: [type, radius]
      properties: { type: { const: circle }, radius: { type: number } }
    Square:
      type: object
      required: [type, side]
      properties: { type: { const: square }, side: { type: number } }
    Missing: { type: object, required: [id], properties: { id: { type: string } } }
    Problem: { type: object, required: [code], properties: { code: { type: integer, minimum: 0, maximum: 9999 } } }
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
fn what_the_document_allows_is_decoded() {
    assert_eq!(differences(KEYS, DOCUMENT), [""; 0]);
}

/// What is replaced by what, and what differs then.
const RESPONSES: &[Row] = &[
    (
        "name: { type: string }",
        "name: { type: [string, \"null\"] }",
        &[
            "api.yaml:19: `getKey`: the response 200, `name`: cannot be decoded from `null`, which the schema allows",
        ],
    ),
    (
        "required: [id, name, state, data]",
        "required: [id, state]",
        &[
            "api.yaml:19: `getKey`: the response 200, `name`: may be missing, but is declared as required",
            "api.yaml:23: `getKey`: the response 200, `data`: may be missing, but is declared as required",
        ],
    ),
    (
        "[active, on_hold]",
        "[active, on_hold, lost]",
        &[
            "api.yaml:20: `getKey`: the response 200, `state`: cannot be decoded from `\"lost\"`, which the schema allows",
        ],
    ),
    (
        "[active, on_hold]",
        "[active, on_hold, lost, gone]",
        &[
            "api.yaml:20: `getKey`: the response 200, `state`: cannot be decoded from `\"lost\"` or `\"gone\"`, which the \
           schema allows",
        ],
    ),
    ("[active, on_hold]", "[active]", &[]),
    ("enum: [red]", "enum: [red, blue]", &[]),
    (
        "color: { type: string",
        "color: { type: [string, \"null\"]",
        &[],
    ),
    (
        "email: { type: string }",
        "email: { type: integer }",
        &[
            "api.yaml:30: `getKey`: the response 200, `data[0].email`: cannot be decoded from an integer, which the schema \
             allows: expected a string",
            "api.yaml:30: `getKey`: the response 200, `owner.email`: cannot be decoded from an integer, which the schema \
             allows: expected a string",
        ],
    ),
    (
        "id: { type: integer, minimum: 0 }",
        "id: { type: number }",
        &[
            "api.yaml:18: `getKey`: the response 200, `id`: cannot be decoded from a number, which the schema allows: \
           expected u64",
        ],
    ),
    (
        "id: { type: integer, minimum: 0 }\n        name: { type: string }",
        "id: { type: string }\n        name: { type: [string, \"null\"] }",
        &[
            "api.yaml:18: `getKey`: the response 200, `id`: cannot be decoded from a string, which the schema allows: \
           expected u64",
            "api.yaml:19: `getKey`: the response 200, `name`: cannot be decoded from `null`, which the schema allows",
        ],
    ),
    (
        "email: { type: string }",
        "email: { type: string }\n        phone: { type: string }",
        &[],
    ),
    (
        "data: { type: array, items: { $ref: \"#/components/schemas/Owner\" } }",
        "data: { type: object, additionalProperties: { $ref: \"#/components/schemas/Owner\" } }",
        &[
            "api.yaml:23: `getKey`: the response 200, `data`: cannot be decoded from an object, which the schema allows: \
           expected a sequence",
        ],
    ),
    (
        "{ $ref: \"#/components/schemas/Square\" } ]",
        "{ $ref: \"#/components/schemas/Square\" }, { $ref: \"#/components/schemas/Missing\" } ]",
        &[
            "api.yaml:24: `getKey`: the response 200, `shape.type`: may be missing, but is declared as required",
        ],
    ),
    (
        "properties: { type: { const: square }, side: { type: number } }",
        "properties: { type: { const: square }, side: { type: [number, \"null\"] } }",
        &[
            "api.yaml:38: `getKey`: the response 200, `shape.side`: cannot be decoded from `null`, which the schema allows",
        ],
    ),
    (
        "\"200\": { description: \"\", content: { application/json: { schema: { $ref: \"#/components/schemas/Key\" } } } }",
        "\"204\": { description: \"\" }",
        &["api.yaml:9: `getKey`: the response 204: cannot be decoded from an empty body"],
    ),
    (
        "\"404\":",
        "\"202\": { description: \"\" }\n        \"404\":",
        &["api.yaml:10: `getKey`: the response 202: cannot be decoded from an empty body"],
    ),
    (
        "{ application/json: { schema: { $ref: \"#/components/schemas/Key\" } } }",
        "{ text/csv: { schema: { type: string } } }",
        &[
            "api.yaml:9: `getKey`: the response 200: cannot be decoded from the media type `text/csv`",
        ],
    ),
    (
        "{ application/json: { schema: { $ref: \"#/components/schemas/Key\" } } }",
        "{ application/xml: {}, application/json: { schema: { $ref: \"#/components/schemas/Key\" } } }",
        &[],
    ),
    (
        "{ id: { type: string } } }\n    Problem",
        "{ id: { type: integer } } }\n    Problem",
        &[
            "api.yaml:39: `getKey`: the response 404, `id`: cannot be decoded from an integer, which the schema allows: \
           expected a string",
        ],
    ),
    (
        "{ code: { type: integer, minimum: 0, maximum: 9999 } }",
        "{ code: { type: string } }",
        &[
            "api.yaml:40: `getKey`: the response 500, `code`: cannot be decoded from a string, which the schema allows: \
           expected u32",
        ],
    ),
    (
        "default:",
        "\"409\": { description: \"\", content: { application/json: { schema: { type: object } } } }\n        default:",
        &[
            "api.yaml:11: `getKey`: the response 409, `code`: may be missing, but is declared as required",
        ],
    ),
    (
        "\"404\": { description: \"\", content: { application/json: { schema: { $ref: \"#/components/schemas/Missing\" } } } }",
        "\"404\": { description: \"\" }",
        &[],
    ),
    (
        "default: { description: \"\", content: { application/json: { schema: { $ref: \"#/components/schemas/Problem\" } } } }",
        "default: { description: \"\", content: { text/plain: { schema: { type: string } } } }",
        &[],
    ),
];

#[test]
fn a_change_of_a_response_is_found() {
    let mut wrong = Vec::new();
    for (from, to, expected) in RESPONSES {
        let text = changed(DOCUMENT, from, to);
        let found = differences(KEYS, &text);
        if found != *expected {
            wrong.push(format!("{to}:\n{found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/chat", name = "chat", fields = json, response = Reply)]
#[api(events(item = Delta, flag = "stream", done = "[DONE]"))]
struct Chat {
    prompt: String,
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Deserialize)]
struct Reply {
    text: String,
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Deserialize)]
struct Delta {
    delta: String,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/export", name = "export", response(lines = Delta))]
struct Export;

#[derive(ApiRequest)]
#[api(method = GET, path = "/readme", name = "readme", response(text))]
struct Readme;

#[derive(ApiRequest)]
#[api(method = GET, path = "/file", name = "file", response(bytes))]
struct GetFile;

#[derive(ApiRequest)]
#[api(method = DELETE, path = "/file", name = "remove")]
struct Remove;

#[derive(ApiRequest)]
#[api(method = GET, path = "/job", name = "job", response = Job)]
struct GetJob;

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Debug, ApiResponse)]
enum Job {
    #[api(status = 200)]
    Done(JobDone),
    #[api(status = 202)]
    Started {
        #[api(header = "Retry-After")]
        wait: u64,
    },
}

#[allow(dead_code, reason = "they are decoded only")]
#[derive(Debug, Deserialize)]
struct JobDone {
    url: String,
}

api_request::operations! { static FORMATS: [Chat, Export, Readme, GetFile, Remove, GetJob] }

const FORMATS_DOCUMENT: &str = r#"openapi: 3.2.0
info: { title: Formats }
paths:
  /chat:
    post:
      operationId: chat
      requestBody:
        required: true
        content: { application/json: { schema: { type: object, required: [prompt], properties: { prompt: { type: string }, stream: { type: boolean } } } } }
      responses:
        "200":
          description: ""
          content:
            application/json: { schema: { type: object, required: [text], properties: { text: { type: string } } } }
            text/event-stream:
              itemSchema: { type: object, required: [delta], properties: { delta: { type: string } } }
              x-speakeasy-sse-sentinel: "[DONE]"
  /export:
    get:
      operationId: export
      responses:
        "200":
          description: ""
          content:
            application/jsonl: { itemSchema: { type: object, required: [delta], properties: { delta: { type: string } } } }
  /readme:
    get:
      operationId: readme
      responses: { "200": { description: "", content: { text/plain: { schema: { type: string } } } } }
  /file:
    get:
      operationId: file
      responses: { "200": { description: "", content: { application/octet-stream: {} } } }
    delete:
      operationId: remove
      responses: { "204": { description: "" } }
  /job:
    get:
      operationId: job
      responses:
        "200": { description: "", content: { application/json: { schema: { type: object, required: [url], properties: { url: { type: string } } } } } }
        "202": { description: "", headers: { Retry-After: { schema: { type: integer } } } }
"#;

/// What is replaced by what, and what differs then.
const FORMATS_CHANGED: &[Row] = &[
    (
        "itemSchema: { type: object, required: [delta], properties: { delta: { type: string } } }\n",
        "itemSchema: { type: object, properties: { delta: { type: string } } }\n",
        &[
            "api.yaml:16: `chat`: the response 200, `delta`: may be missing, but is declared as required",
        ],
    ),
    (
        "itemSchema: { type: object, required: [delta], properties: { delta: { type: string } } }\n",
        "itemSchema: { type: object, required: [data], properties: { event: { type: string }, data: { type: object, \
         required: [delta], properties: { delta: { type: string } } } } }\n",
        &[],
    ),
    (
        "\"[DONE]\"",
        "\"[END]\"",
        &[
            "api.yaml:12: `chat`: the response 200: cannot be decoded from the event `[END]` that ends the stream",
        ],
    ),
    (
        "itemSchema: { type: object, required: [delta], properties: { delta: { type: string } } } }\n",
        "itemSchema: { type: object, required: [delta], properties: { delta: { type: boolean } } } }\n",
        &[
            "api.yaml:25: `export`: the response 200, `delta`: cannot be decoded from a boolean, which the schema allows: \
           expected a string",
        ],
    ),
    (
        "\"204\": { description: \"\" }",
        "\"200\": { description: \"\", content: { application/json: {} } }",
        &[],
    ),
    (
        "headers: { Retry-After: { schema: { type: integer } } }",
        "headers: { Retry-Later: { schema: { type: integer } } }",
        &[
            "api.yaml:42: `job`: the response 202: cannot be decoded: the header `retry-after` is missing",
        ],
    ),
    (
        "\"202\": {",
        "\"201\": { description: \"\" }\n        \"202\": {",
        &["api.yaml:42: `job`: the response 201 is not a status that the response type declares"],
    ),
];

#[test]
fn responses_of_all_formats_are_decoded() {
    assert_eq!(differences(FORMATS, FORMATS_DOCUMENT), [""; 0]);
    let mut wrong = Vec::new();
    for (from, to, expected) in FORMATS_CHANGED {
        let text = changed(FORMATS_DOCUMENT, from, to);
        let found = differences(FORMATS, &text);
        if found != *expected {
            wrong.push(format!("{to}:\n{found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
