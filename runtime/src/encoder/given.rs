//! Parameters and members whose values are JSON, of which no type is known, written by the rules of a request.

use serde::Serialize as _;
use serde_json::Value;

use super::{flatten::Flattener, kind::SinkKind, problem::Problem, sink::Sink};
use crate::operation::{Operation, Param, ParamKind};

/// Declares nothing, so that a form may have any members.
static FORM: Operation = Operation::declare("", "", "", &[]);

/// Writes a parameter or a member of a form as it is sent, with its name where the location has names; `None` if the value
/// leaves it out. The value of a flattened one is an object of what it brings.
pub(crate) fn write_given(
    operation: &'static Operation,
    param: &'static Param,
    value: &Value,
) -> Result<Option<String>, Problem> {
    let kind = match param.kind {
        ParamKind::Path { .. } => SinkKind::Path,
        ParamKind::Query { .. } => SinkKind::Query,
        ParamKind::Header { .. } => SinkKind::Header,
        ParamKind::Cookie { .. } => SinkKind::Cookie,
        ParamKind::Form { .. } => SinkKind::Form,
        _ => SinkKind::Text,
    };
    let mut out = Vec::new();
    let mut sink = Sink::new(&mut out, operation, kind, "");
    sink.begin(param);
    if param.flatten {
        value.serialize(Flattener::new(&mut sink))?;
    } else {
        value.serialize(&mut sink)?;
    }
    // An empty text is a value too.
    let is_there = sink.atoms > 0 || !out.is_empty();
    Ok(is_there.then(|| text(out)))
}

/// Writes a form that is a whole body.
pub(crate) fn write_given_form(value: &Value) -> Result<String, Problem> {
    let mut out = Vec::new();
    let mut sink = Sink::new(&mut out, &FORM, SinkKind::Form, "");
    value.serialize(Flattener::new(&mut sink))?;
    Ok(text(out))
}

/// What JSON is made of is text, escaped or not.
fn text(out: Vec<u8>) -> String {
    String::from_utf8(out).unwrap_or_default()
}
