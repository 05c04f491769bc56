//! The sources of a crate as a tree of modules, and which item a path in them names.
//!
//! Input: the files below `src`. What is compiled for tests alone is left out. A path is followed through `use` and
//! `pub use` to the module that defines the item, as the compiler would; macros are not expanded.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

use syn::{Attribute, Item, ItemUse, Meta, UseTree, visit::Visit};

/// More `use` declarations than any path is led through.
const MOST_USES: usize = 16;

pub(crate) struct Crate {
    /// The first one is the root.
    pub(crate) modules: Vec<Module>,
}

pub(crate) struct Module {
    /// Relative to `src`, with `/`.
    pub(crate) file: String,
    pub(crate) items: Vec<Item>,
    parent: Option<usize>,
    names: BTreeMap<String, Vec<Name>>,
    globs: Vec<Vec<String>>,
}

/// What a name in a module stands for.
enum Name {
    Item(usize),
    Module(usize),
    Use(Vec<String>),
}

/// What a path leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Found {
    Module(usize),
    /// The item of a module, both by their indices. The path may go on, to a variant or an associated item.
    Item(usize, usize),
}

/// One name that a `use` brings in.
pub(crate) struct Import {
    pub(crate) path: Vec<String>,
    /// `None` for a glob.
    pub(crate) name: Option<String>,
}

impl Crate {
    /// Reads all files below `src`.
    pub(crate) fn read(src: &Path) -> io::Result<Self> {
        let mut files = BTreeMap::new();
        let mut folders = vec![src.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let name = path.strip_prefix(src).expect("the file is below `src`");
                    let name = name.display().to_string().replace('\\', "/");
                    files.insert(name, fs::read_to_string(&path)?);
                }
            }
        }
        Ok(Self::parse(&files))
    }

    /// The crate of these files, by name, one of which is `lib.rs`.
    pub(crate) fn parse(files: &BTreeMap<String, String>) -> Self {
        let mut tree = Self {
            modules: Vec::new(),
        };
        tree.add_file(files, "lib.rs", None);
        tree
    }

    fn add_file(
        &mut self,
        files: &BTreeMap<String, String>,
        file: &str,
        parent: Option<usize>,
    ) -> usize {
        let text = files
            .get(file)
            .unwrap_or_else(|| panic!("there is no file {file}"));
        let parsed = syn::parse_file(text).unwrap_or_else(|error| panic!("{file}: {error}"));
        self.add_module(files, file, parent, parsed.items)
    }

    fn add_module(
        &mut self,
        files: &BTreeMap<String, String>,
        file: &str,
        parent: Option<usize>,
        items: Vec<Item>,
    ) -> usize {
        let id = self.modules.len();
        self.modules.push(Module {
            file: file.to_owned(),
            items: Vec::new(),
            parent,
            names: BTreeMap::new(),
            globs: Vec::new(),
        });
        let mut kept = Vec::new();
        for mut item in items {
            if is_for_tests(attributes(&item)) {
                continue;
            }
            if let Item::Mod(module) = &mut item {
                let child = match module.content.take() {
                    Some((_, items)) => self.add_module(files, file, Some(id), items),
                    None => self.add_file(files, &file_of(files, file, module), Some(id)),
                };
                self.name(id, module.ident.to_string(), Name::Module(child));
            }
            if let Some(name) = name_of(&item) {
                self.name(id, name, Name::Item(kept.len()));
            }
            let mut uses = Uses::default();
            uses.visit_item(&item);
            for import in uses.0 {
                match import.name {
                    Some(name) => self.name(id, name, Name::Use(import.path)),
                    None => self.modules[id].globs.push(import.path),
                }
            }
            kept.push(item);
        }
        self.modules[id].items = kept;
        id
    }

    fn name(&mut self, module: usize, name: String, is: Name) {
        self.modules[module].names.entry(name).or_default().push(is);
    }

    /// What `path` in `module` leads to: more than one thing where a name stands for a type and a function, nothing
    /// where it leads to another crate.
    pub(crate) fn resolve(&self, module: usize, path: &[String]) -> BTreeSet<Found> {
        self.follow(module, path, MOST_USES)
    }

    fn follow(&self, module: usize, path: &[String], uses: usize) -> BTreeSet<Found> {
        let Some((first, rest)) = path.split_first() else {
            return BTreeSet::new();
        };
        let parent = self.modules[module].parent;
        let mut found = match first.as_str() {
            "crate" => BTreeSet::from([Found::Module(0)]),
            "self" => BTreeSet::from([Found::Module(module)]),
            "super" => parent.map(Found::Module).into_iter().collect(),
            name => self.lookup(module, name, uses),
        };
        for name in rest {
            let modules: Vec<usize> = found
                .iter()
                .filter_map(|found| match found {
                    Found::Module(module) => Some(*module),
                    Found::Item(..) => None,
                })
                .collect();
            if modules.is_empty() {
                break;
            }
            found = modules
                .into_iter()
                .flat_map(|module| match name.as_str() {
                    "self" => BTreeSet::from([Found::Module(module)]),
                    "super" => self.modules[module]
                        .parent
                        .map(Found::Module)
                        .into_iter()
                        .collect(),
                    name => self.lookup(module, name, uses),
                })
                .collect();
        }
        found
    }

    fn lookup(&self, module: usize, name: &str, uses: usize) -> BTreeSet<Found> {
        let mut found = BTreeSet::new();
        // A `use` may name itself, as that of a macro does.
        let Some(uses) = uses.checked_sub(1) else {
            return found;
        };
        for is in self.modules[module].names.get(name).into_iter().flatten() {
            match is {
                Name::Item(index) => _ = found.insert(Found::Item(module, *index)),
                Name::Module(module) => _ = found.insert(Found::Module(*module)),
                Name::Use(path) => found.extend(self.follow(module, path, uses)),
            }
        }
        if found.is_empty() {
            for glob in &self.modules[module].globs {
                for from in self.follow(module, glob, uses) {
                    if let Found::Module(from) = from
                        && from != module
                    {
                        found.extend(self.lookup(from, name, uses));
                    }
                }
            }
        }
        found
    }
}

