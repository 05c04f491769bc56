//! Syntax of `#[api(…)]` on a request struct: the form of each value, and no key twice.
//!
//! No meaning: whether keys go together is decided in `lower`. A mistake is reported and parsing goes on after the next
//! comma, so that one compile shows them all.

use std::collections::BTreeSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{
    Attribute, Error, Expr, ExprPath, LitStr, Path, Result, Token, Type, ext::IdentExt as _,
};

use super::{
    model::{AuthValue, Events, Response},
    paginate::attr::PaginateOptions,
    serde::SerdeStructAttrs,
};
use crate::{
    diag::{Diag, misspelled, one_of, similar},
    elsewhere,
    generics::has_reference,
    grammar::{Entry, Slot, lists, parse_literal, parse_rule, unknown_word},
    words::{
        Auth, ErrorKind, EventsOption, Location, Owner, RenameRule, ResponseKind, StructKey,
        VariantKey, example, is_error_key, is_field_key, lookup, of_client, words_of,
    },
};

/// A method: an identifier for those everybody knows, a string for others.
pub(crate) enum Method {
    Known(Ident),
    Other(LitStr),
}

impl Method {
    pub(super) fn word(&self) -> String {
        match self {
            Self::Known(ident) => ident.to_string(),
            Self::Other(literal) => literal.value(),
        }
    }
}

/// Whether requests of the method have no body.
pub(super) fn has_no_body(method: &str) -> bool {
    matches!(method, "GET" | "HEAD" | "TRACE")
}

/// `"name" = "value"` in `header(…)` or `query(…)`, or `"name"` in `query(…)`.
pub(crate) struct ConstantAttr {
    pub(crate) location: Location,
    pub(crate) name: LitStr,
    pub(crate) value: Option<LitStr>,
}

/// What stands on the struct.
#[derive(Default)]
pub(crate) struct StructAttrs {
    pub(crate) method: Slot<Method>,
    pub(crate) path: Slot<LitStr>,
    pub(crate) group: Slot<Type>,
    pub(crate) response: Slot<Response>,
    pub(crate) events: Slot<Events>,
    pub(crate) error: Slot<Type>,
    pub(crate) fields: Slot<Location>,
    pub(crate) rename_all: Slot<RenameRule>,
    pub(crate) constants: Vec<ConstantAttr>,
    pub(crate) auth: Slot<AuthValue>,
    pub(crate) paginate: Slot<PaginateOptions>,
    pub(crate) idempotent: Slot<bool>,
    pub(crate) idempotency_key: Slot<LitStr>,
    pub(crate) validate: Slot<ExprPath>,
    pub(crate) name: Slot<LitStr>,
    pub(crate) metas: Vec<Expr>,
    pub(crate) runtime: Slot<Path>,
    pub(crate) serde: SerdeStructAttrs,
    /// The struct is a group, which has fewer keys.
    pub(crate) is_group: bool,
    /// The keys that were there, or were meant, even if something is wrong with them.
    tried: BTreeSet<String>,
}

