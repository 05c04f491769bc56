//! Requests whose responses are pages: what one page says about the next. No I/O.
//!
//! The derive writes the traits here from `paginate(…)`, by what is in `field` and `list`; `link` reads the header `Link`. Invariant:
//! nothing here knows which pages there were, so the client can ask for a page, never for the same one twice.

mod field;
mod link;
mod list;
mod page;

pub use self::{
    field::{
        CursorFrom, CursorValue, Found, FoundDefaults, Number, Seen, Slot, SlotDefaults, UrlText,
        is_last, next_cursor, next_given, next_link, next_number, next_of_header, next_offset,
        next_url, passed,
    },
    list::{Last, List, ListOf, count, last},
    page::{Next, NextPage, Page},
};
use crate::{ApiRequest, BoxError};

/// A request whose response is one page of several: one that declares `paginate(…)`.
///
/// `Call::pages` asks for one page after the other. Where no form of `paginate(…)` fits an API, implement the trait, and
/// [`PageItems`] for `Call::items`:
///
/// ```
/// use api_request::{ApiRequest, BoxError, Next, Page, PageItems, Paginate};
/// use http::HeaderMap;
///
/// #[derive(Clone, Debug, PartialEq, ApiRequest)]
/// #[api(method = GET, path = "/names", fields = query, response = Names)]
/// struct ListNames {
///     after: Option<String>,
/// }
///
/// #[derive(serde::Deserialize)]
/// struct Names {
///     names: Vec<String>,
///     has_more: bool,
/// }
///
/// impl Paginate for ListNames {
///     fn next_page(&self, page: &Page<'_, Names>) -> Result<Next<Self>, BoxError> {
///         let names = page.response();
///         Ok(match names.names.last() {
///             Some(last) if names.has_more => Next::Request(Self { after: Some(last.clone()) }),
///             _ => Next::End,
///         })
///     }
/// }
///
/// impl PageItems<String> for ListNames {
///     fn items(names: Names) -> Vec<String> {
///         names.names
///     }
/// }
///
/// let first = ListNames { after: None };
/// let names = Names { names: vec!["ada".into()], has_more: true };
/// let next = first.next_page(&Page::new(&names, &HeaderMap::new()))?;
/// assert!(matches!(next, Next::Request(next) if next.after.as_deref() == Some("ada")));
/// # Ok::<(), BoxError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares no pages",
    label = "has no next page",
    note = "add `paginate(…)` to the `#[api(…)]` of the struct, or implement `api_request::Paginate` for it"
)]
pub trait Paginate: ApiRequest + Clone {
    /// Returns where the next page is, after `page`, the response to this request.
    ///
    /// # Errors
    ///
    /// Fails, with any error, if the page does not say what it has to; that ends the pages.
    fn next_page(&self, page: &Page<'_, Self::Response>) -> Result<Next<Self>, BoxError>;
}

/// The items of a page: what `items` in `paginate(…)` declares. See [`Paginate`] for an example.
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares no items of type `{T}`",
    label = "has no such items",
    note = "declare them in the `#[api(…)]` of the struct: `paginate(…, items = data, item = T)`"
)]
pub trait PageItems<T>: Paginate {
    /// Takes the items out of a page.
    fn items(page: Self::Response) -> Vec<T>;
}
