//! Paths of fields of a response: `meta.next`, `paging?.next` through an `Option`, `data.last.id` through a list.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{
    Member, Result, Token,
    parse::{Parse, ParseStream},
};

use crate::{
    item::member_name,
    span::{at, in_parentheses},
};

/// A path of fields, in the order in which they are written.
pub(crate) struct FieldPath {
    steps: Vec<Step>,
}

/// A field, or the last item of the list before it.
struct Step {
    dot: Option<Token![.]>,
    member: Member,
    /// The `?` after the field, which passes an `Option`.
    passes: Option<Token![?]>,
}

impl Step {
    /// A field that is called `last` is written `r#last`.
    fn is_last_item(&self) -> bool {
        matches!(&self.member, Member::Named(name) if name == "last")
    }
}

impl Parse for FieldPath {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let mut steps = Vec::new();
        let mut dot = None;
        loop {
            steps.push(Step {
                dot,
                member: input.parse()?,
                passes: input.parse()?,
            });
            dot = input.parse()?;
            if dot.is_none() {
                return Ok(Self { steps });
            }
        }
    }
}

impl FieldPath {
    /// The fields as text: `meta.next`.
    pub(crate) fn dotted(&self) -> String {
        let names: Vec<String> = self
            .steps
            .iter()
            .map(|step| member_name(&step.member))
            .collect();
        names.join(".")
    }

    /// The field that it begins with.
    pub(crate) fn first(&self) -> &Member {
        &self.steps[0].member
    }

    /// Whether it is a field inside of another.
    pub(crate) fn is_nested(&self) -> bool {
        self.steps.len() > 1
    }

    /// The first `?` in it.
    pub(crate) fn passes(&self) -> Option<Token![?]> {
        self.steps.iter().find_map(|step| step.passes)
    }

    /// The last item of a list in it, if it has one.
    pub(crate) fn last_item(&self) -> Option<&Member> {
        let mut steps = self.steps.iter();
        let step = steps.find(|step| step.is_last_item())?;
        Some(&step.member)
    }

    /// Whether what it leads to may be missing.
    pub(crate) fn may_be_missing(&self) -> bool {
        let mut steps = self.steps.iter();
        steps.any(|step| step.passes.is_some() || step.is_last_item())
    }

    /// A reference to what it leads to, from the reference `root`. If that may be missing, it has to stand in a function
    /// that returns an `Option`.
    pub(crate) fn reference(&self, root: TokenStream) -> TokenStream {
        if !self.may_be_missing() {
            return quote! { &#root.#self };
        }
        self.steps.iter().fold(root, |place, step| {
            let Step { member, passes, .. } = step;
            let field = if step.is_last_item() {
                // The call is where the step is, so that an error is about the step.
                let mut last = at(member, quote! { __api_request::last });
                last.extend(in_parentheses(member, place));
                quote! { #last? }
            } else {
                let mut field = at(member, quote! { & });
                field.extend(place);
                field.extend(at(member, quote! { . }));
                field.extend(member.to_token_stream());
                in_parentheses(member, field)
            };
            match passes {
                Some(question) => {
                    let mut passed = at(member, quote! { __api_request::passed });
                    passed.extend(in_parentheses(member, field));
                    quote! { #passed #question }
                }
                None => field,
            }
        })
    }

    /// `Some` of a mutable reference to what it leads to, from the mutable reference `root`; what `?` passes is filled on
    /// the way. It has to stand in a function that returns an `Option`. `None` if the way is through an item of a list.
    pub(crate) fn place(&self, root: &TokenStream) -> Option<TokenStream> {
        if self.last_item().is_some() {
            return None;
        }
        let mut place = root.clone();
        let mut filled = None;
        for Step { member, passes, .. } in &self.steps {
            place = quote! { #place.#member };
            filled = passes.map(|_| quote! { __api_request::Passed(&mut #place).fill() });
            if let Some(filled) = &filled {
                place = quote! { #filled? };
            }
        }
        Some(filled.unwrap_or_else(|| quote! { ::core::option::Option::Some(&mut #place) }))
    }

    /// What it leads to, from the value `root`; an `Option` of it, if it may be missing.
    pub(crate) fn value(&self, root: &TokenStream) -> TokenStream {
        if !self.may_be_missing() {
            return quote! { #root.#self };
        }
        let value = self.steps.iter().fold(root.clone(), |place, step| {
            let Step { member, passes, .. } = step;
            quote! { #place.#member #passes }
        });
        quote! { (|| ::core::option::Option::Some(#value))() }
    }
}

impl ToTokens for FieldPath {
    /// The fields alone.
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for Step { dot, member, .. } in &self.steps {
            dot.to_tokens(tokens);
            member.to_tokens(tokens);
        }
    }
}
