//! Syntax of `paginate(…)`. No meaning: which options go together is decided in `lower`.

use proc_macro2::Ident;
use syn::{Error, Member, Result, Token, Type, parse::ParseStream};

use crate::{
    diag::Diag,
    grammar::{Entry, Slot, unknown_word},
    request::model::FieldPath,
    words::{PaginateOption, lookup, words_of},
};

/// What stands in `paginate(…)`.
#[derive(Default)]
pub(crate) struct PaginateOptions {
    pub(crate) offset: Slot<Member>,
    pub(crate) limit: Slot<Member>,
    pub(crate) page: Slot<Member>,
    pub(crate) cursor: Slot<Member>,
    pub(crate) next: Slot<FieldPath>,
    pub(crate) link: Slot<()>,
    pub(crate) next_url: Slot<FieldPath>,
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
            PaginateOption::Offset => entry.fill(&mut self.offset, parse_member),
            PaginateOption::Limit => entry.fill(&mut self.limit, parse_member),
            PaginateOption::Page => entry.fill(&mut self.page, parse_member),
            PaginateOption::Cursor => entry.fill(&mut self.cursor, parse_member),
            PaginateOption::Next => entry.fill(&mut self.next, parse_path),
            PaginateOption::Link if entry.has_equals() => entry.mistake(
                "`link` takes no value: the next page is in the header `Link` of the response",
            ),
            PaginateOption::Link => entry.fill(&mut self.link, |_| Ok(())),
            PaginateOption::NextUrl => entry.fill(&mut self.next_url, parse_path),
            PaginateOption::Items => entry.fill(&mut self.items, parse_path),
            PaginateOption::Item => entry.fill(&mut self.item, Entry::parse_value),
        }
    }
}

const EXAMPLE: &str = "paginate(cursor = after, next = next_cursor, items = data)";

/// Parses the name of a field of the request.
fn parse_member(entry: &Entry<'_>) -> Result<Member> {
    let member: Member = entry.parse_value()?;
    if entry.input.peek(Token![.]) {
        let message = format!(
            "`{}` names a field of the request, not one inside of it\nmake the inner field one of the request, or implement `api_request::Paginate`",
            entry.key
        );
        return Err(Error::new_spanned(member, message));
    }
    Ok(member)
}

fn parse_path(entry: &Entry<'_>) -> Result<FieldPath> {
    entry.parse_with(FieldPath::parse_separated_nonempty)
}
