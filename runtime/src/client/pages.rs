//! Pages: one call after the other, each request once.
//!
//! Invariant: while the caller has a page, the next call is ready and not yet sent.

use std::{
    collections::BTreeSet,
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    mem,
    pin::Pin,
    ptr,
    sync::Arc,
    task::{Context, Poll, ready},
    vec,
};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use memchr::memmem;

use super::{call::Call, exchange::CallFuture, redirect, settings::Settings, state::Client};
use crate::{
    ApiRequest, BaseUrl, Body, BoxError, Error, Next, Page, PageItems, PageStyle, Paginate,
    Pagination, Response,
    encoder::Encoded,
    error::{ErrorKind, Failure, Report},
    response::{self, RawResponse},
};

impl<R: ApiRequest> Call<'_, R> {
    /// Sends the request for one page after the other, as the stream is read: nothing is sent before the stream is polled,
    /// and no page is requested before the caller has taken the last one.
    ///
    /// The settings of the call hold for each page: each gets its headers and credentials, and [`timeout`](Self::timeout)
    /// and retries start anew. Memory is that of one page, and a few bytes for each earlier page.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use futures_util::TryStreamExt;
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", fields = query, response = Vec<String>)]
    /// #[api(paginate(offset = offset, limit = limit))]
    /// struct ListNames {
    ///     offset: u64,
    ///     limit: Option<u32>,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let api = Script::new()
    ///     .then(ScriptedResponse::new(200).json(&["ada", "grace"]))
    ///     .then(ScriptedResponse::new(200).json(&["joan"]))
    ///     .then(ScriptedResponse::new(200).json::<[&str; 0]>(&[]));
    /// let client = Client::builder("https://api.example.com/v1").transport(api.clone()).build()?;
    ///
    /// let mut pages = client.call(&ListNames { offset: 0, limit: Some(2) }).pages();
    /// let mut sizes = Vec::new();
    /// while let Some(page) = pages.try_next().await? {
    ///     sizes.push(page.len());
    /// }
    /// assert_eq!(sizes, [2, 1, 0]);
    /// assert_eq!(api.requests()[1].uri().query(), Some("offset=2&limit=2"));
    /// # Ok::<(), api_request::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The stream yields an error once, as its last item: that of a page, as [`send`](Self::send) returns it, or one for
    /// which [`Error::is_page`] is true, if the next page is at another origin or was requested before, or if a page repeats
    /// the one before.
    pub fn pages(self) -> Pages<R>
    where
        R: Paginate,
    {
        let mut pages = Pages {
            client: self.client.clone(),
            origin: None,
            request: self.request.clone(),
            settings: self.settings,
            seen: BTreeSet::new(),
            last_body: None,
            upcoming: None,
        };
        // The first request cannot repeat one, so it is never `None`.
        pages.upcoming = pages.begin(None).transpose();
        pages
    }

    /// Sends the request for one page after the other, and yields their items.
    ///
    /// The items are those of [`pages`](Self::pages), which says more. Their type is what `paginate(…)` declares as
    /// `item = T`, or what the response is a list of.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use futures_util::TryStreamExt;
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, paginate(link))]
    /// struct ListNames;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let first = ScriptedResponse::new(200).header("link", "</v1/names?page=2>; rel=next").json(&["ada"]);
    /// let api = Script::new().then(first).then(ScriptedResponse::new(200).json(&["grace"]));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let names: Vec<String> = client.call(&ListNames).items().try_collect().await?;
    /// assert_eq!(names, ["ada", "grace"]);
    /// # Ok::<(), api_request::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The stream yields an error once, as the last thing: that of [`pages`](Self::pages).
    pub fn items<T>(self) -> Items<R, T>
    where
        R: PageItems<T>,
    {
        Items {
            pages: self.pages(),
            page: Vec::new().into_iter(),
        }
    }
}

