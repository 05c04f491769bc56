//! Syntax of `#[api(…)]`: which keys there are, what their values look like, that none is given twice.
//!
//! No meaning: whether keys go together is decided in `lower`. A mistake is reported and parsing goes on after the next
//! comma, so that one compile shows them all. The tables here are the only lists of keys.

use proc_macro2::Ident;
use syn::{
    Attribute, Error, ExprPath, Lit, LitStr, Path, Result, Token, Type, ext::IdentExt as _,
    parse::ParseStream,
};

use crate::{
    api_error,
    diag::{Diag, all_of, one_of, similar},
    model::{Auth, BodyFormat, Events, Place, Response, Style},
    names::RenameRule,
    paginate::attr as paginate,
    syntax::{Entry, Slot, given_twice, lists, lookup, parse_literal, unknown_word, words},
};

/// The keys of a struct, each with an example.
const STRUCT_KEYS: &[(&str, &str)] = &[
    ("method", "method = GET"),
    ("path", "path = \"/keys/{id}\""),
    ("response", "response = Keys"),
    ("events", "events = Delta"),
    ("error", "error = ApiFailure"),
    ("fields", "fields = query"),
    ("rename_all", "rename_all = \"camelCase\""),
    ("header", "header(\"X-Version\" = \"2\")"),
    ("query", "query(\"beta\" = \"true\")"),
    ("auth", "auth = required"),
    ("paginate", "paginate(link)"),
    ("idempotent", "idempotent"),
    ("idempotency_key", "idempotency_key = \"Idempotency-Key\""),
    ("validate", "validate = path::to::function"),
    ("name", "name = \"listKeys\""),
    ("crate", "crate = ::path::to::api_request"),
];

/// The options of a field, each with the places that have it.
pub(crate) const OPTIONS: &[(&str, &[Place])] = {
    use Place::{Body, Cookie, Form, Header, Json, Part, Path, Query};
    &[
        ("name", &[Path, Query, Header, Cookie, Json, Form, Part]),
        ("style", &[Query, Form]),
        ("explode", &[Path, Query, Header, Form]),
        ("flatten", &[Query, Header, Form]),
        ("allow_empty", &[Path]),
        ("null", &[Json]),
        ("filename", &[Part]),
        ("content_type", &[Part, Body]),
        (
            "secret",
            &[Path, Query, Header, Cookie, Json, Form, Part, Body],
        ),
    ]
};

/// The words for the response in `response(…)`, each with whether it takes a type.
const RESPONSES: &[(&str, bool)] = &[
    ("json", true),
    ("text", false),
    ("bytes", false),
    ("stream", false),
    ("empty", false),
    ("with", true),
];

/// The options of `events(…)`, each with an example.
const EVENTS: &[(&str, &str)] = &[
    ("item", "item = Delta"),
    ("flag", "flag = \"stream\""),
    ("done", "done = \"[DONE]\""),
];

/// A method: an identifier for those everybody knows, a string for others.
pub(crate) enum Method {
    Known(Ident),
    Other(LitStr),
}

/// `"name" = "value"` in `header(…)` or `query(…)`.
pub(crate) struct Constant {
    pub(crate) place: Place,
    pub(crate) name: LitStr,
    pub(crate) value: LitStr,
}

/// What stands on the struct.
#[derive(Default)]
pub(crate) struct StructAttrs {
    pub(crate) method: Slot<Method>,
    pub(crate) path: Slot<LitStr>,
    pub(crate) response: Slot<Response>,
    pub(crate) events: Slot<Events>,
    pub(crate) error: Slot<Type>,
    pub(crate) fields: Slot<Place>,
    pub(crate) rename_all: Slot<RenameRule>,
    pub(crate) constants: Vec<Constant>,
    pub(crate) auth: Slot<Auth>,
    pub(crate) paginate: Slot<paginate::Options>,
    pub(crate) idempotent: Slot<bool>,
    pub(crate) idempotency_key: Slot<LitStr>,
    pub(crate) validate: Slot<ExprPath>,
    pub(crate) name: Slot<LitStr>,
    pub(crate) runtime: Slot<Path>,
    /// The keys that were there, or were meant, even if something is wrong with them.
    tried: Vec<String>,
}

