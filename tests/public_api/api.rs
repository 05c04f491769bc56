//! Walks from the root of the library to everything that it exports.
//!
//! Input: the tree of modules. A line of the list has the item's public path, so the place of its definition does not
//! matter. What macros make is not seen; what is hidden from the documentation is left out.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{
    Attribute, Fields, ImplItem, Item, ItemImpl, PathArguments, Signature, TraitItem, Type,
    Visibility,
};

use crate::{
    attribute::{gates, has_example, is, is_hidden},
    foreign::{self, Foreign},
    sources::{Crate, Found, attributes, imports, name_of},
    text::{bounds, generics, tidy},
};

/// What is public, and what is missing of its documentation.
pub(crate) struct Api<'a> {
    tree: &'a Crate,
    /// The features that a module needs, by its index.
    gates: Vec<BTreeSet<String>>,
    /// The public path of an item.
    paths: BTreeMap<Found, String>,
    /// Beneath the path by which they are sorted.
    lines: BTreeSet<(String, String)>,
    pub(crate) undocumented: BTreeSet<String>,
    pub(crate) without_example: BTreeSet<String>,
    /// The items of other crates in it.
    pub(crate) foreign: Foreign,
}

/// Where something is listed.
#[derive(Clone)]
struct Place {
    path: String,
    /// Whose names its declaration is made of.
    module: usize,
    gates: BTreeSet<String>,
    has_example: bool,
}

impl Place {
    fn inner(&self, name: impl std::fmt::Display, attributes: &[Attribute]) -> Self {
        Self {
            path: format!("{}::{name}", self.path),
            module: self.module,
            gates: &self.gates | &gates(attributes),
            has_example: self.has_example || has_example(attributes),
        }
    }
}

impl<'a> Api<'a> {
    pub(crate) fn of(tree: &'a Crate) -> Self {
        let mut api = Self {
            tree,
            gates: module_gates(tree),
            paths: BTreeMap::new(),
            lines: BTreeSet::new(),
            undocumented: BTreeSet::new(),
            without_example: BTreeSet::new(),
            foreign: Foreign::new(),
        };
        let root = Place {
            path: "api_request".to_owned(),
            module: 0,
            gates: BTreeSet::new(),
            has_example: false,
        };
        api.module(0, &root);
        for (id, module) in tree.modules.iter().enumerate() {
            for item in &module.items {
                if let Item::Impl(item) = item
                    && !is_hidden(&item.attrs)
                {
                    api.implementation(id, item);
                }
            }
        }
        api
    }

    /// The lines of the list, sorted by the path of what they are about.
    pub(crate) fn list(&self) -> String {
        let lines = self.lines.iter().map(|(_, line)| line.as_str());
        lines.flat_map(|line| [line, "\n"]).collect()
    }

    fn line(&mut self, text: &str, at: &Place) {
        let tokens = text.parse().expect("a line is made of tokens");
        foreign::add(&mut self.foreign, tokens, self.tree, at.module);
        let mut line = tidy(text);
        if !at.gates.is_empty() {
            let gates: Vec<&str> = at.gates.iter().map(String::as_str).collect();
            line = format!("{line} [{}]", gates.join(", "));
        }
        self.lines.insert((at.path.clone(), line));
    }

    fn needs_doc(&mut self, path: &str, attributes: &[Attribute]) {
        if !attributes
            .iter()
            .any(|attribute| attribute.path().is_ident("doc"))
        {
            self.undocumented.insert(path.to_owned());
        }
    }

