//! Where an answer sends the client next.
//!
//! Redirects are followed here, not in the transport, so that the rules hold for every transport: the same origin
//! only, because headers and query hold credentials, and no `Referer`.

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{
        CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_RANGE,
        CONTENT_TYPE, LOCATION, TRANSFER_ENCODING,
    },
    response,
};
use url::Position;

use crate::{BaseUrl, Body, encoder::Encoded};

pub(super) const MAX_HOPS: u32 = 10;

/// Where an answer sends the client, if it is a redirect.
pub(super) fn location(answer: &response::Parts) -> Option<&HeaderValue> {
    match answer.status {
        StatusCode::MOVED_PERMANENTLY
        | StatusCode::FOUND
        | StatusCode::SEE_OTHER
        | StatusCode::TEMPORARY_REDIRECT
        | StatusCode::PERMANENT_REDIRECT => answer.headers.get(LOCATION),
        _ => None,
    }
}

/// What is kept of a request, to send it to where an answer points.
pub(super) struct Sent {
    method: Method,
    target: Bytes,
    headers: HeaderMap,
    /// `None` if it can be sent only once.
    body: Option<Body>,
}

impl Sent {
    pub(super) fn of(request: &Encoded) -> Self {
        Self {
            method: request.method.clone(),
            target: request.target.clone(),
            headers: request.headers.clone(),
            body: request.body.try_clone(),
        }
    }

    /// What let the client in, as far as it was in headers.
    pub(super) fn secrets(&self) -> impl Iterator<Item = &str> {
        let secrets = self.headers.values().filter(|value| value.is_sensitive());
        secrets.filter_map(|value| {
            let value = value.to_str().ok()?;
            let token = value.strip_prefix("Bearer ");
            Some(
                token
                    .or_else(|| value.strip_prefix("Basic "))
                    .unwrap_or(value),
            )
        })
    }

    /// The next request, or why the redirect is not followed.
    pub(super) fn follow(
        self,
        base: &BaseUrl,
        status: StatusCode,
        location: &HeaderValue,
    ) -> Result<Encoded, String> {
        let keeps_method = match status {
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => self.method != Method::POST,
            StatusCode::SEE_OTHER => false,
            _ => true,
        };
        let target = resolve(base, &self.target, location.as_bytes())?;
        self.request(target, keeps_method)
    }

    fn request(self, target: Bytes, keeps_method: bool) -> Result<Encoded, String> {
        let Self {
            method,
            mut headers,
            body,
            ..
        } = self;
        let (method, body) = if keeps_method {
            let body = body.ok_or("its body can be sent only once")?;
            (method, body)
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
            method,
            target,
            headers,
            body,
        })
    }
}

/// Makes a path and query of a `Location`, by [RFC 3986, section 5](https://www.rfc-editor.org/rfc/rfc3986#section-5) as the
/// WHATWG reads it.
fn resolve(base: &BaseUrl, from: &[u8], location: &[u8]) -> Result<Bytes, String> {
    let from = base.url(from)?;
    let to = std::str::from_utf8(location)
        .ok()
        .and_then(|location| from.join(location).ok())
        .ok_or("its `Location` is no URL")?;
    if to.origin() != from.origin() {
        let origin = if to.has_host() {
            to.origin().ascii_serialization()
        } else {
            format!("{}:", to.scheme())
        };
        return Err(format!("it leads to another origin, {origin}"));
    }
    if !to.username().is_empty() || to.password().is_some() {
        return Err("its `Location` contains credentials".to_owned());
    }
    let target = &to[Position::BeforePath..Position::AfterQuery];
    // It goes through the parser again when it is sent.
    base.url(target.as_bytes())
        .map_err(|_| "its `Location` is too long".to_owned())?;
    Ok(Bytes::copy_from_slice(target.as_bytes()))
}
