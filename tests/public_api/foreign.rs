//! The items of other crates that a line of the list names.
//!
//! Input: the line, as tokens, and the module that it is read in, whose `use` declarations say which crate a name is
//! from.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::Item;

use crate::sources::{Crate, imports};

/// The names of items, beneath those of their crates.
pub(crate) type Foreign = BTreeMap<String, BTreeSet<String>>;

/// Adds what the line names.
pub(crate) fn add(foreign: &mut Foreign, line: TokenStream, tree: &Crate, module: usize) {
    let imported = imported(tree, module);
    for path in paths(line) {
        let (first, rest) = path.split_first().expect("a path has a name");
        // A name alone is a keyword, a parameter or what is imported; what leads on may be a crate.
        let path = match imported.get(first) {
            Some(path) => path.iter().chain(rest).cloned().collect(),
            None if rest.is_empty() || !tree.resolve(module, &path[..1]).is_empty() => continue,
            None => path,
        };
        let is_type = |name: &&String| name.starts_with(char::is_uppercase);
        if let Some(item) = path.iter().skip(1).find(is_type) {
            let items = foreign.entry(path[0].clone()).or_default();
            items.insert(item.clone());
        }
    }
}

/// What the `use` declarations of a module bring in, by its name there.
fn imported(tree: &Crate, module: usize) -> BTreeMap<String, Vec<String>> {
    let items = tree.modules[module].items.iter();
    let uses = items.filter_map(|item| match item {
        Item::Use(item) => Some(item.clone()),
        _ => None,
    });
    uses.flat_map(|mut item| {
        // That it leads to another crate is seen by its first name.
        item.leading_colon = None;
        imports(&item)
    })
    .filter_map(|import| Some((import.name?, import.path)))
    .collect()
}

/// The paths in a line, but not the names of parameters, of fields and of associated types.
fn paths(line: TokenStream) -> Vec<Vec<String>> {
    let mut paths: Vec<Vec<String>> = Vec::new();
    let mut tokens = line.into_iter().peekable();
    // Of the path that the last tokens are a part of, which may go on.
    let mut colons = 0;
    let mut is_open = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Ident(name) => {
                if !(is_open && colons == 2) {
                    paths.push(Vec::new());
                }
                let path = paths.last_mut().expect("one was added");
                path.push(name.to_string().trim_start_matches("r#").to_owned());
                (is_open, colons) = (true, 0);
                let is_name = match tokens.peek() {
                    Some(TokenTree::Punct(it)) => {
                        it.as_char() == '=' || it.as_char() == ':' && is_alone(it)
                    }
                    _ => false,
                };
                if is_name && path.len() == 1 {
                    paths.pop();
                    is_open = false;
                }
            }
            TokenTree::Punct(it) if it.as_char() == ':' => colons += 1,
            TokenTree::Group(group) => {
                paths.extend(self::paths(group.stream()));
                (is_open, colons) = (false, 0);
            }
            _ => (is_open, colons) = (false, 0),
        }
    }
    paths
}

fn is_alone(colon: &proc_macro2::Punct) -> bool {
    colon.spacing() == proc_macro2::Spacing::Alone
}

#[test]
fn a_path_is_found_wherever_it_stands() {
    let found = |line: &str| {
        let paths = paths(line.parse().expect("tokens"));
        let paths: Vec<String> = paths.iter().map(|path| path.join("::")).collect();
        paths.join(" ")
    };
    assert_eq!(
        found("fn a::b<T: ::c::D>(e: F<G>) -> h::I"),
        "fn a::b c::D F G h::I"
    );
    assert_eq!(
        found("impl Service<Request, Response = Response<B>> for A"),
        "impl Service Request Response B for A"
    );
}
