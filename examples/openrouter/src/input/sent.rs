//! Whether all that was asked for is in what is sent.

use api_request::{Body, Operation};
use serde_json::Value;

use super::{InputError, fail};

/// Fails if a member of the JSON body that was asked for is not in the one that is sent.
pub(super) fn check(
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