impl StructAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let example = "#[api(method = GET, path = \"/keys\")]";
        lists("api", attrs, example, diag, |input, diag| {
            parsed.entry(&mut Entry::from_syn(input, diag)?)
        });
        parsed
    }

    pub(crate) fn tried(&self, key: &str) -> bool {
        self.tried.iter().any(|tried| tried == key)
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        self.tried.push(word.clone());
        match word.as_str() {
            "method" => entry.fill(&mut self.method, parse_method),
            "path" => entry.fill(&mut self.path, Entry::parse_string),
            "response" => self.parse_response(entry),
            "events" => self.parse_events(entry),
            "error" => entry.fill(&mut self.error, Entry::parse_value),
            "fields" => entry.fill(&mut self.fields, |e| e.parse_choice(Place::DEFAULTS)),
            "rename_all" => entry.fill(&mut self.rename_all, parse_rule),
            "header" => self.parse_constants(entry, Place::Header),
            "query" => self.parse_constants(entry, Place::Query),
            "auth" => entry.fill(&mut self.auth, |e| e.parse_choice(Auth::ALL)),
            "paginate" => {
                let options = paginate::Options::from_syn(entry)?;
                entry.fill(&mut self.paginate, |_| Ok(options))
            }
            "idempotent" => entry.fill(&mut self.idempotent, Entry::parse_flag),
            "idempotency_key" => entry.fill(&mut self.idempotency_key, Entry::parse_string),
            "validate" => entry.fill(&mut self.validate, Entry::parse_value),
            "name" => entry.fill(&mut self.name, Entry::parse_string),
            "crate" => entry.fill(&mut self.runtime, |e| e.parse_with(Path::parse_mod_style)),
            word => {
                let meant = similar(word, words(STRUCT_KEYS));
                self.tried.extend(meant.map(str::to_owned));
                unknown_struct_key(entry, word)
            }
        }
    }

    fn parse_response(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        if !entry.has_list() {
            return entry.fill(&mut self.response, parse_response_type);
        }
        let mut kind = Slot::default();
        let hint = format!("\nexpected one of {}", one_of(words(RESPONSES)));
        entry.parse_list(&hint, |input, diag| {
            Entry::from_syn(input, diag)?.fill(&mut kind, parse_response_kind)
        })?;
        match kind.take() {
            Some(response) => entry.fill(&mut self.response, |_| Ok(response)),
            None => Ok(()),
        }
    }

    fn parse_events(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        if !entry.has_list() {
            return entry.fill(&mut self.events, |e| e.parse_value().map(Events::of));
        }
        let (mut item, mut flag, mut done) = (Slot::default(), Slot::default(), Slot::default());
        let (mut is_empty, mut has_item) = (true, false);
        entry.parse_list(", write `events = Delta`", |input, diag| {
            is_empty = false;
            let mut option = Entry::from_syn(input, diag)?;
            has_item |= option.key == "item";
            match option.key.to_string().as_str() {
                "item" => option.fill(&mut item, Entry::parse_value),
                "flag" => option.fill(&mut flag, Entry::parse_string),
                "done" => option.fill(&mut done, Entry::parse_string),
                word => {
                    let is_type = word.starts_with(char::is_uppercase);
                    has_item |= is_type || similar(word, words(EVENTS)) == Some("item");
                    if is_type {
                        return option.mistake(
                            "a type is given without parentheses, `events = T`, or as `item = T`",
                        );
                    }
                    let known = words(EVENTS);
                    Err(unknown_word(
                        &option.key,
                        "option",
                        word,
                        "of `events`",
                        known,
                    ))
                }
            }
        })?;
        match item.take() {
            Some(item) => entry.fill(&mut self.events, |_| {
                Ok(Events {
                    item,
                    flag: flag.take(),
                    done: done.take(),
                })
            }),
            // What is wrong with it is reported already.
            None if is_empty || has_item => Ok(()),
            None => entry.mistake(
                "`events` needs the type of its items, as in `events(item = Delta, flag = \"stream\")`",
            ),
        }
    }

    fn parse_constants(&mut self, entry: &mut Entry<'_>, place: Place) -> Result<()> {
        let key = &entry.key;
        let example = example(key);
        if !entry.has_list() {
            return entry.mistake(format!(
                "`{key}` on the struct declares constants, as in `{example}`"
            ));
        }
        entry.parse_list(&format!(", write `{example}`"), |input, _| {
            let name = parse_literal(input)?;
            if input.parse::<Option<Token![=]>>()?.is_none() {
                let message = format!("`{}` needs a value, as in `{example}`", name.value());
                return Err(Error::new_spanned(name, message));
            }
            let value = parse_literal(input)?;
            self.constants.push(Constant { place, name, value });
            Ok(())
        })
    }
}

