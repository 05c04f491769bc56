//! What fields of requests and responses must be able to do to page. The derive names them and knows no types, so a value
//! and an `Option` of one are told apart here: by a method of the one that takes precedence over a trait's.

use std::fmt::Display;

use serde::Serialize;

use super::page::{Next, NextPage, Page};
use crate::BoxError;

/// A field that counts pages or items.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot count pages or items",
    label = "not a number that can be counted up",
    note = "a field for `offset`, `page` or `limit` is an integer or an `Option` of one",
    note = "for another type, implement `api_request::Paginate` in place of `paginate(…)`"
)]
pub trait Number {
    /// Its value, if there is one.
    fn get(&self) -> Option<i128>;

    /// Sets the value, and says whether it fits.
    fn set(&mut self, value: i128) -> bool;
}

macro_rules! numbers {
    ($($ty:ty)*) => {$(
        #[diagnostic::do_not_recommend]
        impl Number for $ty {
            fn get(&self) -> Option<i128> {
                (*self).try_into().ok()
            }

            fn set(&mut self, value: i128) -> bool {
                value.try_into().map(|value| *self = value).is_ok()
            }
        }
    )*};
}

numbers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

#[diagnostic::do_not_recommend]
impl<N: Number + Default> Number for Option<N> {
    fn get(&self) -> Option<i128> {
        self.as_ref()?.get()
    }

    fn set(&mut self, value: i128) -> bool {
        self.get_or_insert_with(N::default).set(value)
    }
}

/// What a page says about the next one.
#[derive(Debug)]
pub struct Seen {
    items: i128,
    more: Option<bool>,
    /// How many items or pages there are in all.
    all: Option<i128>,
    is_short: bool,
}

impl Seen {
    /// Begins with the number of its items.
    #[must_use]
    pub fn new<T>(page: &Page<'_, T>, items: usize) -> Self {
        page.counted(items);
        Self {
            items: i128::try_from(items).unwrap_or(i128::MAX),
            more: None,
            all: None,
            is_short: false,
        }
    }

    /// Adds whether there are more pages.
    #[must_use]
    pub fn more(self, more: Option<bool>) -> Self {
        Self { more, ..self }
    }

    /// Adds how many items or pages there are in all.
    #[must_use]
    pub fn all<N: Number>(self, all: Option<N>) -> Self {
        let all = all.and_then(|all| all.get());
        Self { all, ..self }
    }

    /// Ends the pages at one of fewer items than the limit.
    #[must_use]
    pub fn short(self, limit: &dyn Number) -> Self {
        let is_short = limit.get().is_some_and(|limit| self.items < limit);
        Self { is_short, ..self }
    }

    /// Whether a page, up to which there are so many items or pages, is the last one.
    fn is_last(&self, so_far: i128) -> bool {
        let is_last = match self.all {
            Some(all) => so_far >= all,
            None => self.items == 0 && self.more != Some(true),
        };
        is_last || self.is_short
    }
}

/// Whether a page says that it is the last one.
#[must_use]
pub fn is_last(more: Option<bool>) -> bool {
    more == Some(false)
}

/// The request for the page after one that begins at the offset.
///
/// # Errors
///
/// Fails if the offset does not advance, or the next one does not fit the field.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the expansion makes it for this call"
)]
pub fn next_offset<R: Clone>(
    request: &R,
    seen: Seen,
    offset: fn(&mut R) -> &mut dyn Number,
) -> NextPage<R> {
    let mut next = request.clone();
    let field = offset(&mut next);
    let so_far = advanced(field, 0, seen.items)?;
    if seen.is_last(so_far) {
        return Ok(Next::End);
    }
    if seen.items == 0 {
        return Err("the page is empty, so that the offset does not advance".into());
    }
    set(field, so_far)?;
    Ok(Next::Request(next))
}

/// The request for the page after the one of that number.
///
/// # Errors
///
/// Fails if the next number does not fit the field.
#[expect(
    clippy::needless_pass_by_value,
    reason = "the expansion makes it for this call"
)]
pub fn next_number<R: Clone>(
    request: &R,
    seen: Seen,
    page: fn(&mut R) -> &mut dyn Number,
) -> NextPage<R> {
    let mut next = request.clone();
    let field = page(&mut next);
    // Without a page number, an API responds with the first page.
    let number = field.get().unwrap_or(1);
    if seen.is_last(number) {
        return Ok(Next::End);
    }
    let number = advanced(field, 1, 1)?;
    set(field, number)?;
    Ok(Next::Request(next))
}

/// The request for the page at the offset, or of the number, that the response has.
///
/// # Errors
///
/// Fails if it is not a number, or does not fit the field.
pub fn next_given<R: Clone>(
    request: &R,
    given: Option<String>,
    field: fn(&mut R) -> &mut dyn Number,
) -> NextPage<R> {
    let Some(given) = given else {
        return Ok(Next::End);
    };
    let given = given.parse();
    let number = given.map_err(|_| "the header of the next page is not a number")?;
    let mut next = request.clone();
    set(field(&mut next), number)?;
    Ok(Next::Request(next))
}