impl StructAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], owner: Owner, diag: &mut Diag) -> Self {
        let mut parsed = Self {
            is_group: owner == Owner::Group,
            ..Self::default()
        };
        let example = match owner {
            Owner::Request => "#[api(method = GET, path = \"/keys\")]",
            Owner::Group => "#[api(fields = query)]",
        };
        lists("api", attrs, example, diag, |input, diag| {
            parsed.entry(&mut Entry::from_syn(input, diag)?)
        });
        parsed.serde = SerdeStructAttrs::from_syn(attrs, diag);
        parsed
    }

    /// The rule for names that nothing else declares.
    pub(crate) fn rename_rule(&self) -> Option<RenameRule> {
        let rule = self.rename_all.get().or(self.serde.rename_all.get());
        rule.copied()
    }

    pub(crate) fn owner(&self) -> Owner {
        if self.is_group {
            Owner::Group
        } else {
            Owner::Request
        }
    }

    pub(crate) fn tried(&self, key: &str) -> bool {
        self.tried.contains(key)
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        self.tried.insert(word.clone());
        let owner = self.owner();
        let Some(key) = lookup(StructKey::ALL, &word) else {
            let meant = similar(&word, owner.keys());
            self.tried.extend(meant.map(str::to_owned));
            let meant = elsewhere::stands_for(&word).iter().copied();
            self.tried.extend(meant.map(str::to_owned));
            return unknown_key(entry, &word, owner);
        };
        if self.is_group && !key.is_of_group() {
            return entry.mistake(format!("`{word}` belongs on a request, not on a group"));
        }
        match key {
            StructKey::Method => entry.fill(&mut self.method, parse_method),
            StructKey::Path => entry.fill(&mut self.path, Entry::parse_string),
            StructKey::In => entry.fill(&mut self.group, Entry::parse_type),
            StructKey::Response => self.parse_response(entry),
            StructKey::Events => self.parse_events(entry),
            StructKey::Error => self.parse_error(entry),
            StructKey::Fields => {
                entry.fill(&mut self.fields, |e| e.parse_choice(Location::DEFAULTS))
            }
            StructKey::RenameAll => entry.fill(&mut self.rename_all, parse_rule),
            StructKey::Header => self.parse_constants(entry, Location::Header),
            StructKey::Query => self.parse_constants(entry, Location::Query),
            StructKey::Auth => entry.fill(&mut self.auth, parse_auth),
            StructKey::Paginate => {
                let options = PaginateOptions::from_syn(entry)?;
                entry.fill(&mut self.paginate, |_| Ok(options))
            }
            StructKey::Idempotent => entry.fill(&mut self.idempotent, Entry::parse_flag),
            StructKey::IdempotencyKey => entry.fill(&mut self.idempotency_key, Entry::parse_string),
            StructKey::Validate => entry.fill(&mut self.validate, Entry::parse_value),
            StructKey::Name => entry.fill(&mut self.name, Entry::parse_string),
            StructKey::Meta => {
                self.metas.push(parse_constant(entry)?);
                Ok(())
            }
            StructKey::Crate => {
                entry.fill(&mut self.runtime, |e| e.parse_with(Path::parse_mod_style))
            }
        }
    }

    fn parse_response(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        if !entry.has_list() {
            return entry.fill(&mut self.response, parse_response_type);
        }
        let mut kind = Slot::default();
        let hint = format!("\nexpected one of {}", one_of(words_of(ResponseKind::ALL)));
        entry.parse_list(&hint, |input, diag| {
            Entry::from_syn(input, diag)?.fill(&mut kind, parse_response_kind)
        })?;
        match kind.take() {
            Some(response) => entry.fill(&mut self.response, |_| Ok(response)),
            None => Ok(()),
        }
    }

    fn parse_error(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        if !entry.has_list() {
            return entry.fill(&mut self.error, parse_decoded);
        }
        let mut with = Slot::default();
        entry.parse_list(", write `error(with = F)`", |input, diag| {
            Entry::from_syn(input, diag)?.fill(&mut with, parse_error_kind)
        })?;
        match with.take() {
            Some(error) => entry.fill(&mut self.error, |_| Ok(error)),
            None => Ok(()),
        }
    }

    fn parse_events(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        if !entry.has_list() {
            return entry.fill(&mut self.events, |e| parse_decoded(e).map(Events::of));
        }
        let mut options = EventsOptions::default();
        let mut is_empty = true;
        entry.parse_list(", write `events = Delta`", |input, diag| {
            is_empty = false;
            options.entry(&mut Entry::from_syn(input, diag)?)
        })?;
        match options.item.take() {
            Some(item) => entry.fill(&mut self.events, |_| {
                Ok(Events {
                    item,
                    flag: options.flag.take(),
                    done: options.done.take(),
                    only: options.only.take().unwrap_or_default(),
                    ignore: options.ignore.take().unwrap_or_default(),
                    resume: options.resume.key().filter(|_| options.resume.is_on()).cloned(),
                })
            }),
            // What is wrong is reported already.
            None if is_empty || options.has_item => Ok(()),
            None => entry.mistake(
                "`events` needs the type of its items, as in `events(item = Delta, flag = \"stream\")`",
            ),
        }
    }

    fn parse_constants(&mut self, entry: &mut Entry<'_>, location: Location) -> Result<()> {
        let key = &entry.key;
        let example = example(&key.to_string());
        if !entry.has_list() {
            return entry.mistake(format!(
                "`{key}` on the struct declares constants, as in `{example}`"
            ));
        }
        entry.parse_list(&format!(", write `{example}`"), |input, _| {
            let name = parse_literal(input)?;
            let has_value = input.parse::<Option<Token![=]>>()?.is_some();
            if !has_value && location == Location::Header {
                let message = format!("`{}` needs a value, as in `{example}`", name.value());
                return Err(Error::new_spanned(name, message));
            }
            let value = has_value.then(|| parse_literal(input)).transpose()?;
            self.constants.push(ConstantAttr {
                location,
                name,
                value,
            });
            Ok(())
        })
    }
}

