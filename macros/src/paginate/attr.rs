//! Syntax of `paginate(…)`. No meaning: which options go together is decided in `lower`.

use proc_macro2::Ident;
use syn::{Member, Result, Token, Type, parse::ParseStream, punctuated::Punctuated};

use crate::{
    diag::Diag,
    syntax::{Entry, Slot, unknown_word, words},
};

/// The options of `paginate(…)`, each with an example.
pub(crate) const OPTIONS: &[(&str, &str)] = &[
    ("offset", "offset = offset"),
    ("limit", "limit = limit"),
    ("page", "page = page"),
    ("cursor", "cursor = after"),
    ("next", "next = meta.next_cursor"),
    ("link", "link"),
    ("next_url", "next_url = next"),
    ("items", "items = data"),
    ("item", "item = Key"),
];

/// A field of a response, or of one of its fields: `meta.next_cursor`.
pub(crate) type FieldPath = Punctuated<Member, Token![.]>;

/// What stands in `paginate(…)`.
#[derive(Default)]
pub(crate) struct Options {
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

impl Options {
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

    pub(crate) fn given(&self, option: &str) -> Option<&Ident> {
        self.given.iter().find(|given| *given == option)
    }

    fn entry(&mut self, input: ParseStream<'_>, diag: &mut Diag) -> Result<()> {
        let mut entry = Entry::from_syn(input, diag)?;
        self.given.push(entry.key.clone());
        match entry.key.to_string().as_str() {
            "offset" => entry.fill(&mut self.offset, Entry::parse_value),
            "limit" => entry.fill(&mut self.limit, Entry::parse_value),
            "page" => entry.fill(&mut self.page, Entry::parse_value),
            "cursor" => entry.fill(&mut self.cursor, Entry::parse_value),
            "next" => entry.fill(&mut self.next, parse_path),
            "link" if entry.has_equals() => {
                entry.mistake("`link` takes no value, it is the header `Link` of the answer")
            }
            "link" => entry.fill(&mut self.link, |_| Ok(())),
            "next_url" => entry.fill(&mut self.next_url, parse_path),
            "items" => entry.fill(&mut self.items, parse_path),
            "item" => entry.fill(&mut self.item, Entry::parse_value),
            word => {
                let known = words(OPTIONS);
                Err(unknown_word(
                    &entry.key,
                    "option",
                    word,
                    "of `paginate`",
                    known,
                ))
            }
        }
    }
}

const EXAMPLE: &str = "paginate(cursor = after, next = next_cursor, items = data)";

fn parse_path(entry: &Entry<'_>) -> Result<FieldPath> {
    entry.parse_with(FieldPath::parse_separated_nonempty)
}