/// The options of a field's place. `name` is also what `query = "name"` gives.
#[derive(Default)]
pub(crate) struct Options {
    pub(crate) name: Slot<LitStr>,
    pub(crate) style: Slot<Style>,
    pub(crate) explode: Slot<bool>,
    pub(crate) flatten: Slot<bool>,
    pub(crate) allow_empty: Slot<bool>,
    pub(crate) null: Slot<bool>,
    pub(crate) filename: Slot<LitStr>,
    pub(crate) content_type: Slot<LitStr>,
    pub(crate) secret: Slot<bool>,
    /// The options that are there.
    pub(crate) given: Vec<Ident>,
}

impl Options {
    pub(crate) fn style(&self) -> Style {
        self.style.get().copied().unwrap_or(Style::Form)
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        self.given.push(entry.key.clone());
        match entry.key.to_string().as_str() {
            "name" => entry.fill(&mut self.name, Entry::parse_string),
            "style" => entry.fill(&mut self.style, |e| e.parse_choice(Style::ALL)),
            "explode" => entry.fill(&mut self.explode, Entry::parse_flag),
            "flatten" => entry.fill(&mut self.flatten, Entry::parse_flag),
            "allow_empty" => entry.fill(&mut self.allow_empty, Entry::parse_flag),
            "null" => entry.fill(&mut self.null, Entry::parse_flag),
            "filename" => entry.fill(&mut self.filename, Entry::parse_string),
            "content_type" => entry.fill(&mut self.content_type, Entry::parse_string),
            _ => entry.fill(&mut self.secret, Entry::parse_flag),
        }
    }
}

/// What stands on a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) places: Vec<(Ident, Place)>,
    pub(crate) format: Slot<BodyFormat>,
    pub(crate) options: Options,
    /// Something in it is reported already.
    pub(crate) broken: bool,
}

impl FieldAttrs {
    pub(crate) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let before = diag.count();
        lists("api", attrs, "#[api(query)]", diag, |input, diag| {
            parsed.entry(&mut Entry::from_syn(input, diag)?)
        });
        parsed.broken = diag.count() > before;
        parsed
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        if let Some(place) = lookup(Place::ALL, &word) {
            return self.parse_place(entry, place);
        }
        if lookup(OPTIONS, &word).is_some() {
            return self.options.entry(entry);
        }
        let known = words(Place::ALL).chain(words(OPTIONS));
        unknown_field_key(entry, "key", "on a field", known)
    }

    fn parse_place(&mut self, entry: &mut Entry<'_>, place: Place) -> Result<()> {
        let same = self.places.iter().find(|(_, other)| *other == place);
        if let Some((first, _)) = same {
            return Err(given_twice(&entry.key, first));
        }
        let key = entry.key.clone();
        self.places.push((key.clone(), place));
        let has_list = entry.has_list();
        match place {
            _ if !has_list && !entry.has_equals() => Ok(()),
            Place::Skip => entry.mistake("`skip` stands alone, for nothing of the field is sent"),
            _ if has_list => entry.parse_list(&format!(", write `{key}`"), |input, diag| {
                self.parse_option(&key, place, input, diag)
            }),
            Place::Body => entry.fill(&mut self.format, |e| e.parse_choice(BodyFormat::ALL)),
            _ => entry.fill(&mut self.options.name, Entry::parse_string),
        }
    }

    /// Parses what stands in `query(…)`.
    fn parse_option(
        &mut self,
        owner: &Ident,
        place: Place,
        input: ParseStream<'_>,
        diag: &mut Diag,
    ) -> Result<()> {
        if input.peek(Lit) {
            return Err(input.error(format!(
                "a name is written `{owner} = \"…\"` or `{owner}(name = \"…\")`"
            )));
        }
        let mut entry = Entry::from_syn(input, diag)?;
        let word = entry.key.to_string();
        let formats = match place {
            Place::Body => BodyFormat::ALL,
            _ => &[],
        };
        if let Some(format) = lookup(formats, &word) {
            return entry.fill(&mut self.format, |_| Ok(format));
        }
        if lookup(OPTIONS, &word).is_some() {
            return self.options.entry(&mut entry);
        }
        if lookup(Place::ALL, &word).is_some() {
            return entry.mistake(format!(
                "`{word}` is a place of its own, not an option of `{owner}`"
            ));
        }
        let options = OPTIONS.iter().filter(|(_, places)| places.contains(&place));
        let known = words(formats).chain(options.map(|(word, _)| *word));
        unknown_field_key(&entry, "option", &format!("of `{owner}`"), known)
    }
}

