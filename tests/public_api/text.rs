//! Tokens as people write them.

use quote::ToTokens;
use syn::{Generics, Token, TypeParamBound, punctuated::Punctuated};

pub(crate) fn generics(generics: &Generics) -> String {
    let bounds = generics.where_clause.to_token_stream();
    format!("{} {bounds}", generics.to_token_stream())
}

pub(crate) fn bounds(bounds: &Punctuated<TypeParamBound, Token![+]>) -> String {
    if bounds.is_empty() {
        return String::new();
    }
    format!(": {}", bounds.to_token_stream())
}

/// Takes out the spaces that tokens are printed with.
pub(crate) fn tidy(text: &str) -> String {
    // A path's leading `::` is kept apart from the `:` before it.
    const SPACES: &[(&str, &str)] = &[
        (": :: ", ": \u{1}"),
        ("-> :: ", "-> \u{1}"),
        (" < :: ", "<\u{1}"),
        (" :: ", "::"),
        (" < ", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" ,", ","),
        (" : ", ": "),
        (" (", "("),
        ("( ", "("),
        (" )", ")"),
        ("& ", "&"),
        ("[ ", "["),
        (" ]", "]"),
        (" ;", ";"),
        ("? ", "?"),
        (",>", ">"),
        (",)", ")"),
        ("->(", "-> ("),
        ("  ", " "),
        ("\u{1}", "::"),
        ("fmt::", ""),
        (" error::Error", " Error"),
    ];
    let text = SPACES
        .iter()
        .fold(text.trim().to_owned(), |text, (from, to)| {
            text.replace(from, to)
        });
    text.trim().trim_end_matches(',').to_owned()
}
