//! One page, and what it says about the next.

use std::{
    fmt,
    sync::atomic::{AtomicBool, Ordering},
};

use http::HeaderMap;

use super::link;
use crate::BoxError;

/// A page, as [`Paginate::next_page`](crate::Paginate::next_page) gets it.
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
    /// Whether its items were counted, and there are some. The count is a fact that `next_page` has and its caller asks
    /// for; it has no other way back.
    has_items: AtomicBool,
}

impl<'a, T> Page<'a, T> {
    /// Creates a page from a response that any HTTP stack received.
    #[must_use]
    pub fn new(response: &'a T, headers: &'a HeaderMap) -> Self {
        Self {
            response,
            headers,
            has_items: AtomicBool::new(false),
        }
    }

    pub(super) fn counted(&self, items: usize) {
        self.has_items.store(items > 0, Ordering::Relaxed);
    }

    #[cfg(feature = "client")]
    pub(crate) fn has_items(&self) -> bool {
        self.has_items.load(Ordering::Relaxed)
    }

    /// Returns the decoded response.
    #[must_use]
    pub fn response(&self) -> &'a T {
        self.response
    }

    /// Returns the headers of the response.
    #[must_use]
    pub fn headers(&self) -> &'a HeaderMap {
        self.headers
    }

    /// Returns the target of the first `Link` of this relation ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288#section-3)),
    /// as it is written. Links of another resource, which have an `anchor`, are passed over.
    #[must_use]
    pub fn link(&self, relation: &str) -> Option<String> {
        link::find(self.headers, relation)
    }
}

impl<T> fmt::Debug for Page<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The response may hold secrets.
        f.debug_struct("Page").finish_non_exhaustive()
    }
}

/// The location of the next page: what [`Paginate::next_page`](crate::Paginate::next_page) returns.
///
/// ```
/// use api_request::{Next, Page};
/// use http::{HeaderMap, HeaderValue, header::LINK};
///
/// /// The next page of an API that has its URL in the header `Link`.
/// fn by_link<R, T>(page: &Page<'_, T>) -> Next<R> {
///     page.link("next").map_or(Next::End, Next::Url)
/// }
///
/// let link = HeaderValue::from_static("</names?page=2>; rel=next");
/// let headers = HeaderMap::from_iter([(LINK, link)]);
/// let next: Next<()> = by_link(&Page::new(&["ada"], &headers));
/// assert!(matches!(next, Next::Url(url) if url == "/names?page=2"));
/// ```
#[non_exhaustive]
pub enum Next<R> {
    /// It is the response to this request.
    Request(R),
    /// It is at this URL, which may be relative, and has to be of the same origin. The request is sent there as it is,
    /// with the path and query of the URL.
    Url(String),
    /// There is no next page.
    End,
}

/// What `Paginate::next_page` returns.
pub type NextPage<R> = Result<Next<R>, BoxError>;

impl<R> fmt::Debug for Next<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A URL and a cursor may hold credentials.
        f.write_str(match self {
            Self::Request(_) => "Request(..)",
            Self::Url(_) => "Url(..)",
            Self::End => "End",
        })
    }
}
