//! The declared pages of an operation.
//!
//! Invariant: it names what `paginate(…)` names, and is read by other tools alone. Paging itself calls `Paginate`.

/// How the pages of an operation follow each other, as `paginate(…)` declares it.
///
/// Reached as [`Operation::pagination`](crate::Operation::pagination). All names in it are those of Rust fields, without
/// `r#`: [`Param::field`](crate::Param::field) has those of the request.
///
/// ```
/// use api_request::{ApiRequest, PageStyle};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Keys {
///     data: Vec<String>,
///     meta: Meta,
/// }
///
/// #[derive(Deserialize)]
/// struct Meta {
///     next_cursor: Option<String>,
/// }
///
/// #[derive(Clone, ApiRequest)]
/// #[api(method = GET, path = "/keys", response = Keys)]
/// #[api(paginate(cursor = after, next = meta.next_cursor, items = data, item = String))]
/// struct ListKeys {
///     #[api(query = "starting_after")]
///     after: Option<String>,
/// }
///
/// let pagination = ListKeys::OPERATION.pagination().unwrap();
/// assert_eq!(pagination.style(), PageStyle::Cursor);
/// assert_eq!(pagination.field(), Some("after"));
/// assert_eq!(pagination.limit(), None);
/// assert_eq!(pagination.next(), Some("meta.next_cursor"));
/// assert_eq!(pagination.items(), Some("data"));
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Pagination {
    style: PageStyle,
    field: Option<&'static str>,
    limit: Option<&'static str>,
    next: Option<&'static str>,
    items: Option<&'static str>,
    /// A 404 beyond the first page is the end.
    missing: bool,
    /// A page with fewer items than the limit is the last one.
    short: bool,
    more: Option<&'static str>,
    total: Option<&'static str>,
    pages: Option<&'static str>,
}

impl Pagination {
    /// Returns what leads from one page to the next.
    ///
    /// ```
    /// use api_request::{ApiRequest, PageStyle};
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, paginate(link))]
    /// struct ListNames;
    ///
    /// assert_eq!(ListNames::OPERATION.pagination().unwrap().style(), PageStyle::Link);
    /// ```
    #[must_use]
    pub const fn style(&self) -> PageStyle {
        self.style
    }

    /// Returns the field of the request that is set for the next page: its offset, number or cursor. A field inside of
    /// another, of a group or a body, is a path: `paging.offset`.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, paginate(page = number))]
    /// struct ListNames {
    ///     #[api(query = "p")]
    ///     number: u32,
    /// }
    ///
    /// let operation = ListNames::OPERATION;
    /// let field = operation.pagination().unwrap().field();
    /// let param = operation.params().find(|param| Some(param.field()) == field);
    /// assert_eq!(param.unwrap().name(), "p");
    /// ```
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// Returns the field of the request that says how many items a page has, where it is declared.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, fields = query)]
    /// #[api(paginate(offset = skip, limit = count))]
    /// struct ListNames {
    ///     skip: u32,
    ///     count: Option<u32>,
    /// }
    ///
    /// assert_eq!(ListNames::OPERATION.pagination().unwrap().limit(), Some("count"));
    /// ```
    #[must_use]
    pub const fn limit(&self) -> Option<&'static str> {
        self.limit
    }

    /// Returns the path of the next cursor or URL in the body of the response: fields joined by dots.
    ///
    /// ```
    /// use api_request::ApiRequest;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Names {
    ///     links: Links,
    /// }
    ///
    /// #[derive(Deserialize)]
    /// struct Links {
    ///     next: Option<String>,
    /// }
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Names, paginate(next_url = links.next))]
    /// struct ListNames;
    ///
    /// assert_eq!(ListNames::OPERATION.pagination().unwrap().next(), Some("links.next"));
    /// ```
    #[must_use]
    pub const fn next(&self) -> Option<&'static str> {
        self.next
    }

    /// Returns whether a 404 beyond the first page is the end of the listing.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, paginate(page = page, missing))]
    /// struct ListNames {
    ///     #[api(query)]
    ///     page: u32,
    /// }
    ///
    /// assert!(ListNames::OPERATION.pagination().unwrap().missing());
    /// ```
    #[must_use]
    pub const fn missing(&self) -> bool {
        self.missing
    }

    /// Returns whether a page with fewer items than the [`limit`](Self::limit) is the last one.
    #[must_use]
    pub const fn short(&self) -> bool {
        self.short
    }

    /// Returns the path of the field in the response that is false on the last page: fields joined by dots.
    ///
    /// ```
    /// use api_request::ApiRequest;
    /// use serde::Deserialize;
    ///
    /// #[derive(Deserialize)]
    /// struct Names {
    ///     names: Vec<String>,
    ///     meta: Meta,
    /// }
    ///
    /// #[derive(Deserialize)]
    /// struct Meta {
    ///     has_more: bool,
    ///     total: u64,
    /// }
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Names, fields = query)]
    /// #[api(paginate(
    ///     offset = skip, limit = count, short, more = meta.has_more, total = meta.total,
    ///     items = names, item = String,
    /// ))]
    /// struct ListNames {
    ///     skip: u32,
    ///     count: u32,
    /// }
    ///
    /// let pagination = ListNames::OPERATION.pagination().unwrap();
    /// assert_eq!(pagination.more(), Some("meta.has_more"));
    /// assert_eq!(pagination.total(), Some("meta.total"));
    /// assert_eq!(pagination.pages(), None);
    /// assert!(pagination.short());
    /// ```
    #[must_use]
    pub const fn more(&self) -> Option<&'static str> {
        self.more
    }

    /// Returns the path of the number of all items in the response, where it is declared.
    #[must_use]
    pub const fn total(&self) -> Option<&'static str> {
        self.total
    }

    /// Returns the path of the number of all pages in the response, where it is declared.
    #[must_use]
    pub const fn pages(&self) -> Option<&'static str> {
        self.pages
    }

    /// Where the response has its items: fields joined by dots. `None` where that is not declared, as of a response that
    /// is itself the list.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, paginate(link))]
    /// struct ListNames;
    ///
    /// assert_eq!(ListNames::OPERATION.pagination().unwrap().items(), None);
    /// ```
    #[must_use]
    pub const fn items(&self) -> Option<&'static str> {
        self.items
    }
}

