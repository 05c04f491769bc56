//! Whether all that was asked for is in what is sent.
//!
//! Serde passes over members that are not declared, so what was read is compared with what is sent of it. What a lost
//! member was meant to be is found by trying: the input is read again with another name or value in its place.

use std::collections::BTreeSet;

use api_request::{Body, Operation};
use http::Request;
use serde_json::{Value, json};

use super::{
    FromInput, Input, InputError, fail,
    nearest::{is_near, meant},
};
use crate::json::find_lost;

/// Builds what would be sent, if it can be.
pub(crate) type Build<'b, R> = &'b dyn Fn(&R) -> Option<Request<Body>>;

/// Fails if a member of the JSON body that was asked for is not in the one that is sent.
pub(super) fn check<R: FromInput>(
    input: &Input,
    request: &R,
    built: &Request<Body>,
    rebuild: Build<'_, R>,
) -> Result<(), InputError> {
    let Some(sent) = json_of(R::OPERATION, built) else {
        return Ok(());
    };
    let asked = input.body(R::OPERATION);
    let Some(path) = find_lost(&asked, &sent) else {
        return Ok(());
    };
    let shown = path.join(".");
    // Whether a body has the member once it is changed. One that cannot be read any more was looked at.
    let is_read = |path: &[String], changed: Value| {
        let Ok((request, _)) = input.with_body(R::OPERATION, changed).read::<R>() else {
            return true;
        };
        let sent = rebuild(&request).and_then(|built| json_of(R::OPERATION, &built));
        sent.is_none_or(|sent| sent.pointer(&pointer(path)).is_some())
    };
    let is_null = asked.pointer(&pointer(&path)) == Some(&Value::Null);
    let is_declared = is_null
        && [json!(""), json!(0), json!(true), json!([]), json!({})]
            .into_iter()
            .any(|value| is_read(&path, with_value(&asked, &path, value)));
    if is_declared {
        let reason = format_args!("`{shown}` cannot be `null`: leave it out");
        return Err(fail(R::OPERATION, reason));
    }
    let last = path.last().map_or("", String::as_str);
    let names = declared(request);
    let names = names.iter().map(String::as_str).filter(|name| {
        let (path, changed) = with_name(&asked, &path, name);
        is_near(last, name) && is_read(&path, changed)
    });
    Err(unknown(R::OPERATION, &shown, meant(last, names)))
}

/// Says that the body has no such member, and which it has.
pub(super) fn unknown(operation: &Operation, path: &str, meant: Option<&str>) -> InputError {
    match meant {
        Some(name) => fail(
            operation,
            format_args!("the body has no `{path}`: write `{name}`"),
        ),
        None => fail(operation, format_args!("the body has no `{path}`")),
    }
}

/// The body that is sent, if it is JSON.
fn json_of(operation: &Operation, request: &Request<Body>) -> Option<Value> {
    let is_json = operation.content_type() == Some("application/json");
    let body = request.body().as_bytes().filter(|_| is_json)?;
    serde_json::from_slice(body).ok()
}

fn pointer(path: &[String]) -> String {
    let escape = |name: &String| format!("/{}", name.replace('~', "~0").replace('/', "~1"));
    path.iter().map(escape).collect()
}

fn with_value(body: &Value, path: &[String], value: Value) -> Value {
    let mut body = body.clone();
    if let Some(place) = body.pointer_mut(&pointer(path)) {
        *place = value;
    }
    body
}

/// The body with another name of the member, and the path that the member has then.
fn with_name(body: &Value, path: &[String], name: &str) -> (Vec<String>, Value) {
    let (mut body, mut path) = (body.clone(), path.to_vec());
    if let Some(last) = path.pop() {
        if let Some(Value::Object(parent)) = body.pointer_mut(&pointer(&path)) {
            // A `null` may not be sent though the name is right.
            let value = parent.remove(&last).filter(|value| !value.is_null());
            parent.insert(name.to_owned(), value.unwrap_or_else(|| json!({})));
        }
        path.push(name.to_owned());
    }
    (path, body)
}

/// The fields of all structs in a request, as they are called in JSON: `Debug` names them, also those that are unset.
fn declared(request: &impl std::fmt::Debug) -> BTreeSet<String> {
    let text = format!("{request:#?}");
    let fields = text.lines().filter_map(|line| {
        let (name, _) = line.trim_start().split_once(": ")?;
        let is_name = name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        is_name.then_some(name)
    });
    fields
        .flat_map(|name| [name.to_owned(), camel_case(name)])
        .collect()
}

fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| {
        let (start, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        name + &start.to_ascii_uppercase() + rest
    })
}
