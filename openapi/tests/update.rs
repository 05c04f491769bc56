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

/// The declarations of a document in a new folder.
fn written(document: &str) -> (tempfile::TempDir, Output) {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = Output::new(folder.path().join("api"));
    output
        .create(&files(document), &Selection::default())
        .expect("the folder is empty");
    (folder, output)
}

const KEYS: &str = "openapi: 3.1.0
info: { title: Keys }
paths:
  /keys:
    get:
      operationId: listKeys
      # How many.
      parameters:
        - { name: limit, in: query, description: How many., schema: { type: integer } }
        - { name: after, in: query, schema: { type: string } }
      responses:
        '200':
          description: All.
          content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Key' } } } }
    delete: { operationId: deleteKeys, responses: { '204': { description: They are gone. } } }
components:
  schemas:
    Owner: { type: object, properties: { name: { type: string } } }
    Key:
      type: object
      description: >-
        A key
        of the API.
      required: [id, kind]
      properties:
        id: { type: string }
        kind: { type: string, enum: [user, bot] }
        owner: { $ref: '#/components/schemas/Owner' }
";

#[test]
fn an_edit_that_means_nothing_changes_nothing() {
    let json = r##"{"components": {"schemas": {
        "Key": {"properties": {"owner": {"$ref": "#/components/schemas/Owner"}, "kind": {"enum": ["bot", "user"], "type": "string"},
            "id": {"type": "string"}}, "required": ["kind", "id"], "description": "A key of the API.", "type": "object"},
        "Owner": {"properties": {"name": {"type": "string"}}, "type": "object"}}},
        "info": {"title": "Keys"}, "openapi": "3.1.0", "paths": {"/keys": {
            "delete": {"responses": {"204": {"description": "They are gone."}}, "operationId": "deleteKeys"},
            "get": {"responses": {"200": {"content": {"application/json": {"schema": {"items": {"$ref": "#/components/schemas/Key"},
                "type": "array"}}}, "description": "All."}}, "operationId": "listKeys", "parameters": [
                {"schema": {"type": "string"}, "in": "query", "name": "after"},
                {"schema": {"type": "integer"}, "description": "How many.", "in": "query", "name": "limit"}]}}}}"##;
    let (_folder, output) = written(KEYS);
    for (edit, other) in [
        (
            "a comment",
            KEYS.replace("# How many.", "# As many as that."),
        ),
        (
            "lines",
            KEYS.replace(">-\n        A key\n        of", "|\n        A key of"),
        ),
        (
            "another order",
            KEYS.replace("[id, kind]", "[kind, id]")
                .replace("[user, bot]", "[bot, user]"),
        ),
        (
            "the order of members and of operations, in JSON",
            json.to_owned(),
        ),
    ] {
        let files = files(&other);
        assert_eq!(
            output.out_of_date(&files).expect("there is a lock"),
            [""; 0],
            "{edit}"
        );
        assert_eq!(update(&output, &other), Changes::default(), "{edit}");
    }
}

#[test]
fn another_description_changes_the_documentation_of_its_item_alone() {
    let (folder, output) = written(KEYS);
    let other = KEYS.replace("of the API", "of a user");
    assert_eq!(
        output.out_of_date(&files(&other)).expect("there is a lock"),
        ["keys.rs: Key"]
    );
    assert_eq!(update(&output, &other).updated, ["keys.rs: Key"]);
    let text = fs::read_to_string(folder.path().join("api/keys.rs")).expect("the file is there");
    assert!(text.contains("/// A key of a user.\n"), "{text}");
    assert!(update(&output, KEYS).updated == ["keys.rs: Key"]);
}

#[test]
fn what_a_new_version_writes_otherwise_is_left_alone() {
    let (folder, output) = written(KEYS);
    let path = folder.path().join("api");
    // What another version wrote: its text, and its hash in the lock.
    let generated = files(KEYS);
    let mut earlier = generated.clone();
    for item in earlier
        .values_mut()
        .flat_map(|file| file.items.values_mut())
    {
        item.text = item.text.replace("Debug, Clone", "Clone, Debug");
    }
    fs::remove_dir_all(&path).expect("it is there");
    output
        .create(&earlier, &Selection::default())
        .expect("the folder is empty");
    assert_eq!(
        output.out_of_date(&generated).expect("there is a lock"),
        [""; 0]
    );
    assert_eq!(update(&output, KEYS), Changes::default());
    // What the document changes is written as this version does, and the imports are those of both.
    let other = KEYS.replace(
        "name: { type: string }",
        "name: { type: object, additionalProperties: { type: string } }",
    );
    assert_eq!(update(&output, &other).updated, ["keys.rs: Owner"]);
    let text = fs::read_to_string(path.join("keys.rs")).expect("the file is there");
    for part in [
        "use std::collections::BTreeMap;",
        "OpenEnum",
        "(Debug, Clone, Deserialize)]\npub struct Owner",
        "Clone, Debug",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_lock_of_another_form_is_refused() {
    let (folder, output) = written(KEYS);
    fs::write(
        folder.path().join("api/api-request.lock"),
        "keys.rs Key 0123\n",
    )
    .expect("it can be written");
    let error = output
        .out_of_date(&files(KEYS))
        .expect_err("it has one hash");
    assert!(
        error.to_string().ends_with("line 1 is not a file, an item and two hashes: remove the file and the declarations, and generate them again"),
        "{error}"
    );
}