/// The file of `mod name;` in `file`.
fn file_of(files: &BTreeMap<String, String>, file: &str, module: &syn::ItemMod) -> String {
    let (folder, stem) = file.rsplit_once('/').unwrap_or(("", file));
    let path = module.attrs.iter().find_map(|attr| match &attr.meta {
        Meta::NameValue(pair) if pair.path.is_ident("path") => match &pair.value {
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(path),
                ..
            }) => Some(path.value()),
            _ => None,
        },
        _ => None,
    });
    if let Some(path) = path {
        return join(folder, &path);
    }
    let folder = match stem {
        "lib.rs" | "mod.rs" => folder.to_owned(),
        stem => join(folder, stem.trim_end_matches(".rs")),
    };
    let name = module.ident.to_string();
    let file = join(&folder, &format!("{name}.rs"));
    if files.contains_key(&file) {
        file
    } else {
        join(&folder, &format!("{name}/mod.rs"))
    }
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.to_owned()
    } else {
        format!("{folder}/{name}")
    }
}

/// The name of what an item defines. `mod` and `use` are not items here, but names.
pub(crate) fn name_of(item: &Item) -> Option<String> {
    let ident = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(ident.to_string())
}

pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        matches!(&attribute.meta, Meta::List(list)
            if list.path.is_ident("cfg") && list.tokens.to_string() == "test")
    })
}

/// The names that `use` declarations bring in, those inside of functions too.
#[derive(Default)]
struct Uses(Vec<Import>);

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        self.0.extend(imports(item));
    }
}

pub(crate) fn imports(item: &ItemUse) -> Vec<Import> {
    fn add(tree: &UseTree, mut path: Vec<String>, imports: &mut Vec<Import>) {
        match tree {
            UseTree::Path(tree) => {
                path.push(tree.ident.to_string());
                add(&tree.tree, path, imports);
            }
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    add(tree, path.clone(), imports);
                }
            }
            UseTree::Glob(_) => imports.push(Import { path, name: None }),
            UseTree::Name(tree) => {
                if tree.ident != "self" {
                    path.push(tree.ident.to_string());
                }
                let name = path.last().cloned();
                imports.push(Import { path, name });
            }
            UseTree::Rename(tree) => {
                if tree.ident != "self" {
                    path.push(tree.ident.to_string());
                }
                let name = Some(tree.rename.to_string());
                imports.push(Import { path, name });
            }
        }
    }
    let mut all = Vec::new();
    // A path that starts with `::` leads to another crate.
    if item.leading_colon.is_none() {
        add(&item.tree, Vec::new(), &mut all);
    }
    all
}