/// A stream of the pages of a request, from [`Call::pages`], with an example there.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<R: ApiRequest> {
    client: Client,
    /// The base URL whose origin the last page was requested from, if it is not the client's.
    origin: Option<Arc<BaseUrl>>,
    /// The request for the last page.
    request: R,
    settings: Settings,
    /// Hashes of the requests so far.
    seen: BTreeSet<u64>,
    /// The hash of the last page's body, where pages are counted.
    last_body: Option<u64>,
    /// The next page, or the error in its place; `None` at the end.
    upcoming: Option<Result<CallFuture, Error<R::Error>>>,
}

// Nothing in it is pinned: the calls are boxed.
impl<R: ApiRequest> Unpin for Pages<R> {}

impl<R: Paginate> Pages<R> {
    /// Prepares the next call, at `target` in place of the declared one; `None` if the same request was sent before.
    fn begin(&mut self, target: Option<Bytes>) -> Result<Option<CallFuture>, Error<R::Error>> {
        let mut settings = self.settings.clone();
        settings.has_given_target = target.is_some();
        let call = Call {
            client: &self.client,
            request: &self.request,
            settings,
        };
        let mut request = call.encode_declared(Call::<R>::RESPONSE)?;
        if let Some(target) = target {
            request.target = target;
        }
        self.origin.clone_from(&request.origin);
        if !self.seen.insert(hash(&request)) {
            return Ok(None);
        }
        Ok(Some(call.start_with(request, R::FORMAT.claims)))
    }

    /// Takes a page, if it is not the one before, and prepares the call after it. A response without a page is the end,
    /// if the declaration says so.
    fn take(
        &mut self,
        response: Result<RawResponse, Failure>,
    ) -> Option<Result<R::Response, Error<R::Error>>> {
        let pagination = R::OPERATION.pagination();
        let is_beyond = |failure: &Report| match (&failure.kind, &failure.response) {
            (ErrorKind::Status(_), Some(response)) => response.status == StatusCode::NOT_FOUND,
            _ => false,
        };
        let ends_at_404 = pagination.is_some_and(Pagination::missing) && self.seen.len() > 1;
        if ends_at_404 && response.as_ref().is_err_and(|failure| is_beyond(failure)) {
            return None;
        }
        let is_counted =
            pagination.is_some_and(|it| matches!(it.style(), PageStyle::Offset | PageStyle::Page));
        let raw = response.as_ref().ok().filter(|_| is_counted);
        let body = raw.and_then(|response| response.body.kept()).map(|body| {
            let mut hasher = DefaultHasher::new();
            body.hash(&mut hasher);
            hasher.finish()
        });
        let is_repeated = body.is_some() && body == mem::replace(&mut self.last_body, body);
        let from = response.as_ref().map(|response| response.target.clone());
        let from = from.unwrap_or_default();
        let page = match response::decode(R::OPERATION, &R::FORMAT, response) {
            Ok(page) => page,
            Err(error) => return Some(Err(error)),
        };
        let shown = Page::new(&page.body, &page.headers);
        let upcoming = self.after(&page, &shown, &from);
        if is_repeated && shown.has_items() && matches!(upcoming, Ok(Some(_))) {
            let reason = "the page is the one before once more, so the pages would never end";
            return Some(Err(refused::<R>(reason, &page)));
        }
        self.upcoming = upcoming.transpose();
        Some(Ok(page.body))
    }

    /// Prepares the call after a page whose path and query were `from`.
    fn after(
        &mut self,
        page: &Response<R::Response>,
        shown: &Page<'_, R::Response>,
        from: &[u8],
    ) -> Result<Option<CallFuture>, Error<R::Error>> {
        let target = match self.request.next_page(shown) {
            Ok(Next::End) => return Ok(None),
            Ok(Next::Request(next)) => {
                self.request = next;
                None
            }
            Ok(Next::Url(url)) => {
                let base = self.origin.as_deref().unwrap_or(&self.client.0.base);
                let target =
                    redirect::resolve(base, from, url.as_bytes(), "the URL of the next page");
                Some(target.map_err(|reason| refused::<R>(&reason, page))?)
            }
            Err(error) => {
                let reason = "the page does not say which page is next";
                return Err(refused_because::<R>(reason, page, Some(error)));
            }
        };
        let next = self.begin(target)?;
        let again = "the same request was sent before, so the pages would never end";
        next.map(Some).ok_or_else(|| refused::<R>(again, page))
    }
}

