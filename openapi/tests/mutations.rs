//! No document is a panic, however wrong: the small documents, mutated, through all steps.
//!
//! `MUTATIONS=1000000 cargo test --release -p api-request-openapi --test mutations` tries more of them.

use std::{fs, path::Path};

use api_request_openapi::{
    Document, Model, Selection, Sources, generate,
    instances::{Direction, Misfit, Values},
};

/// Pieces that documents are made of, to put where they do not belong.
const PIECES: [&str; 48] = [
    "null",
    "true",
    "-1",
    "''",
    "[]",
    "{}",
    "{ $ref: '#' }",
    "{ $ref: '#/components/schemas/Key' }",
    "type: object",
    "type: [string, integer, object]",
    "allOf:",
    "oneOf:",
    "- $ref: '#/components/schemas/Tree'",
    "enum: ['', '*', a]",
    "properties:",
    "\"\": {}",
    "items:",
    "additionalProperties: { $ref: '#/components/schemas/Tree' }",
    "nullable: true",
    "discriminator: { propertyName: type }",
    "in: path",
    "in: cookie",
    "name: ''",
    "name: \"a b\u{e9}\"",
    "style: deepObject",
    "explode: false",
    "{",
    "}",
    "&a",
    "*a",
    "<<: *a",
    "required: true",
    "minimum: 1e300",
    "exclusiveMinimum: true",
    "exclusiveMaximum: -1",
    "multipleOf: 0",
    "minLength: 99999999999",
    "minItems: 1000000",
    "maxItems: -1",
    "uniqueItems: true",
    "minProperties: 1000000",
    "pattern: '['",
    "pattern: '(a{1000}){1000}|^(?=b)\\d'",
    "patternProperties: { '^x-': { $ref: '#/components/schemas/Tree' } }",
    "not: {}",
    "if: { required: [id] }",
    "then: { $ref: '#/components/schemas/Tree' }",
    "prefixItems: [{ type: integer }, { $ref: '#/components/schemas/Key' }]",
];

/// xorshift64*, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(value).unwrap_or_default() % end.max(1)
    }
}

fn mutate(random: &mut Random, text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..=random.below(3) {
        let at = random.below(lines.len());
        let indent = lines[at].len() - lines[at].trim_start().len();
        match random.below(6) {
            0 => {
                lines.remove(at);
            }
            1 => {
                let line = lines[random.below(lines.len())].clone();
                lines.insert(at, line);
            }
            2 => {
                let piece = PIECES[random.below(PIECES.len())];
                lines.insert(at, format!("{:indent$}{piece}", ""));
            }
            3 => {
                let piece = PIECES[random.below(PIECES.len())];
                let start = lines[at].split(": ").next().unwrap_or_default().to_owned();
                lines[at] = format!("{start}: {piece}");
            }
            4 => {
                let other = random.below(lines.len());
                lines.swap(at, other);
            }
            _ => {
                let mut chars: Vec<char> = lines[at].chars().collect();
                if !chars.is_empty() {
                    let index = random.below(chars.len());
                    chars[index] = ['{', ':', '-', '"', 'a', ' ', '}', '0'][random.below(8)];
                }
                lines[at] = chars.into_iter().collect();
            }
        }
    }
    lines.join("\n")
}

/// Makes instances of all schemas, and validates each by all schemas of its operation.
fn make_values(document: &Document) {
    for direction in [Direction::Request, Direction::Response] {
        let values = Values::new(document, direction);
        for operation in &document.operations {
            let body = operation.body.iter().flat_map(|it| it.content.values());
            let responses = operation.responses.iter();
            let media = body.chain(responses.flat_map(|it| it.content.values()));
            let parameters = operation.parameters.iter().map(|it| &it.schema);
            let schemas: Vec<_> = media
                .flat_map(|it| it.schema.iter().chain(&it.item_schema))
                .chain(parameters)
                .collect();
            for schema in &schemas {
                for instance in values.instances(schema).all {
                    for other in &schemas {
                        let misfits = values.misfits(other, &instance.value);
                        let is_usable = |it: &Misfit| it.message != "the schema cannot be compiled";
                        assert!(
                            misfits.iter().all(is_usable),
                            "{:#}",
                            values.json_schema(other)
                        );
                        let undeclared = values.undeclared(other, &instance.value);
                        assert!(undeclared.len() <= instance.value.to_string().len());
                    }
                }
            }
        }
    }
}

