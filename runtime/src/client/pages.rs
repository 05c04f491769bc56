//! Pages: one call after the other, each request once.
//!
//! Invariant: while the caller has a page, the next call is ready and not yet sent.

use std::{
    collections::BTreeSet,
    fmt,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    pin::Pin,
    task::{Context, Poll, ready},
    vec,
};

use bytes::Bytes;
use futures_core::Stream;
use http::HeaderMap;

use super::{
    call::{Call, Settings, unsendable},
    exchange::CallFuture,
    redirect,
    state::Client,
};
use crate::{
    ApiRequest, Error, Next, Page, PageItems, Paginate, Response,
    encoder::Encoded,
    error::{Kind, Report},
    response::{self, Format},
};

impl<R: ApiRequest> Call<'_, R> {
    /// Sends the request for one page after the other, as the stream is read: nothing is sent before the stream is polled,
    /// and no page is requested before the caller has taken the last one.
    ///
    /// The settings of the call hold for each page: each gets its headers and credentials, and [`timeout`](Self::timeout)
    /// and retries start anew. Memory is that of one page, and a few bytes for each earlier page.
    ///
    /// ```no_run
    /// use api_request::{ApiRequest, Client};
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
    /// # async fn run(client: Client) -> Result<(), api_request::Error> {
    /// let mut pages = client.call(&ListNames { offset: 0, limit: Some(100) }).pages();
    /// while let Some(page) = pages.try_next().await? {
    ///     println!("{} names", page.len());
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The stream yields an error once, as its last item: that of a page, as [`send`](Self::send) returns it, or one for
    /// which [`Error::is_page`] is true, if the next page is at another origin or was requested before.
    pub fn pages(self) -> Pages<R>
    where
        R: Paginate,
    {
        let mut pages = Pages {
            client: self.client.clone(),
            request: self.request.clone(),
            settings: self.settings,
            seen: BTreeSet::new(),
            upcoming: None,
        };
        // The first request cannot repeat one, so it is never `None`.
        pages.upcoming = pages.begin(None).transpose();
        pages
    }

    /// Sends the request for one page after the other, and yields their items.
    ///
    /// The items are those of [`pages`](Self::pages), which says more. Their type is known where `paginate(…)` declares it,
    /// `item = T`, where the response is the list itself, and where it is the one argument of the response, `Page<T>`;
    /// otherwise, it is the one that they are asked for as: `items::<T>()`.
    ///
    /// ```no_run
    /// # use api_request::{ApiRequest, Client};
    /// # use futures_util::TryStreamExt;
    /// # #[derive(Clone, ApiRequest)]
    /// # #[api(method = GET, path = "/names", response = Vec<String>, paginate(link))]
    /// # struct ListNames;
    /// # async fn run(client: Client) -> Result<(), api_request::Error> {
    /// let names: Vec<String> = client.call(&ListNames).items().try_collect().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// The stream yields an error once, as the last thing: that of [`pages`](Self::pages), or that the items are of another
    /// type, before anything is sent.
    pub fn items<T>(self) -> Items<R, T>
    where
        R: PageItems<T>,
    {
        let mut pages = self.pages();
        if let Some(reason) = R::refusal() {
            pages.upcoming = Some(Err(unsendable::<R>(reason)));
        }
        Items {
            pages,
            page: Vec::new().into_iter(),
        }
    }
}

/// A stream of the pages of a request, from [`Call::pages`], with an example there.
#[must_use = "streams do nothing unless polled"]
pub struct Pages<R: ApiRequest> {
    client: Client,
    /// The request for the last page.
    request: R,
    settings: Settings,
    /// Hashes of the requests so far.
    seen: BTreeSet<u64>,
    /// The next page, or the error in its place; `None` at the end.
    upcoming: Option<Result<CallFuture, Error<R::Error>>>,
}

// Nothing in it is pinned: the calls are boxed.
impl<R: ApiRequest> Unpin for Pages<R> {}

impl<R: Paginate> Pages<R> {
    /// Prepares the next call, at `target` in place of the declared one; `None` if the same request was sent before.
    fn begin(&mut self, target: Option<Bytes>) -> Result<Option<CallFuture>, Error<R::Error>> {
        let call = Call {
            client: &self.client,
            request: &self.request,
            settings: self.settings.clone(),
        };
        let mut request = call.encode_declared(Call::<R>::RESPONSE)?;
        if let Some(target) = target {
            request.target = target;
        }
        if !self.seen.insert(hash(&request)) {
            return Ok(None);
        }
        call.start_with(request, <R::Format as Format>::READ)
            .map(Some)
    }

    /// Prepares the call after a page whose path and query were `from`.
    fn after(
        &mut self,
        page: &Response<R::Response>,
        from: &[u8],
    ) -> Result<Option<CallFuture>, Error<R::Error>> {
        let refused = |report| Error::from_failure(refused(report, page.status, &page.headers));
        let report = |reason: &str| {
            let report = Report::new(R::OPERATION.name, Kind::Page(reason.to_owned()));
            report.attempts(page.attempts)
        };
        let target = match self
            .request
            .next_page(&Page::new(&page.body, &page.headers))
        {
            Ok(Next::End) => return Ok(None),
            Ok(Next::Request(next)) => {
                self.request = next;
                None
            }
            Ok(Next::Url(url)) => {
                let base = &self.client.0.base;
                let target =
                    redirect::resolve(base, from, url.as_bytes(), "the URL of the next page");
                Some(target.map_err(|reason| refused(report(&reason)))?)
            }
            Err(error) => {
                let report = report("the page does not say which page is next");
                return Err(refused(report.source(error)));
            }
        };
        let next = self.begin(target)?;
        let again = || {
            refused(report(
                "the same request was sent before, so the pages would never end",
            ))
        };
        next.map(Some).ok_or_else(again)
    }
}

/// Adds the page to the report of why the next one is not requested.
fn refused(report: Report, status: http::StatusCode, headers: &HeaderMap) -> Box<Report> {
    let mut head = http::Response::new(()).into_parts().0;
    head.status = status;
    head.headers = headers.clone();
    Box::new(report.answered(head, None))
}

/// Hashes what tells a request from those for other pages: not the credentials, which may change.
fn hash(request: &Encoded) -> u64 {
    let mut hasher = DefaultHasher::new();
    request.target.hash(&mut hasher);
    for (name, value) in &request.headers {
        name.hash(&mut hasher);
        value.hash(&mut hasher);
    }
    request.body.as_bytes().hash(&mut hasher);
    hasher.finish()
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
        let from = response.as_ref().map(|response| response.target.clone());
        let from = from.unwrap_or_default();
        Poll::Ready(Some(response::decode::<R>(response).map(|page| {
            this.upcoming = this.after(&page, &from).transpose();
            page.body
        })))
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
