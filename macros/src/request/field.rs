//! Lowers fields: the location and the name of each, and whether the location has its options.
//!
//! Input: a field and its attributes. Invariant: what is lowered is either in the model or reported.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens as _;
use syn::{LitStr, Member};

use super::{
    attr::{Method, StructAttrs, has_no_body},
    claims::Claims,
    field_attr::{FieldAttrs, FieldOptions},
    model::{Body, Field, Flatten, ListStyle, Param, ParamKind},
    notation::lower_notation,
    path::Template,
    serde::SerdeAttrs,
    shape::{unsupported, unsupported_body},
};
use crate::{
    diag::{Diag, one_of, similar},
    generics::TypeParams,
    item::{doc, has_name, member_name, ungroup},
    wire,
    words::{BodyFormat, FieldOption, Location, Style},
};

/// How many placeholders a message lists.
const LISTED: usize = 20;

/// The context of lowering: what is lowered so far, and what the checks of the whole struct ask for.
pub(crate) struct Lowering<'a, 'd> {
    pub(crate) attrs: &'a StructAttrs,
    pub(crate) type_params: TypeParams,
    pub(crate) template: &'d Template,
    pub(crate) claims: Claims,
    pub(crate) params: Vec<Param<'a>>,
    pub(crate) members: Vec<Param<'a>>,
    pub(crate) whole: Option<Body<'a>>,
    /// The fields that are in the body.
    pub(crate) bodies: Vec<(Location, TokenStream)>,
    /// The fields that are the URL.
    pub(crate) urls: Vec<TokenStream>,
    /// The option that declares the type of a whole body.
    pub(crate) content_type: Option<Ident>,
    /// Every field that has a location, by its name.
    pub(crate) all: Vec<(String, Location)>,
    /// Placeholders that a field with a mistake may have been meant for.
    pub(crate) excused: BTreeSet<String>,
    /// A field is the URL, so there is no path.
    pub(crate) has_url: bool,
    /// Every field has a location.
    pub(crate) is_complete: bool,
    pub(crate) diag: &'d mut Diag,
}

/// A field on its way into the model.
pub(crate) struct FieldSource<'a> {
    pub(crate) field: Field<'a>,
    pub(crate) attrs: FieldAttrs,
    pub(crate) serde: SerdeAttrs,
    /// What to point at: the name, or the type in a tuple struct.
    pub(crate) at: TokenStream,
}

impl FieldSource<'_> {
    /// The name that is written for the field, or its own.
    pub(crate) fn name(&self) -> String {
        let name = self.attrs.options.name.get();
        let written = name.or(self.serde.rename.get()).map(LitStr::value);
        written.unwrap_or_else(|| self.field.name.clone())
    }

    /// The key that flattens the field.
    fn flatten(&self, location: Location) -> Option<&Ident> {
        let options = &self.attrs.options;
        let by_api = options.flatten.key().filter(|_| options.flatten.is_on());
        let can =
            FieldOption::Flatten.locations().contains(&location) || location == Location::Json;
        by_api.or(self.serde.flatten.key().filter(|_| can))
    }
}