/// How a key is written with a value.
pub(crate) fn example(key: &Ident) -> String {
    let word = key.to_string();
    let mut keys = [STRUCT_KEYS, EVENTS, paginate::OPTIONS, api_error::KEYS].into_iter();
    match keys.find_map(|keys| lookup(keys, &word)) {
        Some(example) => example.to_owned(),
        None if word == "style" => "style = form".to_owned(),
        None => format!("{word} = \"…\""),
    }
}

fn parse_rule(entry: &Entry<'_>) -> Result<RenameRule> {
    let literal = entry.parse_string()?;
    entry.choose(RenameRule::ALL, &literal.value(), &literal)
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

/// Parses what stands after `response =`.
fn parse_response_type(entry: &Entry<'_>) -> Result<Response> {
    let ty = entry.parse_value()?;
    let word = match &ty {
        Type::Path(path) => path.path.get_ident().map(Ident::to_string),
        _ => None,
    };
    match word.filter(|word| lookup(RESPONSES, word).is_some()) {
        Some(word) => Err(Error::new_spanned(ty, format!("write `response({word})`"))),
        None => Ok(Response::Json(ty)),
    }
}

/// Parses what stands in `response(…)`.
fn parse_response_kind(entry: &Entry<'_>) -> Result<Response> {
    let word = entry.key.to_string();
    let is_alone = entry.input.is_empty() || entry.input.peek(Token![,]);
    match lookup(RESPONSES, &word) {
        Some(true) if !entry.has_equals() => entry.mistake(format!(
            "`{word}` needs a type, as in `response({word} = T)`"
        )),
        Some(false) if !is_alone => {
            entry.mistake(format!("`{word}` takes no value, write `response({word})`"))
        }
        Some(_) => Ok(match word.as_str() {
            "json" => Response::Json(entry.parse_value()?),
            "with" => Response::With(entry.parse_value()?),
            "text" => Response::Text,
            "bytes" => Response::Bytes,
            "stream" => Response::Stream,
            _ => Response::Empty,
        }),
        None if word.starts_with(char::is_uppercase) => {
            entry.mistake("a type is given without parentheses: `response = T`")
        }
        None => {
            let known = words(RESPONSES);
            Err(unknown_word(
                &entry.key,
                "kind",
                &word,
                "of `response`",
                known,
            ))
        }
    }
}

/// Whether the word is a key of a request or of one of its fields.
pub(crate) fn is_request_key(word: &str) -> bool {
    lookup(STRUCT_KEYS, word).is_some()
        || lookup(Place::ALL, word).is_some()
        || lookup(OPTIONS, word).is_some()
}

fn unknown_struct_key(entry: &Entry<'_>, word: &str) -> Result<()> {
    if lookup(Place::ALL, word).is_some() || lookup(OPTIONS, word).is_some() {
        return entry.mistake(format!("`{word}` belongs on a field, not on the struct"));
    }
    if lookup(api_error::KEYS, word).is_some() {
        return entry.mistake(format!("`{word}` belongs on an error, not on a request"));
    }
    let known = words(STRUCT_KEYS);
    Err(unknown_word(&entry.key, "key", word, "on a struct", known))
}

fn unknown_field_key<'k>(
    entry: &Entry<'_>,
    noun: &str,
    place: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Result<()> {
    let word = entry.key.to_string();
    if lookup(STRUCT_KEYS, &word).is_some() {
        return entry.mistake(format!("`{word}` belongs on the struct, not on a field"));
    }
    Err(unknown_word(&entry.key, noun, &word, place, known))
}

/// Where an option belongs: `` `path`, `query` and `header` ``.
pub(crate) fn places_of(option: &str) -> String {
    let places = lookup(OPTIONS, option).unwrap_or_default();
    all_of(places.iter().map(|place| place.word()))
}
