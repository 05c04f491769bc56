//! Turns the model into tokens. Checks nothing and cannot fail.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};

use super::model::Group;
use crate::{
    block::{Target, hide},
    generics::TypeParams,
    request::{
        expand::{bounds_of, expand_headers, expand_values, header_names},
        operation::{expand_auth, expand_constant, expand_param, expand_route},
    },
};

pub(super) fn expand(group: &Group<'_>) -> TokenStream {
    let Group {
        input,
        runtime,
        constants,
        params,
        ..
    } = group;
    let type_params = TypeParams::of(&input.generics);
    let target = Target::new(input, &bounds_of(params, &type_params));
    let statics = expand_headers(constants, params);
    let headers = (!header_names(constants, params).is_empty()).then(|| {
        quote! {
            fn headers() -> &'static __api_request::HeaderNames { &__HEADERS }
        }
    });
    let facts = expand_facts(group);
    let values = expand_values(params);
    let hand = Ident::new("__hand", Span::mixed_site());
    let items = quote! {
        #facts
        #headers
        fn values(&self, #hand: &mut __api_request::Hand<'_>) -> __api_request::EncodeResult {
            #hand(&[#(#values),*])
        }
    };
    let implementation = target.expand(&quote! { ApiGroup }, &items);
    let probe = quote! { use __api_request::ProbeDefaults as _; };
    hide(runtime, &quote! { #probe #statics #implementation })
}

/// The impl beside compile errors, so that code which uses the type has no errors of its own.
pub(super) fn fallback(group: &Group<'_>) -> TokenStream {
    let error = expand_error(group);
    let items = quote! {
        #error
        const GROUP: &'static __api_request::Group = &__api_request::Group::declare("", &[]);
        fn values(&self, _: &mut __api_request::Hand<'_>) -> __api_request::EncodeResult {
            __api_request::not_declared()
        }
    };
    let target = Target::new(group.input, &[]);
    let implementation = target.expand(&quote! { ApiGroup }, &items);
    hide(&group.runtime, &implementation)
}

fn expand_error(group: &Group<'_>) -> TokenStream {
    let error = group.error.map(ToTokens::to_token_stream);
    let error = error.unwrap_or_else(|| quote! { __api_request::ErrorBody });
    quote! { type Error = #error; }
}

/// What is declared. What is not is left to the runtime's default.
fn expand_facts(group: &Group<'_>) -> TokenStream {
    let Group {
        input: _,
        runtime: _,
        name,
        path,
        route,
        auth,
        error,
        constants,
        params,
    } = group;
    let error_type = expand_error(group);
    let fields = params.iter().map(expand_param);
    let with_path = (!path.is_empty()).then(|| quote! { .with_path(#path) });
    let with_route = expand_route(route, params);
    let with_auth = auth.map(|auth| {
        let auth = expand_auth(auth);
        quote! { .with_auth(#auth) }
    });
    let with_error = error.map(|_| quote! { .with_error(true) });
    let with_constants = (!constants.is_empty()).then(|| {
        let constants = constants.iter().map(expand_constant);
        quote! { .with_constants(&[#(#constants),*]) }
    });
    quote! {
        #error_type
        const GROUP: &'static __api_request::Group =
            &__api_request::Group::declare(#name, &[#(#fields),*])
                #with_path #with_route #with_auth #with_error #with_constants;
    }
}
