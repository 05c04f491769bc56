//! Requests of any operation, from values that are not typed: JSON that a script has, or texts of a command line.

mod argument;
mod field;
mod sent;

use std::{error, fmt};

use api_request::{ApiRequest, Body, Location, Operation};
use serde::de::{DeserializeOwned, value::MapDeserializer};
use serde_json::Value;

pub use self::argument::Argument;
use self::field::Field;

/// Says why an input is no request of an operation.
#[derive(Debug)]
pub struct InputError(String);

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for InputError {}

/// What a request is read from.
///
/// ```
/// use api_request::ApiRequest;
/// use openrouter::{BASE_URL, input::Input, workspaces::GetWorkspace};
///
/// let input = serde_json::json!({"path": {"id": "w 1"}, "headers": {"x-openrouter-title": "App"}});
/// let request: GetWorkspace = Input::Json(input).read()?;
/// let http = request.to_http(&BASE_URL.parse()?)?;
/// assert_eq!(http.uri().path(), "/api/v1/workspaces/w%201");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub enum Input {
    /// `{"path": {…}, "query": {…}, "headers": {…}, "body": …}`, each by the names on the wire. What is left out is unset,
    /// and so is a parameter that is `null`. Members of a body that are not declared are passed over when it is read, and
    /// refused when the request is built.
    Json(Value),
    /// One value for each field, by the field's name: of a parameter, [`Param::field`](api_request::Param::field), of a
    /// member of the body, the name on the wire, and of a whole body, [`Content::field`](api_request::Content::field).
    Arguments(Vec<(String, Argument)>),
}

impl fmt::Debug for Input {
    /// Shows no values: there may be secrets among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Json(_) => f.debug_tuple("Json").finish_non_exhaustive(),
            Self::Arguments(arguments) => {
                let names = arguments.iter().map(|(name, _)| name);
                f.debug_set().entries(names).finish()
            }
        }
    }
}

impl Input {
    /// Reads it as a request.
    ///
    /// # Errors
    ///
    /// Fails if a name is not one of the operation's, or a value not of the declared type.
    pub fn read<R: ApiRequest + DeserializeOwned>(&self) -> Result<R, InputError> {
        let operation = R::OPERATION;
        let fields = match self {
            Self::Json(input) => fields(operation, input)?,
            Self::Arguments(arguments) => arguments.clone(),
        };
        let fields = fields.into_iter().map(|(name, value)| {
            let field = Field {
                name: name.clone(),
                value,
            };
            (name, field)
        });
        let fields = MapDeserializer::new(fields);
        R::deserialize(fields).map_err(|error| fail(operation, error))
    }

    /// Fails if a member of the body is not in the request that was built of it.
    pub(crate) fn check_sent(
        &self,
        operation: &Operation,
        request: &http::Request<Body>,
    ) -> Result<(), InputError> {
        match self {
            Self::Json(input) => sent::check(operation, input, request),
            // Each one is a field, or could not be read.
            Self::Arguments(_) => Ok(()),
        }
    }
}

type Fields = Vec<(String, Argument)>;

fn fail(operation: &Operation, reason: impl fmt::Display) -> InputError {
    InputError(format!("`{}`: {reason}", operation.name()))
}

/// The members of the input under the names of the struct's fields.
fn fields(operation: &Operation, input: &Value) -> Result<Fields, InputError> {
    let mut fields = Fields::new();
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
            let mut params = operation.params();
            let param = params.find(|param| param.location() == location && is_it(param.name()));
            let Some(param) = param else {
                return Err(fail(
                    operation,
                    format_args!("there is no `{name}` in `{place}`"),
                ));
            };
            if !value.is_null() {
                fields.push((param.field().to_owned(), Argument::Json(value.clone())));
            }
        }
    }
    Ok(fields)
}

fn put_body(operation: &Operation, body: &Value, fields: &mut Fields) -> Result<(), InputError> {
    let Some(content) = operation.content() else {
        return Err(fail(operation, "it has no body"));
    };
    if let Some(field) = content.field() {
        fields.push((field.to_owned(), Argument::Json(body.clone())));
        return Ok(());
    }
    let Value::Object(body) = body else {
        return Err(fail(operation, "the body is no object"));
    };
    for (name, value) in body {
        if !content.members().any(|member| member.name() == name) {
            return Err(fail(operation, format_args!("the body has no `{name}`")));
        }
        // What a field of the body is called in Rust does not matter to serde.
        fields.push((name.clone(), Argument::Json(value.clone())));
    }
    Ok(())
}
