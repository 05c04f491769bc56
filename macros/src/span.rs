//! Moves tokens to where others are, so that what rustc says about them points at what the user wrote.
//!
//! Invariant: only the location of a token changes, never what its names mean; [`within`] is for the names of associated
//! items, whose hygiene does not matter.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// Puts tokens around those of the user, so that errors about the whole point at what the user wrote.
pub(crate) fn around(inner: impl ToTokens, before: TokenStream, after: TokenStream) -> TokenStream {
    let inner = inner.into_token_stream();
    let (first, last) = ends(inner.clone());
    let mut tokens = respan(before, first);
    tokens.extend(inner);
    tokens.extend(respan(after, last));
    tokens
}

/// Moves tokens to where others are: the first to the start, the rest to the end.
pub(crate) fn at(target: impl ToTokens, tokens: TokenStream) -> TokenStream {
    let (first, last) = ends(target.into_token_stream());
    let place = |(index, token): (usize, TokenTree)| {
        respan(token.into(), if index == 0 { first } else { last })
    };
    tokens.into_iter().enumerate().flat_map(place).collect()
}

/// Gives the first and the last token the very spans of the target's, hygiene and all: what rustc says about the whole is
/// then the same, to rustc, as what it says about the target.
pub(crate) fn within(target: impl ToTokens, tokens: TokenStream) -> TokenStream {
    let (first, last) = ends(target.into_token_stream());
    let mut tokens: Vec<TokenTree> = tokens.into_iter().collect();
    if let [start, .., end] = &mut *tokens {
        start.set_span(first);
        end.set_span(last);
    }
    tokens.into_iter().collect()
}

/// The arguments of a call, with the parentheses where the target starts.
pub(crate) fn in_parentheses(target: &impl ToTokens, arguments: TokenStream) -> TokenStream {
    let mut group = Group::new(Delimiter::Parenthesis, arguments);
    let (first, _) = ends(target.to_token_stream());
    group.set_span(group.span().located_at(first));
    TokenTree::from(group).into()
}

/// Where tokens start and end.
fn ends(tokens: TokenStream) -> (Span, Span) {
    let mut spans = tokens.into_iter().map(|token| token.span());
    let first = spans.next().unwrap_or_else(Span::call_site);
    (first, spans.last().unwrap_or(first))
}

fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    let respan_token = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), respan(group.stream(), span)).into();
        }
        // `located_at` keeps the hygiene: a name resolves as before.
        token.set_span(token.span().located_at(span));
        token
    };
    tokens.into_iter().map(respan_token).collect()
}
