//! What the tests of `check` share.

use api_request::AnyOperation;
use api_request_openapi::{Agreement, Check, Sources};

/// Compares declarations with a document that is in memory.
pub(crate) fn agreement(operations: &'static [AnyOperation], document: &str) -> Agreement {
    let sources = Sources::from_text("openapi.yaml", document).expect("it is YAML");
    let check = Check::of(operations, sources);
    check.run().expect("it is a document")
}

/// The differences, without the file and the line.
pub(crate) fn differences(operations: &'static [AnyOperation], document: &str) -> Vec<String> {
    let agreement = agreement(operations, document).to_string();
    let lines = agreement.lines();
    lines
        .map(|line| {
            line.split_once(": ")
                .expect("a place comes first")
                .1
                .to_owned()
        })
        .collect()
}

/// A document of these paths.
pub(crate) fn document(paths: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{ title: Test }}\npaths:\n{paths}")
}
