//! The grammar that attributes share: lists of `key`, `key = value` and `key(…)`, and the kinds of values.

use std::fmt::Display;

use proc_macro2::{Ident, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Error, LitBool, LitStr, Meta, Result, Token, Type, bracketed,
    ext::IdentExt as _,
    parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    token,
};

use crate::{
    diag::{Diag, one_of, suggestion},
    elsewhere,
    words::{RenameRule, example, is_error_key, is_request_key, lookup, words_of},
};

/// A key that may be given once.
pub(crate) struct Slot<T>(Option<(Ident, T)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Slot<T> {
    pub(crate) fn set(&mut self, key: &Ident, value: T, diag: &mut Diag) {
        let Some((first, _)) = &self.0 else {
            self.0 = Some((key.clone(), value));
            return;
        };
        if key == first {
            diag.push(given_twice(key, first));
        } else {
            diag.error(key, format!("`{first}` and `{key}` cannot both be given"));
            diag.error(first, format!("`{first}` is given here"));
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        self.0.as_ref().map(|(_, value)| value)
    }

    pub(crate) fn take(self) -> Option<T> {
        self.0.map(|(_, value)| value)
    }

    pub(crate) fn key(&self) -> Option<&Ident> {
        self.0.as_ref().map(|(key, _)| key)
    }
}

impl Slot<bool> {
    pub(crate) fn is_on(&self) -> bool {
        self.get().is_some_and(|on| *on)
    }
}

pub(crate) fn given_twice(key: &(impl ToTokens + Display), first: &impl ToTokens) -> Error {
    let mut error = Error::new_spanned(key, format!("`{key}` is given twice"));
    let here = format!("`{key}` is given here first");
    error.combine(Error::new_spanned(first, here));
    error
}

/// One entry of a list: its key, the input after it, and where mistakes are reported.
pub(crate) struct Entry<'e> {
    pub(crate) key: Ident,
    pub(crate) input: ParseStream<'e>,
    pub(crate) diag: &'e mut Diag,
}

impl<'e> Entry<'e> {
    pub(crate) fn from_syn(input: ParseStream<'e>, diag: &'e mut Diag) -> Result<Self> {
        // Keywords too: `crate` is a key.
        let key = Ident::parse_any(input).map_err(|_| input.error("expected a key"))?;
        Ok(Self { key, input, diag })
    }

    /// A mistake that is reported on the key.
    pub(crate) fn mistake<T>(&self, message: impl Display) -> Result<T> {
        Err(Error::new_spanned(&self.key, message))
    }

    /// Parses a value into its slot.
    pub(crate) fn fill<T>(
        &mut self,
        slot: &mut Slot<T>,
        parse: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<()> {
        let value = parse(self)?;
        slot.set(&self.key, value, self.diag);
        Ok(())
    }

    pub(crate) fn has_list(&self) -> bool {
        self.input.peek(token::Paren)
    }

    pub(crate) fn has_equals(&self) -> bool {
        self.input.peek(Token![=])
    }

    /// Visits the entries in the parentheses after the key; `hint` completes the message "`key()` is empty".
    pub(crate) fn parse_list(
        &mut self,
        hint: &str,
        visit: impl FnMut(ParseStream<'_>, &mut Diag) -> Result<()>,
    ) -> Result<()> {
        let content;
        parenthesized!(content in self.input);
        if content.is_empty() {
            let message = format!("`{}()` is empty{hint}", self.key);
            self.diag.error(&self.key, message);
        }
        parse_list(&content, self.diag, visit);
        Ok(())
    }

    pub(crate) fn parse_equals(&self) -> Result<()> {
        let input = self.input;
        let is_there = input.parse::<Option<Token![=]>>()?.is_some();
        if is_there && !input.is_empty() && !input.peek(Token![,]) {
            return Ok(());
        }
        let Self { key, .. } = self;
        self.mistake(format!(
            "`{key}` needs a value, as in `{}`",
            example(&key.to_string())
        ))
    }

    pub(crate) fn parse_string(&self) -> Result<LitStr> {
        self.parse_equals()?;
        parse_literal(self.input)
    }

    /// Parses a string, or a list of them in brackets.
    pub(crate) fn parse_strings(&self) -> Result<Vec<LitStr>> {
        self.parse_equals()?;
        if !self.input.peek(token::Bracket) {
            let literal = self.input.parse::<Option<LitStr>>()?;
            let expected = "expected a string literal, or a list of them in brackets";
            let literal = literal.ok_or_else(|| self.input.error(expected))?;
            return Ok(vec![literal]);
        }
        let content;
        bracketed!(content in self.input);
        let literals = Punctuated::<LitStr, Token![,]>::parse_terminated(&content)?;
        if literals.is_empty() {
            let Self { key, .. } = self;
            let example = example(&key.to_string());
            return self.mistake(format!(
                "`{key}` has an empty list, write `{example}`, or leave it out"
            ));
        }
        Ok(literals.into_iter().collect())
    }

    /// Parses a type or a path.
    pub(crate) fn parse_value<T: Parse>(&self) -> Result<T> {
        self.parse_with(T::parse)
    }

    /// Parses a type. One like `dyn A + B` is in parentheses, as where `as` may follow it.
    pub(crate) fn parse_type(&self) -> Result<Type> {
        self.parse_with(Type::without_plus)
    }

    pub(crate) fn parse_with<T>(&self, parse: fn(ParseStream<'_>) -> Result<T>) -> Result<T> {
        self.parse_equals()?;
        match self.input.parse::<Option<LitStr>>()? {
            Some(literal) => Err(self.without_quotes(&literal)),
            None => parse(self.input),
        }
    }

    pub(crate) fn parse_flag(&self) -> Result<bool> {
        if self.input.parse::<Option<Token![=]>>()?.is_none() {
            return Ok(true);
        }
        match self.input.parse::<Option<LitBool>>()? {
            Some(literal) => Ok(literal.value),
            None => Err(self.input.error("expected `true` or `false`")),
        }
    }

    pub(crate) fn parse_choice<T: Copy>(&self, choices: &[(&'static str, T)]) -> Result<T> {
        self.parse_equals()?;
        let input = self.input;
        if let Some(literal) = input.parse::<Option<LitStr>>()? {
            // Either the word is not a choice, or it is one in quotes.
            self.choose(choices, &literal.value(), &literal)?;
            return Err(self.without_quotes(&literal));
        }
        let expected = |_| input.error(format!("expected one of {}", one_of(words_of(choices))));
        let ident = Ident::parse_any(input).map_err(expected)?;
        self.choose(choices, &ident.to_string(), &ident)
    }

    /// The choice that `word` stands for; a mistake is reported `at` its tokens.
    pub(crate) fn choose<T: Copy>(
        &self,
        choices: &[(&'static str, T)],
        word: &str,
        at: &dyn ToTokens,
    ) -> Result<T> {
        let key = self.key.to_string();
        if let Some(instead) = elsewhere::value(&key, word) {
            let message = format!("`{key} = {word}` is written `{instead}`");
            return Err(Error::new_spanned(at, message));
        }
        let owner = format!("of `{key}`");
        lookup(choices, word)
            .ok_or_else(|| unknown_word(at, "value", word, &owner, words_of(choices)))
    }

    pub(crate) fn without_quotes(&self, literal: &LitStr) -> Error {
        let message = format!("write `{} = {}`, without quotes", self.key, literal.value());
        Error::new_spanned(literal, message)
    }
}

/// Visits every entry of every list of the attributes called `name`.
pub(crate) fn lists(
    name: &str,
    attrs: &[Attribute],
    example: &str,
    diag: &mut Diag,
    mut visit: impl FnMut(ParseStream<'_>, &mut Diag) -> Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident(name)) {
        let mistake = match &attr.meta {
            Meta::List(list) if list.tokens.is_empty() => {
                format!("`#[{name}()]` is empty, write `{example}`")
            }
            Meta::List(_) => {
                let parsed = attr.parse_args_with(|input: ParseStream<'_>| {
                    parse_list(input, diag, &mut visit);
                    Ok(())
                });
                if let Err(error) = parsed {
                    diag.push(error);
                }
                continue;
            }
            Meta::Path(_) | Meta::NameValue(_) => {
                format!("`#[{name}]` needs a list, as in `{example}`")
            }
        };
        diag.error(attr.path(), mistake);
    }
}

/// Visits the entries of a list. One that fails is reported and skipped.
fn parse_list(
    input: ParseStream<'_>,
    diag: &mut Diag,
    mut visit: impl FnMut(ParseStream<'_>, &mut Diag) -> Result<()>,
) {
    while !input.is_empty() {
        if let Err(error) = visit(input, diag) {
            diag.push(error);
        } else if !input.is_empty() && !input.peek(Token![,]) {
            diag.push(input.error("expected `,`"));
            if input.peek(Ident::peek_any) {
                // Only the comma is missing.
                continue;
            }
        }
        skip_to_next(input);
    }
}

/// Skips what is left of an entry and the comma after it. Commas between `<` and `>` belong to a type.
fn skip_to_next(input: ParseStream<'_>) {
    let mut depth = 0_usize;
    while let Ok(token) = input.parse::<TokenTree>() {
        let TokenTree::Punct(punct) = token else {
            continue;
        };
        match punct.as_char() {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => return,
            _ => {}
        }
    }
}

pub(crate) fn parse_rule(entry: &Entry<'_>) -> Result<RenameRule> {
    let literal = entry.parse_string()?;
    entry.choose(RenameRule::ALL, &literal.value(), &literal)
}

pub(crate) fn parse_literal(input: ParseStream<'_>) -> Result<LitStr> {
    input
        .parse::<Option<LitStr>>()?
        .ok_or_else(|| input.error("expected a string literal"))
}

/// `unknown key `headr` on a field, did you mean …?`
pub(crate) fn unknown_word<'k>(
    at: impl ToTokens,
    noun: &str,
    word: &str,
    owner: &str,
    known: impl Iterator<Item = &'k str> + Clone,
) -> Error {
    if let Some(instead) = elsewhere::option(owner, word) {
        return Error::new_spanned(at, format!("unknown {noun} `{word}` {owner}{instead}"));
    }
    let meant = suggestion(word, known.clone());
    let known = one_of(known);
    let message = format!("unknown {noun} `{word}` {owner}{meant}\nexpected one of {known}");
    Error::new_spanned(at, message)
}

/// The error for a key that the item has not: one of a neighbor, one of another derive, or one that is unknown.
pub(crate) fn unknown_key<H, N: Copy>(
    entry: &Entry<'_>,
    item: &str,
    (here, known): (&str, &[(&'static str, H)]),
    (there, of_neighbor): (&str, &[(&'static str, N)]),
) -> Error {
    let key = &entry.key;
    let word = key.to_string();
    let owner = if lookup(of_neighbor, &word).is_some() {
        return Error::new_spanned(key, format!("`{word}` belongs {there}, not {here}"));
    } else if is_request_key(&word) {
        "a request"
    } else if is_error_key(&word) {
        "an error"
    } else {
        return unknown_word(key, "key", &word, here, words_of(known));
    };
    Error::new_spanned(key, format!("`{word}` belongs on {owner}, not on {item}"))
}
