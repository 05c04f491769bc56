//! Lowers the fields of a struct or of a variant: the location and the name of each, and whether the location has its
//! options.
//!
//! Input: a field and its attributes. Invariant: what is lowered is either in the model or reported.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::{Member, Type};

use super::{
    attr::Attrs,
    field_attr::FieldAttrs,
    model::{Field, Reading, Source, Writing},
};
use crate::{
    diag::{Diag, all_of, one_of},
    generics::has_reference,
    item::{has_name, member_name, ungroup},
    request::{attr::BORROWED, claims::Claims, field::check_names, serde_reading::ReadingAttrs},
    response_words::{ResponseItem, ResponseLocation, ResponseOption},
    words::{BodyFormat, Location, RenameRule},
};

/// The context of lowering: what is lowered so far, and what holds for all fields.
pub(super) struct Lowering<'a, 'd> {
    item: ResponseItem,
    /// What `fields` says.
    default: Option<ResponseLocation>,
    tried_fields: bool,
    rename: Option<RenameRule>,
    /// There is one field.
    is_single: bool,
    claims: Claims,
    fields: Vec<Field<'a>>,
    /// The fields that are the whole body, and those that are members of it.
    bodies: [Vec<TokenStream>; 2],
    diag: &'d mut Diag,
}

/// A field on its way into the model.
struct FieldSource<'a> {
    name: String,
    member: Member,
    ty: &'a Type,
    attrs: FieldAttrs,
    serde: ReadingAttrs,
    /// What to point at: the name, or the type in a tuple.
    at: TokenStream,
}

impl FieldSource<'_> {
    /// The key that flattens the field.
    fn flatten(&self) -> Option<&Ident> {
        let by_api = self.attrs.flatten.key();
        let by_api = by_api.filter(|_| self.attrs.flatten.is_on());
        by_api.or(self.serde.flatten.key())
    }
}

impl<'a, 'd> Lowering<'a, 'd> {
    /// The attributes are those of the variant or struct, and those around it.
    pub(super) fn new(
        item: ResponseItem,
        attrs: [&Attrs; 2],
        is_single: bool,
        diag: &'d mut Diag,
    ) -> Self {
        Self {
            item,
            default: attrs.iter().find_map(|attrs| attrs.fields.get().copied()),
            tried_fields: attrs.iter().any(|attrs| attrs.tried_fields),
            rename: attrs.iter().find_map(|attrs| attrs.rename_rule()),
            is_single,
            claims: Claims::of_response(),
            fields: Vec::new(),
            bodies: [Vec::new(), Vec::new()],
            diag,
        }
    }

    pub(super) fn lower_field(&mut self, field: &'a syn::Field, member: Member) {
        if !has_name(field, self.diag) {
            return;
        }
        let source = FieldSource {
            name: member_name(&member),
            member,
            ty: ungroup(&field.ty),
            attrs: FieldAttrs::from_syn(&field.attrs, self.diag),
            serde: ReadingAttrs::from_syn(&field.attrs, self.diag),
            at: match &field.ident {
                Some(ident) => ident.to_token_stream(),
                None => field.ty.to_token_stream(),
            },
        };
        let lowered = if self.is_response(&source) {
            Some(self.lower_response(&source))
        } else {
            self.lower_source(&source)
        };
        let Some(lowered) = lowered else { return };
        if !matches!(lowered, Source::Skip)
            && source.serde.with.get().is_none()
            && has_reference(source.ty)
        {
            self.diag.error(source.ty, BORROWED);
        }
        let is_unknown = source.serde.with.key().is_some_and(|key| key == "with");
        self.fields.push(Field {
            member: source.member,
            ty: source.ty,
            source: lowered,
            reading: Reading {
                with: source.serde.with.take(),
                default: source.serde.default.take(),
            },
            writing: Writing {
                is_unknown: is_unknown && source.serde.write_with.get().is_none(),
                with: source.serde.write_with.take(),
                skip_if: source.serde.skip_if.take(),
            },
        });
    }

    /// Whether the field is the one value that the whole response is decoded as. With `fields`, one that has a name is
    /// something else.
    fn is_response(&self, source: &FieldSource<'_>) -> bool {
        let FieldSource { attrs, serde, .. } = source;
        let is_named = matches!(source.member, Member::Named(_)) || serde.rename.get().is_some();
        self.is_single
            && attrs.is_empty()
            && !(self.tried_fields && is_named)
            && serde.skip.get().is_none()
    }

