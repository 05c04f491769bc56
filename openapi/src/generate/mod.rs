//! The text of the declarations: one file for each module, and the root with what holds for all.

mod docs;
mod item;
mod operation;

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use indexmap::IndexMap;

use crate::model::Model;
use crate::text::{add, first_paragraph};
use item::{Writer, literal};

/// A file of declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What is before the items: documentation, imports, modules.
    pub head: String,
    /// The items, by name.
    pub items: IndexMap<String, String>,
}

impl File {
    /// Returns the text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = self.head.clone();
        for item in self.items.values() {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(item);
        }
        text
    }
}

/// Returns the files of declarations by name. `root` is the name of the root: `lib.rs` or `mod.rs`.
#[must_use]
pub fn generate(model: &Model, root: &str) -> BTreeMap<String, File> {
    let writer = Writer {
        types: &model.types,
    };
    let group = model.group.as_ref().map(|group| group.name.as_str());
    let mut items: Vec<IndexMap<String, String>> = vec![IndexMap::new(); model.modules.len()];
    for operation in &model.operations {
        let text = writer.operation(operation, group);
        items[operation.module].insert(operation.name.clone(), text);
    }
    for def in model.types.iter().filter(|def| !def.name.is_empty()) {
        items[def.module].insert(def.name.clone(), writer.def(def));
    }
    let mut files = BTreeMap::new();
    for (index, (module, items)) in model.modules.iter().zip(items).enumerate() {
        if items.is_empty() {
            continue;
        }
        let mut head = String::new();
        docs::write(&mut head, first_paragraph(&module.docs), 0, "//!");
        head.push('\n');
        head.push_str(&imports(model, index, items.values()));
        files.insert(format!("{}.rs", module.name), File { head, items });
    }
    files.insert(root.to_owned(), root_file(model, writer));
    files
}

/// What a file imports, by the words in it.
fn imports<'a>(model: &Model, module: usize, items: impl Iterator<Item = &'a String>) -> String {
    let mut words: BTreeSet<&str> = BTreeSet::new();
    for line in items.flat_map(|item| item.lines()) {
        words.extend(types_in(line));
    }
    let used = |names: &[&'static str]| {
        names
            .iter()
            .copied()
            .filter(|name| words.contains(name))
            .collect::<Vec<_>>()
    };
    let mut text = String::new();
    if words.contains("BTreeMap") {
        text.push_str("use std::collections::BTreeMap;\n\n");
    }
    text.push_str(&import(
        "api_request",
        used(&[
            "ApiError",
            "ApiGroup",
            "ApiRequest",
            "ApiResponse",
            "Body",
            "ByteStream",
            "ErrorBody",
            "Lines",
            "Nullable",
            "OpenEnum",
            "Part",
            "Secret",
        ]),
    ));
    text.push_str(&import("serde", used(&["Deserialize", "Serialize"])));
    let group = model
        .group
        .as_ref()
        .filter(|group| words.contains(group.name.as_str()));
    let mut own = String::new();
    if let Some(group) = group.filter(|_| module < model.modules.len()) {
        add!(own, "use super::{};\n", group.name);
    }
    if module != 0 {
        let shared = model
            .types
            .iter()
            .filter(|def| def.module == 0 && words.contains(def.name.as_str()));
        let prefix = if module < model.modules.len() {
            "super::"
        } else {
            ""
        };
        own.push_str(&import(
            &format!("{prefix}{}", model.modules[0].name),
            shared.map(|def| def.name.as_str()).collect(),
        ));
    }
    if !own.is_empty() && !text.is_empty() && !text.ends_with("\n\n") {
        text.push('\n');
    }
    text + &own
}

/// The names of types in a line of code.
fn types_in(line: &str) -> impl Iterator<Item = &str> {
    // The name of a variant is not a type. What is indented further is a long type, in lines of its own.
    let is_variant = line
        .strip_prefix("    ")
        .is_some_and(|line| line.starts_with(|c: char| c.is_ascii_uppercase()));
    let line = line.trim();
    let line = if line.starts_with("//") { "" } else { line };
    // What is in quotes is at odd places.
    let code = line.split('"').step_by(2);
    let words = code.flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let words = words.filter(|word| word.starts_with(char::is_uppercase));
    words.skip(usize::from(is_variant))
}

