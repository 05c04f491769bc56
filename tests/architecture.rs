//! The files of the derive and of the library depend on each other one way: there is no circle of files, and a module
//! imports from the layers beneath it alone.
//!
//! A file depends on another where a `use` or a path in its code names an item that the other defines. What `quote!`
//! makes does not count, nor do documentation and tests. That `mod.rs` declares its children is no dependency; that it
//! exports or calls what is in them is one.

mod sources;

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fmt::Write,
    path::Path,
};

use proc_macro2::{TokenStream, TokenTree};
use sources::{Crate, Found};
use syn::visit::{self, Visit};

/// The modules of `macros/src`, the lowest first. An entry stands for a file or a folder; of several that fit, the
/// longest does.
#[rustfmt::skip]
const MACROS: &[&str] = &[
    "nesting", "diag", "words", "response_words", "elsewhere", "span", "wire", "grammar", "item", "generics", "block", "status", "request",
    "api_group", "from_http", "api_error", "api_response", "open_enum", "lib",
];

/// The modules of `runtime/src`, the lowest first.
#[rustfmt::skip]
const RUNTIME: &[&str] = &[
    "secrets", "secret", "sensitive", "json", "nullable", "open_enum", "operation", "events/event", "error", "base_url",
    "reference", "body", "part", "encoder", "curl", "trace", "group", "response", "request", "paginate", "events", "server", "axum",
    "transport", "client", "operations", "testing", "blocking",
    "private", "lib",
];

/// From a file to the files that it depends on, each with a path that says so.
type Graph = BTreeMap<String, BTreeMap<String, String>>;

/// The macros whose arguments are code of another crate.
const QUOTES: [&str; 4] = [
    "parse_quote",
    "parse_quote_spanned",
    "quote",
    "quote_spanned",
];

/// The paths in the code of one module.
#[derive(Default)]
struct Paths(Vec<Vec<String>>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.leading_colon.is_none() {
            let names = path.segments.iter().map(|name| name.ident.to_string());
            self.0.push(names.collect());
        }
        visit::visit_path(self, path);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        for mut import in sources::imports(item) {
            if import.name.is_none() {
                import.path.push("*".to_owned());
            }
            self.0.push(import.path);
        }
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        let name = mac.path.segments.last().map(|name| name.ident.to_string());
        if name.is_none_or(|name| !QUOTES.contains(&name.as_str())) {
            self.visit_path(&mac.path);
            self.tokens(mac.tokens.clone());
        }
    }

    // Modules are visited by themselves; `pub(in path)` and attributes are not dependencies.
    fn visit_item_mod(&mut self, _: &'ast syn::ItemMod) {}
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

impl Paths {
    /// The arguments of a macro are not always Rust, but a path in them is what it is elsewhere.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is = |at: usize, punct: char| matches!(tokens.get(at), Some(TokenTree::Punct(it)) if it.as_char() == punct);
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let mut path = vec![first.to_string()];
                    while is(at, ':')
                        && is(at + 1, ':')
                        && let Some(TokenTree::Ident(next)) = tokens.get(at + 2)
                    {
                        path.push(next.to_string());
                        at += 3;
                    }
                    if is(at, '!')
                        && path
                            .last()
                            .is_some_and(|name| QUOTES.contains(&name.as_str()))
                    {
                        at += 2;
                    } else if path.len() > 1 {
                        self.0.push(path);
                    }
                }
                _ => {}
            }
        }
    }
}

fn graph(tree: &Crate) -> Graph {
    let mut graph = Graph::new();
    for (id, module) in tree.modules.iter().enumerate() {
        let mut paths = Paths::default();
        for item in &module.items {
            paths.visit_item(item);
        }
        let edges = graph.entry(module.file.clone()).or_default();
        for path in paths.0 {
            let (is_glob, names) = match path.split_last() {
                Some((last, names)) if last == "*" => (true, names),
                _ => (false, &path[..]),
            };
            for found in tree.resolve(id, names) {
                let to = match found {
                    Found::Item(module, _) => module,
                    Found::Module(module) if is_glob => module,
                    // What is used of the module is told by the paths that start with it.
                    Found::Module(_) => continue,
                };
                let to = &tree.modules[to].file;
                if *to != module.file {
                    edges.entry(to.clone()).or_insert_with(|| path.join("::"));
                }
            }
        }
    }
    graph
}

/// The shortest way from a file back to itself.
fn circle(graph: &Graph, start: &str) -> Option<Vec<String>> {
    let mut from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(file) = queue.pop_front() {
        for next in graph.get(file).into_iter().flat_map(BTreeMap::keys) {
            if next == start {
                let mut way = vec![file.to_owned()];
                let mut file = file;
                while let Some(before) = from.get(file) {
                    way.push((*before).to_owned());
                    file = before;
                }
                way.reverse();
                return Some(way);
            }
            if !from.contains_key(next.as_str()) {
                from.insert(next, file);
                queue.push_back(next);
            }
        }
    }
    None
}

/// Says which files are in circles, with the shortest circle of each; nothing if there is none.
fn circles(graph: &Graph) -> String {
    let circles: Vec<Vec<String>> = graph
        .keys()
        .filter_map(|file| circle(graph, file))
        .collect();
    if circles.is_empty() {
        return String::new();
    }
    let mut message = format!("{} files depend on themselves:\n", circles.len());
    let mut told = BTreeSet::new();
    for circle in circles {
        if !told.insert(circle.iter().cloned().collect::<BTreeSet<_>>()) {
            continue;
        }
        writeln!(message, "\n{} → {}", circle.join(" → "), circle[0]).expect("a String takes it");
        for (at, file) in circle.iter().enumerate() {
            let next = &circle[(at + 1) % circle.len()];
            let path = &graph[file][next];
            writeln!(message, "    {file} names {path}").expect("a String takes it");
        }
    }
    message
}

