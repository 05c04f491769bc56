//! Why a request is not one of an operation, as a response.

use std::{borrow::Cow, error, fmt};

use http::{
    HeaderValue, Response, StatusCode,
    header::{ALLOW, CONTENT_TYPE},
};
use serde::Serialize;

#[cfg(any(feature = "axum", feature = "client"))]
use super::at::At;
use super::fault::{Fault, FaultKind};
use crate::{
    Body, json,
    operation::{Content, Location, Operation, Param},
};

/// Why a request is not read: the status of the response, the field and the reason.
///
/// The value of a secret is not repeated.
///
/// ```
/// use api_request::{ApiRequest, FromHttp, Location};
/// use bytes::Bytes;
///
/// #[derive(Debug, ApiRequest, FromHttp)]
/// #[api(method = GET, path = "/keys", fields = query)]
/// struct ListKeys {
///     limit: Option<u32>,
/// }
///
/// let request = http::Request::get("/keys?limit=all").body(Bytes::new())?;
/// let refusal = ListKeys::from_http(request).unwrap_err();
/// assert_eq!(refusal.status(), 400);
/// assert_eq!((refusal.field(), refusal.location()), (Some("limit"), Some(Location::Query)));
/// assert_eq!(refusal.to_string(), "the query parameter `limit` is not an integer, or not one that is allowed here");
/// # Ok::<(), http::Error>(())
/// ```
pub struct Refusal(Box<Inner>);

struct Inner {
    status: StatusCode,
    place: Option<Place>,
    reason: Cow<'static, str>,
    allow: Option<HeaderValue>,
    /// The struct in JSON that does not fit.
    #[cfg(any(feature = "axum", feature = "client"))]
    misread: Option<Misread>,
}

/// A struct in the JSON of a body that does not fit.
#[cfg(any(feature = "axum", feature = "client"))]
struct Misread {
    fields: &'static [&'static str],
    /// How many members and elements lead to it.
    depth: usize,
    /// A JSON pointer, unless it is in a secret.
    pointer: Option<String>,
}

/// What the reason is about.
struct Place {
    field: &'static str,
    /// The name on the wire; empty for a whole body.
    name: Cow<'static, str>,
    location: Location,
}

