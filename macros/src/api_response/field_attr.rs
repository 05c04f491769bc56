//! Syntax of `#[api(…)]` on a field of a response: its location and options, and what their values look like.
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
    request::field_attr::{NO_TYPE, format_of_a_type, parse_with},
    response_words::{BODIES, ResponseKey, ResponseLocation, ResponseOption},
    words::{BodyFormat, is_field_key, is_request_key, lookup, words_of},
};

/// What stands on a field.
#[derive(Default)]
pub(super) struct FieldAttrs {
    pub(super) locations: Vec<(Ident, ResponseLocation)>,
    pub(super) format: Slot<BodyFormat>,
    /// The type of `body(with = …)`.
    pub(super) with: Option<Type>,
    /// What `header = "name"` gives, too.
    pub(super) name: Slot<LitStr>,
    pub(super) flatten: Slot<bool>,
    pub(super) json: Slot<bool>,
    pub(super) secret: Slot<bool>,
    /// The options that are there.
    pub(super) given: Vec<(Ident, ResponseOption)>,
    /// Something in it is reported already.
    pub(super) broken: bool,
}

impl FieldAttrs {
    pub(super) fn from_syn(attrs: &[Attribute], diag: &mut Diag) -> Self {
        let mut parsed = Self::default();
        let before = diag.count();
        lists("api", attrs, "#[api(body)]", diag, |input, diag| {
            parsed.entry(&mut Entry::from_syn(input, diag)?)
        });
        parsed.broken = diag.count() > before;
        parsed
    }

    /// Nothing is written.
    pub(super) fn is_empty(&self) -> bool {
        self.locations.is_empty() && self.given.is_empty() && !self.broken
    }

    fn entry(&mut self, entry: &mut Entry<'_>) -> Result<()> {
        let word = entry.key.to_string();
        if let Some(location) = lookup(ResponseLocation::ALL, &word) {
            return self.parse_location(entry, location);
        }
        if let Some(option) = lookup(ResponseOption::ALL, &word) {
            return self.option(option, entry);
        }
        if lookup(BODIES, &word).is_some() {
            let example = match lookup(BODIES, &word) {
                Some(BodyFormat::With) => "body(with = F)".to_owned(),
                _ => format!("body = {word}"),
            };
            return entry.mistake(format!(
                "`{word}` is a format of a whole body, write `#[api({example})]`"
            ));
        }
        // `json` is both, and alone it is a location.
        let options = words_of(ResponseOption::ALL);
        let options = options.filter(|word| lookup(ResponseLocation::ALL, word).is_none());
        let known = words_of(ResponseLocation::ALL).chain(options);
        unknown_key(entry, "key", "on a field of a response", known)
    }

    fn option(&mut self, option: ResponseOption, entry: &mut Entry<'_>) -> Result<()> {
        self.given.push((entry.key.clone(), option));
        match option {
            ResponseOption::Name => entry.fill(&mut self.name, Entry::parse_string),
            ResponseOption::Flatten => entry.fill(&mut self.flatten, Entry::parse_flag),
            ResponseOption::Json => entry.fill(&mut self.json, Entry::parse_flag),
            ResponseOption::Secret => entry.fill(&mut self.secret, Entry::parse_flag),
        }
    }

    fn parse_location(&mut self, entry: &mut Entry<'_>, location: ResponseLocation) -> Result<()> {
        let same = self.locations.iter().find(|(_, other)| *other == location);
        if let Some((first, _)) = same {
            return Err(given_twice(&entry.key, first));
        }
        let key = entry.key.clone();
        self.locations.push((key.clone(), location));
        let has_list = entry.has_list();
        match location {
            _ if !has_list && !entry.has_equals() => Ok(()),
            ResponseLocation::Skip => entry
                .mistake("`skip` takes no value and no options, because the field is not decoded"),
            ResponseLocation::Status => entry.mistake(
                "`status` on a field takes no value, because the field holds the status that the response has",
            ),
            _ if has_list => entry.parse_list(&format!(", write `{key}`"), |input, diag| {
                self.parse_option(&key, location, input, diag)
            }),
            ResponseLocation::Body => entry.fill(&mut self.format, parse_format),
            ResponseLocation::Header | ResponseLocation::Json => {
                entry.fill(&mut self.name, Entry::parse_string)
            }
        }
    }

    /// Parses what stands in `header(…)`.
    fn parse_option(
        &mut self,
        owner: &Ident,
        location: ResponseLocation,
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
        if location == ResponseLocation::Body {
            if let Some(option) =
                lookup(ResponseOption::ALL, &word).filter(|option| *option != ResponseOption::Json)
            {
                return self.option(option, &mut entry);
            }
            let format = format_of(&entry.key)?;
            if format == BodyFormat::With {
                self.with = Some(parse_with(&entry)?);
            } else if entry.has_equals() {
                return entry.mistake(format!("`{word}` takes no value, write `body = {word}`"));
            }
            return entry.fill(&mut self.format, |_| Ok(format));
        }
        if let Some(option) = lookup(ResponseOption::ALL, &word) {
            return self.option(option, &mut entry);
        }
        if lookup(ResponseLocation::ALL, &word).is_some() {
            return entry.mistake(format!(
                "`{word}` is a location, not an option of `{owner}`"
            ));
        }
        let options = ResponseOption::ALL.iter();
        let options = options.filter(|(_, option)| option.locations().contains(&location));
        let known = options.map(|(word, _)| *word);
        unknown_key(&entry, "option", &format!("of `{owner}`"), known)
    }
}

/// Parses what stands after `body =`.
fn parse_format(entry: &Entry<'_>) -> Result<BodyFormat> {
    entry.input.parse::<Token![=]>()?;
    let expected = "expected a format, as in `body = text`";
    let input = entry.input;
    if let Some(literal) = input.parse::<Option<LitStr>>()? {
        return Err(match lookup(BODIES, &literal.value()) {
            Some(_) => entry.without_quotes(&literal),
            None => Error::new_spanned(literal, expected),
        });
    }
    let word = Ident::parse_any(input).map_err(|_| input.error(expected))?;
    match format_of(&word)? {
        BodyFormat::With => Err(Error::new_spanned(word, NO_TYPE)),
        format => Ok(format),
    }
}

/// The format that a word stands for.
fn format_of(word: &Ident) -> Result<BodyFormat> {
    let text = word.to_string();
    if text.starts_with(char::is_uppercase) {
        return Err(format_of_a_type(word));
    }
    let (owner, known) = ("of a response body", words_of(BODIES));
    lookup(BODIES, &text).ok_or_else(|| unknown_word(word, "format", &text, owner, known))
}

fn unknown_key<'k>(
    entry: &Entry<'_>,
    noun: &str,
    owner: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Result<()> {
    let word = entry.key.to_string();
    if let Some(instead) = elsewhere::response_key(&word) {
        return entry.mistake(format!("unknown {noun} `{word}` {owner}{instead}"));
    }
    if lookup(ResponseKey::ALL, &word).is_some() {
        return entry.mistake(format!(
            "`{word}` belongs on the struct, the enum or a variant, not on a field"
        ));
    }
    if is_field_key(&word) {
        return entry.mistake(format!(
            "`{word}` is for fields of a request, a response has `header`, `status`, `body` and `json`"
        ));
    }
    if is_request_key(&word) {
        return entry.mistake(format!("`{word}` belongs on a request, not on a response"));
    }
    Err(unknown_word(&entry.key, noun, &word, owner, known))
}