/// Says which files import from a layer above theirs, or are in none; nothing if all is well.
fn against(graph: &Graph, layers: &[&str]) -> String {
    let layer = |file: &str| {
        let stem = file.trim_end_matches(".rs").trim_end_matches("/mod");
        let fits = |layer: &&&str| stem == **layer || stem.starts_with(&format!("{layer}/"));
        let best = layers.iter().filter(fits).max_by_key(|layer| layer.len())?;
        layers.iter().position(|layer| layer == best)
    };
    let mut message = String::new();
    for (file, edges) in graph {
        let Some(at) = layer(file) else {
            writeln!(message, "{file} is in no layer").expect("a String takes it");
            continue;
        };
        for (to, path) in edges {
            if let Some(above) = layer(to).filter(|to| *to > at) {
                let (from, above) = (layers[at], layers[above]);
                writeln!(
                    message,
                    "{file} names {path}, of {to}: `{above}` is above `{from}`"
                )
                .expect("a String takes it");
            }
        }
    }
    message
}

fn read(package: &str) -> Graph {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    graph(&Crate::read(&root.join(package).join("src")).expect("cannot read the sources"))
}

fn parse(files: &[(&str, &str)]) -> Graph {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    graph(&Crate::parse(&files.collect()))
}

fn succeed(message: &str) {
    assert!(message.is_empty(), "\n{message}");
}

#[test]
fn the_derive_has_no_circle() {
    succeed(&circles(&read("macros")));
}

#[test]
fn the_library_has_no_circle() {
    succeed(&circles(&read("runtime")));
}

#[test]
fn the_derive_is_in_layers() {
    succeed(&against(&read("macros"), MACROS));
}

#[test]
fn the_library_is_in_layers() {
    succeed(&against(&read("runtime"), RUNTIME));
}

#[test]
fn a_circle_is_found() {
    let graph = parse(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "pub struct A; fn f() { crate::b::g() }"),
        ("b.rs", "use crate::c::C; pub fn g() -> C { C }"),
        ("c.rs", "pub struct C; impl From<super::a::A> for C {}"),
    ]);
    let message = circles(&graph);
    assert!(
        message.starts_with("3 files depend on themselves:"),
        "{message}"
    );
    assert!(message.contains("a.rs → b.rs → c.rs → a.rs"), "{message}");
    assert!(message.contains("c.rs names super::a::A"), "{message}");
}

#[test]
fn a_path_is_followed_to_the_file_that_defines_the_item() {
    // How `user.rs` names `Thing`, and the file that it depends on.
    let table = [
        ("use crate::Thing;", "outer/inner.rs"),
        ("use crate::Alias;", "outer/inner.rs"),
        ("use crate::outer::{Thing as T};", "outer/inner.rs"),
        (
            "use crate::outer; fn f(_: outer::Thing) {}",
            "outer/inner.rs",
        ),
        ("use super::outer::Own;", "outer/mod.rs"),
        ("use crate::outer::*; fn f(_: Own) {}", "outer/mod.rs"),
        ("fn f() { use crate::outer::Own; }", "outer/mod.rs"),
        ("fn f() { let crate::outer::Thing = x; }", "outer/inner.rs"),
        ("fn f() -> Vec<crate::Thing> { loop {} }", "outer/inner.rs"),
        (
            "fn f() { matches!(x, crate::Thing::Variant) }",
            "outer/inner.rs",
        ),
        (
            "macro_rules! m { () => { $crate::Thing } }",
            "outer/inner.rs",
        ),
        ("fn f() { crate::private::private() }", "private.rs"),
        ("use crate::outer;", ""),
        ("fn f() { quote! { crate::Thing } }", ""),
        ("fn f() { push(m!(quote!(crate::Thing))) }", ""),
        ("#[cfg(test)] mod tests { use crate::Thing; }", ""),
        ("/// [`crate::Thing`]\npub(in crate::outer) struct S;", ""),
        ("use ::outer::Thing; use std::fmt;", ""),
    ];
    for (user, expected) in table {
        let graph = parse(&[
            (
                "lib.rs",
                r#"mod outer; mod user; #[path = "private.rs"] mod private; pub use outer::{Thing, Thing as Alias};"#,
            ),
            (
                "outer/mod.rs",
                "mod inner; pub use inner::Thing; pub struct Own;",
            ),
            ("outer/inner.rs", "pub struct Thing;"),
            ("private.rs", "pub fn private() {}"),
            ("user.rs", user),
        ]);
        let files: Vec<&str> = graph["user.rs"].keys().map(String::as_str).collect();
        assert_eq!(files.join(" "), expected, "{user}");
    }
}

#[test]
fn an_import_from_above_is_found() {
    let graph = parse(&[
        ("lib.rs", "mod low; mod high; mod new;"),
        ("low/mod.rs", "mod file;"),
        ("low/file.rs", "use crate::high::High;"),
        ("high.rs", "pub struct High;"),
        ("new.rs", ""),
    ]);
    let message = against(&graph, &["low", "high", "lib"]);
    assert_eq!(
        message,
        "low/file.rs names crate::high::High, of high.rs: `high` is above `low`\n\
         new.rs is in no layer\n"
    );
    assert_eq!(
        against(&graph, &["low", "high", "low/file", "new", "lib"]),
        ""
    );
}
