//! Which types mention the type parameters, and the where-clause that follows from it.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use syn::{GenericArgument, Generics, PathArguments, Type};

/// The names of the type parameters of the struct, and `Self`, which has them all.
pub(crate) struct TypeParams(BTreeSet<String>);

impl TypeParams {
    pub(crate) fn of(generics: &Generics) -> Self {
        let params = generics.type_params().map(|param| param.ident.to_string());
        let mut names: BTreeSet<String> = params.collect();
        if !names.is_empty() {
            names.insert("Self".to_owned());
        }
        Self(names)
    }

    /// Whether the type's tokens mention a type parameter.
    ///
    /// Only the tokens are read, so `other::T` counts too; the bound is then on a type that has to satisfy it anyway.
    pub(crate) fn are_in(&self, ty: &Type) -> bool {
        !self.0.is_empty() && mentions(ty.to_token_stream(), &|name| self.0.contains(name))
    }
}

/// Whether one of `those` names is in the tokens, other than as a lifetime.
fn mentions(tokens: TokenStream, those: &dyn Fn(&str) -> bool) -> bool {
    let mut after_quote = false;
    for token in tokens {
        let found = match &token {
            TokenTree::Ident(ident) => !after_quote && those(&ident.to_string()),
            TokenTree::Group(group) => mentions(group.stream(), those),
            TokenTree::Punct(_) | TokenTree::Literal(_) => false,
        };
        if found {
            return true;
        }
        after_quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
    }
    false
}

/// The types of the standard library that most fields are made of.
const STD: &[&str] = &[
    "bool", "char", "str", "String", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16",
    "i32", "i64", "i128", "isize", "f32", "f64", "Option", "Vec", "Box", "Cow", "BTreeMap",
    "HashMap",
];

/// Whether the type is made of names of the standard library alone, so that it is not a secret.
///
/// To ask the type itself takes the compiler longer than all the rest of a parameter. Whoever gives a secret such a
/// name finds it missing from `Param::secret`; it hides itself all the same.
pub(crate) fn is_std(ty: &Type) -> bool {
    !mentions(ty.to_token_stream(), &|name| !STD.contains(&name))
}

/// Whether the type can be an `Option`, by whatever name.
pub(crate) fn may_be_option(ty: &Type) -> bool {
    !is_std(ty) || mentions(ty.to_token_stream(), &|name| name == "Option")
}

/// Whether a reference is written in the type.
pub(crate) fn has_reference(ty: &Type) -> bool {
    fn is_in(tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Group(group) => is_in(group.stream()),
            TokenTree::Punct(punct) => punct.as_char() == '&',
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        })
    }
    is_in(ty.to_token_stream())
}

/// The type in an `Option`, as far as the tokens tell, or else the type.
pub(crate) fn in_option(ty: &Type) -> &Type {
    in_argument(ty, "Option")
}

/// The type in a type of this name, as far as the tokens tell, or else the type.
pub(crate) fn in_argument<'t>(ty: &'t Type, name: &str) -> &'t Type {
    let arguments = match ty {
        Type::Group(group) => return in_argument(&group.elem, name),
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    };
    let arguments = arguments.filter(|last| last.ident == name);
    match arguments.map(|last| &last.arguments) {
        Some(PathArguments::AngleBracketed(types)) => match types.args.first() {
            Some(GenericArgument::Type(inner)) => inner,
            _ => ty,
        },
        _ => ty,
    }
}

/// A bound that is not checked where it stands, but where it is asked for. That rustc checks bounds on types without
/// parameters at once, and those for all lifetimes not, is how a type that is never written need not be `Serialize`.
pub(crate) fn unchecked(ty: &Type, bound: &TokenStream) -> TokenStream {
    quote! { for<'__unchecked> #ty: __api_request::#bound }
}

/// The struct's where-clause with `bounds` added, each once.
pub(crate) fn where_clause(generics: &Generics, bounds: &[TokenStream]) -> TokenStream {
    let mut seen = BTreeSet::new();
    let bounds = bounds.iter().filter(|bound| seen.insert(bound.to_string()));
    let own = generics
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates);
    quote! { where #(#own,)* #(#bounds,)* }
}

#[cfg(test)]
mod tests {
    use super::{TypeParams, where_clause};
    use quote::quote;
    use syn::{DeriveInput, Type, parse_quote};

    #[test]
    fn finds_type_parameters() {
        let input: DeriveInput = parse_quote! { struct Foo<'T, T: Clone, const N: usize>; };
        let params = TypeParams::of(&input.generics);
        let types: [(Type, bool); 9] = [
            (parse_quote!(T), true),
            (parse_quote!(Vec<Option<T>>), true),
            (parse_quote!([T; N]), true),
            (parse_quote!(<T as Iterator>::Item), true),
            (parse_quote!(&'T str), false),
            (parse_quote!([u8; N]), false),
            (parse_quote!(Option<String>), false),
            (parse_quote!(fn(T) -> u8), true),
            (parse_quote!(Option<Box<Self>>), true),
        ];
        for (ty, expected) in types {
            assert_eq!(params.are_in(&ty), expected, "{}", quote!(#ty));
        }
    }

    #[test]
    fn keeps_the_users_clause_and_adds_each_bound_once() {
        let input: DeriveInput = parse_quote! { struct Foo<T>(T) where T: Clone; };
        let bounds = [quote!(T: Value), quote!(T: Value)];
        assert_eq!(
            where_clause(&input.generics, &bounds).to_string(),
            quote!(where T: Clone, T: Value,).to_string()
        );
    }
}