/// Why the page after `page` is not requested.
fn refused<R: ApiRequest>(reason: &str, page: &Response<R::Response>) -> Error<R::Error> {
    refused_because::<R>(reason, page, None)
}

fn refused_because<R: ApiRequest>(
    reason: &str,
    page: &Response<R::Response>,
    source: Option<BoxError>,
) -> Error<R::Error> {
    let mut head = http::Response::new(()).into_parts().0;
    head.status = page.status;
    head.headers = page.headers.clone();
    let report = Report::new(R::OPERATION.name, ErrorKind::Page(reason.to_owned()));
    let report = report.attempts(page.attempts).source(source);
    Error::from_failure(Box::new(report.answered(head, None)))
}

/// Hashes what tells a request from those for other pages: not the credentials, which may change.
fn hash(request: &Encoded) -> u64 {
    let mut hasher = DefaultHasher::new();
    request
        .origin
        .as_deref()
        .map(BaseUrl::origin)
        .hash(&mut hasher);
    request.target.hash(&mut hasher);
    let boundary = boundary(&request.headers);
    for (name, value) in &request.headers {
        name.hash(&mut hasher);
        hash_without(boundary, value.as_bytes(), &mut hasher);
    }
    hash_body(boundary, &request.body, &mut hasher);
    hasher.finish()
}

/// The boundary of a multipart body, which is another one in each request.
fn boundary(headers: &HeaderMap) -> Option<&[u8]> {
    let media_type = headers.get(CONTENT_TYPE)?.as_bytes();
    let start = memmem::rfind(media_type, BOUNDARY)? + BOUNDARY.len();
    let is_multipart = media_type.to_ascii_lowercase().starts_with(b"multipart/");
    Some(&media_type[start..]).filter(|boundary| is_multipart && !boundary.is_empty())
}

const BOUNDARY: &[u8] = b"; boundary=";

fn hash_body(boundary: Option<&[u8]>, body: &Body, hasher: &mut DefaultHasher) {
    body.path().hash(hasher);
    if let Some(bytes) = body.as_bytes() {
        return hash_without(boundary, bytes, hasher);
    }
    // Of a stream, which is its own piece, nothing is known.
    for piece in body.pieces() {
        if !ptr::eq(piece, body) {
            hash_body(boundary, piece, hasher);
        }
    }
}

fn hash_without(boundary: Option<&[u8]>, bytes: &[u8], hasher: &mut DefaultHasher) {
    let Some(boundary) = boundary else {
        return bytes.hash(hasher);
    };
    let mut start = 0;
    for at in memmem::find_iter(bytes, boundary) {
        bytes[start..at].hash(hasher);
        start = at + boundary.len();
    }
    bytes[start..].hash(hasher);
}

impl<R: Paginate> Stream for Pages<R> {
    type Item = Result<R::Response, Error<R::Error>>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let response = match this.upcoming.take() {
            None => return Poll::Ready(None),
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            Some(Ok(mut call)) => match call.as_mut().poll(context) {
                Poll::Ready(response) => response,
                Poll::Pending => {
                    this.upcoming = Some(Ok(call));
                    return Poll::Pending;
                }
            },
        };
        Poll::Ready(this.take(response))
    }
}

impl<R: ApiRequest> fmt::Debug for Pages<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &R::OPERATION.name)
            .field("asked_for", &self.seen.len())
            .field("ended", &self.upcoming.is_none())
            .finish_non_exhaustive()
    }
}

/// A stream of the items of a request's pages, from [`Call::items`], with an example there.
#[must_use = "streams do nothing unless polled"]
pub struct Items<R: ApiRequest, T> {
    pages: Pages<R>,
    page: vec::IntoIter<T>,
}

// Nothing in it is pinned.
impl<R: ApiRequest, T> Unpin for Items<R, T> {}

impl<R: PageItems<T>, T> Stream for Items<R, T> {
    type Item = Result<T, Error<R::Error>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => self.page = R::items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<R: ApiRequest, T> fmt::Debug for Items<R, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}
