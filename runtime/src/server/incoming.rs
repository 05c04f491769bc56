//! A request, cut once into what its fields are read from.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use http::{
    HeaderMap, Method, Request,
    header::{CONTENT_TYPE, COOKIE},
};
use serde_json::Value;

#[cfg(feature = "multipart")]
use super::multipart::{self, RawPart};
use super::{
    fault::Fault,
    json::Object,
    pairs::Pairs,
    refusal::Refusal,
    route::{Captures, Mismatch, find},
    texts::text,
};
use crate::{
    operation::{Content, Operation, Param, ParamKind},
    response::Notes,
};

/// The members of a body.
#[derive(Debug)]
pub(super) enum Body<'r> {
    /// There is none, or it is whole.
    Whole,
    Json(Object<'r>),
    Form(Pairs<'r>),
    #[cfg(feature = "multipart")]
    Parts(Vec<RawPart<'r>>),
}

/// The format of a whole body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Form,
    Text,
    Lines,
    Bytes,
}

/// The values of a request that was not received, of which some are read as they are: only where they are read is it
/// known what they would be on the wire.
pub(super) trait GivenValues: fmt::Debug {
    /// Whether there is a value of the parameter.
    fn has(&self, param: &Param) -> bool;

    /// The value of a flag, or of a parameter that is JSON text, if there is one.
    fn value(&self, param: &Param) -> Option<&Value>;

    /// Whether there is a whole body.
    fn has_body(&self) -> bool;

    /// The whole body, if there is one.
    fn body(&self, format: Format) -> Result<Option<&Bytes>, Fault>;

    /// What is told the names that are read in a JSON body.
    fn notes(&self) -> Option<Notes<'_>>;
}

/// A request of one operation.
#[derive(Debug)]
pub(super) struct Incoming<'r> {
    pub(super) operation: &'static Operation,
    pub(super) accept: &'static str,
    pub(super) captures: Captures<'r>,
    pub(super) query: Pairs<'r>,
    pub(super) headers: &'r HeaderMap,
    pub(super) cookies: Pairs<'r>,
    /// `None` if there is none, not even an empty one.
    pub(super) bytes: Option<&'r Bytes>,
    pub(super) body: Body<'r>,
    /// The values that the rest is made of, if they were given and not received.
    pub(super) given: Option<&'r dyn GivenValues>,
}

impl<'r> Incoming<'r> {
    pub(super) fn new(
        operation: &'static Operation,
        accept: &'static str,
        request: &'r Request<Bytes>,
    ) -> Result<Self, Refusal> {
        let captures =
            find(operation, request.uri().path()).map_err(|mismatch| match mismatch {
                Mismatch::Other => Refusal::not_found(),
                Mismatch::Value(fault, param) => Refusal::param(fault, param),
            })?;
        check_method(operation, request.method())?;
        let headers = request.headers();
        let has_body = !request.body().is_empty() || headers.contains_key(CONTENT_TYPE);
        let content = operation.content.as_ref().filter(|_| has_body);
        let body = match content {
            Some(content) => cut(content, operation, headers, request.body())?,
            None => Body::Whole,
        };
        Ok(Self {
            operation,
            accept,
            captures,
            query: Pairs::cut(request.uri().query().unwrap_or_default()),
            headers,
            cookies: cookies(operation, headers)?,
            bytes: content.map(|_| request.body()),
            body,
            given: None,
        })
    }
}

/// `HEAD` asks for what `GET` does, without the body.
fn check_method(operation: &Operation, method: &Method) -> Result<(), Refusal> {
    let is_head = method == Method::HEAD && operation.method == "GET";
    if method.as_str() == operation.method || is_head {
        return Ok(());
    }
    Err(Refusal::method(operation))
}

