//! Syntax of `paginate(…)`. No meaning: which options go together is decided in `lower`.

use proc_macro2::Ident;
use syn::{
    Error, Result, Type, parenthesized,
    parse::{Parse, ParseStream},
    token,
};

use crate::{
    diag::Diag,
    grammar::{Entry, Slot, parse_literal, unknown_word},
    request::{model::NextSource, paginate::path::FieldPath},
    words::{PaginateOption, lookup, words_of},
};

/// What stands in `paginate(…)`.
#[derive(Default)]
pub(crate) struct PaginateOptions {
    pub(crate) offset: Slot<FieldPath>,
    pub(crate) limit: Slot<FieldPath>,
    pub(crate) page: Slot<FieldPath>,
    pub(crate) cursor: Slot<FieldPath>,
    pub(crate) next: Slot<NextSource>,
    pub(crate) link: Slot<()>,
    pub(crate) next_url: Slot<FieldPath>,
    pub(crate) more: Slot<FieldPath>,
    pub(crate) total: Slot<FieldPath>,
    pub(crate) pages: Slot<FieldPath>,
    pub(crate) short: Slot<()>,
    pub(crate) missing: Slot<()>,
    pub(crate) items: Slot<FieldPath>,
    pub(crate) item: Slot<Type>,
    /// The options that were there, even if something is wrong with them.
    given: Vec<Ident>,
    /// Something in it is reported already.
    pub(crate) broken: bool,
}

impl PaginateOptions {
    pub(crate) fn from_syn(entry: &mut Entry<'_>) -> Result<Self> {
        let mut options = Self::default();
        if !entry.has_list() {
            return entry.mistake(format!("`paginate` needs a list, as in `{EXAMPLE}`"));
        }
        let before = entry.diag.count();
        entry.parse_list(&format!(", write `{EXAMPLE}`"), |input, diag| {
            options.entry(input, diag)
        })?;
        options.broken = entry.diag.count() > before;
        Ok(options)
    }

    pub(crate) fn given(&self, option: PaginateOption) -> Option<&Ident> {
        self.given.iter().find(|given| *given == option.word())
    }

    fn entry(&mut self, input: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        let mut entry = Entry::from_syn(input, diag)?;
        self.given.push(entry.key.clone());
        let word = entry.key.to_string();
        let Some(option) = lookup(PaginateOption::ALL, &word) else {
            let (owner, known) = ("of `paginate`", words_of(PaginateOption::ALL));
            return Err(unknown_word(&entry.key, "option", &word, owner, known));
        };
        match option {
            PaginateOption::Offset => entry.fill(&mut self.offset, parse_request_field),
            PaginateOption::Limit => entry.fill(&mut self.limit, parse_request_field),
            PaginateOption::Page => entry.fill(&mut self.page, parse_request_field),
            PaginateOption::Cursor => entry.fill(&mut self.cursor, parse_request_field),
            PaginateOption::Next => entry.fill(&mut self.next, Entry::parse_value),
            PaginateOption::Link if entry.has_equals() => entry.mistake(
                "`link` takes no value: the next page is in the header `Link` of the response",
            ),
            PaginateOption::Link => entry.fill(&mut self.link, |_| Ok(())),
            PaginateOption::NextUrl => entry.fill(&mut self.next_url, Entry::parse_value),
            PaginateOption::More => entry.fill(&mut self.more, Entry::parse_value),
            PaginateOption::Total => entry.fill(&mut self.total, Entry::parse_value),
            PaginateOption::Pages => entry.fill(&mut self.pages, Entry::parse_value),
            PaginateOption::Short | PaginateOption::Missing if entry.has_equals() => {
                entry.mistake(format!("`{word}` takes no value"))
            }
            PaginateOption::Short => entry.fill(&mut self.short, |_| Ok(())),
            PaginateOption::Missing => entry.fill(&mut self.missing, |_| Ok(())),
            PaginateOption::Items => entry.fill(&mut self.items, Entry::parse_value),
            PaginateOption::Item => entry.fill(&mut self.item, Entry::parse_type),
        }
    }
}

const EXAMPLE: &str = "paginate(cursor = after, next = next_cursor, items = data)";

impl Parse for NextSource {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if !(input.peek(syn::Ident) && input.peek2(token::Paren)) {
            return input.parse().map(Self::Field);
        }
        let source: Ident = input.parse()?;
        let content;
        parenthesized!(content in input);
        if source != "header" {
            let message = "write a field of the response, as in `next = meta.next`, or `next = header(\"x-next-page\")`";
            return Err(Error::new_spanned(source, message));
        }
        parse_literal(&content).map(Self::Header)
    }
}

/// Parses the path of a field of the request, which is always there.
fn parse_request_field(entry: &Entry<'_>) -> Result<FieldPath> {
    let path: FieldPath = entry.parse_value()?;
    let Some(passes) = path.passes() else {
        return Ok(path);
    };
    let message = "`?` is for fields of the response: a field of the request is set for the next page, so it has to be there";
    Err(Error::new_spanned(passes, message))
}
