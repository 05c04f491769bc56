//! `public-api.txt` lists what is public in the library, so that a change of it is seen in review. And what is public
//! has documentation, with an example where one helps.
//!
//! The list is read from the sources: what `runtime/src/lib.rs` exports, with its fields, variants, methods and impls, and
//! in brackets the features that it needs. What macros make is not in it, nor what is hidden from the documentation.

mod api;
mod attribute;
mod foreign;
#[path = "../sources/mod.rs"]
mod sources;
mod text;
mod threads;
mod versions;

use std::{collections::BTreeSet, fs, path::Path};

use api::Api;
use sources::Crate;

/// Functions, or types whose methods, need no example: what they do is said by name, and there is nothing to choose.
const NEED_NO_EXAMPLE: &[&str] = &[
    // Only a derive implements it.
    "api_request::PageItems::items",
    // A shell around what has examples without `blocking`.
    "api_request::blocking::Until",
];

fn library() -> Crate {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/src");
    Crate::read(&src).expect("cannot read the sources")
}

#[test]
fn the_list_is_what_is_public() {
    let tree = library();
    let list = Api::of(&tree).list();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("public-api.txt");
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, &list).expect("cannot write the list");
    }
    let committed = fs::read_to_string(&path)
        .expect("cannot read the list")
        .replace('\r', "");
    let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
        (committed.lines().collect(), list.lines().collect());
    let gone = old.difference(&new).map(|line| format!("- {line}\n"));
    let come = new.difference(&old).map(|line| format!("+ {line}\n"));
    let difference: String = gone.chain(come).collect();
    assert!(
        difference.is_empty(),
        "tests/public-api.txt is not what is public; if that is meant, write it anew with\n\
         BLESS=1 cargo test -p api-request-tests --test public_api\n\n{difference}"
    );
}

#[test]
fn what_is_public_is_documented() {
    let tree = library();
    let missing: Vec<String> = Api::of(&tree).undocumented.into_iter().collect();
    assert!(
        missing.is_empty(),
        "without documentation:\n{}",
        missing.join("\n")
    );
}

#[test]
fn a_function_has_an_example_where_one_helps() {
    let tree = library();
    let missing = Api::of(&tree).without_example;
    let excused = |path: &str| {
        NEED_NO_EXAMPLE
            .iter()
            .any(|excused| path == *excused || path.starts_with(&format!("{excused}::")))
    };
    let unexcused: Vec<&str> = missing
        .iter()
        .map(String::as_str)
        .filter(|path| !excused(path))
        .collect();
    assert!(
        unexcused.is_empty(),
        "{} without an example:\n{}",
        unexcused.len(),
        unexcused.join("\n")
    );
    for excused in NEED_NO_EXAMPLE {
        let is_needed = missing.iter().any(|path| path.starts_with(excused));
        assert!(is_needed, "{excused} has an example, or is gone");
    }
}

/// The methods of a type, by the lines of the list.
fn methods<'l>(list: &'l str, path: &str) -> BTreeSet<&'l str> {
    let start = format!("fn {path}::");
    let lines = list.lines().filter_map(|line| line.strip_prefix(&*start));
    lines
        .filter_map(|rest| rest.split(['(', '<']).next())
        .collect()
}

#[test]
fn a_client_without_async_has_each_method_of_the_other() {
    let list = Api::of(&library()).list();
    for name in ["ByteStream", "Call", "Client", "Until"] {
        let methods_of = |module: &str| methods(&list, &format!("api_request::{module}{name}"));
        let (all, blocking) = (methods_of(""), methods_of("blocking::"));
        let missing: Vec<_> = all.difference(&blocking).collect();
        assert!(!all.is_empty() && missing.is_empty(), "{name}: {missing:?}");
    }
}
