//! Syntax of `#[api(…)]` on a field of a request: its locations and options, and what their values look like.
//!
//! No meaning: which locations have an option is decided in `field`.

use proc_macro2::Ident;
use syn::{
    Attribute, Error, Lit, LitStr, Result, Token, Type, ext::IdentExt as _, parse::ParseStream,
};

use crate::{
    diag::Diag,
    elsewhere,
    grammar::{Entry, Slot, given_twice, lists, unknown_word},
    words::{BodyFormat, FieldOption, Location, StructKey, Style, lookup, words_of},
};

/// The options of a field. `name` is also what `query = "name"` gives.
#[derive(Default)]
pub(crate) struct FieldOptions {
    pub(crate) name: Slot<LitStr>,
    pub(crate) style: Slot<Style>,
    pub(crate) explode: Slot<bool>,
    pub(crate) flatten: Slot<bool>,
    pub(crate) json: Slot<bool>,
    pub(crate) flag: Slot<bool>,
    pub(crate) allow_empty: Slot<bool>,
    pub(crate) encode: Slot<bool>,
    pub(crate) segments: Slot<bool>,
    pub(crate) null: Slot<bool>,
    pub(crate) filename: Slot<LitStr>,
    pub(crate) content_type: Slot<LitStr>,
    pub(crate) secret: Slot<bool>,
    /// The options that are there.
    pub(crate) given: Vec<(Ident, FieldOption)>,
}

impl FieldOptions {
    pub(crate) fn style(&self) -> Style {
        self.style.get().copied().unwrap_or(Style::Form)
    }

    fn entry(&mut self, option: FieldOption, entry: &mut Entry<'_>) -> Result<()> {
        self.given.push((entry.key.clone(), option));
        match option {
            FieldOption::Name => entry.fill(&mut self.name, Entry::parse_string),
            FieldOption::Style => entry.fill(&mut self.style, |e| e.parse_choice(Style::ALL)),
            FieldOption::Explode => entry.fill(&mut self.explode, Entry::parse_flag),
            FieldOption::Flatten => entry.fill(&mut self.flatten, Entry::parse_flag),
            FieldOption::Json => entry.fill(&mut self.json, Entry::parse_flag),
            FieldOption::Flag => entry.fill(&mut self.flag, Entry::parse_flag),
            FieldOption::AllowEmpty => entry.fill(&mut self.allow_empty, Entry::parse_flag),
            FieldOption::Encode => entry.fill(&mut self.encode, Entry::parse_flag),
            FieldOption::Segments => entry.fill(&mut self.segments, Entry::parse_flag),
            FieldOption::Null => entry.fill(&mut self.null, Entry::parse_flag),
            FieldOption::Filename => entry.fill(&mut self.filename, Entry::parse_string),
            FieldOption::ContentType => entry.fill(&mut self.content_type, Entry::parse_string),
            FieldOption::Secret => entry.fill(&mut self.secret, Entry::parse_flag),
        }
    }
}