/// How the expansion states the pages: one of these for the style, then what else is declared.
#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "they are called by the expansion alone"
)]
impl Pagination {
    const fn new(style: PageStyle) -> Self {
        Self {
            style,
            field: None,
            limit: None,
            next: None,
            items: None,
            missing: false,
            short: false,
            more: None,
            total: None,
            pages: None,
        }
    }

    setters! {
        with_field(field: &'static str) = Some(field);
        with_next(next: &'static str) = Some(next);
        pub with_limit(limit: &'static str) = Some(limit);
        pub with_items(items: &'static str) = Some(items);
        pub with_missing(missing: bool) = missing;
        pub with_short(short: bool) = short;
        pub with_more(more: &'static str) = Some(more);
        pub with_total(total: &'static str) = Some(total);
        pub with_pages(pages: &'static str) = Some(pages);
    }

    pub const fn offset(field: &'static str) -> Self {
        Self::new(PageStyle::Offset).with_field(field)
    }

    pub const fn page(field: &'static str) -> Self {
        Self::new(PageStyle::Page).with_field(field)
    }

    pub const fn cursor(field: &'static str, next: &'static str) -> Self {
        Self::new(PageStyle::Cursor)
            .with_field(field)
            .with_next(next)
    }

    pub const fn cursor_of_header(field: &'static str) -> Self {
        Self::new(PageStyle::Cursor).with_field(field)
    }

    pub const fn link() -> Self {
        Self::new(PageStyle::Link)
    }

    pub const fn next_url(next: &'static str) -> Self {
        Self::new(PageStyle::NextUrl).with_next(next)
    }
}

/// What leads from one page to the next, named like the options of `paginate(…)`.
///
/// ```
/// use api_request::{ApiRequest, PageStyle};
///
/// #[derive(Clone, ApiRequest)]
/// #[api(method = GET, path = "/names", response = Vec<String>, paginate(offset = 0))]
/// struct ListNames(#[api(query = "offset")] u32);
///
/// assert_eq!(ListNames::OPERATION.pagination().unwrap().style(), PageStyle::Offset);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageStyle {
    /// The number of items before the page.
    Offset,
    /// The number of the page.
    Page,
    /// A text that the response has.
    Cursor,
    /// The header `Link` of the response ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)).
    Link,
    /// A URL that the response has.
    NextUrl,
}