    fn module(&mut self, id: usize, at: &Place) {
        let tree = self.tree;
        for item in &tree.modules[id].items {
            let attributes = attributes(item);
            if is_hidden(attributes) || !is_public(item) {
                continue;
            }
            if let Item::Use(item) = item {
                for import in imports(item) {
                    let file = &tree.modules[id].file;
                    let name = import
                        .name
                        .unwrap_or_else(|| panic!("{file} exports a glob"));
                    let place = at.inner(name, attributes);
                    let found = tree.resolve(id, &import.path);
                    if found.is_empty() {
                        let from = import.path.join("::");
                        self.line(&format!("use {from} as {}", place.path), &place);
                        self.needs_doc(&place.path, attributes);
                    }
                    for found in found {
                        self.found(found, &place);
                    }
                }
            } else if let Item::Mod(item) = item {
                let place = at.inner(&item.ident, attributes);
                for found in tree.resolve(id, &[item.ident.to_string()]) {
                    self.found(found, &place);
                }
            } else {
                let name = name_of(item).expect("what is public has a name");
                let place = at.inner(&name, &[]);
                for found in tree.resolve(id, &[name]) {
                    self.found(found, &place);
                }
            }
        }
    }

    fn found(&mut self, found: Found, place: &Place) {
        match found {
            Found::Module(id) => {
                self.line(&format!("mod {}", place.path), place);
                self.module(id, place);
            }
            Found::Item(module, index) => {
                let item = &self.tree.modules[module].items[index];
                if is_hidden(attributes(item)) {
                    return;
                }
                let place = Place {
                    gates: &(&place.gates | &self.gates[module]) | &gates(attributes(item)),
                    has_example: has_example(attributes(item)),
                    path: place.path.clone(),
                    module,
                };
                if let Some(first) = self.paths.get(&found) {
                    self.line(&format!("use {first} as {}", place.path), &place);
                    return;
                }
                self.paths.insert(found, place.path.clone());
                self.needs_doc(&place.path, attributes(item));
                self.item(item, &place);
            }
        }
    }

    fn item(&mut self, item: &Item, at: &Place) {
        let path = &at.path;
        let open = if is(attributes(item), "non_exhaustive") {
            "#[non_exhaustive] "
        } else {
            ""
        };
        match item {
            Item::Struct(item) => {
                let generics = generics(&item.generics);
                self.line(&format!("{open}struct {path}{generics}"), at);
                self.derives(&item.attrs, at);
                self.fields(&item.fields, at);
            }
            Item::Enum(item) => {
                let generics = generics(&item.generics);
                self.line(&format!("{open}enum {path}{generics}"), at);
                self.derives(&item.attrs, at);
                for variant in item.variants.iter().filter(|it| !is_hidden(&it.attrs)) {
                    let place = at.inner(&variant.ident, &variant.attrs);
                    self.needs_doc(&place.path, &variant.attrs);
                    let open = if is(&variant.attrs, "non_exhaustive") {
                        "#[non_exhaustive] "
                    } else {
                        ""
                    };
                    let fields = variant.fields.to_token_stream();
                    self.line(&format!("{open}variant {}{fields}", place.path), &place);
                }
            }
            Item::Trait(item) => {
                let generics = generics(&item.generics);
                let bounds = bounds(&item.supertraits);
                self.line(&format!("trait {path}{generics}{bounds}"), at);
                for item in &item.items {
                    self.trait_item(item, at);
                }
            }
            Item::Fn(item) => self.function(&item.sig, "", at),
            Item::Const(item) => {
                self.line(&format!("const {path}: {}", item.ty.to_token_stream()), at);
            }
            Item::Type(item) => {
                let (generics, ty) = (generics(&item.generics), item.ty.to_token_stream());
                self.line(&format!("type {path}{generics} = {ty}"), at);
            }
            _ => panic!("{path} is an item that the list has no line for"),
        }
    }

    fn derives(&mut self, attributes: &[Attribute], at: &Place) {
        for attribute in attributes.iter().filter(|it| it.path().is_ident("derive")) {
            attribute
                .parse_nested_meta(|meta| {
                    let name = meta.path.to_token_stream();
                    self.line(&format!("impl {name} for {}", at.path), at);
                    Ok(())
                })
                .expect("a derive has paths");
        }
    }