/// What stands on a field.
#[derive(Default)]
pub(crate) struct FieldAttrs {
    pub(crate) locations: Vec<(Ident, Location)>,
    pub(crate) format: Slot<BodyFormat>,
    /// The type of `body(with = …)`.
    pub(crate) with: Option<Type>,
    pub(crate) options: FieldOptions,
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
        if let Some(location) = lookup(Location::ALL, &word) {
            return self.parse_location(entry, location);
        }
        if let Some(option) = lookup(FieldOption::ALL, &word) {
            return self.options.entry(option, entry);
        }
        // `json` is both, and alone it is a location.
        let options = words_of(FieldOption::ALL);
        let options = options.filter(|word| lookup(Location::ALL, word).is_none());
        let known = words_of(Location::ALL).chain(options);
        if let Some(format) = lookup(BodyFormat::ALL, &word) {
            let example = match format {
                BodyFormat::With => "body(with = F)".to_owned(),
                _ => format!("body = {word}"),
            };
            return entry.mistake(format!(
                "`{word}` is a format of a whole body, write `#[api({example})]`"
            ));
        }
        unknown_key(entry, "key", "on a field", known)
    }

    fn parse_location(&mut self, entry: &mut Entry<'_>, location: Location) -> Result<()> {
        let same = self.locations.iter().find(|(_, other)| *other == location);
        if let Some((first, _)) = same {
            return Err(given_twice(&entry.key, first));
        }
        let key = entry.key.clone();
        self.locations.push((key.clone(), location));
        let has_list = entry.has_list();
        match location {
            _ if !has_list && !entry.has_equals() => Ok(()),
            Location::Skip => {
                entry.mistake("`skip` takes no value and no options, because the field is not sent")
            }
            Location::Url if !has_list => entry
                .mistake("`url` takes no value: the field is the whole URL, write `#[api(url)]`"),
            _ if has_list => entry.parse_list(&format!(", write `{key}`"), |input, diag| {
                self.parse_option(&key, location, input, diag)
            }),
            Location::Body => entry.fill(&mut self.format, parse_format),
            Location::Path
            | Location::Url
            | Location::Query
            | Location::Header
            | Location::Cookie
            | Location::Json
            | Location::Form
            | Location::Part => entry.fill(&mut self.options.name, Entry::parse_string),
        }
    }

    /// Parses what stands in `query(…)`.
    fn parse_option(
        &mut self,
        owner: &Ident,
        location: Location,
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
        let formats = match location {
            Location::Body => BodyFormat::ALL,
            _ => &[],
        };
        if let Some(format) = lookup(formats, &word) {
            if format == BodyFormat::With {
                self.with = Some(parse_with(&entry)?);
            } else if entry.has_equals() {
                return entry.mistake(format!("`{word}` takes no value, write `body = {word}`"));
            }
            return entry.fill(&mut self.format, |_| Ok(format));
        }
        if let Some(option) = lookup(FieldOption::ALL, &word) {
            return self.options.entry(option, &mut entry);
        }
        if lookup(Location::ALL, &word).is_some() {
            return entry.mistake(format!(
                "`{word}` is a location, not an option of `{owner}`"
            ));
        }
        if location == Location::Body {
            if word.starts_with(char::is_uppercase) {
                return Err(format_of_a_type(&entry.key));
            }
            if let Some(instead) = elsewhere::value("body", &word) {
                return entry.mistake(format!("`body({word})` is written `{instead}`"));
            }
        }
        let options = FieldOption::ALL.iter();
        let options = options.filter(|(_, option)| option.locations().contains(&location));
        let known = words_of(formats).chain(options.map(|(word, _)| *word));
        unknown_key(&entry, "option", &format!("of `{owner}`"), known)
    }
}

/// Parses what stands after `body =`.
fn parse_format(entry: &Entry<'_>) -> Result<BodyFormat> {
    let ahead = entry.input.fork();
    let word = ahead
        .parse::<Token![=]>()
        .and_then(|_| ahead.call(Ident::parse_any));
    if let Ok(word) = word {
        if word.to_string().starts_with(char::is_uppercase) {
            return Err(format_of_a_type(&word));
        }
        if word == BodyFormat::With.word() {
            return Err(Error::new_spanned(word, NO_TYPE));
        }
    }
    entry.parse_choice(BodyFormat::ALL)
}

pub(crate) const NO_TYPE: &str = "`with` needs a type, as in `body(with = F)`";

/// A type stands where the word for a format should.
pub(crate) fn format_of_a_type(word: &Ident) -> Error {
    Error::new_spanned(word, format!("a format is written `body(with = {word})`"))
}

/// Parses the type of `body(with = …)`.
pub(crate) fn parse_with(entry: &Entry<'_>) -> Result<Type> {
    if !entry.has_equals() {
        return entry.mistake(NO_TYPE);
    }
    entry.parse_type()
}

fn unknown_key<'k>(
    entry: &Entry<'_>,
    noun: &str,
    owner: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Result<()> {
    let word = entry.key.to_string();
    if let Some(instead) = elsewhere::field_key(&word) {
        return entry.mistake(format!("unknown {noun} `{word}` {owner}{instead}"));
    }
    if lookup(StructKey::ALL, &word).is_some() {
        return entry.mistake(format!("`{word}` belongs on the struct, not on a field"));
    }
    Err(unknown_word(&entry.key, noun, &word, owner, known))
}
