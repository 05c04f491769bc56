//! Small documents, and what is generated of each: all files, and the report.
//!
//! `BLESS=1 cargo test -p api-request-openapi --test snapshots` writes the expected files anew.

use std::{fmt::Write as _, fs, path::Path};

use api_request_openapi::{Document, Model, Selection, Sources, generate};

fn generated(path: &Path) -> String {
    let sources = Sources::read(path).unwrap_or_else(|error| panic!("{error}"));
    let document = Document::new(&sources).unwrap_or_else(|error| panic!("{error}"));
    let (model, report) = Model::new(&document, &Selection::default());
    let mut text = String::new();
    for (name, file) in generate(&model, "lib.rs") {
        let _ = write!(text, "// {name}\n\n{}\n", file.text());
    }
    for (what, remarks) in [
        ("guessed", report.guessed),
        ("left out", report.left_out),
        ("note", report.notes),
    ] {
        for remark in remarks {
            let _ = writeln!(
                text,
                "// {what}: line {}: {}: {}",
                remark.place.line, remark.operation, remark.text
            );
        }
    }
    text
}

#[test]
fn documents_become_the_declarations_that_are_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let mut documents: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("the folder can be read").path())
        .filter(|path| {
            path.extension()
                .is_some_and(|it| it == "yaml" || it == "json")
        })
        .collect();
    documents.sort();
    assert!(!documents.is_empty());
    let mut differences = Vec::new();
    for document in documents {
        let text = generated(&document);
        let expected = document.with_extension("expected.rs");
        if std::env::var_os("BLESS").is_some() {
            fs::write(&expected, &text).expect("the file can be written");
        } else if fs::read_to_string(&expected).unwrap_or_default() != text {
            differences.push(format!("{}:\n{text}", expected.display()));
        }
    }
    assert!(
        differences.is_empty(),
        "{}\nif that is meant: BLESS=1 cargo test -p api-request-openapi --test snapshots",
        differences.join("\n")
    );
}
