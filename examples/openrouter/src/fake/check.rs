//! What every request has to be before an operation sees it: of a known key, and with parameters and a body as they are
//! declared.

use api_request::{Client, Content, Location, Operation, Param};
use axum::{
    body::{Body, to_bytes},
    extract::{MatchedPath, RawPathParams, Request, State},
    http::{
        header::{AUTHORIZATION, CONTENT_TYPE},
        request::Parts,
    },
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

use super::{ROOT, refusal::Refusal, state::Shared};
use crate::{
    any::AnyOperation,
    any_operations,
    input::{Argument, Expected, Input},
};

/// How large a body may be, in bytes.
pub(super) const LIMIT: usize = 32 << 20;

/// Operations that need no key: one gives keys, one is no longer there.
const OPEN: [&str; 2] = ["/auth/keys", "/credits/coinbase"];

/// The hash of the key that a request came with.
#[derive(Debug, Clone)]
pub(super) struct Caller(pub(super) String);

/// Lets a request in whose key is known and switched on.
pub(super) async fn key(
    State(shared): State<Shared>,
    path: MatchedPath,
    mut request: Request,
    next: Next,
) -> Response {
    let path = path.as_str().trim_start_matches(ROOT);
    let header = request.headers().get(AUTHORIZATION);
    let key = header.and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let known = match key {
        Some(key) => shared.lock().check_key(key),
        None if OPEN.contains(&path) => Ok(String::new()),
        None => Err(Refusal::unauthorized("the request has no key")),
    };
    match known {
        Ok(hash) => {
            request.extensions_mut().insert(Caller(hash));
            next.run(request).await
        }
        Err(refusal) => refusal.into_response(),
    }
}

/// Lets a request in whose parameters and JSON are of the declared types, with nothing in the body that is not declared.
pub(super) async fn input(
    State(client): State<Client>,
    path: MatchedPath,
    params: RawPathParams,
    request: Request,
    next: Next,
) -> Response {
    let Some(any) = operation_of(&path, &request) else {
        return next.run(request).await;
    };
    let (head, body) = request.into_parts();
    let mut arguments = parameters(any.operation(), &params, &head);
    if any.operation().content_type() == Some(FORM) {
        arguments.extend(form(any));
        if let Err(error) = any.build(&client, &Input::Arguments(arguments)) {
            return Refusal::bad_request(error.to_string()).into_response();
        }
        return next.run(Request::from_parts(head, body)).await;
    }
    let Ok(bytes) = to_bytes(body, LIMIT).await else {
        return Refusal::bad_request("the body cannot be read").into_response();
    };
    if let Err(refusal) = check(&client, any, arguments, &bytes) {
        return refusal.into_response();
    }
    next.run(Request::from_parts(head, Body::from(bytes))).await
}

/// The media type of what operations take that take files.
const FORM: &str = "multipart/form-data";

/// The operation of a request that has a body of the declared kind, if it has to have one.
fn operation_of(path: &MatchedPath, request: &Request) -> Option<&'static AnyOperation> {
    let content_type = request.headers().get(CONTENT_TYPE);
    let content_type = content_type.map_or("", |value| value.to_str().unwrap_or_default());
    // The rest are parameters, such as `charset`.
    let media_type = content_type.split(';').next().unwrap_or_default();
    let media_type = media_type.trim_end().to_ascii_lowercase();
    let path = path.as_str().trim_start_matches(ROOT);
    any_operations().iter().find(|any| {
        let operation = any.operation();
        let is_taken = match operation.content_type() {
            None => true,
            Some(FORM) => media_type == FORM,
            Some(_) => media_type.ends_with("json"),
        };
        is_taken && operation.method() == request.method() && operation.path() == path
    })
}

/// The parameters of a request, as texts.
fn parameters(
    operation: &Operation,
    params: &RawPathParams,
    head: &Parts,
) -> Vec<(String, Argument)> {
    let query = head.uri.query().unwrap_or_default().as_bytes();
    let query: Vec<_> = url::form_urlencoded::parse(query).collect();
    let value = |param: &Param| match param.location() {
        Location::Path => {
            let mut params = params.iter();
            let (_, value) = params.find(|(name, _)| *name == param.name())?;
            Some(value.to_owned())
        }
        Location::Query => {
            let values = query.iter().filter(|(name, _)| name == param.name());
            let values: Vec<&str> = values.map(|(_, value)| &**value).collect();
            (!values.is_empty()).then(|| values.join(","))
        }
        Location::Header => {
            let value = head.headers.get(param.name())?;
            Some(value.to_str().ok()?.to_owned())
        }
        _ => None,
    };
    let params = operation.params();
    let values = params.filter_map(|param| Some((param.field().to_owned(), value(param)?)));
    values
        .map(|(field, text)| (field, Argument::Text(text)))
        .collect()
}

/// What stands for the parts of a form, which the operation reads itself.
fn form(any: &AnyOperation) -> Vec<(String, Argument)> {
    let parts = any
        .operation()
        .content()
        .into_iter()
        .flat_map(Content::members);
    let value = |part: &Param| match any.expected(part.name()) {
        Expected::File => json!({"$file": {"filename": "", "bytes_b64": ""}}),
        _ => json!("any"),
    };
    let parts = parts.filter(|part| part.required());
    parts
        .map(|part| (part.name().to_owned(), Argument::Json(value(part))))
        .collect()
}

fn check(
    client: &Client,
    any: &AnyOperation,
    mut arguments: Vec<(String, Argument)>,
    body: &[u8],
) -> Result<(), Refusal> {
    let refuse = |reason: &dyn std::fmt::Display| Refusal::bad_request(reason.to_string());
    if let Some(content) = any.operation().content() {
        let body: Value = serde_json::from_slice(body).map_err(|error| refuse(&error))?;
        match (content.field(), body) {
            (Some(field), body) => arguments.push((field.to_owned(), Argument::Json(body))),
            (None, Value::Object(members)) => arguments.extend(
                members
                    .into_iter()
                    .map(|(name, value)| (name, Argument::Json(value))),
            ),
            (None, _) => return Err(refuse(&"the body is not an object")),
        }
    }
    let built = any.build(client, &Input::Arguments(arguments));
    built.map_err(|error| refuse(&error)).map(drop)
}
