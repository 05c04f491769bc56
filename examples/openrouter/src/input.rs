//! Requests from JSON in the names of the wire: what a script or a recording has.

use std::{error, fmt};

use api_request::{ApiRequest, Body, Location, Operation};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::json::Object;

/// Says why JSON is no request of an operation.
#[derive(Debug)]
pub struct InputError(String);

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for InputError {}

/// Reads a request from `{"path": {…}, "query": {…}, "headers": {…}, "body": …}`, each by the names on the wire. What is
/// left out is unset, and so is a parameter that is `null`. Members of a body that are not declared are passed over;
/// [`build`](crate::build) refuses them.
///
/// ```
/// use api_request::ApiRequest;
/// use openrouter::{BASE_URL, input, workspaces::GetWorkspace};
///
/// let input = serde_json::json!({"path": {"id": "w 1"}, "headers": {"x-openrouter-title": "App"}});
/// let request: GetWorkspace = input::read(&input)?;
/// let http = request.to_http(&BASE_URL.parse()?)?;
/// assert_eq!(http.uri().path(), "/api/v1/workspaces/w%201");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// Fails if a name is not one of the operation's, or a value not of the declared type.
pub fn read<R: ApiRequest + DeserializeOwned>(input: &Value) -> Result<R, InputError> {
    let operation = R::OPERATION;
    let fields = fields(operation, input)?;
    serde_json::from_value(Value::Object(fields)).map_err(|error| fail(operation, error))
}

fn fail(operation: &Operation, reason: impl fmt::Display) -> InputError {
    InputError(format!("`{}`: {reason}", operation.name()))
}

/// The members of the input under the names of the struct's fields.
fn fields(operation: &Operation, input: &Value) -> Result<Object, InputError> {
    let mut fields = Object::new();
    let Value::Object(input) = input else {
        return Err(fail(operation, "the input is no object"));
    };
    for (place, values) in input {
        let location = match &**place {
            "path" => Location::Path,
            "query" => Location::Query,
            "headers" => Location::Header,
            "body" => {
                put_body(operation, values, &mut fields)?;
                continue;
            }
            other => return Err(fail(operation, format_args!("there is no place `{other}`"))),
        };
        let Value::Object(values) = values else {
            return Err(fail(operation, format_args!("`{place}` is no object")));
        };
        for (name, value) in values {
            let is_it = |declared: &str| match location {
                Location::Header => declared.eq_ignore_ascii_case(name),
                _ => declared == name,
            };
            let mut params = operation.params().iter();
            let param = params.find(|param| param.location() == location && is_it(param.name()));
            let Some(param) = param else {
                return Err(fail(
                    operation,
                    format_args!("there is no `{name}` in `{place}`"),
                ));
            };
            if !value.is_null() {
                fields.insert(param.field().to_owned(), value.clone());
            }
        }
    }
    Ok(fields)
}

fn put_body(operation: &Operation, body: &Value, fields: &mut Object) -> Result<(), InputError> {
    let Some(content) = operation.content() else {
        return Err(fail(operation, "it has no body"));
    };
    if let Some(field) = content.field() {
        fields.insert(field.to_owned(), body.clone());
        return Ok(());
    }
    let Value::Object(body) = body else {
        return Err(fail(operation, "the body is no object"));
    };
    for (name, value) in body {
        if !content.members().iter().any(|member| member.name() == name) {
            return Err(fail(operation, format_args!("the body has no `{name}`")));
        }
        // What a field of the body is called in Rust does not matter to serde.
        fields.insert(name.clone(), value.clone());
    }
    Ok(())
}

/// Fails if a member of the JSON body that was asked for is not in the one that is sent.
pub(crate) fn check_sent(
    operation: &Operation,
    input: &Value,
    request: &http::Request<Body>,
) -> Result<(), InputError> {
    let is_json = operation.content_type() == Some("application/json");
    let Some(sent) = request.body().as_bytes().filter(|_| is_json) else {
        return Ok(());
    };
    let sent = serde_json::from_slice(sent).map_err(|error| fail(operation, error))?;
    match find_lost(&input["body"], &sent) {
        Some(path) => Err(fail(operation, format_args!("the body has no `{path}`"))),
        None => Ok(()),
    }
}

/// The path of the first member that is not there.
fn find_lost(asked: &Value, sent: &Value) -> Option<String> {
    let within = |name: &str, asked: &Value, sent: Option<&Value>| match sent {
        None => Some(name.to_owned()),
        Some(sent) => find_lost(asked, sent).map(|path| format!("{name}.{path}")),
    };
    match asked {
        Value::Object(members) => {
            let mut members = members.iter();
            members.find_map(|(name, asked)| within(name, asked, sent.get(name)))
        }
        Value::Array(items) => {
            let mut items = items.iter().enumerate();
            items.find_map(|(index, asked)| within(&index.to_string(), asked, sent.get(index)))
        }
        _ => None,
    }
}
