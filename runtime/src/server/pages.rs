//! Pages, cut out of all items by the declared `paginate`: what a request asks for, and a page that leads to the next one.
//! No I/O.
//!
//! The derive knows no types, so a value that can be made and one that cannot are told apart here: by a method of the one
//! that takes precedence over a trait's.

use std::mem;

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::refusal::Refusal;
use crate::{
    Next, Operation, Page, PageItems, PageStyle, Pagination,
    paginate::{ListOf, Number},
};

/// How many items a page has where nothing says it.
const SIZE: usize = 100;

/// A request whose pages can be cut out of all items: one that derives `FromHttp` and declares `paginate(…)`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no pages that can be cut",
    label = "declares no pages of such items",
    note = "declare pages and their items: `paginate(offset = offset, items = data, item = Key)`, and derive `FromHttp` beside `ApiRequest`"
)]
pub trait CutPages<T>: PageItems<T> {
    /// What the request says about the page. Only the derive writes this.
    #[doc(hidden)]
    fn asked(&self) -> Asked;

    /// Fills a page. Only the derive writes this.
    #[doc(hidden)]
    fn fill(page: &mut Self::Response, fill: &mut PageFill<T>);
}

/// What a request says about the page that it asks for.
#[derive(Debug)]
pub struct Asked {
    start: Start,
    limit: Option<usize>,
    /// The header of the response that has the next offset, number or cursor.
    header: Option<&'static str>,
}

/// The way to the page.
#[derive(Debug, PartialEq)]
enum Start {
    Offset(usize),
    /// From 0.
    Page(usize),
    /// Of a page before, if there is one.
    Cursor(Option<Value>),
    /// That of the last item of the page before.
    Item(Option<Value>),
    /// In the URL.
    Link,
    /// In the URL, which the page before has in its body.
    Url,
}

fn count(number: &dyn Number) -> Option<usize> {
    let number = number.get()?.max(0);
    Some(usize::try_from(number).unwrap_or(usize::MAX))
}

/// The value, if it is not none.
fn cursor<T: Serialize>(field: &T) -> Option<Value> {
    let value = serde_json::to_value(field).ok();
    value.filter(|value| !value.is_null() && value.as_str() != Some(""))
}

impl Asked {
    fn new(start: Start) -> Self {
        Self {
            start,
            limit: None,
            header: None,
        }
    }

    /// The page at an offset.
    #[must_use]
    pub fn offset(offset: &dyn Number) -> Self {
        Self::new(Start::Offset(count(offset).unwrap_or(0)))
    }

    /// The page of a number, which counts from 1.
    #[must_use]
    pub fn page(number: &dyn Number) -> Self {
        let number = count(number).unwrap_or(1);
        Self::new(Start::Page(number.saturating_sub(1)))
    }

    /// The page of a cursor that the page before has.
    #[must_use]
    pub fn cursor<T: Serialize>(field: &T) -> Self {
        Self::new(Start::Cursor(cursor(field)))
    }

    /// The page after an item.
    #[must_use]
    pub fn after_item<T: Serialize>(field: &T) -> Self {
        Self::new(Start::Item(cursor(field)))
    }

    /// The page of a URL in a header.
    #[must_use]
    pub fn link() -> Self {
        Self::new(Start::Link)
    }

    /// The page of a URL in a body.
    #[must_use]
    pub fn url() -> Self {
        Self::new(Start::Url)
    }

    /// Adds how many items the page has at most.
    #[must_use]
    pub fn limit(self, limit: &dyn Number) -> Self {
        let limit = count(limit).filter(|limit| *limit > 0);
        Self { limit, ..self }
    }

    /// Adds the header that leads to the next page.
    #[must_use]
    pub fn header(self, name: &'static str) -> Self {
        let header = Some(name);
        Self { header, ..self }
    }
}

/// What a page is filled with.
#[derive(Debug)]
pub struct PageFill<T> {
    items: Vec<T>,
    has_more: bool,
    /// How many items or pages there are.
    all: usize,
    /// The cursor or URL of the next page, if there is one.
    next: Option<String>,
    unfilled: Option<(Part, &'static str)>,
}

#[derive(Debug, Clone, Copy)]
enum Part {
    Items,
    More,
    All,
    Next,
}

const NOT_DEFAULT: &str = "what `?` passes in it is not `Default`";

impl<T> PageFill<T> {
    fn new(items: Vec<T>, all: usize, next: Option<String>) -> Self {
        Self {
            items,
            has_more: next.is_some(),
            all,
            next,
            unfilled: None,
        }
    }

