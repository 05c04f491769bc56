//! A response that is written: the expansion of the derives gives it the value of each field.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Response, StatusCode,
    header::{CONTENT_TYPE, SET_COOKIE},
};
use serde::Serialize;

use crate::{
    Body,
    encoder::{FRAMING, WrittenHeader},
    response::{Claim, choose},
};

/// Why a value cannot be written: a header or a body, and the reason, which has no value in it.
#[derive(Debug)]
pub struct Unwritable(Cow<'static, str>);

impl Unwritable {
    pub(super) fn new(reason: impl Into<Cow<'static, str>>) -> Self {
        Self(reason.into())
    }

    pub(super) fn header(name: &str, reason: impl fmt::Display) -> Self {
        Self::new(format!("the header `{name}` {reason}"))
    }

    /// The words of a `Serialize` implementation may repeat the value, so they are not in the response.
    pub(super) fn body(_: impl fmt::Display) -> Self {
        Self::new("the body cannot be serialized")
    }
}

impl std::error::Error for Unwritable {}

impl fmt::Display for Unwritable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the functions that write return.
pub type Written = Result<(), Unwritable>;

/// A response that is written. An implementation detail of the derive.
#[derive(Debug, Default)]
pub struct ResponseWriter {
    status: Option<StatusCode>,
    /// A field of the type holds the status, which is then not chosen.
    is_given: bool,
    pub(super) headers: HeaderMap,
    media_type: Option<&'static str>,
    body: Option<Body>,
}

impl ResponseWriter {
    /// Takes the status that a field holds.
    ///
    /// # Errors
    ///
    /// Fails if it is not a status.
    pub fn status<T: TryInto<StatusCode>>(&mut self, status: T) -> Written {
        let status = status.try_into();
        let status = status.map_err(|_| Unwritable::new("the status is not a status code"))?;
        self.status = Some(status);
        self.is_given = true;
        Ok(())
    }

    /// Chooses the status of a response, of the claims at the indices `own`; of any of them, if it is empty.
    ///
    /// # Errors
    ///
    /// Fails if the response has a status by which it would be read as another value.
    pub fn claim(&mut self, claims: &'static [Claim], own: &[usize]) -> Written {
        let is_empty = self.body.is_none() && !self.is_given;
        let proposed = self.status.or(is_empty.then_some(StatusCode::NO_CONTENT));
        self.choose(claims, own, proposed, false)
    }

    /// The same for an error.
    ///
    /// # Errors
    ///
    /// Fails if there is no status for the error.
    pub fn claim_error(&mut self, claims: &'static [Claim], own: &[usize]) -> Written {
        self.choose(claims, own, self.status, true)
    }

    fn choose(
        &mut self,
        claims: &'static [Claim],
        own: &[usize],
        proposed: Option<StatusCode>,
        is_error: bool,
    ) -> Written {
        let chosen = choose(claims, own, proposed, is_error);
        if let (Some(given), true) = (self.status, self.is_given) {
            if chosen != Some(given) {
                let given = given.as_u16();
                let reason = format!("the response type does not declare the status {given}");
                return Err(Unwritable::new(reason));
            }
        }
        let chosen =
            chosen.ok_or_else(|| Unwritable::new("each status is declared for another variant"))?;
        self.status = Some(chosen);
        Ok(())
    }

    /// Takes a body of JSON.
    ///
    /// # Errors
    ///
    /// Fails if the value cannot be serialized.
    pub fn json<T: Serialize>(&mut self, value: &T) -> Written {
        let json = serde_json::to_vec(value).map_err(Unwritable::body)?;
        self.body("application/json", json);
        Ok(())
    }

    pub(super) fn body(&mut self, media_type: &'static str, body: impl Into<Body>) {
        self.media_type = Some(media_type);
        self.body = Some(body.into());
    }

    /// Takes a body that was received.
    pub(super) fn given(&mut self, content_type: Option<HeaderValue>, bytes: Bytes) {
        if let Some(content_type) = content_type {
            self.headers.insert(CONTENT_TYPE, content_type);
        }
        self.body = Some(bytes.into());
    }

    pub(super) fn put(&mut self, header: WrittenHeader) -> Written {
        let (name, value) = parse(header)?;
        if name == SET_COOKIE {
            self.headers.append(name, value);
        } else {
            self.headers.insert(name, value);
        }
        Ok(())
    }

    /// Adds headers that no field of its own has. The connection sets those that frame the body.
    pub(super) fn put_others(&mut self, headers: Vec<WrittenHeader>) -> Written {
        let own = self.headers.clone();
        for header in headers {
            let (name, value) = parse(header)?;
            if !own.contains_key(&name) && !FRAMING.contains(&name) {
                self.headers.append(name, value);
            }
        }
        Ok(())
    }

    /// The response, or the one that says why there is none.
    pub(crate) fn finish(self, written: Written, default: StatusCode) -> Response<Body> {
        if let Err(error) = written {
            return error.into_response();
        }
        let mut response = Response::new(self.body.unwrap_or_default());
        *response.status_mut() = self.status.unwrap_or(default);
        *response.headers_mut() = self.headers;
        if let Some(media_type) = self.media_type {
            let headers = response.headers_mut();
            let media_type = HeaderValue::from_static(media_type);
            headers.entry(CONTENT_TYPE).or_insert(media_type);
        }
        response
    }

    /// The data of an event: the body, if it is in memory.
    #[cfg(feature = "events")]
    pub(super) fn into_data(self) -> Bytes {
        let body = self.body.unwrap_or_default();
        body.as_bytes().cloned().unwrap_or_default()
    }
}

fn parse(header: WrittenHeader) -> Result<(HeaderName, HeaderValue), Unwritable> {
    let WrittenHeader {
        name,
        value,
        sensitive,
    } = header;
    let parsed = HeaderName::try_from(&name);
    let parsed = parsed.map_err(|_| {
        Unwritable::header(
            &name.escape_debug().to_string(),
            "has a name that is not a token",
        )
    })?;
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(value))
        .map_err(|_| Unwritable::header(&name, "has a value with a control character"))?;
    value.set_sensitive(sensitive);
    Ok((parsed, value))
}

impl Unwritable {
    fn into_response(self) -> Response<Body> {
        let problem = serde_json::json!({
            "type": "about:blank",
            "title": "Internal Server Error",
            "status": 500,
            "detail": self.0,
        });
        let mut response = Response::new(Body::from(problem.to_string()));
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        let media_type = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(CONTENT_TYPE, media_type);
        response
    }
}