impl<'a> Lowering<'a, '_> {
    /// Takes a name, and returns whether the name is valid in the location.
    pub(crate) fn claim(&mut self, location: Location, name: &str, at: TokenStream) -> bool {
        self.claims.claim(location, name, at, self.diag)
    }

    pub(crate) fn lower_field(&mut self, field: &'a syn::Field, member: Member) {
        if !has_name(field, self.diag) {
            self.is_complete = false;
            return;
        }
        let attrs = FieldAttrs::from_syn(&field.attrs, self.diag);
        let source = FieldSource {
            // What is said about a field that is not part of the request does not matter.
            serde: match attrs.locations.as_slice() {
                [(_, Location::Skip)] => SerdeAttrs::default(),
                _ => SerdeAttrs::from_syn(&field.attrs, self.diag),
            },
            attrs,
            at: match &field.ident {
                Some(ident) => ident.to_token_stream(),
                None => field.ty.to_token_stream(),
            },
            field: Field {
                name: member_name(&member),
                member,
                ty: ungroup(&field.ty),
                doc: doc(&field.attrs),
            },
        };
        if self.is_group_field(&source) {
            self.lower_group(source);
            return;
        }
        let Some(location) = self.lower_location(&source) else {
            self.is_complete = false;
            // The field may have been meant for a placeholder.
            self.excused.insert(source.name());
            return;
        };
        let is_skipped = source.serde.skip.get().is_some();
        let sent_as = if is_skipped { Location::Skip } else { location };
        self.all.push((source.field.name.clone(), sent_as));
        if self.attrs.is_group && !location.is_of_group() {
            self.refuse_in_group(location, &source);
            return;
        }
        let options = &source.attrs.options;
        self.check_options(location, options);
        self.check_serde(location, &source);
        self.check_part(options);
        match kind(location, options) {
            _ if is_skipped => {}
            Some(kind) => self.lower_param(location, kind, source),
            None if location == Location::Body => self.lower_body(source),
            None => {}
        }
    }

    fn lower_location(&mut self, source: &FieldSource<'a>) -> Option<Location> {
        let FieldSource { attrs, serde, .. } = source;
        match attrs.locations.as_slice() {
            [(_, location)] => Some(*location),
            [] if attrs.options.name.key().is_none()
                && self.template.has_placeholder(&source.name()) =>
            {
                Some(Location::Path)
            }
            [] if serde.skip.get().is_some() => Some(Location::Skip),
            [] => {
                let location = self.attrs.fields.get().copied();
                if location.is_none() && !attrs.broken && !self.attrs.tried("fields") {
                    self.check_has_location(source);
                }
                location
            }
            locations => {
                let words = one_of(locations.iter().map(|(_, location)| location.word()));
                let hint = json_text(locations);
                let message = format!(
                    "the field `{}` has several locations, keep one of {words}{hint}",
                    source.field.name
                );
                for (key, _) in locations {
                    self.diag.error(key, &message);
                }
                None
            }
        }
    }

    fn check_has_location(&mut self, source: &FieldSource<'_>) {
        let name = &source.field.name;
        if self.may_be_placeholder(name) {
            return;
        }
        if let Some(near) = self.meant_placeholder(name) {
            let message = format!(
                "the field `{name}` has no location, did you mean the placeholder `{{{near}}}`?\nwrite `#[api(path = \"{near}\")]`, or another location"
            );
            self.diag.error(&source.at, message);
            return;
        }
        let value = match source.field.member {
            Member::Named(_) => "",
            Member::Unnamed(_) => " = \"…\"",
        };
        let method = self.attrs.method.get().map(Method::word);
        let has_body = !self.attrs.is_group && !method.is_some_and(|word| has_no_body(&word));
        let locations = Location::DEFAULTS.iter();
        let locations = locations.filter(|(_, location)| has_body || location.is_of_group());
        let choices = locations.map(|(word, _)| format!("`#[api({word}{value})]`"));
        let body = has_body.then(|| "`#[api(body)]`".to_owned());
        let choices = choices.chain(body).collect::<Vec<_>>().join(", ");
        let message = format!(
            "the field `{name}` has no location\nwrite {choices} or `#[api(skip)]`, or `fields = …` on the struct"
        );
        self.diag.error(&source.at, message);
    }

    /// A placeholder that has no field and a similar name. The placeholder is then excused, so that one mistake has one message.
    fn meant_placeholder(&mut self, name: &str) -> Option<String> {
        if !self.diag.suggests() {
            return None;
        }
        let free = |near: &&str| self.claims.taken_by(Location::Path, near).is_none();
        let near = similar(name, self.template.placeholders().filter(free))?;
        let near = near.to_owned();
        self.excused.insert(near.clone());
        Some(near)
    }

    /// Whether a path whose mistakes are reported already may have meant a placeholder of this name.
    fn may_be_placeholder(&self, name: &str) -> bool {
        match self.attrs.path.get() {
            Some(_) => self.template.may_have_placeholder(name),
            // A request without a path has that mistake; a group need not have one.
            None => !self.has_url && (!self.attrs.is_group || self.attrs.tried("path")),
        }
    }

    /// A parameter, or a member of the body.
    fn lower_param(&mut self, location: Location, kind: ParamKind, source: FieldSource<'a>) {
        let is_member = Location::MEMBERS.contains(&location);
        if is_member {
            self.bodies.push((location, source.at.clone()));
        }
        if location == Location::Url {
            self.urls.push(source.at.clone());
        }
        let (options, serde) = (&source.attrs.options, &source.serde);
        let flatten = source.flatten(location);
        let notation = lower_notation(flatten, options, serde, self.diag);
        let ty = source.field.ty;
        let unsupported = unsupported(ty, location, options.style(), flatten.is_some(), notation);
        // A function of `with` may encode what `Serialize` cannot.
        if let Some(message) = unsupported.filter(|_| serde.with.get().is_none()) {
            self.diag.error(ty, message);
        }
        let is_either = flatten.is_some() && self.may_be_group(&source);
        let name = match flatten {
            // The names are those of the value.
            Some(_) => String::new(),
            // What stands for it in a `curl` command.
            None if location == Location::Url => source.field.name.clone(),
            None => match self.lower_name(location, &source) {
                Some(name) => name,
                None => return,
            },
        };
        let credentials = ["authorization", "proxy-authorization"];
        let is_credentials = location == Location::Header
            && credentials
                .iter()
                .any(|known| name.eq_ignore_ascii_case(known));
        let param = Param {
            kind,
            wire: match location {
                Location::Query => wire::percent(&name),
                Location::Form => wire::form(&name),
                Location::Json => wire::json(&name),
                Location::Part => wire::part(&name),
                _ => name.clone(),
            },
            name,
            secret: options.secret.is_on() || is_credentials,
            flatten: match (flatten, is_either) {
                (None, _) => Flatten::No,
                (Some(_), false) => Flatten::Members,
                (Some(_), true) => Flatten::Either,
            },
            notation,
            field: source.field,
            serde: source.serde.into_functions(),
        };
        if is_member && is_either {
            // A group is among the parameters, and the members of anything else are those of the body.
            self.push_group(param.field.clone(), Flatten::Either);
        }
        if is_member {
            self.members.push(param);
        } else {
            self.params.push(param);
        }
    }

    fn lower_body(&mut self, source: FieldSource<'a>) {
        let FieldOptions {
            content_type,
            secret,
            ..
        } = source.attrs.options;
        self.bodies.push((Location::Body, source.at));
        self.content_type = content_type.key().cloned();
        let format = source.attrs.format.take().unwrap_or(BodyFormat::Json);
        let unsupported = unsupported_body(source.field.ty, format);
        // A function of `with` may encode what `Serialize` cannot.
        if let Some(message) = unsupported.filter(|_| source.serde.with.get().is_none()) {
            self.diag.error(source.field.ty, message);
        }
        let media_type = match content_type.get() {
            Some(literal) => Some(literal.value()),
            None => format.media_type().map(str::to_owned),
        };
        self.whole = Some(Body::Whole {
            format,
            with: source.attrs.with.map(Box::new),
            media_type,
            secret: secret.is_on(),
            field: source.field,
            serde: Box::new(source.serde.into_functions()),
        });
    }

    /// The name on the wire; `None` if there is a mistake in it.
    fn lower_name(&mut self, location: Location, source: &FieldSource<'a>) -> Option<String> {
        let explicit = source.attrs.options.name.get();
        let rename = source.serde.rename.get();
        check_names(explicit, rename, self.diag);
        let field = &source.field.name;
        let rule = self.attrs.rename_rule();
        let (name, at) = match (explicit.or(rename), location, rule) {
            (Some(literal), ..) => (literal.value(), literal.to_token_stream()),
            (None, Location::Path, _) => (field.clone(), source.at.clone()),
            (None, ..) if matches!(source.field.member, Member::Unnamed(_)) => {
                if !source.attrs.broken {
                    let word = location.word();
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
        if location == Location::Path && !self.template.has_placeholder(&name) {
            self.check_placeholder(&name, &at);
            return None;
        }
        self.claim(location, &name, at).then_some(name)
    }

    fn check_placeholder(&mut self, name: &str, at: &TokenStream) {
        if self.has_url && self.attrs.path.get().is_none() {
            let message =
                "a path parameter is not possible beside a `url`, which has a path of its own";
            self.diag.error(at, message);
            return;
        }
        if self.may_be_placeholder(name) {
            return;
        }
        let meant = self.meant_placeholder(name);
        let meant = meant.map_or_else(String::new, |near| {
            format!(", did you mean the placeholder `{{{near}}}`?")
        });
        let names = self.template.placeholders().take(LISTED);
        let names: Vec<String> = names.map(|name| format!("{{{name}}}")).collect();
        let has = match names.as_slice() {
            [] => "it has no placeholders".to_owned(),
            names => format!(
                "expected one of {}",
                one_of(names.iter().map(String::as_str))
            ),
        };
        let message = format!("the path has no placeholder `{{{name}}}`{meant}\n{has}");
        self.diag.error(at, message);
    }

    /// Whether a field is the whole body, and JSON.
    pub(crate) fn has_json_body(&self) -> bool {
        let json = BodyFormat::Json;
        matches!(self.whole, Some(Body::Whole { format, .. }) if format == json)
    }
}

/// The two names of a field are one where both are given.
pub(crate) fn check_names(ours: Option<&LitStr>, serdes: Option<&LitStr>, diag: &mut Diag) {
    if let (Some(name), Some(rename)) = (ours, serdes) {
        if name.value() != rename.value() {
            let message = "serde names this field too, keep one of the names";
            diag.error(name, message);
            let message = "`#[api]` names this field too, keep one of the names";
            diag.error(rename, message);
        }
    }
}

/// What to write if `json` was meant as an option of the other location.
fn json_text(locations: &[(Ident, Location)]) -> String {
    let has_json = |location: &Location| FieldOption::Json.locations().contains(location);
    match locations {
        [(_, Location::Json), (_, other)] | [(_, other), (_, Location::Json)]
            if has_json(other) =>
        {
            let (word, noun) = (other.word(), other.noun());
            format!("\nfor JSON text in a {noun} write `{word}(json)`")
        }
        _ => String::new(),
    }
}

/// How the values in a location are written; `None` where they have no name.
fn kind(location: Location, options: &FieldOptions) -> Option<ParamKind> {
    let style = options.style();
    let explode = options.explode.get().copied();
    let lists = ListStyle {
        style,
        explode: style == Style::Form && explode.unwrap_or(true),
        is_declared: options.style.key().is_some() || options.explode.key().is_some(),
    };
    let explode = explode.unwrap_or(false);
    Some(match location {
        Location::Path => ParamKind::Path {
            explode,
            allow_empty: options.allow_empty.is_on(),
            segments: options.segments.is_on(),
        },
        Location::Url => ParamKind::Url,
        Location::Query => ParamKind::Query(lists),
        Location::Header => ParamKind::Header { explode },
        Location::Cookie => ParamKind::Cookie {
            encode: options.encode.is_on(),
        },
        Location::Form => ParamKind::Form(lists),
        Location::Json => ParamKind::Json {
            null: options.null.is_on(),
        },
        Location::Part => ParamKind::Part {
            filename: options.filename.get().map(LitStr::value),
            content_type: options.content_type.get().map(LitStr::value),
        },
        Location::Body | Location::Skip => return None,
    })
}
