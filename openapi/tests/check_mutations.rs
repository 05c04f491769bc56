//! What may change in a document, and whether the declarations still agree with it.
//!
//! In the tables, a mutation is a name after `#`, texts of the document after `-`, each with what replaces it after `+`, and
//! the differences that are found after `=`.

#[path = "check_mutations/declarations.rs"]
#[allow(
    dead_code,
    unreachable_pub,
    reason = "it is written as a library is, and nothing reads what is decoded"
)]
mod declarations;

use std::{collections::BTreeSet, fmt::Write as _};

use api_request_openapi::{Check, Sources};
use declarations::OPERATIONS;

const DOCUMENT: &str = include_str!("check_mutations/document.yaml");

/// Returns the differences between the declarations and a document, a line each.
fn differences(document: &str, complete: bool) -> Vec<String> {
    let sources = Sources::from_text("a.yaml", document).expect("it is YAML");
    let check = Check::of(OPERATIONS, sources);
    let check = if complete { check.complete() } else { check };
    let agreement = check.run().expect("it is OpenAPI");
    agreement
        .differences
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[derive(Default)]
struct Mutation<'a> {
    name: &'a str,
    edits: Vec<(String, String)>,
    expected: Vec<&'a str>,
}

impl<'a> Mutation<'a> {
    fn all(table: &'a str) -> impl Iterator<Item = Self> {
        table.split("\n\n").map(Self::parse)
    }

    fn parse(text: &'a str) -> Self {
        let mut mutation = Self::default();
        let mut last = "";
        for line in text.lines() {
            let (sign, line) = line.split_at(line.len().min(2));
            match sign.trim_end() {
                "#" => mutation.name = line,
                "-" if last == "-" => {
                    let edit = mutation.edits.last_mut().expect("there is one");
                    edit.0 = format!("{}\n{line}", edit.0);
                }
                "-" => mutation.edits.push((line.to_owned(), String::new())),
                "+" => {
                    let edit = mutation.edits.last_mut().expect("it replaces something");
                    let before = if last == "+" {
                        format!("{}\n", edit.1)
                    } else {
                        String::new()
                    };
                    edit.1 = before + line;
                }
                "=" => mutation.expected.push(line),
                _ => panic!("`{sign}{line}` is not a line of a mutation"),
            }
            last = sign.trim_end();
        }
        mutation
    }

    /// Changes the document, in all places that a text is in.
    fn document(&self) -> String {
        let mut document = DOCUMENT.to_owned();
        for (from, to) in &self.edits {
            assert!(
                document.contains(from),
                "{}: the document has no `{from}`",
                self.name
            );
            document = document.replace(from, to);
        }
        document
    }
}

/// Compares with each mutation of a table.
fn check(table: &str) {
    let mut names = BTreeSet::new();
    let mut wrong = String::new();
    for mutation in Mutation::all(table) {
        assert!(
            names.insert(mutation.name),
            "{} is there twice",
            mutation.name
        );
        let found = differences(&mutation.document(), false);
        if found != mutation.expected {
            let _ = writeln!(wrong, "# {}", mutation.name);
            for line in found {
                let _ = writeln!(wrong, "= {line}");
            }
        }
    }
    assert!(wrong.is_empty(), "what is found is:\n{wrong}");
}

#[test]
fn the_declarations_agree_with_the_document() {
    assert_eq!(differences(DOCUMENT, true), [""; 0]);
}

#[test]
fn what_a_client_cannot_follow_is_found() {
    let table = include_str!("check_mutations/found.txt");
    assert!(Mutation::all(table).all(|mutation| !mutation.expected.is_empty()));
    check(table);
}

#[test]
fn what_means_nothing_to_a_client_is_ignored() {
    let table = include_str!("check_mutations/ignored.txt");
    assert!(Mutation::all(table).all(|mutation| mutation.expected.is_empty()));
    check(table);
}

#[test]
fn an_operation_that_only_the_document_has_is_found_where_the_declarations_are_complete() {
    let teams = "  /teams:\n    get: { operationId: listTeams }\n  /health:\n";
    let document = DOCUMENT.replace("  /health:\n", teams);
    assert_eq!(
        differences(&document, true),
        ["a.yaml:63: `listTeams`: the operation `GET /teams` is not declared"]
    );
}