impl Refusal {
    fn new(status: StatusCode, reason: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Inner {
            status,
            place: None,
            reason: reason.into(),
            allow: None,
            #[cfg(any(feature = "axum", feature = "client"))]
            misread: None,
        }))
    }

    /// A path that is none of the operation.
    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "the path is not one of the API")
    }

    /// Another method.
    pub(super) fn method(operation: &Operation) -> Self {
        Self::methods(&[operation.method])
    }

    /// A method that no operation of the path has.
    pub(super) fn methods(allowed: &[&str]) -> Self {
        let mut refusal = Self::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "the path does not allow the method",
        );
        refusal.0.allow = HeaderValue::try_from(allowed.join(", ")).ok();
        refusal
    }

    /// A body that is larger than the server allows.
    #[cfg(feature = "axum")]
    pub(crate) fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "the body is too large")
    }

    /// A name that is not declared, of this field or of none.
    #[cfg(any(feature = "axum", feature = "client"))]
    pub(super) fn undeclared(
        location: Location,
        field: &'static str,
        name: String,
        reason: String,
    ) -> Self {
        let mut refusal = Self::because(reason);
        refusal.0.place = Some(Place {
            field,
            name: name.into(),
            location,
        });
        refusal
    }

    /// A request that is not one of the API, for a reason of its own.
    pub(crate) fn because(reason: String) -> Self {
        Self::new(StatusCode::BAD_REQUEST, reason)
    }

    /// A body that was cut off.
    #[cfg(feature = "axum")]
    pub(crate) fn unread() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "the body cannot be read to its end",
        )
    }

    /// A media type that is not declared.
    pub(super) fn media_type(expected: &str) -> Self {
        let reason = format!("the `Content-Type` of the body is not `{expected}`");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, reason)
    }

    /// A body, or all members of one.
    pub(super) fn body(fault: Fault, content: &Content) -> Self {
        let place = Place {
            field: content.field,
            name: "".into(),
            location: Location::Body,
        };
        Self::of(fault, place, content.secret)
    }

    /// The value of one field.
    pub(super) fn param(fault: Fault, param: &'static Param) -> Self {
        let place = Place {
            field: param.field,
            name: if param.flatten { "" } else { param.name }.into(),
            location: param.location(),
        };
        Self::of(fault, place, param.secret)
    }

    fn of(mut fault: Fault, mut place: Place, is_secret: bool) -> Self {
        let is_body = place.location == Location::Body;
        let status = status(&fault, is_body);
        let misfit = fault.take_misfit();
        let mut refusal = Self::new(status, fault.into_reason(is_secret));
        #[cfg(any(feature = "axum", feature = "client"))]
        if let Some(misfit) = misfit.as_ref().filter(|_| is_body) {
            let pointer = misfit.pointer.as_ref().filter(|_| !is_secret);
            let pointer = pointer.map(|inner| match &*place.name {
                "" => inner.clone(),
                name => At::default().member(name).pointer + inner,
            });
            let depth = misfit.depth + usize::from(!place.name.is_empty());
            refusal.0.misread = misfit.fields.map(|fields| Misread {
                fields,
                depth,
                pointer,
            });
        }
        let path = misfit.and_then(|misfit| misfit.path);
        match path.filter(|_| !is_secret) {
            Some(path) if is_body => place.name = json::join(&place.name, &path).into(),
            Some(path) => {
                let reason = format!("has a value at `{path}` that {}", refusal.0.reason);
                refusal.0.reason = reason.into();
            }
            None => {}
        }
        refusal.0.place = Some(place);
        refusal
    }

    /// The fields of the struct that is read at this depth of the JSON, if it is what does not fit.
    #[cfg(any(feature = "axum", feature = "client"))]
    pub(super) fn fields_at(&self, depth: usize) -> Option<&'static [&'static str]> {
        let misread = self.0.misread.as_ref();
        misread.filter(|it| it.depth == depth).map(|it| it.fields)
    }

    /// The JSON pointer to the struct that does not fit, and its fields.
    #[cfg(any(feature = "axum", feature = "client"))]
    pub(super) fn misread(&self) -> Option<(&str, &'static [&'static str])> {
        let misread = self.0.misread.as_ref()?;
        Some((misread.pointer.as_deref()?, misread.fields))
    }

    /// The value of `Allow`, of another method.
    #[cfg(feature = "axum")]
    pub(crate) fn allow(&self) -> Option<HeaderValue> {
        self.0.allow.clone()
    }

    /// Returns the status of the response: 400 for a parameter or a malformed body, 404 for another path, 405 for another
    /// method, 413 for a body that is too large, 415 for another `Content-Type`, and 422 for JSON that does not fit.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Returns the Rust name of the field that cannot be read, without `r#`; its index in a tuple struct. `None` if the
    /// refusal is about the whole request.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        let place = self.0.place.as_ref()?;
        Some(place.field).filter(|field| !field.is_empty())
    }

    /// Returns the location of what cannot be read.
    #[must_use]
    pub fn location(&self) -> Option<Location> {
        Some(self.0.place.as_ref()?.location)
    }

    /// Returns why the request, or the value, cannot be read.
    #[must_use]
    pub fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Turns it into a response with a body of `application/problem+json`
    /// ([RFC 9457](https://www.rfc-editor.org/rfc/rfc9457)).
    ///
    /// ```
    /// use api_request::{ApiRequest, FromHttp};
    /// use bytes::Bytes;
    ///
    /// #[derive(Debug, ApiRequest, FromHttp)]
    /// #[api(method = DELETE, path = "/keys/{id}")]
    /// struct DeleteKey {
    ///     id: u64,
    /// }
    ///
    /// let request = http::Request::get("/keys/7").body(Bytes::new())?;
    /// let response = DeleteKey::from_http(request).unwrap_err().into_response();
    /// assert_eq!(response.status(), 405);
    /// assert_eq!(response.headers()["allow"], "DELETE");
    /// assert_eq!(
    ///     response.body().as_bytes().unwrap(),
    ///     r#"{"type":"about:blank","title":"Method Not Allowed","status":405,"detail":"the path does not allow the method"}"#,
    /// );
    /// # Ok::<(), http::Error>(())
    /// ```
    #[must_use]
    pub fn into_response(self) -> Response<Body> {
        let status = self.0.status;
        let place = self.0.place.as_ref();
        let place = place.filter(|place| !place.name.is_empty());
        let problem = Problem {
            r#type: "about:blank",
            title: status.canonical_reason().unwrap_or_default(),
            status: status.as_u16(),
            detail: self.to_string(),
            r#in: place.map(|place| word(place.location)),
            name: place.map(|place| &*place.name),
        };
        let body = serde_json::to_vec(&problem).unwrap_or_default();
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        let media_type = HeaderValue::from_static("application/problem+json");
        headers.insert(CONTENT_TYPE, media_type);
        if let Some(allow) = self.0.allow {
            headers.insert(ALLOW, allow);
        }
        response
    }
}

/// The members of a problem, by RFC 9457; `in` and `name` are `OpenAPI`'s.
#[derive(Serialize)]
struct Problem<'r> {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#in: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'r str>,
}

fn status(fault: &Fault, is_body: bool) -> StatusCode {
    match fault.kind {
        FaultKind::Missing | FaultKind::Unfit if is_body => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// What a name of the location is.
pub(super) fn noun(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Query => "query parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Url => "URL",
        Location::Body => "member of the body",
    }
}

fn word(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
        Location::Url => "url",
        Location::Body => "body",
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { place, reason, .. } = &*self.0;
        let Some(Place { name, location, .. }) = place else {
            return f.write_str(reason);
        };
        let noun = match location {
            Location::Body if name.is_empty() => "body",
            location => noun(*location),
        };
        if name.is_empty() {
            return write!(f, "the {noun} {reason}");
        }
        write!(f, "the {noun} `{name}` {reason}")
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("status", &self.status())
            .field("field", &self.field())
            .field("location", &self.location())
            .field("reason", &self.reason())
            .finish()
    }
}

impl error::Error for Refusal {}