/// What stands in `events(…)`.
#[derive(Default)]
struct EventsOptions {
    item: Slot<Type>,
    flag: Slot<LitStr>,
    done: Slot<LitStr>,
    only: Slot<Vec<LitStr>>,
    ignore: Slot<Vec<LitStr>>,
    resume: Slot<bool>,
    /// The item was there, or was meant, even if something is wrong with it.
    has_item: bool,
}

impl EventsOptions {
    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        let Some(option) = lookup(EventsOption::ALL, &word) else {
            let is_type = word.starts_with(char::is_uppercase);
            let known = words_of(EventsOption::ALL);
            self.has_item |= is_type || similar(&word, known.clone()) == Some("item");
            if is_type {
                return entry.mistake(
                    "a type is given without parentheses, `events = T`, or as `item = T`",
                );
            }
            let key = &entry.key;
            return Err(unknown_word(key, "option", &word, "of `events`", known));
        };
        match option {
            EventsOption::Item => {
                self.has_item = true;
                entry.fill(&mut self.item, parse_decoded)
            }
            EventsOption::Flag => entry.fill(&mut self.flag, Entry::parse_string),
            EventsOption::Done => entry.fill(&mut self.done, Entry::parse_string),
            EventsOption::Only => entry.fill(&mut self.only, Entry::parse_strings),
            EventsOption::Ignore => entry.fill(&mut self.ignore, Entry::parse_strings),
            EventsOption::Resume => entry.fill(&mut self.resume, Entry::parse_flag),
        }
    }
}

fn parse_method(entry: &Entry<'_>) -> Result<Method> {
    entry.parse_equals()?;
    let input = entry.input;
    if input.peek(LitStr) {
        return input.parse().map(Method::Other);
    }
    let ident = Ident::parse_any(input);
    ident
        .map(Method::Known)
        .map_err(|_| input.error("expected a method, such as `GET`"))
}

const EXPECTED_AUTH: &str = "expected `required`, `optional`, `none` or the name of credentials";

/// Parses what stands after `auth =`.
fn parse_auth(entry: &Entry<'_>) -> Result<AuthValue> {
    entry.parse_equals()?;
    let input = entry.input;
    if let Some(literal) = input.parse::<Option<LitStr>>()? {
        let Ok(name) = literal.parse_with(Ident::parse_any) else {
            let message = "the name of credentials is an identifier, as in `auth = management`, without quotes";
            return Err(Error::new_spanned(literal, message));
        };
        auth_of(&name.unraw().to_string(), &literal)?;
        return Err(entry.without_quotes(&literal));
    }
    let ident = Ident::parse_any(input).map_err(|_| input.error(EXPECTED_AUTH))?;
    if ident == "_" {
        return Err(Error::new_spanned(ident, EXPECTED_AUTH));
    }
    auth_of(&ident.unraw().to_string(), &ident)
}

/// The value that `word` stands for. Any other word is a name, but one that is probably meant to be none.
fn auth_of(word: &str, at: &dyn ToTokens) -> Result<AuthValue> {
    if let Some(known) = lookup(Auth::ALL, word) {
        return Ok(AuthValue::Word(known));
    }
    let message = if let Some(instead) = elsewhere::value("auth", word) {
        format!("`auth = {word}` is written `{instead}`")
    } else if let Some(meant) = misspelled(word, words_of(Auth::ALL)) {
        format!("unknown value `{word}` of `auth`, did you mean `{meant}`?\n{EXPECTED_AUTH}")
    } else {
        return Ok(AuthValue::Named(word.to_owned()));
    };
    Err(Error::new_spanned(at, message))
}

/// Parses a constant expression, as far as it can be told from the next key.
fn parse_constant(entry: &Entry<'_>) -> Result<Expr> {
    entry.parse_equals()?;
    let (start, fork) = (entry.input.cursor(), entry.input.fork());
    if fork.parse::<Expr>().is_err() {
        let message =
            "expected a constant, as in `meta = Cost(3)`, or the name of a `const` that holds it";
        return Err(Error::new(start.span(), message));
    }
    entry.input.parse()
}

/// Parses a type that is decoded.
fn parse_decoded(entry: &Entry<'_>) -> Result<Type> {
    entry.parse_type().and_then(owned)
}

