//! What the attributes of an item say.

use std::collections::BTreeSet;

use syn::{Attribute, Meta};

pub(crate) fn is(attributes: &[Attribute], name: &str) -> bool {
    attributes
        .iter()
        .any(|attribute| attribute.path().is_ident(name))
}

fn list<'a>(attributes: &'a [Attribute], name: &'static str) -> impl Iterator<Item = String> + 'a {
    attributes
        .iter()
        .filter_map(move |attribute| match &attribute.meta {
            Meta::List(list) if list.path.is_ident(name) => Some(list.tokens.to_string()),
            _ => None,
        })
}

pub(crate) fn is_hidden(attributes: &[Attribute]) -> bool {
    list(attributes, "doc").any(|tokens| tokens == "hidden")
}

/// The features that `#[cfg(…)]` asks for.
pub(crate) fn gates(attributes: &[Attribute]) -> BTreeSet<String> {
    list(attributes, "cfg")
        .map(|tokens| tokens.replace("feature = ", "").replace('"', ""))
        .collect()
}

/// Whether the documentation has a block of Rust. A file that is included has some.
pub(crate) fn has_example(attributes: &[Attribute]) -> bool {
    let mut inside = false;
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .any(|attribute| match &attribute.meta {
            Meta::NameValue(doc) => match &doc.value {
                syn::Expr::Macro(_) => true,
                syn::Expr::Lit(syn::ExprLit {
                    lit: syn::Lit::Str(text),
                    ..
                }) => {
                    let text = text.value();
                    let Some(language) = text.trim().strip_prefix("```") else {
                        return false;
                    };
                    inside = !inside;
                    inside && ["", "no_run", "should_panic", "rust"].contains(&language)
                }
                _ => false,
            },
            _ => false,
        })
}
