//! Turns the model into tokens. Checks nothing and cannot fail.
//!
//! Invariant: status and headers are decoded before the body, and the members that no other field has after those that
//! have a name.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::Type;

use super::{
    model::{ApiResponse, Field, Reading, Source, Variant, ordered},
    write::{expand_unwritten, expand_write},
};
use crate::{
    block::{Target, expand_conflict, hide},
    generics::{TypeParams, is_std},
    request::serde_reading::Fallback,
    span::{around, at},
    status::Status,
    words::BodyFormat,
};

const JSON: &str = "application/json";

pub(super) fn expand(response: &ApiResponse<'_>) -> TokenStream {
    let ApiResponse {
        input, variants, ..
    } = response;
    let type_params = TypeParams::of(&input.generics);
    let fields = variants.iter().flat_map(|variant| &variant.fields);
    let bounds: Vec<_> = fields
        .filter_map(|field| bound(field, &type_params))
        .collect();
    let accept = expand_accept(variants);
    let claims = expand_claims(variants);
    let decode = expand_decode(variants);
    let decoder = decoder();
    let items = quote! {
        #accept
        #claims
        fn decode(
            #decoder: &mut __api_request::ResponseDecoder<'_>,
        ) -> ::core::result::Result<Self, __api_request::Undecodable> {
            ::core::result::Result::Ok(#decode)
        }
    };
    let target = Target::new(input, &bounds);
    let implementation = target.expand(&quote! { ApiResponse }, &items);
    let write = expand_write(response, &bounds);
    let has_secrets = variants
        .iter()
        .any(|variant| secrets(variant).next().is_some());
    let probe = has_secrets.then(|| quote! { use __api_request::ProbeDefaults as _; });
    let conflict = expand_conflict(
        input,
        "IS_JSON_RESPONSE",
        "derives `ApiResponse`, which decodes it, and implements `serde::Deserialize`: remove `Deserialize`",
    );
    hide(
        &response.runtime,
        &quote! { #probe #implementation #write #conflict },
    )
}

/// The impl beside compile errors, so that code which uses the type has no errors of its own.
pub(super) fn fallback(response: &ApiResponse<'_>) -> TokenStream {
    let decoder = decoder();
    let items = quote! {
        fn decode(
            #decoder: &mut __api_request::ResponseDecoder<'_>,
        ) -> ::core::result::Result<Self, __api_request::Undecodable> {
            ::core::result::Result::Err(__api_request::ResponseDecoder::no_variant(#decoder))
        }
    };
    let target = Target::new(response.input, &[]);
    let implementation = target.expand(&quote! { ApiResponse }, &items);
    let write = expand_unwritten(response);
    hide(&response.runtime, &quote! { #implementation #write })
}

/// The parameter of the function.
fn decoder() -> Ident {
    Ident::new("__response", Span::mixed_site())
}

/// The media types that are asked for; nothing, if that is JSON.
fn expand_accept(variants: &[Variant<'_>]) -> Option<TokenStream> {
    let mut accepted: Vec<TokenStream> = Vec::new();
    let fields = variants.iter().flat_map(|variant| &variant.fields);
    for tokens in fields.filter_map(accepts) {
        if accepted
            .iter()
            .all(|other| other.to_string() != tokens.to_string())
        {
            accepted.push(tokens);
        }
    }
    let accept = match accepted.as_slice() {
        [] => quote! { "*/*" },
        [only] if only.to_string() == JSON.to_token_stream().to_string() => return None,
        [only] => only.clone(),
        several => quote! { __api_request::accept(&[#(#several),*]) },
    };
    Some(quote! { const ACCEPT: &'static ::core::primitive::str = #accept; })
}

/// The media types of a body; `None` if the field is not a body.
fn accepts(field: &Field<'_>) -> Option<TokenStream> {
    let ty = field.ty;
    match &field.source {
        Source::Response => Some(quote! { <#ty as __api_request::ApiResponse>::ACCEPT }),
        Source::Member { .. } | Source::Members => Some(JSON.to_token_stream()),
        Source::Body { format, with } => Some(match (format, with) {
            (_, Some(with)) => quote! { <#with as __api_request::ResponseFormat>::ACCEPT },
            (BodyFormat::Text, None) => quote! { "text/plain" },
            (BodyFormat::Bytes | BodyFormat::Stream, None) => quote! { "*/*" },
            (BodyFormat::Lines, None) => quote! { "application/x-ndjson" },
            (BodyFormat::Json | BodyFormat::Form | BodyFormat::With, None) => {
                JSON.to_token_stream()
            }
        }),
        Source::Status | Source::Header { .. } | Source::Headers | Source::Skip => None,
    }
}

/// The statuses of the type, each with how its body is read; nothing, if they are the default.
fn expand_claims(variants: &[Variant<'_>]) -> Option<TokenStream> {
    if let [only] = variants {
        let body = only.fields.iter().find(|field| accepts(field).is_some());
        let has_defaults = only.statuses.is_empty() && secrets(only).next().is_none();
        match body {
            Some(Field {
                ty,
                source: Source::Response,
                ..
            }) if has_defaults => {
                let of_type = quote! { <#ty as __api_request::ApiResponse>::STATUSES };
                return Some(quote! {
                    const STATUSES: &'static [__api_request::Claim] = #of_type;
                });
            }
            Some(field) if has_defaults && !is_streamed(field) => return None,
            _ => {}
        }
    }
    let claims = ordered(variants).into_iter().map(|(status, variant)| {
        let mut claim = expand_claim(status, variant);
        let mut secrets = secrets(variant).peekable();
        if secrets.peek().is_some() {
            claim.extend(quote! { .secret(&[#(#secrets),*]) });
        }
        claim
    });
    Some(quote! {
        const STATUSES: &'static [__api_request::Claim] = &[#(#claims),*];
    })
}

fn is_streamed(field: &Field<'_>) -> bool {
    let streams = [BodyFormat::Stream, BodyFormat::Lines];
    matches!(&field.source, Source::Body { format, .. } if streams.contains(format))
}

fn expand_claim(status: Status, variant: &Variant<'_>) -> TokenStream {
    let range = status.range();
    let body = variant.fields.iter().find(|field| accepts(field).is_some());
    let ([named, rest], of_type, read) = match body {
        Some(Field {
            ty,
            source: Source::Response,
            ..
        }) => {
            let of_type = quote! { ::<#ty> };
            (["nested", "rest_nested"], Some(of_type), None)
        }
        _ => (["statuses", "rest"], None, Some(expand_read(body))),
    };
    let function = if range.is_some() { named } else { rest };
    let function = Ident::new(function, Span::call_site());
    let range = range.into_iter().flatten().map(Literal::u16_unsuffixed);
    let arguments = range.map(Literal::into_token_stream).chain(read);
    quote! { __api_request::Claim::#function #of_type (#(#arguments),*) }
}

/// How the body is read.
fn expand_read(body: Option<&Field<'_>>) -> TokenStream {
    match body {
        None => quote! { __api_request::Read::Discarded },
        Some(Field {
            source:
                Source::Body {
                    format: BodyFormat::Lines,
                    ..
                },
            ..
        }) => quote! { __api_request::LINES },
        Some(field) if is_streamed(field) => quote! { __api_request::Read::Streamed },
        Some(_) => quote! { __api_request::Read::Buffered },
    }
}

/// The headers that are secret, or may be: each with whether it is.
fn secrets<'v>(variant: &'v Variant<'_>) -> impl Iterator<Item = TokenStream> + 'v {
    variant.fields.iter().filter_map(|field| {
        let Source::Header { names, secret, .. } = &field.source else {
            return None;
        };
        let ty = field.ty;
        let is_secret = match secret {
            true => quote! { true },
            false if is_std(ty) => return None,
            false => quote! { <__api_request::Probe<#ty>>::SECRET },
        };
        Some(quote! { #((#names, #is_secret)),* })
    })
}

/// The value of the type.
fn expand_decode(variants: &[Variant<'_>]) -> TokenStream {
    if let [
        Variant {
            ident: None,
            fields,
            ..
        },
    ] = variants
    {
        return expand_value(&quote! { Self }, fields);
    }
    let decoder = decoder();
    let ordered = ordered(variants);
    let arms = variants.iter().map(|variant| {
        let ident = variant.ident;
        let claims = ordered.iter().enumerate();
        let claims = claims.filter(|(_, (_, other))| other.ident == ident);
        let indices = claims.map(|(index, _)| Literal::usize_unsuffixed(index));
        let value = expand_value(&quote! { Self::#ident }, &variant.fields);
        quote! { #(#indices)|* => #value, }
    });
    quote! {
        match __api_request::ResponseDecoder::claimed(
            #decoder,
            <Self as __api_request::ApiResponse>::STATUSES,
        ) {
            #(#arms)*
            _ => return ::core::result::Result::Err(
                __api_request::ResponseDecoder::no_variant(#decoder),
            ),
        }
    }
}

/// The struct, or the variant, with its fields in the order in which they are decoded.
fn expand_value(path: &TokenStream, fields: &[Field<'_>]) -> TokenStream {
    let mut fields: Vec<_> = fields.iter().collect();
    fields.sort_by_key(|field| match field.source {
        Source::Status | Source::Header { .. } | Source::Headers | Source::Skip => 0,
        Source::Member { .. } => 1,
        Source::Members | Source::Body { .. } | Source::Response => 2,
    });
    let fields = fields.into_iter().map(|field| {
        let (member, value) = (&field.member, expand_field(field));
        quote! { #member: #value }
    });
    quote! { #path { #(#fields),* } }
}

fn expand_field(field: &Field<'_>) -> TokenStream {
    let Field {
        ty,
        source,
        reading,
        ..
    } = field;
    let decoder = decoder();
    match source {
        Source::Status => {
            let status = quote! { __api_request::ResponseDecoder::status(#decoder) };
            quote! { <#ty as ::core::convert::From<__api_request::StatusCode>>::from(#status) }
        }
        Source::Header {
            names, json: true, ..
        } => {
            let function = quote! { __api_request::json_text::<#ty> };
            expand_named("header", names, ty, Some(&function), reading)
        }
        Source::Header { names, .. } => {
            let function = reading.with.as_ref().map(ToTokens::to_token_stream);
            expand_named("header", names, ty, function.as_ref(), reading)
        }
        Source::Headers => quote! { __api_request::ResponseDecoder::headers::<#ty, _>(#decoder)? },
        Source::Member { names } => {
            let function = reading.with.as_ref().map(ToTokens::to_token_stream);
            expand_named("member", names, ty, function.as_ref(), reading)
        }
        Source::Members => quote! { __api_request::ResponseDecoder::rest::<#ty>(#decoder)? },
        Source::Body { format, with } => expand_body(ty, *format, with.as_deref(), reading),
        Source::Response => {
            quote! { <#ty as __api_request::ApiResponse>::decode(#decoder)? }
        }
        Source::Skip => {
            let function = match &reading.default {
                Some(Fallback::Function(function)) => function.to_token_stream(),
                Some(Fallback::OfType) | None => {
                    quote! { <#ty as ::core::default::Default>::default }
                }
            };
            quote! { #function() }
        }
    }
}

/// A value that has a name, decoded by its type or by a function.
fn expand_named(
    source: &str,
    names: &[String],
    ty: &Type,
    function: Option<&TokenStream>,
    reading: &Reading,
) -> TokenStream {
    let decoder = decoder();
    let with = if function.is_some() { "_with" } else { "" };
    let or = if reading.default.is_some() { "_or" } else { "" };
    let method = Ident::new(&format!("{source}{with}{or}"), Span::call_site());
    let function = function.map(expand_closure);
    let default = reading.default.as_ref().map(|default| match default {
        Fallback::OfType => quote! { , <#ty as ::core::default::Default>::default },
        Fallback::Function(function) => quote! { , #function },
    });
    quote! {
        __api_request::ResponseDecoder::#method::<#ty>(#decoder, &[#(#names),*] #function #default)?
    }
}

/// A function of serde's attributes, as an argument.
fn expand_closure(function: &TokenStream) -> TokenStream {
    let value = Ident::new("__value", Span::mixed_site());
    quote! { , |#value| #function(#value) }
}

fn expand_body(
    ty: &Type,
    format: BodyFormat,
    with: Option<&Type>,
    Reading { with: function, .. }: &Reading,
) -> TokenStream {
    let decoder = decoder();
    let method = |name: &str| {
        let method = Ident::new(name, Span::call_site());
        quote! { __api_request::ResponseDecoder::#method }
    };
    let field = |of: TokenStream, body: TokenStream| {
        quote! { __api_request::body_field::<#ty, #of>(#body) }
    };
    match (format, with) {
        (_, Some(with)) => {
            let with_format = method("with");
            // An error about the type of the field is about its type.
            at(ty, quote! { #with_format::<#with>(#decoder)? })
        }
        (BodyFormat::Text, None) => {
            let text = method("text");
            field(
                quote! { ::std::string::String },
                quote! { #text(#decoder)? },
            )
        }
        (BodyFormat::Bytes, None) => {
            let bytes = method("bytes");
            field(quote! { __api_request::Bytes }, quote! { #bytes(#decoder) })
        }
        (BodyFormat::Stream, None) => {
            let stream = method("stream");
            field(
                quote! { __api_request::ByteStream },
                quote! { #stream(#decoder) },
            )
        }
        (BodyFormat::Lines, None) => {
            let lines = method("lines");
            quote! { #lines::<#ty>(#decoder)? }
        }
        (BodyFormat::Json | BodyFormat::Form | BodyFormat::With, None) => {
            let with = if function.is_some() { "_with" } else { "" };
            let json = method(&format!("json{with}"));
            let function = function.as_ref().map(ToTokens::to_token_stream);
            let function = function.map(|it| expand_closure(&it));
            quote! { #json::<#ty>(#decoder #function)? }
        }
    }
}

/// The bound on the type of a field, only where it mentions a type parameter, or where the type is used several times:
/// the bound is then checked at once, so that there is one error.
fn bound(field: &Field<'_>, type_params: &TypeParams) -> Option<TokenStream> {
    let Field {
        ty,
        source,
        reading,
        ..
    } = field;
    let bounded = |ty: &Type, bound| Some(around(ty, TokenStream::new(), bound));
    match source {
        Source::Body {
            with: Some(with), ..
        } => {
            return bounded(
                with,
                quote! { : __api_request::ResponseFormat<Output = #ty> },
            );
        }
        Source::Response => return bounded(ty, quote! { : __api_request::ApiResponse }),
        _ => {}
    }
    if !type_params.are_in(ty) {
        return None;
    }
    let is_default = matches!(reading.default, Some(Fallback::OfType));
    if reading.with.is_some() {
        return is_default.then(|| quote! { #ty: ::core::default::Default });
    }
    Some(match source {
        Source::Status => quote! { #ty: ::core::convert::From<__api_request::StatusCode> },
        Source::Skip if matches!(reading.default, Some(Fallback::Function(_))) => return None,
        Source::Skip => quote! { #ty: ::core::default::Default },
        Source::Body {
            format: BodyFormat::Text,
            ..
        } => {
            quote! { #ty: __api_request::BodyField<::std::string::String> }
        }
        Source::Body {
            format: BodyFormat::Bytes,
            ..
        } => {
            quote! { #ty: __api_request::BodyField<__api_request::Bytes> }
        }
        Source::Body {
            format: BodyFormat::Stream,
            ..
        } => {
            quote! { #ty: __api_request::BodyField<__api_request::ByteStream> }
        }
        Source::Body {
            format: BodyFormat::Lines,
            ..
        } => {
            quote! { #ty: __api_request::LinesField }
        }
        Source::Header { .. }
        | Source::Headers
        | Source::Member { .. }
        | Source::Members
        | Source::Response
        | Source::Body { .. } => {
            let default = is_default.then(|| quote! { + ::core::default::Default });
            quote! { #ty: __api_request::DeserializeOwned #default }
        }
    })
}