    /// Sets the items.
    pub fn items<P, L: ListOf<T>>(&mut self, page: &mut P, place: fn(&mut P) -> Option<&mut L>) {
        match place(page) {
            Some(list) => *list = L::from_items_of(mem::take(&mut self.items)),
            None => self.unfilled = Some((Part::Items, NOT_DEFAULT)),
        }
    }

    /// Sets whether there are more pages.
    pub fn more<P, M: More>(&mut self, page: &mut P, place: fn(&mut P) -> Option<&mut M>) {
        match place(page) {
            Some(more) => more.set(self.has_more),
            None => self.unfilled = Some((Part::More, NOT_DEFAULT)),
        }
    }

    /// Sets how many items or pages there are in all.
    pub fn all<P, N: Number>(&mut self, page: &mut P, place: fn(&mut P) -> Option<&mut N>) {
        let all = i128::try_from(self.all).unwrap_or(i128::MAX);
        let reason = match place(page).map(|number| number.set(all)) {
            Some(true) => return,
            Some(false) => "the number does not fit",
            None => NOT_DEFAULT,
        };
        self.unfilled = Some((Part::All, reason));
    }

    /// Sets the cursor or URL of the next page, if there is one.
    pub fn next<P>(&mut self, page: &mut P, set: fn(&mut P, &str) -> Option<bool>) {
        let reason = match self.next.as_ref().map(|next| set(page, next)) {
            None | Some(Some(true)) => return,
            Some(Some(false)) => "its type is read from neither a text nor a number",
            Some(None) => NOT_DEFAULT,
        };
        self.unfilled = Some((Part::Next, reason));
    }

    /// Says what of the page could not be filled.
    fn check(&self, operation: &Operation) -> Result<(), String> {
        let Some((part, reason)) = self.unfilled else {
            return Ok(());
        };
        let path = operation.pagination().and_then(|it| match part {
            Part::Items => it.items(),
            Part::More => it.more(),
            Part::All => it.total().or(it.pages()),
            Part::Next => it.next(),
        });
        let path = path.unwrap_or_default();
        let name = operation.name();
        Err(format!(
            "a page of `{name}` cannot be made: `{path}` of the response cannot be set, because {reason}"
        ))
    }
}

/// A field that says whether there are more pages.
pub trait More {
    /// Sets it.
    fn set(&mut self, has_more: bool);
}

#[diagnostic::do_not_recommend]
impl More for bool {
    fn set(&mut self, has_more: bool) {
        *self = has_more;
    }
}

#[diagnostic::do_not_recommend]
impl More for Option<bool> {
    fn set(&mut self, has_more: bool) {
        *self = Some(has_more);
    }
}

/// An `Option` in a page, which `?` passes.
#[derive(Debug)]
pub struct Passed<'f, T>(pub &'f mut T);

impl<'f, T: Default> Passed<'f, Option<T>> {
    /// Its value, which is the default if there is none.
    #[must_use]
    pub fn fill(self) -> Option<&'f mut T> {
        Some(self.0.get_or_insert_with(T::default))
    }
}

/// What holds for every other type.
pub trait PassedDefaults<'f, T> {
    /// Its value, if there is one.
    fn fill(self) -> Option<&'f mut T>;
}

impl<'f, T> PassedDefaults<'f, T> for Passed<'f, Option<T>> {
    fn fill(self) -> Option<&'f mut T> {
        self.0.as_mut()
    }
}

/// The field of a page that has the next cursor or URL.
#[derive(Debug)]
pub struct NextPlace<'f, T>(pub &'f mut T);

impl<T: DeserializeOwned> NextPlace<'_, T> {
    /// Sets it to the text, or else to the number that the text is, and says whether its type is read from one of them.
    #[must_use]
    pub fn set(self, text: &str) -> Option<bool> {
        let number = text.parse::<u64>().ok().map(Value::from);
        let values = [Some(Value::from(text)), number];
        let mut values = values.into_iter().flatten();
        let value = values.find_map(|value| T::deserialize(value).ok());
        Some(value.map(|value| *self.0 = value).is_some())
    }
}

/// What holds for every other type.
pub trait NextPlaceDefaults: Sized {
    /// Says that nothing is set.
    #[must_use]
    fn set(self, _: &str) -> Option<bool> {
        Some(false)
    }
}

impl<T> NextPlaceDefaults for NextPlace<'_, T> {}

