//! Parameters: what the document requires, what is declared, and how it is written.

mod support;

use std::collections::BTreeMap;

use api_request::{AnyOperation, ApiRequest};
use serde::Serialize;
use support::{agreement, differences, document};

#[derive(ApiRequest)]
#[api(method = GET, path = "/search/{list}/{map}", name = "search", fields = query)]
#[api(header("X-Version" = "2"), query("beta" = "true"))]
struct Search {
    list: Vec<u64>,
    map: BTreeMap<String, String>,
    term: String,
    limit: Option<u32>,
    tags: Vec<String>,
    #[api(explode = false)]
    sort: Vec<String>,
    #[api(style = pipe)]
    ids: Vec<u64>,
    #[api(style = deep)]
    created: BTreeMap<String, String>,
    #[api(style = brackets)]
    expand: Vec<String>,
    #[api(query(json))]
    filter: Vec<String>,
    #[api(flag)]
    all: bool,
    #[api(header)]
    x_trace: Option<u64>,
    #[api(cookie)]
    sid: Option<String>,
}

api_request::operations! { static SEARCH: [Search] }

/// All that `Search` sends. A row of a table replaces one line, or adds one.
const SAID: [&str; 14] = [
    "{ name: a, in: path, required: true, schema: { type: array, items: { type: integer } } }",
    "{ name: b, in: path, required: true, schema: { type: object } }",
    "{ name: term, in: query, required: true, schema: { type: string } }",
    "{ name: limit, in: query, schema: { type: integer } }",
    "{ name: tags, in: query, schema: { type: array, items: { type: string } } }",
    "{ name: sort, in: query, explode: false, schema: { type: array, items: { type: string } } }",
    "{ name: ids, in: query, style: pipeDelimited, schema: { type: array, items: { type: integer } } }",
    "{ name: created, in: query, style: deepObject, schema: { type: object, properties: { gte: { type: string } } } }",
    "{ name: \"expand[]\", in: query, schema: { type: array, items: { type: string } } }",
    "{ name: filter, in: query, content: { application/json: { schema: { type: array } } } }",
    "{ name: all, in: query, allowEmptyValue: true, schema: { type: boolean } }",
    "{ name: beta, in: query, schema: { type: boolean } }",
    "{ name: x-trace, in: header, schema: { type: integer } }",
    "{ name: sid, in: cookie, schema: { type: string } }",
];

fn search(parameters: &[&str]) -> String {
    let version = "{ name: X-Version, in: header, required: true, schema: { type: string, enum: [\"1\", \"2\"] } }";
    let mut text =
        "  /search/{a}/{b}:\n    get:\n      operationId: search\n      parameters:\n".to_owned();
    for parameter in parameters.iter().chain([&version]) {
        text.extend(["        - ", parameter, "\n"]);
    }
    text.push_str("      responses: { \"200\": { description: Found. } }\n");
    document(&text)
}

/// What differs if the parameter of a name is another one.
fn changed(name: &str, parameter: &str) -> Vec<String> {
    let starts = [format!("{{ name: {name},"), format!("{{ name: \"{name}\",")];
    let index = SAID
        .iter()
        .position(|it| starts.iter().any(|start| it.starts_with(start.as_str())));
    let mut said = SAID.to_vec();
    said[index.expect("it is said")] = parameter;
    let lines = differences(SEARCH, &search(&said));
    lines
        .into_iter()
        .map(|line| {
            line.strip_prefix("`search`: the ")
                .expect("it is of `search`")
                .to_owned()
        })
        .collect()
}

#[test]
fn what_is_said_is_what_is_sent() {
    assert_eq!(differences(SEARCH, &search(&SAID)), [""; 0]);
}

#[test]
fn what_the_document_requires_is_declared_and_always_sent() {
    let added = |parameter: &'static str| {
        let mut said = SAID.to_vec();
        said.push(parameter);
        differences(SEARCH, &search(&said))
    };
    let rows = [
        ("{ name: more, in: query, schema: { type: string } }", ""),
        (
            "{ name: more, in: query, required: true, schema: { type: string } }",
            "query parameter `more` is required, but not declared",
        ),
        (
            "{ name: X-More, in: header, required: true, schema: { type: string } }",
            "header `X-More` is required, but not declared",
        ),
        (
            "{ name: more, in: cookie, required: true, schema: { type: string } }",
            "cookie `more` is required, but not declared",
        ),
        (
            "{ name: User-Agent, in: header, required: true, schema: { type: string } }",
            "",
        ),
        (
            "{ name: Authorization, in: header, required: true, schema: { type: string } }",
            "",
        ),
    ];
    for (parameter, line) in rows {
        let lines = added(parameter);
        let expected: Vec<String> = Some(line)
            .filter(|line| !line.is_empty())
            .map(|line| format!("`search`: the {line}"))
            .into_iter()
            .collect();
        assert_eq!(lines, expected, "{parameter}");
    }
    let place = agreement(
        SEARCH,
        &search(&["{ name: more, in: query, required: true, schema: {} }"]),
    );
    let line = place
        .differences
        .iter()
        .find(|it| it.at == "query parameter `more`")
        .expect("it differs");
    assert_eq!(line.place, "openapi.yaml:8");
}

