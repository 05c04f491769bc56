//! Requests whose answers come in pages: what one page says about the next. No I/O.
//!
//! The derive writes the traits here from `paginate(…)`, by what is in `field`; `link` reads the header `Link`. Invariant:
//! nothing here knows which pages there were, so the client can ask for a page, never for the same one twice.

mod field;
mod link;

use std::fmt;

use http::HeaderMap;

pub use field::{
    CursorFrom, CursorValue, Found, FoundDefaults, List, ListOf, Number, Slot, SlotDefaults,
    UrlText, count, next_cursor, next_link, next_number, next_offset,
    next_url,
};

use crate::{ApiRequest, BoxError};

/// A request whose answer is one page of several: one that declares `paginate(…)`.
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
    /// Says where the page after `page` is, which this request was answered with.
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

/// One page, as [`Paginate::next_page`] sees it.
///
/// ```
/// use api_request::Page;
/// use http::{HeaderMap, HeaderValue, header::LINK};
///
/// let mut headers = HeaderMap::new();
/// headers.insert(LINK, HeaderValue::from_static("</names?page=2>; rel=next"));
/// let page = Page::new(&["ada", "grace"], &headers);
/// assert_eq!(page.response().len(), 2);
/// assert_eq!(page.link("next").as_deref(), Some("/names?page=2"));
/// assert_eq!(page.link("last"), None);
/// ```
pub struct Page<'a, T> {
    response: &'a T,
    headers: &'a HeaderMap,
}

impl<'a, T> Page<'a, T> {
    /// Makes a page of an answer that any HTTP stack received.
    #[must_use]
    pub fn new(response: &'a T, headers: &'a HeaderMap) -> Self {
        Self { response, headers }
    }

    /// What the answer was read as.
    #[must_use]
    pub fn response(&self) -> &'a T {
        self.response
    }

    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> &'a HeaderMap {
        self.headers
    }

    /// The target of the first `Link` of this relation ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)),
    /// as it is written. Links of another resource, which have an `anchor`, are passed over.
    #[must_use]
    pub fn link(&self, relation: &str) -> Option<String> {
        link::find(self.headers, relation)
    }
}

impl<T> fmt::Debug for Page<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What came may be a secret.
        f.debug_struct("Page").finish_non_exhaustive()
    }
}

/// Where the next page is: what [`Paginate::next_page`] returns, with an example there.
#[non_exhaustive]
pub enum Next<R> {
    /// Another request has it for an answer.
    Request(R),
    /// It is at this URL, which may be relative, and has to be of the same origin. The request is sent there as it is,
    /// with the path and query of the URL.
    Url(String),
    /// There is none.
    End,
}

impl<R> fmt::Debug for Next<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A URL and a cursor may let somebody in.
        f.write_str(match self {
            Self::Request(_) => "Request(..)",
            Self::Url(_) => "Url(..)",
            Self::End => "End",
        })
    }
}