/// Checks that what leads to the next page can be set.
///
/// # Errors
///
/// Says what cannot.
pub(crate) fn check_pages<R, T>() -> Result<(), String>
where
    R: CutPages<T>,
    R::Response: Default,
{
    let pagination = R::OPERATION.pagination();
    let is_url = pagination.is_some_and(|it| it.style() == PageStyle::NextUrl);
    // A type for URLs refuses another text.
    let next = if is_url {
        "https://api.example.com/"
    } else {
        "1"
    };
    let mut fill = PageFill::new(Vec::new(), 0, Some(next.to_owned()));
    R::fill(&mut R::Response::default(), &mut fill);
    fill.check(R::OPERATION)
}

/// Cuts the page that a request asks for out of all items: the response, and headers beside its own. `linked` is the
/// number of items before the page that the URL of the request has, and `url` makes such a URL.
///
/// # Errors
///
/// Refuses a cursor that no page has, and a page beyond the last one where that is declared as `missing`.
///
/// # Panics
///
/// Panics if the page cannot say which page is next.
pub(crate) fn cut_page<R, T>(
    request: &R,
    all: Vec<T>,
    linked: usize,
    url: impl FnOnce(usize) -> String,
) -> Result<(R::Response, HeaderMap), Refusal>
where
    R: CutPages<T>,
    R::Response: Default,
{
    let Asked {
        start,
        limit,
        header,
    } = request.asked();
    let size = limit.unwrap_or(SIZE);
    let is_link = start == Start::Link;
    let (before, mut items) = match &start {
        Start::Offset(offset) => (Some(*offset), all),
        Start::Page(number) => (Some(number.saturating_mul(size)), all),
        Start::Cursor(cursor) => (cursor.as_ref().map_or(Some(0), items_before), all),
        Start::Item(None) => (Some(0), all),
        Start::Item(Some(_)) => after_item(request, &start, all),
        Start::Link | Start::Url => (Some(linked), all),
    };
    let unknown = || Refusal::because("the cursor is not one that a page has".to_owned());
    let before = before.ok_or_else(unknown)?;
    let count = items.len();
    let pagination = R::OPERATION.pagination();
    if before > 0 && before >= count && pagination.is_some_and(Pagination::missing) {
        return Err(Refusal::not_found());
    }
    let end = before.saturating_add(size).min(count);
    items.truncate(end);
    let items = items.split_off(before.min(end));
    let (all, next) = match start {
        Start::Page(number) => (count.div_ceil(size), (number + 2).to_string()),
        Start::Link | Start::Url if end < count => (count, url(end)),
        _ => (count, end.to_string()),
    };
    let next = (end < count).then_some(next);
    let mut headers = HeaderMap::new();
    if let Some(next) = &next {
        let header = match header {
            Some(name) => Some((name, next.clone())),
            None => is_link.then(|| ("link", format!("<{next}>; rel=\"next\""))),
        };
        let header = header.and_then(|(name, value)| {
            let name = HeaderName::try_from(name).ok()?;
            Some((name, HeaderValue::try_from(value).ok()?))
        });
        headers.extend(header);
    }
    let mut response = R::Response::default();
    let mut fill = PageFill::new(items, all, next);
    R::fill(&mut response, &mut fill);
    let checked = fill.check(R::OPERATION).and_then(|()| {
        let next = request.next_page(&Page::new(&response, &headers));
        if fill.has_more && !matches!(next, Ok(Next::Request(_) | Next::Url(_))) {
            let name = R::OPERATION.name();
            return Err(format!(
                "the response of `{name}` does not say which page is next"
            ));
        }
        Ok(())
    });
    // The declaration is wrong, which a test has to be told.
    match checked {
        Ok(()) => Ok((response, headers)),
        Err(reason) => panic!("{reason}"),
    }
}

/// The number of items before the page of a cursor, if it is one.
fn items_before(cursor: &Value) -> Option<usize> {
    match cursor {
        Value::String(text) => text.parse().ok(),
        cursor => cursor.as_u64()?.try_into().ok(),
    }
}

/// The number of items up to the one whose page leads to the same start, if there is one, and the items again.
fn after_item<R, T>(request: &R, start: &Start, all: Vec<T>) -> (Option<usize>, Vec<T>)
where
    R: CutPages<T>,
    R::Response: Default,
{
    let mut all = all.into_iter();
    let mut items = Vec::new();
    let mut found = None;
    // Items are put into pages and taken out again: they may not be `Clone`.
    for item in all.by_ref() {
        let mut page = R::Response::default();
        R::fill(
            &mut page,
            &mut PageFill::new(vec![item], 0, Some(String::new())),
        );
        let next = request.next_page(&Page::new(&page, &HeaderMap::new()));
        items.extend(R::items(page));
        if matches!(next, Ok(Next::Request(next)) if next.asked().start == *start) {
            found = Some(items.len());
            break;
        }
    }
    items.extend(all);
    (found, items)
}
