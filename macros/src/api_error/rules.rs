//! Syntax of the keys that say which 2xx response is an error, `envelope`, and where the message is, `message`.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use syn::{
    Error, Ident, LitBool, LitInt, LitStr, Result, Token, bracketed, ext::IdentExt as _,
    parse::ParseStream, token,
};

use crate::{
    grammar::{Entry, unknown_word},
    words::{EnvelopeOption, lookup, words_of},
};

/// The member that makes an error of a 2xx response.
pub(super) struct Envelope {
    pub(super) name: LitStr,
    pub(super) mark: Mark,
}

/// When the member makes an error.
pub(super) enum Mark {
    /// If it says something.
    Something,
    /// If it is `false`.
    False,
    /// If it is another number.
    NotNumber(i32),
    /// If it is another text.
    NotText(LitStr),
}

/// A step of the path to the message.
pub(super) enum Step {
    Member(String),
    Item(u16),
}

/// Parses `envelope = "error"`, `envelope(unless = "ok")` or `envelope("errcode" != 0)`; `None` if there is a mistake in the
/// list, which is reported.
pub(super) fn parse_envelope(entry: &mut Entry<'_>) -> Result<Option<Envelope>> {
    if !entry.has_list() {
        let name = entry.parse_string()?;
        let mark = Mark::Something;
        return Ok(Some(Envelope { name, mark }));
    }
    let mut envelope = None;
    let hint = ", write `envelope = \"error\"` or a condition, as in `envelope(unless = \"ok\")`";
    entry.parse_list(hint, |input, diag| {
        let condition = if input.peek(LitStr) {
            parse_comparison(input)?
        } else {
            parse_option(&Entry::from_syn(input, diag)?)?
        };
        if envelope.is_some() {
            let message = "`envelope` takes one condition";
            return Err(Error::new_spanned(condition.name, message));
        }
        envelope = Some(condition);
        Ok(())
    })?;
    Ok(envelope)
}

fn parse_option(entry: &Entry<'_>) -> Result<Envelope> {
    let word = entry.key.to_string();
    match lookup(EnvelopeOption::ALL, &word) {
        Some(EnvelopeOption::Unless) => Ok(Envelope {
            name: entry.parse_string()?,
            mark: Mark::False,
        }),
        None => {
            let (owner, known) = ("of `envelope`", words_of(EnvelopeOption::ALL));
            Err(unknown_word(&entry.key, "option", &word, owner, known))
        }
    }
}

/// Parses `"errcode" != 0`.
fn parse_comparison(input: ParseStream<'_>) -> Result<Envelope> {
    let name: LitStr = input.parse()?;
    let written = name.to_token_stream();
    if input.is_empty() || input.peek(Token![,]) {
        let message = format!(
            "`envelope({written})` has no condition, write `envelope = {written}`, `envelope(unless = {written})` or `envelope({written} != 0)`"
        );
        return Err(Error::new_spanned(name, message));
    }
    if input.parse::<Option<Token![!=]>>()?.is_none() {
        let message = format!(
            "expected `!=`: the condition is that of an error, as in `envelope({written} != 0)`"
        );
        return Err(input.error(message));
    }
    if let Some(fine) = input.parse::<Option<LitStr>>()? {
        let mark = Mark::NotText(fine);
        return Ok(Envelope { name, mark });
    }
    if let Some(fine) = input.parse::<Option<LitBool>>()? {
        let message = if fine.value {
            format!("write `envelope(unless = {written})`")
        } else {
            format!("write `envelope = {written}`")
        };
        return Err(Error::new_spanned(fine, message));
    }
    let mark = Mark::NotNumber(parse_number(input)?);
    Ok(Envelope { name, mark })
}

fn parse_number(input: ParseStream<'_>) -> Result<i32> {
    let is_negative = input.parse::<Option<Token![-]>>()?.is_some();
    let Some(number) = input.parse::<Option<LitInt>>()? else {
        return Err(
            input.error("expected an integer or a text, that of a response without an error")
        );
    };
    let value = number.base10_parse::<i64>().ok();
    let value = value.filter(|_| number.suffix().is_empty());
    let value = value.map(|value| if is_negative { -value } else { value });
    value
        .and_then(|value| value.try_into().ok())
        .ok_or_else(|| {
            let message = format!("the number is an `i32` without a suffix, not `{number}`");
            Error::new_spanned(number, message)
        })
}

/// Parses a path, as in `errors[0].text` or `["error-text"]`.
pub(super) fn parse_message(entry: &Entry<'_>) -> Result<Vec<Step>> {
    entry.parse_equals()?;
    let input = entry.input;
    if let Some(literal) = input.parse::<Option<LitStr>>()? {
        let written = literal.to_token_stream();
        let message = format!(
            "the path is written without quotes, as in `message = errors[0].text`, and a name that is not an identifier in brackets, as in `message = [{written}]`"
        );
        return Err(Error::new_spanned(literal, message));
    }
    let mut steps = Vec::new();
    loop {
        if input.peek(token::Bracket) {
            steps.push(parse_index(input)?);
        } else if steps.is_empty() || input.peek(Token![.]) {
            if !steps.is_empty() {
                input.parse::<Token![.]>()?;
            }
            steps.push(parse_member(input)?);
        } else if input.is_empty() || input.peek(Token![,]) {
            return Ok(steps);
        } else {
            return Err(input.error("expected `.member`, `[0]` or `[\"member\"]`"));
        }
    }
}

fn parse_member(input: ParseStream<'_>) -> Result<Step> {
    let expected = if input.peek(LitInt) {
        "an index is written in brackets, as in `errors[0]`"
    } else {
        "expected the name of a member, as in `message = errors[0].text`"
    };
    let name = Ident::parse_any(input).map_err(|_| input.error(expected))?;
    Ok(Step::Member(name.unraw().to_string()))
}

fn parse_index(input: ParseStream<'_>) -> Result<Step> {
    let content;
    bracketed!(content in input);
    let step = if let Some(name) = content.parse::<Option<LitStr>>()? {
        Some(Step::Member(name.value()))
    } else if let Some(index) = content.parse::<Option<LitInt>>()? {
        let value = index.base10_parse().ok();
        let value = value.filter(|_| index.suffix().is_empty());
        let message = format!("an index is a number up to 65535, not `{index}`");
        let value = value.ok_or_else(|| Error::new_spanned(&index, message))?;
        Some(Step::Item(value))
    } else {
        None
    };
    if let Some(step) = step.filter(|_| content.is_empty()) {
        return Ok(step);
    }
    let mistake = content
        .error("expected an index, as in `[0]`, or the name of a member, as in `[\"error-text\"]`");
    // What is left would be a mistake of its own.
    content.parse::<TokenStream>()?;
    Err(mistake)
}