    fn lower_response(&mut self, source: &FieldSource<'_>) -> Source {
        for key in source.serde.keys() {
            let message = format!(
                "serde's `{key}` needs a location beside it: write `#[api(body)]`, or another one"
            );
            self.diag.error(key, message);
        }
        Source::Response
    }

    fn lower_source(&mut self, source: &FieldSource<'_>) -> Option<Source> {
        let location = self.lower_location(source)?;
        self.check_options(location, &source.attrs);
        Some(match location {
            ResponseLocation::Skip => Source::Skip,
            ResponseLocation::Status => {
                for key in source.serde.keys() {
                    let message = format!(
                        "serde's `{key}` is not allowed on a `status`, which is decoded without serde"
                    );
                    self.diag.error(key, message);
                }
                Source::Status
            }
            ResponseLocation::Header => self.lower_header(source)?,
            ResponseLocation::Json => self.lower_member(source)?,
            ResponseLocation::Body => self.lower_body(source),
        })
    }

    fn lower_location(&mut self, source: &FieldSource<'_>) -> Option<ResponseLocation> {
        let FieldSource { attrs, serde, .. } = source;
        match attrs.locations.as_slice() {
            _ if serde.skip.get().is_some() => Some(ResponseLocation::Skip),
            [(_, location)] => Some(*location),
            [] => {
                if self.default.is_none() && !attrs.broken && !self.tried_fields {
                    self.refuse_without_location(source);
                }
                self.default
            }
            locations => {
                let words = one_of(locations.iter().map(|(_, location)| location.word()));
                let is_json = |at: ResponseLocation| locations.iter().any(|(_, it)| *it == at);
                let hint = if is_json(ResponseLocation::Json) && is_json(ResponseLocation::Header) {
                    "\nfor JSON text in a header write `header(json)`"
                } else {
                    ""
                };
                let message = format!(
                    "the field `{}` has several locations, keep one of {words}{hint}",
                    source.name
                );
                for (key, _) in locations {
                    self.diag.error(key, &message);
                }
                None
            }
        }
    }

    fn refuse_without_location(&mut self, source: &FieldSource<'_>) {
        let value = match source.member {
            Member::Named(_) => "",
            Member::Unnamed(_) => " = \"…\"",
        };
        let name = &source.name;
        let on = match self.item {
            ResponseItem::Variant => "on the variant or the enum",
            ResponseItem::Struct | ResponseItem::Enum => "on the struct",
        };
        let message = format!(
            "the field `{name}` has no location\nwrite `#[api(header{value})]`, `#[api(status)]`, `#[api(body)]`, `#[api(json{value})]` or `#[api(skip)]`, or `fields = json` {on}"
        );
        self.diag.error(&source.at, message);
    }

    fn check_options(&mut self, location: ResponseLocation, attrs: &FieldAttrs) {
        for (key, option) in &attrs.given {
            let locations = option.locations();
            if locations.contains(&location) {
                continue;
            }
            let message = match (option, location) {
                (ResponseOption::Flatten, ResponseLocation::Json) => {
                    "JSON members are flattened by serde, write `#[serde(flatten)]`".to_owned()
                }
                (ResponseOption::Secret, _) => {
                    "`secret` is an option of `header`, anything else is secret by its type: `Secret<T>`"
                        .to_owned()
                }
                _ => {
                    let locations = all_of(locations.iter().map(|location| location.word()));
                    let word = location.word();
                    format!("`{key}` is an option of {locations}, not of `{word}`")
                }
            };
            self.diag.error(key, message);
        }
    }

    fn lower_header(&mut self, source: &FieldSource<'_>) -> Option<Source> {
        let FieldSource { attrs, serde, .. } = source;
        let json = attrs.json.key().filter(|_| attrs.json.is_on());
        if source.flatten().is_some() {
            let secret = attrs.secret.key().filter(|_| attrs.secret.is_on());
            self.check_flattened("takes all headers", source, json.into_iter().chain(secret));
            return Some(Source::Headers);
        }
        if let (Some(_), Some(with)) = (json, serde.with.key()) {
            let message = format!(
                "`{with}` is not allowed beside `json`, which decodes the value as JSON text"
            );
            self.diag.error(with, message);
        }
        let names = self.lower_names(Location::Header, source)?;
        Some(Source::Header {
            names: names.iter().map(|name| name.to_ascii_lowercase()).collect(),
            json: json.is_some(),
            secret: attrs.secret.is_on(),
        })
    }

