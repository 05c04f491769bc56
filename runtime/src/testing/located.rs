//! The URLs of pages: the parameter that says which page it is.

use bytes::Bytes;
use http::{Request, Uri, uri::PathAndQuery};

/// The query parameter that the URL of a next page has: the number of items before the page. It is taken off before the
/// request is read, because no operation declares it.
const START: &str = "fake-start=";

/// Where a request was sent to.
#[derive(Clone)]
pub(super) struct Located {
    /// The whole URL, without the start.
    uri: Uri,
    pub(super) start: usize,
}

impl Located {
    /// The URL of the page after so many items: relative to this one, if its origin is not known.
    pub(super) fn page_after(&self, items: usize) -> String {
        let path = self.uri.path();
        let origin = self.uri.scheme_str().zip(self.uri.authority());
        let start = origin.map(|(scheme, authority)| format!("{scheme}://{authority}{path}"));
        let start = start.unwrap_or_default();
        let query = self.uri.query().map(|query| format!("{query}&"));
        let query = query.unwrap_or_default();
        format!("{start}?{query}{START}{items}")
    }
}

/// Takes the start of a page off the target, and keeps where the request was sent to.
pub(super) fn locate(request: &mut Request<Bytes>) {
    let query = request.uri().query().unwrap_or_default();
    let (rest, last) = query.rsplit_once('&').unwrap_or(("", query));
    let start = last
        .strip_prefix(START)
        .and_then(|start| start.parse().ok());
    if start.is_some() {
        let path = request.uri().path();
        let target = match rest {
            "" => PathAndQuery::try_from(path),
            rest => PathAndQuery::try_from(format!("{path}?{rest}")),
        };
        let mut parts = request.uri().clone().into_parts();
        parts.path_and_query = target.ok().or(parts.path_and_query);
        if let Ok(uri) = Uri::from_parts(parts) {
            *request.uri_mut() = uri;
        }
    }
    let uri = request.uri().clone();
    let start = start.unwrap_or(0);
    request.extensions_mut().insert(Located { uri, start });
}