/// Writes an import as rustfmt does.
fn import(path: &str, mut names: Vec<&str>) -> String {
    names.sort_by(|a, b| natural(a, b));
    match names.as_slice() {
        [] => return String::new(),
        [one] => return format!("use {path}::{one};\n"),
        _ => {}
    }
    let all = names.join(", ");
    // The widths are those at which rustfmt breaks lines.
    if path.len() + all.len() + "use ::{};".len() <= 98 {
        return format!("use {path}::{{{all}}};\n");
    }
    if all.len() + "    ,".len() <= 100 {
        return format!("use {path}::{{\n    {all},\n}};\n");
    }
    let mut text = format!("use {path}::{{\n");
    let mut line = String::from("   ");
    for name in names {
        if line.len() + name.len() + 2 > 99 {
            text.push_str(&line);
            text.push('\n');
            line = String::from("   ");
        }
        add!(line, " {name},");
    }
    text + &line + "\n};\n"
}

/// The order of rustfmt: numbers in names count as numbers.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let (in_a, in_b) = (digits(a), digits(b));
        if in_a > 0 && in_b > 0 {
            let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
            match number(&a[..in_a]).cmp(&number(&b[..in_b])) {
                Ordering::Equal => (a, b) = (&a[in_a..], &b[in_b..]),
                order => return order,
            }
            continue;
        }
        match (a.chars().next(), b.chars().next()) {
            (Some(x), Some(y)) if x == y => (a, b) = (&a[x.len_utf8()..], &b[y.len_utf8()..]),
            (x, y) => return x.cmp(&y),
        }
    }
}

fn root_file(model: &Model, writer: Writer<'_>) -> File {
    let mut head = String::new();
    let title = match model.title.trim() {
        "" => "The API",
        title => title.trim_end_matches('.'),
    };
    docs::write(&mut head, &format!("{title}."), 0, "//!");
    if let Some(description) = &model.description {
        head.push_str("//!\n");
        docs::write(&mut head, first_paragraph(description), 0, "//!");
    }
    head.push('\n');
    for name in used_modules(model) {
        add!(head, "pub mod {name};\n");
    }
    let mut items = IndexMap::new();
    let url = model.base_url.as_ref();
    if let Some(url) = url.filter(|url| url.starts_with("http")) {
        let url = literal(url.trim_end_matches('/'));
        let text = format!("/// Where the API is.\npub const BASE_URL: &str = {url};\n");
        items.insert("BASE_URL".to_owned(), text);
    }
    if let Some(group) = &model.group {
        let text = writer.group(group);
        let uses = imports(model, model.modules.len(), std::iter::once(&text));
        if !uses.is_empty() {
            head.push('\n');
            head.push_str(&uses);
        }
        items.insert(group.name.clone(), text);
    }
    items.insert("OPERATIONS".to_owned(), list(model));
    File { head, items }
}

/// The names of modules that have something, sorted.
fn used_modules(model: &Model) -> BTreeSet<Natural<'_>> {
    let operations = model.operations.iter().map(|operation| operation.module);
    let types = model.types.iter().filter(|def| !def.name.is_empty());
    let used = operations.chain(types.map(|def| def.module));
    used.map(|module| Natural(&model.modules[module].name))
        .collect()
}

/// The list of operations.
fn list(model: &Model) -> String {
    let mut list =
        String::from("api_request::operations! {\n    /// All operations that are declared.\n");
    if model
        .operations
        .iter()
        .any(|operation| operation.deprecated)
    {
        list.push_str("    #[allow(deprecated, reason = \"they are operations of the API\")]\n");
    }
    list.push_str("    pub static OPERATIONS: [\n");
    // Two operations of one route do not compile.
    for operation in model
        .operations
        .iter()
        .filter(|operation| !operation.is_second)
    {
        let module = &model.modules[operation.module].name;
        add!(list, "        {module}::{},\n", operation.name);
    }
    list.push_str("    ]\n}\n");
    list
}

/// A name in the order of rustfmt.
#[derive(PartialEq, Eq)]
struct Natural<'a>(&'a str);

impl Ord for Natural<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(self.0, other.0).then_with(|| self.0.cmp(other.0))
    }
}

impl PartialOrd for Natural<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for Natural<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}
