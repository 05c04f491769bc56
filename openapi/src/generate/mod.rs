//! The text of the declarations: one file for each module, and the root with what holds for all.

mod docs;
mod facts;
mod head;
mod item;
mod operation;

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;

use crate::model::Model;
use crate::text::{add, first_paragraph};
pub use head::Head;
use head::Natural;
use item::{Writer, literal};

/// A file of declarations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// What is before the items: documentation, imports, modules.
    pub head: Head,
    /// The items, by name.
    pub items: IndexMap<String, Item>,
}

/// An item of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The declaration.
    pub text: String,
    /// What the document says for it, however it is written.
    pub facts: String,
}

impl File {
    /// Returns the text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let items = self.items.values().map(|item| item.text.as_str());
        joined(&self.head.with_imports(items.clone()), items)
    }
}

/// Returns the text of a file.
pub(crate) fn joined<'a>(head: &str, items: impl Iterator<Item = &'a str>) -> String {
    let mut text = head.to_owned();
    for item in items {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(item);
    }
    text
}

/// Returns the files of declarations by name. `root` is the name of the root: `lib.rs` or `mod.rs`.
#[must_use]
pub fn generate(model: &Model, root: &str) -> BTreeMap<String, File> {
    let writer = Writer {
        types: &model.types,
        is_read: model.is_read,
    };
    let group = model.group.as_ref().map(|group| group.name.as_str());
    let mut items: Vec<IndexMap<String, Item>> = vec![IndexMap::new(); model.modules.len()];
    for operation in &model.operations {
        let item = Item {
            text: writer.operation(operation, group),
            facts: writer.facts_of_operation(operation, group),
        };
        items[operation.module].insert(operation.name.clone(), item);
    }
    for def in model.types.iter().filter(|def| !def.name.is_empty()) {
        let item = Item {
            text: writer.def(def),
            facts: writer.facts_of_def(def),
        };
        items[def.module].insert(def.name.clone(), item);
    }
    let mut files = BTreeMap::new();
    for (index, (module, items)) in model.modules.iter().zip(items).enumerate() {
        if items.is_empty() {
            continue;
        }
        let mut text = String::new();
        docs::write(&mut text, first_paragraph(&module.docs), 0, "//!");
        text.push('\n');
        let head = Head::new(text, model, index);
        files.insert(format!("{}.rs", module.name), File { head, items });
    }
    files.insert(root.to_owned(), root_file(model, writer));
    files
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
        let facts = url;
        items.insert("BASE_URL".to_owned(), Item { text, facts });
    }
    if let Some(group) = &model.group {
        let text = writer.group(group);
        let facts = writer.facts_of_group(group);
        items.insert(group.name.clone(), Item { text, facts });
    }
    let text = list(model);
    let facts = facts::of_list(model);
    items.insert("OPERATIONS".to_owned(), Item { text, facts });
    let head = Head::new(head, model, model.modules.len());
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