/// The text of the header that says what is next, unless it is empty.
pub fn next_of_header<T>(page: &Page<'_, T>, name: &str) -> Option<String> {
    let value = page.headers().get(name)?.to_str().ok()?.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

const TOO_LARGE: &str = "the number of the next page does not fit its field";

fn advanced(number: &dyn Number, unset: i128, by: i128) -> Result<i128, BoxError> {
    let next = number.get().unwrap_or(unset).checked_add(by);
    next.ok_or_else(|| TOO_LARGE.into())
}

fn set(number: &mut dyn Number, next: i128) -> Result<(), BoxError> {
    if number.set(next) {
        Ok(())
    } else {
        Err(TOO_LARGE.into())
    }
}

/// What is in an `Option` of a response, which `?` passes.
#[must_use]
pub fn passed<T>(option: &Option<T>) -> Option<&T> {
    option.as_ref()
}

/// A field of a request that a cursor is set in.
#[derive(Debug)]
pub struct Slot<'f, T>(pub &'f mut T);

impl<T> Slot<'_, Option<T>> {
    /// Sets the cursor.
    pub fn set<V>(self, cursor: V)
    where
        T: CursorFrom<V>,
    {
        *self.0 = Some(T::from_cursor(cursor));
    }
}

/// What holds for every other type.
pub trait SlotDefaults<T> {
    /// Sets the cursor.
    fn set<V>(self, cursor: V)
    where
        T: CursorFrom<V>;
}

impl<T> SlotDefaults<T> for Slot<'_, T> {
    fn set<V>(self, cursor: V)
    where
        T: CursorFrom<V>,
    {
        *self.0 = T::from_cursor(cursor);
    }
}

/// What a cursor of the response becomes in the request.
#[diagnostic::on_unimplemented(
    message = "a cursor of type `{V}` cannot be set in a field of type `{Self}`",
    label = "is a `{V}`, and the field of the request a `{Self}`",
    note = "give both the same type, or implement `From<{V}>` for `{Self}`"
)]
pub trait CursorFrom<V> {
    /// Makes it.
    fn from_cursor(cursor: V) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: From<V>, V> CursorFrom<V> for T {
    fn from_cursor(cursor: V) -> Self {
        cursor.into()
    }
}

/// A cursor that can be sent.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a cursor",
    label = "cannot be sent by itself",
    note = "implement `serde::Serialize` for it, for example with `#[derive(serde::Serialize)]`"
)]
pub trait CursorValue {
    /// Whether it is none: no value, or an empty string.
    fn is_empty(&self) -> bool;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize> CursorValue for T {
    fn is_empty(&self) -> bool {
        // What cannot be written down is refused when it is sent.
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Null) => true,
            Ok(serde_json::Value::String(text)) => text.is_empty(),
            Ok(_) | Err(_) => false,
        }
    }
}

/// A field of a response.
#[derive(Debug)]
pub struct Found<'f, T>(pub &'f T);

impl<T> Found<'_, Option<T>> {
    /// Its value, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<T>
    where
        T: Clone,
    {
        self.0.clone()
    }
}

/// What holds for every other type.
pub trait FoundDefaults<T> {
    /// Its value.
    fn value(&self) -> Option<T>
    where
        T: Clone;
}

impl<T> FoundDefaults<T> for Found<'_, T> {
    fn value(&self) -> Option<T>
    where
        T: Clone,
    {
        Some(self.0.clone())
    }
}

/// The request with the next cursor in the field, which `set` sets.
///
/// # Errors
///
/// None: it returns what the other styles do.
pub fn next_cursor<R: Clone, V, F: CursorValue>(
    request: &R,
    cursor: Option<V>,
    set: fn(&mut R, V),
    field: fn(&R) -> &F,
) -> NextPage<R> {
    let Some(cursor) = cursor else {
        return Ok(Next::End);
    };
    let mut next = request.clone();
    set(&mut next, cursor);
    if field(&next).is_empty() {
        return Ok(Next::End);
    }
    Ok(Next::Request(next))
}

/// The page that the header `Link` leads to.
///
/// # Errors
///
/// None: it returns what the other styles do.
pub fn next_link<R, T>(page: &Page<'_, T>) -> NextPage<R> {
    Ok(page.link("next").map_or(Next::End, Next::Url))
}

/// A URL in a response.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a URL",
    label = "not the URL of the next page",
    note = "the field for `next_url` is a string, a type for URLs that implements `Display`, or an `Option` of one"
)]
pub trait UrlText {
    /// The URL as text.
    fn text(&self) -> String;
}

#[diagnostic::do_not_recommend]
impl<T: Display> UrlText for T {
    fn text(&self) -> String {
        self.to_string()
    }
}

/// The page at the URL in the response.
///
/// # Errors
///
/// None: it returns what the other styles do.
pub fn next_url<R, U: UrlText>(url: Option<U>) -> NextPage<R> {
    let url = url.map(|url| url.text()).filter(|url| !url.is_empty());
    Ok(url.map_or(Next::End, Next::Url))
}
