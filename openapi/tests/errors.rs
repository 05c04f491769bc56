//! Documents that cannot be used: one error each, with its line.

use std::{fmt::Write as _, fs};

use api_request_openapi::{Document, Sources};

fn error(name: &str, text: &str) -> String {
    let result =
        Sources::from_text(name, text).and_then(|sources| Document::new(&sources).map(drop));
    result.expect_err(text).to_string()
}

#[test]
fn a_wrong_document_is_one_error_with_its_line() {
    let head = "openapi: 3.1.0\ninfo: { title: A }\npaths:\n";
    for (text, expected) in [
        (
            "swagger: '2.0'\n",
            "a.yaml:1: Swagger 2.0 is not supported: convert the document to OpenAPI 3, for example with `npx swagger2openapi`",
        ),
        (
            "openapi: 4.0.0\n",
            "a.yaml:1: this version of OpenAPI is not supported: 3.0, 3.1 and 3.2 are",
        ),
        (
            "info:\n  title: A\n",
            "a.yaml:1: this is not an OpenAPI document: it has no `openapi`",
        ),
        ("", "a.yaml:1: the document is empty"),
        ("a: 1\na: 2\n", "a.yaml:2: the member `a` is there twice"),
        (
            "a: &x [*x]\n",
            "a.yaml:1: the alias is inside of the value that it repeats",
        ),
        (
            &format!("{head}  /a:\n    get:\n      parameters:\n        - {{ name: a }}\n"),
            "a.yaml:7: a parameter has a `name`, and its location in `in`",
        ),
        (
            &format!(
                "{head}  /a:\n    get:\n      parameters:\n        - $ref: '#/components/parameters/A'\n"
            ),
            "a.yaml:7: `#/components/parameters/A` refers to nothing: there is no `components`",
        ),
        (
            &format!(
                "{head}  /a:\n    get:\n      responses:\n        '200': {{ content: {{ application/json: {{ schema: {{ $ref: b.yaml }} }} }} }}\n"
            ),
            "a.yaml:7: `b.yaml` leads to a file that is not there",
        ),
        (
            &format!("{head}  /a:\n    get:\n      responses:\n        'okay': {{}}\n"),
            "a.yaml:7: `okay` is not a status: write a code, a class such as `2XX`, or `default`",
        ),
        (
            &format!("{head}  /a: 1\n"),
            "a.yaml:4: a path is an object, not a number",
        ),
        (
            &format!("{head}  /a:\n    $ref: '#/paths/~1a'\n"),
            "a.yaml:5: the reference refers to itself",
        ),
    ] {
        assert_eq!(error("a.yaml", text), expected);
    }
}

#[test]
fn json_has_lines_too() {
    for (text, expected) in [
        ("{\n  \"a\": 1,\n}", "a.json:3: trailing comma"),
        (
            "{\n  \"a\": 1,\n  \"a\": 2\n}",
            "a.json:3: the member `a` is there twice",
        ),
        (
            "{\n\n  \"openapi\": \"4\"\n}",
            "a.json:3: this version of OpenAPI is not supported: 3.0, 3.1 and 3.2 are",
        ),
    ] {
        assert_eq!(error("a.json", text), expected);
    }
}

#[test]
fn few_lines_cannot_ask_for_billions_of_values() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}", level - 1);
        let list = vec![before; 10].join(", ");
        let _ = writeln!(text, "a{level}: &a{level} [{list}]");
    }
    assert_eq!(
        error("a.yaml", &text),
        "a.yaml:7: aliases repeat more than 2000000 values"
    );
    let deep = "[".repeat(100_000);
    assert!(
        error("a.yaml", &deep).contains("nests deeper than 128 levels")
            || error("a.yaml", &deep).contains("recursion")
    );
    assert!(error("a.json", &format!("{{\"a\": {deep}")).contains("recursion limit"));
}

#[test]
fn references_lead_to_other_files_and_extensions_do_not() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("the file can be written");
    };
    write(
        "api.yaml",
        "openapi: 3.1.0\ninfo: { title: A }\nx-more: { $ref: missing.yaml }\npaths:\n  /a: { $ref: 'paths/a.json' }\n",
    );
    fs::create_dir(folder.path().join("paths")).expect("a folder can be made");
    write(
        "paths/a.json",
        r#"{"get": {"parameters": [{"$ref": "../parts.yaml#/limit"}]}}"#,
    );
    write(
        "parts.yaml",
        "limit: { name: limit, in: query, schema: { $ref: '#/number' } }\nnumber: { type: integer }\n",
    );
    let sources = Sources::read(&folder.path().join("api.yaml")).expect("all files are there");
    let document = Document::new(&sources).expect("all references lead somewhere");
    let parameter = &document.operations[0].parameters[0];
    assert_eq!(parameter.name, "limit");
    assert!(sources.place(parameter.place).ends_with("parts.yaml:1"));

    write("parts.yaml", "limit: { $ref: 'missing.yaml#/limit' }\n");
    let error = Sources::read(&folder.path().join("api.yaml"))
        .expect_err("a file is missing")
        .to_string();
    assert!(
        error.contains("parts.yaml:1: `") && error.contains("missing.yaml` cannot be read"),
        "{error}"
    );
}

#[test]
fn yaml_keeps_texts_that_look_like_numbers_and_merges_objects() {
    let text = "base: &base { a: 1, b: 2 }\nall: { <<: *base, b: 3, c: '1', d: +1, e: 0x1, f: 1.5, g: ~ }\n";
    let sources = Sources::from_text("a.yaml", text).expect("it is YAML");
    let all = sources
        .root()
        .get("all")
        .expect("it is there")
        .value
        .to_json();
    assert_eq!(
        all,
        serde_json::json!({"b": 3, "c": "1", "d": 1, "e": "0x1", "f": 1.5, "g": null, "a": 1})
    );
}