    fn lower_member(&mut self, source: &FieldSource<'_>) -> Option<Source> {
        self.bodies[1].push(source.at.clone());
        if source.flatten().is_some() {
            let none = std::iter::empty();
            self.check_flattened("takes the members that no other field has", source, none);
            return Some(Source::Members);
        }
        let names = self.lower_names(Location::Json, source)?;
        Some(Source::Member { names })
    }

    /// What is about one value is not allowed where the field takes many.
    fn check_flattened<'k>(
        &mut self,
        why: &str,
        source: &'k FieldSource<'_>,
        others: impl Iterator<Item = &'k Ident>,
    ) {
        let serde = source.serde.keys().filter(|key| *key != "flatten");
        for key in source
            .attrs
            .name
            .key()
            .into_iter()
            .chain(others)
            .chain(serde)
        {
            let message = format!("`{key}` is not allowed beside `flatten`, which {why}");
            self.diag.error(key, message);
        }
    }

    fn lower_body(&mut self, source: &FieldSource<'_>) -> Source {
        let FieldSource { attrs, serde, .. } = source;
        self.bodies[0].push(source.at.clone());
        let format = attrs.format.get().copied().unwrap_or(BodyFormat::Json);
        for key in serde.keys() {
            let message = match serde.with.key() {
                Some(with) if with == key && format == BodyFormat::Json => continue,
                Some(with) if with == key => format!(
                    "serde's `{key}` is not allowed on a `body = {}`, which is decoded without serde",
                    format.word()
                ),
                _ if key == "default" => {
                    "`default` is not allowed on a whole `body`: what may be missing is an `Option`"
                        .to_owned()
                }
                _ if key == "flatten" => {
                    "a body cannot be flattened: a whole `body` has no members beside its own, leave it out"
                        .to_owned()
                }
                _ => format!("a whole `body` has no name, leave out `{key}`"),
            };
            self.diag.error(key, message);
        }
        Source::Body {
            format,
            with: attrs.with.clone().map(Box::new),
        }
    }

    /// The names on the wire: the declared one, then serde's aliases. `None` if there is a mistake in the declared one.
    fn lower_names(&mut self, location: Location, source: &FieldSource<'_>) -> Option<Vec<String>> {
        let FieldSource { attrs, serde, .. } = source;
        let (explicit, rename) = (attrs.name.get(), serde.rename.get());
        check_names(explicit, rename, self.diag);
        let field = &source.name;
        let (name, at) = match (explicit.or(rename), location, self.rename) {
            (Some(literal), ..) => (literal.value(), literal.to_token_stream()),
            (None, ..) if matches!(source.member, Member::Unnamed(_)) => {
                if !attrs.broken {
                    let word = match location {
                        Location::Header => "header",
                        _ => "json",
                    };
                    let message =
                        format!("a tuple field needs a name on the wire, as in `{word} = \"…\"`");
                    self.diag.error(&source.at, message);
                }
                return None;
            }
            (None, Location::Header, _) => (field.replace('_', "-"), source.at.clone()),
            (None, _, Some(rule)) => (rule.apply(field), source.at.clone()),
            (None, _, None) => (field.clone(), source.at.clone()),
        };
        if !self.claims.claim(location, &name, at, self.diag) {
            return None;
        }
        let mut own = BTreeSet::from([name.clone()]);
        let mut names = vec![name];
        for (_, alias) in &serde.aliases {
            let value = alias.value();
            // As to serde, the same name again says nothing.
            if own.insert(value.clone()) {
                self.claims
                    .claim(location, &value, alias.to_token_stream(), self.diag);
                names.push(value);
            }
        }
        Some(names)
    }

    /// One whole body, and no members beside it.
    pub(super) fn finish(self) -> Vec<Field<'a>> {
        let [whole, members] = &self.bodies;
        if whole.len() > 1 {
            for at in whole {
                let message = "a response has only one `body`\nfields that are members of one JSON object are `#[api(json)]`";
                self.diag.error(at, message);
            }
        }
        if let (Some(whole), Some(member)) = (whole.first(), members.first()) {
            let message = "a whole `body` is not allowed beside a `json` member\nwrite `#[api(json)]` here too";
            self.diag.error(whole, message);
            let message = "a `json` member is not allowed beside a whole `body`";
            self.diag.error(member, message);
        }
        self.fields
    }
}
