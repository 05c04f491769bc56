//! Handlers of listings, whose items are cut into pages.

use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use super::{
    fake::{Fake, Responding},
    located::Located,
};
use crate::server::{CutPages, Handled, check_pages, cut_page};

impl Fake {
    /// Adds a listing: the handler returns all items, and each request gets the page of them that it asks for, by what
    /// `paginate(…)` declares. A page has as many items as the declared `limit` of the request says, and else 100.
    ///
    /// The rest of the response is its `Default`, with what leads to the next page: the number of all items or pages,
    /// whether there are more, the cursor, the URL, or the header. What `?` passes on the way there is `Default` too.
    ///
    /// ```
    /// use api_request::{ApiRequest, Client, FromHttp, testing::Fake};
    /// use futures_util::TryStreamExt;
    /// use serde::{Deserialize, Serialize};
    ///
    /// #[derive(Default, Serialize, Deserialize)]
    /// struct Names {
    ///     data: Vec<String>,
    ///     next: Option<String>,
    /// }
    ///
    /// #[derive(Clone, ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/names", response = Names)]
    /// #[api(paginate(cursor = after, next = next, items = data, item = String))]
    /// struct ListNames {
    ///     #[api(query)]
    ///     after: Option<String>,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
    /// let all = || (0..250).map(|n| format!("name {n}")).collect::<Vec<_>>();
    /// let api = Fake::new().pages(move |_: ListNames| async move { Ok(all()) });
    /// let client = Client::builder("https://api.example.com/v1").transport(api.clone()).build()?;
    ///
    /// let first = ListNames { after: None };
    /// let names: Vec<String> = client.call(&first).items().try_collect().await?;
    /// assert_eq!(names, all());
    /// assert_eq!(api.sent::<ListNames>().len(), 3);
    /// # Ok::<(), api_request::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    ///
    /// Panics as [`on`](Self::on) does, and if a page cannot be made: if what `?` passes in the response is not `Default`,
    /// or the next cursor is read from neither a text nor a number. The call panics if a page does not lead to the next
    /// one, because the number of items does not fit its field or a cursor is that of an item that is not in the page.
    #[must_use]
    #[track_caller]
    pub fn pages<R, T, F, Ready>(self, handler: F) -> Self
    where
        R: Handled + CutPages<T> + Send + 'static,
        R::Response: Default,
        F: Fn(R) -> Ready + Send + Sync + 'static,
        Ready: Future<Output = Result<Vec<T>, R::Error>> + Send + 'static,
    {
        if let Err(reason) = check_pages::<R, T>() {
            panic!("{reason}");
        }
        let respond = move |request: Request<Bytes>| -> Responding {
            let located = request.extensions().get::<Located>().cloned();
            let request = match R::from_http(request) {
                Ok(request) => request,
                Err(refusal) => return Box::pin(async move { refusal.into_response() }),
            };
            let ready = handler(request.clone());
            Box::pin(async move {
                let all = match ready.await {
                    Ok(all) => all,
                    Err(error) => return R::response(Err(error)),
                };
                let start = located.as_ref().map_or(0, |located| located.start);
                let url = |items| located.map(|it| it.page_after(items)).unwrap_or_default();
                match cut_page(&request, all, start, url) {
                    Ok((page, headers)) => {
                        let mut response = R::response(Ok(page));
                        response.headers_mut().extend(headers);
                        response
                    }
                    Err(refusal) => refusal.into_response(),
                }
            })
        };
        self.put::<R>(Arc::new(respond));
        self
    }
}
