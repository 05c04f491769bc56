//! Redirects: the next request after a redirect response.
//!
//! They are followed here, not in the transport, so that the rules hold for every transport: the same origin only,
//! because headers and query hold credentials, and no `Referer`.

use bytes::Bytes;
use http::{
    HeaderValue, Method, StatusCode,
    header::{
        CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_RANGE,
        CONTENT_TYPE, LOCATION, TRANSFER_ENCODING,
    },
    response,
};
use url::Position;

use crate::{BaseUrl, Body, encoder::Encoded};

pub(super) const MAX_HOPS: u32 = 10;

/// Returns the `Location` of a redirect.
pub(super) fn location(head: &response::Parts) -> Option<&HeaderValue> {
    match head.status {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => head.headers.get(LOCATION),
        _ => None,
    }
}

/// Returns the next request, or why the redirect is not followed.
pub(super) fn follow(
    sent: Encoded,
    base: &BaseUrl,
    status: StatusCode,
    location: &HeaderValue,
) -> Result<Encoded, String> {
    let keeps_method = match status {
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => sent.method != Method::POST,
        StatusCode::SEE_OTHER => false,
        _ => true,
    };
    let target = resolve(base, &sent.target, location.as_bytes(), "`Location`")?;
    let Encoded {
        operation,
        extensions,
        method,
        origin,
        mut headers,
        body,
        secrets,
        ..
    } = sent;
    let (method, body) = if keeps_method {
        let body = body.try_clone();
        (method, body.ok_or("the body can be sent only once")?)
    } else {
        for name in [
            CONTENT_ENCODING,
            CONTENT_LANGUAGE,
            CONTENT_LENGTH,
            CONTENT_LOCATION,
            CONTENT_RANGE,
            CONTENT_TYPE,
            TRANSFER_ENCODING,
        ] {
            headers.remove(name);
        }
        let method = match method {
            Method::HEAD => Method::HEAD,
            _ => Method::GET,
        };
        (method, Body::empty())
    };
    Ok(Encoded {
        operation,
        extensions,
        method,
        origin,
        target,
        headers,
        body,
        secrets,
    })
}

/// Resolves a URL of a response, such as its `Location`, and returns the path and query: by [RFC 3986, section
/// 5](https://www.rfc-editor.org/rfc/rfc3986#section-5), as the WHATWG parses URLs.
pub(super) fn resolve(
    base: &BaseUrl,
    from: &[u8],
    location: &[u8],
    what: &str,
) -> Result<Bytes, String> {
    let from = base.url(from)?;
    let to = std::str::from_utf8(location)
        .ok()
        .and_then(|location| from.join(location).ok())
        .ok_or_else(|| format!("{what} is not a URL"))?;
    if to.origin() != from.origin() {
        let origin = if to.has_host() {
            to.origin().ascii_serialization()
        } else {
            format!("{}:", to.scheme())
        };
        return Err(format!("{what} leads to another origin, {origin}"));
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err(format!("{what} contains credentials"));
    }
    let target = &to[Position::BeforePath..Position::AfterQuery];
    // It passes through the parser again when it is sent.
    base.url(target.as_bytes())
        .map_err(|_| format!("{what} is too long"))?;
    Ok(Bytes::copy_from_slice(target.as_bytes()))
}
