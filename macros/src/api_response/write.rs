//! The impl for servers, which the runtime leaves out without its feature `server`. Checks nothing and cannot fail.
//!
//! Invariant: no bound is checked where the type is declared, so that it need not be `Serialize` to be decoded; what is
//! written is what `expand` decodes.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use syn::{ExprPath, Type};

use super::model::{ApiResponse, Field, Source, Variant, ordered};
use crate::{
    block::Target, generics::unchecked, item::ungroup, request::serde_reading::Fallback,
    words::BodyFormat,
};

/// The bounds are those of decoding.
pub(super) fn expand_write(response: &ApiResponse<'_>, bounds: &[TokenStream]) -> TokenStream {
    let ApiResponse {
        input, variants, ..
    } = response;
    let fields = variants.iter().flat_map(|variant| &variant.fields);
    let bounds: Vec<_> = bounds
        .iter()
        .cloned()
        .chain(fields.filter_map(bound))
        .collect();
    let [writer, own] = [writer(), ident("__own")];
    let ordered = ordered(variants);
    let arms = variants.iter().map(|variant| {
        let indices = ordered.iter().enumerate();
        let indices = indices
            .filter(|(_, (_, other))| variant.ident.is_some() && other.ident == variant.ident);
        let indices = indices.map(|(index, _)| Literal::usize_unsuffixed(index));
        let path = variant
            .ident
            .map_or_else(|| quote! { Self }, |ident| quote! { Self::#ident });
        let (pattern, fields) = expand_fields(variant);
        quote! { #path { #pattern } => { #fields &[#(#indices),*] } }
    });
    let write = quote! {
        fn write_response(
            self,
            #writer: &mut __api_request::ResponseWriter,
        ) -> __api_request::Written {
            let #own: &[::core::primitive::usize] = match self { #(#arms)* };
            __api_request::ResponseWriter::claim(
                #writer,
                <Self as __api_request::ApiResponse>::STATUSES,
                #own,
            )
        }
    };
    let target = Target::new(input, &bounds);
    let implementation = target.expand(&quote! { WriteResponse }, &write);
    quote! { __api_request::server! { #implementation } }
}

/// The same beside compile errors.
pub(super) fn expand_unwritten(response: &ApiResponse<'_>) -> TokenStream {
    let write = quote! {
        fn write_response(self, _: &mut __api_request::ResponseWriter) -> __api_request::Written {
            ::core::result::Result::Ok(())
        }
    };
    let target = Target::new(response.input, &[]);
    let implementation = target.expand(&quote! { WriteResponse }, &write);
    quote! { __api_request::server! { #implementation } }
}

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::mixed_site())
}

fn writer() -> Ident {
    ident("__writer")
}

fn object() -> Ident {
    ident("__object")
}

/// The pattern of a variant, and the statements that write its fields: the members that have no name after the others.
fn expand_fields(variant: &Variant<'_>) -> (TokenStream, TokenStream) {
    let fields = variant.fields.iter().enumerate();
    let pattern = fields.clone().map(|(index, field)| {
        let member = &field.member;
        let value = value(index);
        if expand_field(field, &value).is_some() {
            quote! { #member: #value, }
        } else {
            quote! { #member: _, }
        }
    });
    let pattern = pattern.collect();
    let mut fields: Vec<_> = fields.collect();
    fields.sort_by_key(|(_, field)| match field.source {
        Source::Headers | Source::Members => 1,
        _ => 0,
    });
    let is_object = |source: &Source| matches!(source, Source::Member { .. } | Source::Members);
    let statements = fields.iter().map(|(index, field)| {
        let value = value(*index);
        let statement = expand_field(field, &value);
        match &field.writing.skip_if {
            Some(skip) => quote! { if !#skip(&#value) { #statement } },
            None => statement.unwrap_or_default(),
        }
    });
    let statements: TokenStream = statements.collect();
    if !fields.iter().any(|(_, field)| is_object(&field.source)) {
        return (pattern, statements);
    }
    let (writer, object) = (writer(), object());
    let statements = quote! {
        let mut #object = <__api_request::ObjectWriter as ::core::default::Default>::default();
        #statements
        __api_request::ResponseWriter::object(#writer, #object);
    };
    (pattern, statements)
}

fn value(index: usize) -> Ident {
    format_ident!("__value_{index}", span = Span::mixed_site())
}

/// The statement that writes a field; `None` if nothing is written for it.
fn expand_field(field: &Field<'_>, value: &Ident) -> Option<TokenStream> {
    let Field {
        source, writing, ..
    } = field;
    let writer = writer();
    let method = |name: &str, arguments: TokenStream| {
        let name = Ident::new(name, Span::call_site());
        quote! { __api_request::ResponseWriter::#name(#writer, #arguments)?; }
    };
    let object = object();
    let with = writing.with.as_ref();
    if is_unwritable(field) {
        return Some(quote! { let _ = #value; });
    }
    Some(match source {
        Source::Status => method("status", quote! { #value }),
        Source::Header {
            names,
            json,
            secret,
        } => {
            let name = names.first();
            let value = expand_value(value, "Param", with);
            let function = match (json, with) {
                (_, Some(_)) => "header_with",
                (true, None) => "json_header",
                (false, None) => "header",
            };
            method(function, quote! { #name, #secret, #value })
        }
        Source::Headers => method("headers", quote! { &#value }),
        Source::Member { names } => {
            let name = names.first();
            let keeps_null = matches!(field.reading.default, Some(Fallback::Function(_)));
            let value = expand_value(value, "Json", with);
            quote! {
                __api_request::ObjectWriter::member(&mut #object, #name, #keeps_null, #value)?;
            }
        }
        Source::Members => {
            let value = expand_value(value, "Json", with);
            quote! { __api_request::ObjectWriter::rest(&mut #object, #value)?; }
        }
        Source::Body { format, .. } => match format {
            BodyFormat::Text => method("text", quote! { &#value }),
            BodyFormat::Bytes => method("bytes", quote! { &#value }),
            BodyFormat::Stream => method("stream", quote! { #value }),
            BodyFormat::Lines => method("lines", quote! { #value }),
            BodyFormat::Json | BodyFormat::Form | BodyFormat::With => {
                let function = if with.is_some() { "json_with" } else { "json" };
                method(function, expand_value(value, "Json", with))
            }
        },
        Source::Response => {
            quote! { __api_request::WriteResponse::write_response(#value, #writer)?; }
        }
        Source::Skip => return None,
    })
}

/// A reference to a value, or to what writes it by a function of serde's attributes.
fn expand_value(value: &Ident, kind: &str, with: Option<&ExprPath>) -> TokenStream {
    let Some(with) = with else {
        return quote! { &#value };
    };
    let [wrapper, ty] = ["With", "Serializer"].map(|end| format_ident!("{kind}{end}"));
    let serializer = ident("__serializer");
    quote! {
        &__api_request::#wrapper(
            |#serializer: __api_request::#ty<'_, '_>| #with(&#value, #serializer)
        )
    }
}

/// Nothing says how the field is written: a format of its own only decodes, and so may a module of serde's `with`.
fn is_unwritable(field: &Field<'_>) -> bool {
    field.writing.is_unknown || matches!(field.source, Source::Body { with: Some(_), .. })
}

/// The bound on the type of a field.
fn bound(field: &Field<'_>) -> Option<TokenStream> {
    let Field {
        ty,
        source,
        writing,
        ..
    } = field;
    if is_unwritable(field) {
        let format: Type = syn::parse_quote! { __api_request::NotWritten };
        return Some(unchecked(&format, &quote! { WriteAs<#ty> }));
    }
    let name = match source {
        Source::Status => {
            let into = quote! { TryInto<__api_request::StatusCode> };
            return Some(unchecked(ty, &into));
        }
        Source::Skip => return None,
        Source::Header { .. } | Source::Member { .. } | Source::Members | Source::Body { .. }
            if writing.with.is_some() =>
        {
            return None;
        }
        // It is not `Serialize`. By another name it is not written.
        Source::Headers if is_header_map(ty) => return None,
        Source::Response => "WriteResponse",
        Source::Body {
            format: BodyFormat::Bytes,
            ..
        } => "BytesValue",
        Source::Body {
            format: BodyFormat::Stream,
            ..
        } => "WriteStream",
        Source::Body {
            format: BodyFormat::Lines,
            ..
        } => "WriteLines",
        _ => "WriteValue",
    };
    Some(unchecked(
        ty,
        &Ident::new(name, Span::call_site()).into_token_stream(),
    ))
}

fn is_header_map(ty: &Type) -> bool {
    match ungroup(ty) {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|last| last.ident == "HeaderMap"),
        _ => false,
    }
}