pub(crate) const BORROWED: &str = "what is decoded cannot borrow: write an owned type, such as `String` for `&str` and `Vec<T>` for `&[T]`";

/// Refuses a type that would borrow from what it is decoded from, which is gone by then.
fn owned(ty: Type) -> Result<Type> {
    if !has_reference(&ty) {
        return Ok(ty);
    }
    Err(Error::new_spanned(ty, BORROWED))
}

/// Parses what stands in `error(…)`.
fn parse_error_kind(entry: &Entry<'_>) -> Result<Type> {
    let word = entry.key.to_string();
    match lookup(ErrorKind::ALL, &word) {
        Some(ErrorKind::With) if entry.has_equals() => parse_decoded(entry),
        Some(ErrorKind::With) => entry.mistake("`with` needs a type, as in `error(with = F)`"),
        None if word.starts_with(char::is_uppercase) => {
            entry.mistake("a type is given without parentheses: `error = T`")
        }
        None => {
            let (owner, known) = ("of `error`", words_of(ErrorKind::ALL));
            Err(unknown_word(&entry.key, "kind", &word, owner, known))
        }
    }
}

/// Parses what stands after `response =`.
fn parse_response_type(entry: &Entry<'_>) -> Result<Response> {
    let ty = parse_decoded(entry)?;
    let word = match &ty {
        Type::Path(path) => path.path.get_ident().map(Ident::to_string),
        _ => None,
    };
    match word.filter(|word| lookup(ResponseKind::ALL, word).is_some()) {
        Some(word) => {
            let value = match lookup(ResponseKind::ALL, &word) {
                Some(ResponseKind::Json | ResponseKind::Lines | ResponseKind::With) => " = T",
                _ => "",
            };
            let message = format!("write `response({word}{value})`");
            Err(Error::new_spanned(ty, message))
        }
        None => Ok(Response::Json(ty)),
    }
}

/// Parses what stands in `response(…)`.
fn parse_response_kind(entry: &Entry<'_>) -> Result<Response> {
    let word = entry.key.to_string();
    let Some(kind) = lookup(ResponseKind::ALL, &word) else {
        if word.starts_with(char::is_uppercase) {
            return entry.mistake("a type is given without parentheses: `response = T`");
        }
        let (owner, known) = ("of `response`", words_of(ResponseKind::ALL));
        return Err(unknown_word(&entry.key, "kind", &word, owner, known));
    };
    let alone = |response| {
        if entry.input.is_empty() || entry.input.peek(Token![,]) {
            return Ok(response);
        }
        entry.mistake(format!("`{word}` takes no value, write `response({word})`"))
    };
    let parse_type = || {
        if entry.has_equals() {
            return entry.parse_type();
        }
        entry.mistake(format!(
            "`{word}` needs a type, as in `response({word} = T)`"
        ))
    };
    match kind {
        ResponseKind::Json => parse_type().and_then(owned).map(Response::Json),
        ResponseKind::Lines => parse_type().and_then(owned).map(Response::Lines),
        ResponseKind::With => parse_type().map(Response::With),
        ResponseKind::Text => alone(Response::Text),
        ResponseKind::Bytes => alone(Response::Bytes),
        ResponseKind::Stream => alone(Response::Stream),
        ResponseKind::Empty => alone(Response::Empty),
    }
}

fn unknown_key(entry: &Entry<'_>, word: &str, owner: Owner) -> Result<()> {
    if let Some(instead) = elsewhere::struct_key(word) {
        return entry.mistake(format!("unknown key `{word}` on a struct{instead}"));
    }
    if is_field_key(word) {
        let hint = if entry.has_list() {
            "\nconstants are headers and query parameters, `header(…)` and `query(…)`: anything else is a field"
        } else {
            ""
        };
        return entry.mistake(format!(
            "`{word}` belongs on a field, not on the struct{hint}"
        ));
    }
    if lookup(VariantKey::ALL, word).is_some() {
        return entry.mistake(format!(
            "`{word}` belongs on an error or a response, not on a request"
        ));
    }
    if is_error_key(word) {
        return entry.mistake(format!("`{word}` belongs on an error, not on a request"));
    }
    if let Some(how) = of_client(word) {
        return entry.mistake(format!(
            "`{word}` belongs to the client or a call, not to a request: it is set by {how}"
        ));
    }
    let on = match owner {
        Owner::Request => "on a struct",
        Owner::Group => "on a group",
    };
    Err(unknown_word(&entry.key, "key", word, on, owner.keys()))
}