#[test]
fn mutated_documents_are_errors_or_declarations() {
    let count = std::env::var("MUTATIONS")
        .ok()
        .and_then(|count| count.parse().ok());
    let count: usize = count.unwrap_or(1_500);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let documents = ["bodies", "parameters", "plain", "schemas"].map(|name| {
        fs::read_to_string(folder.join(format!("{name}.yaml"))).expect("the document is there")
    });
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut declared = 0;
    for index in 0..count {
        let text = mutate(&mut random, &documents[index % documents.len()]);
        let Ok(sources) = Sources::from_text("a.yaml", &text) else {
            continue;
        };
        let Ok(document) = Document::new(&sources) else {
            continue;
        };
        let (model, _) = Model::new(&document, &Selection::default());
        for (name, file) in generate(&model, "mod.rs") {
            let parsed = syn::parse_file(&file.text());
            assert!(
                parsed.is_ok(),
                "{name}: {:?}\n{}\n{text}",
                parsed.err(),
                file.text()
            );
        }
        declared += usize::from(!model.operations.is_empty());
        // It takes as long as all the rest.
        if index % 8 < 2 || count > 10_000 {
            make_values(&document);
        }
    }
    // Many mutations are still documents, or the test would try little.
    assert!(declared * 8 > count, "{declared} of {count}");
}

#[test]
fn no_text_of_a_document_becomes_code() {
    let hostile = "a\\\"] pub struct Hostile; #[doc = \\\"\\n/// */ \u{202e}";
    let text = r##"{
        "openapi": "3.1.0", "info": {"title": "H", "description": "H"}, "servers": [{"url": "https://H"}],
        "tags": [{"name": "H", "description": "H"}],
        "paths": {"/a/H": {"post": {
            "operationId": "H", "tags": ["H"], "summary": "H", "description": "H", "security": [{"H": []}],
            "parameters": [
                {"name": "H", "in": "query", "description": "H", "schema": {"type": "string", "enum": ["H", "b"]}},
                {"name": "H", "in": "header", "required": true, "schema": {"const": "H"}},
                {"name": "H", "in": "cookie", "schema": {"type": "string"}}
            ],
            "requestBody": {"content": {"application/H": {"schema": {"type": "string"}}}},
            "responses": {
                "200": {"description": "H", "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/H"}},
                    "text/event-stream": {"schema": {"type": "object"}, "x-speakeasy-sse-sentinel": "H"}
                }},
                "404": {"description": "H", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/H"}}}}
            }
        }}},
        "components": {"schemas": {"H": {"title": "H", "description": "H", "type": "object", "required": ["H"], "properties": {
            "H": {"description": "H", "type": "string"},
            "u": {"oneOf": [
                {"type": "object", "required": ["H"], "properties": {"H": {"const": "H1"}}},
                {"type": "object", "required": ["H"], "properties": {"H": {"const": "H2"}}}
            ]}
        }}}}
    }"##;
    // The reference has to lead somewhere.
    let text = text
        .replace('H', hostile)
        .replace(&format!("schemas/{hostile}"), "schemas/A");
    let text = text.replace(
        &format!("\"schemas\": {{\"{hostile}\""),
        "\"schemas\": {\"A\"",
    );
    let sources = Sources::from_text("a.json", &text).expect("it is JSON");
    let document = Document::new(&sources).expect("it is OpenAPI");
    let (model, report) = Model::new(&document, &Selection::default());
    assert_eq!(report.declared.len(), 1);
    for (name, file) in generate(&model, "mod.rs") {
        let parsed = syn::parse_file(&file.text())
            .unwrap_or_else(|error| panic!("{name}: {error}\n{}", file.text()));
        let is_hostile =
            |item: &syn::Item| matches!(item, syn::Item::Struct(item) if item.ident == "Hostile");
        assert!(!parsed.items.iter().any(is_hostile), "{}", file.text());
    }
}