#[test]
fn parameters_are_compared_one_by_one() {
    let text = "schema: { type: string } }";
    let list = "schema: { type: array, items: { type: string } } }";
    let object = "schema: { type: object, properties: { k: { type: string } } } }";
    let rows: [(&str, String, &[&str]); 32] = [
        ("limit", format!("{{ name: limit, in: query, required: true, {text}"), &["query parameter `limit` is required, but may be left out"]),
        ("limit", format!("{{ name: limits, in: query, {text}"), &["query parameter `limit` is not in the document: the nearest is `limits`"]),
        ("limit", format!("{{ name: Limit, in: query, {text}"), &["query parameter `limit` is not in the document: the nearest is `Limit`"]),
        ("limit", format!("{{ name: limit, in: header, {text}"), &["query parameter `limit` is in the wrong location: in the document, it is a header"]),
        ("term", format!("{{ name: term, in: cookie, required: true, {text}"), &["query parameter `term` is in the wrong location: in the document, it is a cookie"]),
        ("x-trace", format!("{{ name: X-TRACE, in: header, {text}"), &[]),
        ("x-trace", format!("{{ name: x-trace, in: query, {text}"), &["header `x-trace` is in the wrong location: in the document, it is a query parameter"]),
        ("x-trace", format!("{{ name: other, in: query, {text}"), &["header `x-trace` is not in the document"]),
        ("sid", format!("{{ name: session, in: cookie, {text}"), &["cookie `sid` is not in the document"]),
        // Lists.
        ("tags", format!("{{ name: tags, in: query, explode: false, {list}"), &["query parameter `tags` is sent as `tags=1&tags=2`, and is `tags=1,2` in the document: write `explode = false`"]),
        ("tags", format!("{{ name: tags, in: query, style: spaceDelimited, {list}"), &["query parameter `tags` is sent as `tags=1&tags=2`, and is `tags=1%202` in the document: write `style = space`"]),
        ("tags", format!("{{ name: tags, in: query, style: pipeDelimited, explode: true, {list}"), &[]),
        ("tags", format!("{{ name: tags, in: query, style: deepObject, {list}"), &["query parameter `tags` is sent as `tags=1&tags=2`, and is `tags[]=1&tags[]=2` in the document: write `style = brackets`"]),
        ("tags", "{ name: tags, in: query, explode: false, schema: { type: [array, 'null'], items: { type: string } } }".to_owned(), &["query parameter `tags` is sent as `tags=1&tags=2`, and is `tags=1,2` in the document: write `explode = false`"]),
        ("tags", "{ name: tags, in: query, explode: false, schema: { anyOf: [{ type: string }, { type: array }] } }".to_owned(), &[]),
        ("sort", format!("{{ name: sort, in: query, {list}"), &["query parameter `sort` is sent as `sort=1,2`, and is `sort=1&sort=2` in the document: leave out `style` and `explode`"]),
        ("sort", format!("{{ name: sort, in: query, {text}"), &[]),
        ("ids", format!("{{ name: ids, in: query, style: spaceDelimited, {list}"), &["query parameter `ids` is sent as `ids=1%7C2`, and is `ids=1%202` in the document: write `style = space`"]),
        ("ids", format!("{{ name: ids, in: query, {text}"), &["query parameter `ids` is a list or an object, and neither in the document: leave out the `style`"]),
        ("expand[]", format!("{{ name: expand, in: query, style: deepObject, explode: true, {list}"), &[]),
        ("expand[]", format!("{{ name: expand, in: query, {list}"), &["query parameter `expand` is sent as `expand[]=1&expand[]=2`, and is `expand=1&expand=2` in the document: leave out `style` and `explode`"]),
        // Objects.
        ("created", format!("{{ name: created, in: query, {object}"), &["query parameter `created` is sent as `created[k]=1&created[l]=2`, and is `k=1&l=2` in the document: write `style = form`"]),
        ("created", format!("{{ name: created, in: query, style: form, explode: false, {object}"), &["query parameter `created` is sent as `created[k]=1&created[l]=2`, and is `created=k,1,l,2` in the document: write `explode = false`"]),
        ("created", format!("{{ name: \"created[gte]\", in: query, {text}"), &[]),
        ("created", "{ name: created, in: query, schema: { type: object, properties: { k: { type: array } } } }".to_owned(), &[]),
        // Content, flags and constants.
        ("filter", format!("{{ name: filter, in: query, {list}"), &["query parameter `filter` is not JSON text in the document: leave out `json`"]),
        ("filter", format!("{{ name: filter, in: query, {text}"), &[]),
        ("tags", "{ name: tags, in: query, content: { application/json: { schema: {} } } }".to_owned(), &["query parameter `tags` is JSON text in the document: write `query(json)`"]),
        ("all", "{ name: all, in: query, schema: { type: boolean } }".to_owned(), &["query parameter `all` is sent without a value, and is `true` or `false` in the document: leave out `flag`"]),
        ("beta", "{ name: beta, in: query, schema: { type: integer } }".to_owned(), &["query parameter `beta` is always `true`, which the document does not allow"]),
        ("a", "{ name: a, in: path, required: true, style: matrix, schema: { type: array } }".to_owned(), &["path parameter `list` has a value that begins with `;` in the document, by the style `matrix`, which cannot be declared"]),
        ("b", format!("{{ name: b, in: path, required: true, explode: true, {object}"), &["path parameter `map` is sent as `k,1,l,2`, and is `k=1,l=2` in the document: write `explode`"]),
    ];
    for (name, parameter, lines) in rows {
        assert_eq!(changed(name, &parameter), lines, "{parameter}");
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders", idempotency_key = "Idempotency-Key", auth = none, fields = query)]
struct PostOrder {
    offset: u64,
    #[api(header = "X-Key")]
    key: String,
    #[api(flatten)]
    more: Option<BTreeMap<String, String>>,
}

#[derive(Serialize)]
struct Paging {
    offset: u64,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders", name = "PostOrder")]
struct PostOrderPaged {
    #[api(query(style = form))]
    paging: Paging,
    #[api(header = "X-Key")]
    key: String,
}

api_request::operations! { static ORDER: [PostOrder] }
api_request::operations! { static PAGED: [PostOrderPaged] }

const ORDERS: &str = "  /orders:
    post:
      parameters:
        - { name: paging, in: query, required: true, schema: { type: object, properties: { offset: { type: integer } } } }
        - { name: Idempotency-Key, in: header, required: true, schema: { type: string } }
      security: [{ key: [] }]
      responses: { default: { description: Anything. } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: x-key } }
";

#[test]
fn members_of_an_object_keys_and_idempotency_keys_are_parameters_too() {
    let text = document(ORDERS);
    assert_eq!(differences(ORDER, &text), [""; 0]);
    let without_key = "`PostOrder`: the header `Idempotency-Key` is required, but not declared";
    assert_eq!(differences(PAGED, &text), [without_key]);

    let more = text.replace("        - { name: paging, in: query, required: true, schema: { type: object, properties: { offset: { type: integer } } } }", "        - { name: offset, in: query, schema: {} }\n        - { name: rest, in: query, required: true, schema: {} }");
    let agreement = agreement(ORDER, &more);
    assert_eq!(agreement.to_string(), "");
    assert_eq!(
        agreement.unchecked[0].to_string(),
        "`PostOrder`: whether the query parameter `rest` is sent depends on the value of `more`"
    );
}

/// Nothing that a document says makes it panic.
#[test]
fn odd_documents_are_compared_too() {
    let all: [&'static [AnyOperation]; 3] = [SEARCH, ORDER, PAGED];
    let odd = [
        document(
            "  /orders: { post: { parameters: [{ name: '', in: query }, { name: '[', in: query, style: deepObject }] } }",
        ),
        document("  /search/{/}: { get: {} }"),
        document("  '/search/{}/{': { get: { parameters: [{ name: '', in: path }] } }"),
        document("  '%/%zz/%é': { get: {} }"),
        document(
            "  /orders: { post: { security: [null, 7] } }\nservers: [{ url: '://' }, { url: '%' }, {}]",
        ),
        document(
            "  /orders: { post: { parameters: [{ name: offset, in: query, schema: { $ref: '#/components/schemas/A' } }] } }\ncomponents: { schemas: { A: { allOf: [{ $ref: '#/components/schemas/A' }], anyOf: [{ $ref: '#/components/schemas/A' }] } } }",
        ),
    ];
    for text in odd {
        for operations in all {
            let _ = agreement(operations, &text);
        }
    }
}