/// All pairs of the header, if cookies are declared.
fn cookies<'r>(
    operation: &'static Operation,
    headers: &'r HeaderMap,
) -> Result<Pairs<'r>, Refusal> {
    let mut pairs = Pairs::default();
    let is_cookie = |param: &&'static Param| matches!(param.kind, ParamKind::Cookie { .. });
    let Some(first) = operation.declared().find(is_cookie) else {
        return Ok(pairs);
    };
    for line in headers.get_all(COOKIE) {
        let line = text(line.as_bytes()).map_err(|fault| Refusal::param(fault, first))?;
        pairs.add_cookies(line);
    }
    Ok(pairs)
}

/// Checks the media type of a body, and cuts it into its members.
fn cut<'r>(
    content: &'static Content,
    operation: &'static Operation,
    headers: &'r HeaderMap,
    body: &'r Bytes,
) -> Result<Body<'r>, Refusal> {
    let given = content_type(headers);
    if !is_expected(content, operation, given.as_deref()) {
        return Err(Refusal::media_type(essence(content.media_type)));
    }
    let refused = |fault| Refusal::body(fault, content);
    match kind(content) {
        Some(ParamKind::Json { .. }) => Object::cut(body).map(Body::Json).map_err(refused),
        Some(ParamKind::Form { .. }) => {
            let text = std::str::from_utf8(body);
            let text = text.map_err(|_| refused(Fault::new("is not UTF-8")))?;
            Ok(Body::Form(Pairs::cut(text)))
        }
        #[cfg(feature = "multipart")]
        Some(ParamKind::Part { .. }) => {
            let parts = multipart::cut(given.as_deref().unwrap_or_default(), body);
            parts.map(Body::Parts).map_err(refused)
        }
        _ => Ok(Body::Whole),
    }
}

/// What the members of a body are; a group among them has none.
pub(super) fn kind(content: &'static Content) -> Option<&'static ParamKind> {
    let kinds = content.members.iter().map(|member| &member.kind);
    kinds
        .into_iter()
        .find(|kind| !matches!(kind, ParamKind::Group(_)))
}

fn content_type(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let value = headers.get(CONTENT_TYPE);
    value.map(|value| String::from_utf8_lossy(value.as_bytes()))
}

/// How well a request fits the media type that an operation declares: 2 if it is that one, 1 if the operation reads it as
/// well, 0 if it refuses it.
#[cfg(any(feature = "axum", feature = "client"))]
pub(super) fn media_type_fit(operation: &'static Operation, headers: &HeaderMap) -> u8 {
    let given = content_type(headers);
    let given = given.as_deref();
    match &operation.content {
        None => u8::from(given.is_none()),
        Some(content) if given.map(essence) == Some(essence(content.media_type)) => 2,
        Some(content) => u8::from(is_expected(content, operation, given)),
    }
}

/// The type and subtype.
fn essence(media_type: &str) -> &str {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim_ascii()
}

/// Whether the body is of the declared type. Where the request says the type itself, or the bytes of a file are sent,
/// any is.
fn is_expected(
    content: &'static Content,
    operation: &'static Operation,
    given: Option<&str>,
) -> bool {
    let declared = essence(content.media_type);
    let is_said = |param: &Param| {
        matches!(param.kind, ParamKind::Header { .. })
            && (param.flatten || param.name.eq_ignore_ascii_case("content-type"))
    };
    let is_constant = |constant: &crate::operation::Constant| matches!(constant, crate::operation::Constant::Header { name, .. } if *name == "content-type");
    let is_any = declared == "application/octet-stream"
        || operation.declared().any(is_said)
        || operation.constants.iter().any(is_constant);
    let is_framed = matches!(kind(content), Some(ParamKind::Part { .. }));
    let Some(given) = given else {
        // A body without a type may be of any, but a form that is cut is not.
        return is_any && !is_framed;
    };
    let given = essence(given);
    let is_json = |essence: &str| {
        essence.eq_ignore_ascii_case("application/json")
            || essence
                .rsplit_once('+')
                .is_some_and(|(_, suffix)| suffix.eq_ignore_ascii_case("json"))
    };
    is_any || given.eq_ignore_ascii_case(declared) || (is_json(given) && is_json(declared))
}
