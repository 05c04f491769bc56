//! Facts of the derived item that every derive asks for: documentation, names, types, and where the runtime is.

use quote::ToTokens as _;
use syn::{
    Attribute, Expr, ExprLit, Field, Lit, LitStr, Member, Meta, MetaNameValue, Path, Type,
    ext::IdentExt as _, parse_quote,
};

use crate::{diag::Diag, grammar::Slot};

/// The path of the runtime, or the path as written if it could mean something else in the expansion.
pub(crate) fn runtime(given: &Slot<Path>) -> Result<Path, &Path> {
    let Some(path) = given.get() else {
        return Ok(default_runtime());
    };
    // `$crate` is how a macro of the crate that re-exports the runtime writes it.
    let first = &path.segments[0].ident;
    let is_rooted = path.leading_colon.is_some() || first == "crate" || first == "$crate";
    // `Self` is a type, never a module.
    if is_rooted && path.segments.iter().all(|it| it.ident != "Self") {
        Ok(path.clone())
    } else {
        Err(path)
    }
}

pub(crate) fn default_runtime() -> Path {
    parse_quote!(::api_request)
}

/// The path of the runtime; reports one that could mean something else in the expansion.
pub(crate) fn lower_runtime(given: &Slot<Path>, diag: &mut Diag) -> Path {
    runtime(given).unwrap_or_else(|path| {
        let message = "the path of the runtime starts with `::` or `crate`, so that it resolves in every module";
        diag.error(path, message);
        default_runtime()
    })
}

/// The text of doc comments, without the blank before each line.
pub(crate) fn doc(attrs: &[Attribute]) -> String {
    let mut doc = String::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let Meta::NameValue(MetaNameValue {
            value: Expr::Lit(ExprLit { lit, .. }),
            ..
        }) = &attr.meta
        else {
            continue;
        };
        let Lit::Str(text) = lit else { continue };
        for line in text.value().split('\n') {
            doc.push_str(line.strip_prefix(' ').unwrap_or(line));
            doc.push('\n');
        }
    }
    doc.trim().to_owned()
}

/// The note of `#[deprecated]`, if that is there. What is wrong in it is for rustc to say.
pub(crate) fn deprecation(attrs: &[Attribute]) -> Option<String> {
    let attr = attrs
        .iter()
        .find(|attr| attr.path().is_ident("deprecated"))?;
    let mut note = String::new();
    match &attr.meta {
        Meta::Path(_) => {}
        Meta::NameValue(MetaNameValue { value, .. }) => {
            if let Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) = value
            {
                note = text.value();
            }
        }
        Meta::List(_) => {
            let _ = attr.parse_nested_meta(|meta| {
                let text: LitStr = meta.value()?.parse()?;
                if meta.path.is_ident("note") {
                    note = text.value();
                }
                Ok(())
            });
        }
    }
    Some(note)
}

/// The name of a field: without `r#`, or the index in a tuple struct.
pub(crate) fn member_name(member: &Member) -> String {
    match member {
        Member::Named(ident) => ident.unraw().to_string(),
        Member::Unnamed(index) => index.to_token_stream().to_string(),
    }
}

/// Types that come from a `macro_rules!` matcher are in an invisible group.
pub(crate) fn ungroup(mut ty: &Type) -> &Type {
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    ty
}

/// Whether the field has a name; reports what rustc refuses too, unless the tokens come from elsewhere.
pub(crate) fn has_name(field: &Field, diag: &mut Diag) -> bool {
    if let Err(error) = field.modifiers.require_empty() {
        diag.push(error);
    }
    if let Some((_, value)) = &field.default {
        diag.error(value, "default values of fields are not supported");
    }
    let unnamed = field.ident.as_ref().filter(|ident| *ident == "_");
    if let Some(ident) = unnamed {
        diag.error(ident, "`_` is not the name of a field");
    }
    unnamed.is_none()
}