    fn fields(&mut self, fields: &Fields, at: &Place) {
        for (index, field) in fields.iter().enumerate() {
            if matches!(field.vis, Visibility::Public(_)) && !is_hidden(&field.attrs) {
                let name = match &field.ident {
                    Some(name) => name.to_string(),
                    None => index.to_string(),
                };
                let place = at.inner(name, &field.attrs);
                self.needs_doc(&place.path, &field.attrs);
                self.line(
                    &format!("field {}: {}", place.path, field.ty.to_token_stream()),
                    &place,
                );
            }
        }
    }

    fn trait_item(&mut self, item: &TraitItem, at: &Place) {
        let (name, attributes) = match item {
            TraitItem::Fn(item) => (&item.sig.ident, &item.attrs),
            TraitItem::Type(item) => (&item.ident, &item.attrs),
            TraitItem::Const(item) => (&item.ident, &item.attrs),
            _ => panic!("{} has an item that the list has no line for", at.path),
        };
        if is_hidden(attributes) {
            return;
        }
        let place = at.inner(name, attributes);
        self.needs_doc(&place.path, attributes);
        match item {
            TraitItem::Fn(item) => {
                let provided = if item.default.is_some() {
                    "provided "
                } else {
                    "required "
                };
                self.function(&item.sig, provided, &place);
            }
            TraitItem::Type(item) => {
                let bounds = bounds(&item.bounds);
                self.line(&format!("type {}{bounds}", place.path), &place);
            }
            TraitItem::Const(item) => {
                let (ty, path) = (item.ty.to_token_stream(), &place.path);
                self.line(&format!("const {path}: {ty}"), &place);
            }
            _ => {}
        }
    }

    fn function(&mut self, sig: &Signature, kind: &str, at: &Place) {
        let mut inputs = sig.inputs.clone();
        // Whether an argument is `mut` is the function's business.
        for input in &mut inputs {
            match input {
                syn::FnArg::Receiver(it) if matches!(it.kind, syn::ReceiverKind::Value) => {
                    it.mutability = None;
                }
                syn::FnArg::Typed(it) => {
                    if let syn::Pat::Ident(name) = &mut *it.pat {
                        name.mutability = None;
                    }
                }
                syn::FnArg::Receiver(_) => {}
            }
        }
        let constness = sig.constness.map_or("", |_| "const ");
        let asyncness = sig.asyncness.map_or("", |_| "async ");
        let parameters = sig.generics.to_token_stream();
        let bounds = sig.generics.where_clause.to_token_stream();
        let (inputs, output) = (inputs.to_token_stream(), sig.output.to_token_stream());
        let path = &at.path;
        self.line(
            &format!(
                "{kind}{constness}{asyncness}fn {path}{parameters}({inputs}) {output} {bounds}"
            ),
            at,
        );
        if !at.has_example {
            self.without_example.insert(path.clone());
        }
    }

    fn implementation(&mut self, module: usize, item: &ItemImpl) {
        let of = item.trait_.as_ref().map(|(of, _)| of);
        // An impl of a trait that is not public is not public either.
        let ours = of.map(|of| self.resolve(module, of)).unwrap_or_default();
        let listed = ours.iter().find_map(|found| self.paths.get(found)).cloned();
        if !ours.is_empty() && listed.is_none() {
            return;
        }
        let gates = &self.gates[module] | &gates(&item.attrs);
        let Some((found, path, arguments)) = self.subject(module, &item.self_ty) else {
            if let (Some(of), Some(path)) = (of, listed) {
                let ty = item.self_ty.to_token_stream().to_string();
                self.trait_impl(
                    item,
                    of,
                    &ty,
                    &Place {
                        path,
                        module,
                        gates,
                        has_example: false,
                    },
                );
            }
            return;
        };
        if let Some(of) = of {
            let ty = format!("{path}{arguments}");
            self.trait_impl(
                item,
                of,
                &ty,
                &Place {
                    path,
                    module,
                    gates,
                    has_example: false,
                },
            );
        } else if let Found::Item(module, index) = found {
            let has_example = has_example(attributes(&self.tree.modules[module].items[index]));
            // `ClientBuilder<blocking::Client>` has methods of its own.
            let is_general = !item.generics.params.is_empty();
            let path = if is_general {
                path
            } else {
                format!("{path}{arguments}")
            };
            self.inherent(
                item,
                &Place {
                    path: tidy(&path),
                    module,
                    gates,
                    has_example,
                },
            );
        }
    }

