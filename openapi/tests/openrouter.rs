//! A document of a whole API: that of OpenRouter, in the folder that `OPENROUTER_SPEC` names, or beside the repository.

use std::path::PathBuf;

use api_request_openapi::{Document, Model, Selection, Sources, check, generate};

fn document() -> PathBuf {
    let folder = std::env::var_os("OPENROUTER_SPEC").map_or_else(
        || concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/openrouter").into(),
        PathBuf::from,
    );
    folder.join("openapi.yaml")
}

#[test]
#[ignore = "needs the document of OpenRouter, in the folder OPENROUTER_SPEC"]
fn the_declarations_by_hand_agree_with_the_document() {
    // `null` among their values is what a member alone may be: no list has it.
    let efforts = "the efforts of a model are a list of efforts";
    check(openrouter::DECLARED, document())
        .complete()
        .allow(
            "listEmbeddingsModels",
            "response 200, `data[0].reasoning.supported_efforts[0]`",
            efforts,
        )
        .allow(
            "getModel",
            "response 200, `data.reasoning.supported_efforts[0]`",
            efforts,
        )
        .allow(
            "getModels",
            "response 200, `data[0].reasoning.supported_efforts[0]`",
            efforts,
        )
        .allow(
            "listModelsUser",
            "response 200, `data[0].reasoning.supported_efforts[0]`",
            efforts,
        )
        .allow(
            "listPresetVersions",
            "response 200, `data[0]`",
            "what is listed are versions",
        )
        .assert();
}

#[test]
#[ignore = "needs the document of OpenRouter, in the folder OPENROUTER_SPEC"]
fn all_operations_are_declared() {
    let sources = Sources::read(&document()).expect("the document can be read");
    let document = Document::new(&sources).expect("it is OpenAPI");
    let (model, report) = Model::new(&document, &Selection::default());
    assert_eq!(report.declared.len(), 97);
    assert_eq!(report.left_out, []);
    let group = model
        .group
        .as_ref()
        .expect("all operations have headers and errors");
    assert_eq!((group.name.as_str(), group.fields.len()), ("OpenRouter", 3));

    let files = generate(&model, "lib.rs");
    for (name, file) in &files {
        syn::parse_file(&file.text()).unwrap_or_else(|error| panic!("{name}: {error}"));
    }
    let keys = files["api_keys.rs"].text();
    assert!(
        keys.contains(
            "#[api(response = Data<Vec<Key>>, paginate(offset = offset, items = data, item = Key))]"
        ),
        "{keys}"
    );

    // A selection has the same names.
    let selection = Selection {
        operations: vec!["createKeys".to_owned()],
        ..Selection::default()
    };
    let (model, _) = Model::new(&document, &selection);
    let text = generate(&model, "lib.rs")["api_keys.rs"].text();
    let item = &text[text
        .find("pub struct CreateKeys {")
        .expect("it is declared")..];
    assert!(
        keys.contains(item.split('}').next().expect("it has fields")),
        "{item}"
    );
}
