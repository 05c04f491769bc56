//! Requests as they are sent, which one that came in can be again.

use api_request::BaseUrl;

use super::prelude::*;
use crate::{BASE_URL, OpenRouter};

/// The members of a request's JSON body, which are those that are to be set.
pub(super) fn members<R: ApiRequest<Group = OpenRouter>>(request: &R) -> Object {
    let body = sent(request).and_then(|http| serde_json::from_slice(http.body().as_bytes()?).ok());
    body.unwrap_or_default()
}

/// Where a request is sent to on the host, with its query.
pub(super) fn path<R: ApiRequest<Group = OpenRouter>>(request: &R) -> String {
    let path = sent(request).and_then(|http| Some(http.uri().path_and_query()?.to_string()));
    path.unwrap_or_default()
}

fn sent<R: ApiRequest<Group = OpenRouter>>(request: &R) -> Option<http::Request<Body>> {
    let base = BASE_URL.parse::<BaseUrl>().ok()?;
    request.to_http_in(&base, &OpenRouter::default()).ok()
}