    fn trait_impl(&mut self, item: &ItemImpl, of: &syn::Path, ty: &str, at: &Place) {
        let types: String = item
            .items
            .iter()
            .filter_map(|item| match item {
                ImplItem::Type(item) => Some(format!(
                    " {{ {} = {} }}",
                    item.ident,
                    item.ty.to_token_stream()
                )),
                _ => None,
            })
            .collect();
        let (parameters, of) = (item.generics.to_token_stream(), of.to_token_stream());
        let bounds = item.generics.where_clause.to_token_stream();
        self.line(
            &format!("impl{parameters} {of} for {ty} {bounds}{types}"),
            at,
        );
    }

    /// The public type that an impl is about, with its path and its arguments.
    fn subject(&self, module: usize, mut ty: &Type) -> Option<(Found, String, String)> {
        while let Type::Reference(reference) = ty {
            ty = &reference.elem;
        }
        let Type::Path(ty) = ty else { return None };
        let found = self.resolve(module, &ty.path);
        let found = found
            .into_iter()
            .find(|found| self.paths.contains_key(found))?;
        let arguments = match &ty.path.segments.last()?.arguments {
            PathArguments::None => String::new(),
            arguments => arguments.to_token_stream().to_string(),
        };
        Some((found, self.paths[&found].clone(), arguments))
    }

    fn inherent(&mut self, item: &ItemImpl, at: &Place) {
        for item in &item.items {
            match item {
                ImplItem::Fn(item)
                    if matches!(item.vis, Visibility::Public(_)) && !is_hidden(&item.attrs) =>
                {
                    let place = at.inner(&item.sig.ident, &item.attrs);
                    self.needs_doc(&place.path, &item.attrs);
                    self.function(&item.sig, "", &place);
                }
                ImplItem::Const(item)
                    if matches!(item.vis, Visibility::Public(_)) && !is_hidden(&item.attrs) =>
                {
                    let place = at.inner(&item.ident, &item.attrs);
                    self.needs_doc(&place.path, &item.attrs);
                    let (path, ty) = (&place.path, item.ty.to_token_stream());
                    self.line(&format!("const {path}: {ty}"), &place);
                }
                _ => {}
            }
        }
    }

    fn resolve(&self, module: usize, path: &syn::Path) -> BTreeSet<Found> {
        if path.leading_colon.is_some() {
            return BTreeSet::new();
        }
        let path: Vec<String> = path
            .segments
            .iter()
            .map(|it| it.ident.to_string())
            .collect();
        self.tree.resolve(module, &path)
    }
}

fn module_gates(tree: &Crate) -> Vec<BTreeSet<String>> {
    let mut all = vec![BTreeSet::new(); tree.modules.len()];
    // A module stands before its children.
    for (id, module) in tree.modules.iter().enumerate() {
        for item in &module.items {
            if let Item::Mod(item) = item {
                for found in tree.resolve(id, &[item.ident.to_string()]) {
                    if let Found::Module(child) = found {
                        all[child] = &all[id] | &gates(&item.attrs);
                    }
                }
            }
        }
    }
    all
}

fn is_public(item: &Item) -> bool {
    let visibility = match item {
        Item::Const(item) => &item.vis,
        Item::Enum(item) => &item.vis,
        Item::Fn(item) => &item.vis,
        Item::Mod(item) => &item.vis,
        Item::Static(item) => &item.vis,
        Item::Struct(item) => &item.vis,
        Item::Trait(item) => &item.vis,
        Item::Type(item) => &item.vis,
        Item::Use(item) => &item.vis,
        _ => return false,
    };
    matches!(visibility, Visibility::Public(_))
}
