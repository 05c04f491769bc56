//! Writing declarations, and writing them again.

use std::{collections::BTreeMap, fs, path::Path};

use api_request_openapi::{Changes, Document, File, Model, Output, Selection, Sources, generate};

const DOCUMENT: &str = "openapi: 3.1.0
info: { title: Keys }
paths:
  /keys:
    get:
      operationId: listKeys
      parameters: [{ name: limit, in: query, schema: { type: integer } }]
      responses: { '200': { description: All., content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Key' } } } } } }
    delete: { operationId: deleteKeys, responses: { '204': { description: They are gone. } } }
components:
  schemas:
    Key: { type: object, properties: { id: { type: string } } }
";

fn files(document: &str) -> BTreeMap<String, File> {
    let sources = Sources::from_text("keys.yaml", document).expect("it is YAML");
    let document = Document::new(&sources).expect("it is OpenAPI");
    generate(&Model::new(&document, &Selection::default()).0, "mod.rs")
}

fn update(output: &Output, document: &str) -> Changes {
    output
        .update(&files(document), &Selection::default())
        .expect("the folder can be updated")
}

fn edit(folder: &Path, name: &str, from: &str, to: &str) {
    let path = folder.join(name);
    let text = fs::read_to_string(&path).expect("the file is there");
    assert!(text.contains(from), "{text}");
    fs::write(path, text.replace(from, to)).expect("the file can be written");
}

#[test]
fn an_update_writes_what_the_document_changed_and_leaves_edits_alone() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("api");
    let output = Output::new(&path);
    output
        .create(&files(DOCUMENT), &Selection::default())
        .expect("the folder is empty");
    assert!(
        output
            .create(&files(DOCUMENT), &Selection::default())
            .is_err()
    );
    assert_eq!(update(&output, DOCUMENT), Changes::default());

    // What a person writes stays, and so does the format of what was written.
    edit(
        &path,
        "keys.rs",
        "pub struct DeleteKeys;",
        "pub struct DeleteKeys {\n}\n\nimpl DeleteKeys {\n    const N: u8 = 1;\n}",
    );
    edit(
        &path,
        "keys.rs",
        "    pub limit: Option<i64>,",
        "    pub limit:   Option<i64>",
    );
    let other = DOCUMENT
        .replace("limit", "first")
        .replace(
            "  /keys:",
            "  /keys/all: { get: { tags: [keys], operationId: all } }\n  /keys:",
        )
        .replace("deleteKeys, ", "deleteKeys, deprecated: true, ");
    assert_eq!(
        output.out_of_date(&files(&other)).expect("there is a lock"),
        [
            "keys.rs: All",
            "keys.rs: DeleteKeys",
            "keys.rs: ListKeys",
            "mod.rs: OPERATIONS"
        ]
    );
    let changes = update(&output, &other);
    assert_eq!(changes.added, ["keys.rs: All"]);
    assert_eq!(changes.updated, ["keys.rs: ListKeys", "mod.rs: OPERATIONS"]);
    assert_eq!(changes.edited, ["keys.rs: DeleteKeys"]);
    let text = fs::read_to_string(path.join("keys.rs")).expect("the file is there");
    assert!(
        text.contains("pub first: Option<i64>,") && text.contains("const N: u8 = 1;"),
        "{text}"
    );
    assert_eq!(update(&output, &other), Changes::default());

    let changes = update(&output, DOCUMENT);
    assert_eq!(changes.removed, ["keys.rs: All"]);
    assert_eq!(changes.edited, ["keys.rs: DeleteKeys"]);
}
