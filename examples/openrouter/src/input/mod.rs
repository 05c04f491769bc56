//! Requests of any operation, from values that are not typed: JSON that a script has, or texts of a command line.

mod argument;
mod expected;
mod field;
pub(crate) mod nearest;
mod secrets;
mod sent;

use std::{error, fmt};

use api_request::{ApiGroup, ApiRequest, Body, Content, Location, Operation, Param};
use serde::de::DeserializeOwned;
use serde_json::{Error, Map, Value};

pub use self::{argument::Argument, expected::Expected};
pub(crate) use self::{expected::expected, secrets::secrets, sent::Build};
use self::{field::read, nearest::meant};
use crate::OpenRouter;

/// Says why an input is no request of an operation.
#[derive(Debug)]
pub struct InputError(String);

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl error::Error for InputError {}

/// A request that can be read from an input, and compared with it.
pub(crate) trait FromInput:
    ApiRequest<Group: Shared> + DeserializeOwned + fmt::Debug
{
}

impl<R: ApiRequest<Group: Shared> + DeserializeOwned + fmt::Debug> FromInput for R {}

/// What requests share, which is read from the same input.
pub trait Shared: ApiGroup + Clone + Send + Sync + 'static {
    /// Reads it.
    #[doc(hidden)]
    fn read(fields: &[(String, Argument)]) -> Result<Self, Error>;
}

impl Shared for () {
    fn read(_: &[(String, Argument)]) -> Result<Self, Error> {
        Ok(())
    }
}

impl Shared for OpenRouter {
    fn read(fields: &[(String, Argument)]) -> Result<Self, Error> {
        read(fields)
    }
}

/// What a request is read from. Members of a body that are not declared are passed over when it is read, and refused when
/// the request is built. A parameter, and a member that is a field of the request, can only have a value that is listed,
/// if its type lists them; within a body that is a value of its own, there can be others.
///
/// ```
/// use api_request::ApiRequest;
/// use openrouter::{BASE_URL, input::Input, workspaces::GetWorkspace};
///
/// let input = serde_json::json!({"path": {"id": "w 1"}, "headers": {"x-openrouter-title": "App"}});
/// let (request, app) = Input::Json(input).read::<GetWorkspace>()?;
/// let http = request.to_http_in(&BASE_URL.parse()?, &app)?;
/// assert_eq!(http.uri().path(), "/api/v1/workspaces/w%201");
/// assert_eq!(http.headers()["x-openrouter-title"], "App");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub enum Input {
    /// `{"path": {…}, "query": {…}, "headers": {…}, "body": …}`, each by the names on the wire. What is left out is unset,
    /// and so is a parameter that is `null`.
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
    /// Reads it as a request, and what the request shares with others.
    ///
    /// # Errors
    ///
    /// Fails if a name is not one of the operation's, or a value not of the declared type.
    pub fn read<R>(&self) -> Result<(R, R::Group), InputError>
    where
        R: ApiRequest<Group: Shared> + DeserializeOwned,
    {
        let operation = R::OPERATION;
        let fields = match self {
            Self::Json(input) => fields(operation, input)?,
            Self::Arguments(arguments) => {
                let mut names = arguments.iter().map(|(name, _)| &**name);
                names.try_for_each(|name| check_field(operation, name))?;
                arguments.clone()
            }
        };
        let both = || Ok((read(&fields)?, R::Group::read(&fields)?));
        both().map_err(|error: Error| fail(operation, error))
    }

    /// Fails if a member of the body is not in the request that was built of it.
    pub(crate) fn check_sent<R: FromInput>(
        &self,
        request: &R,
        built: &http::Request<Body>,
        rebuild: Build<'_, R>,
    ) -> Result<(), InputError> {
        sent::check(self, request, built, rebuild)
    }

    /// The body as JSON, `null` where there is none.
    fn body(&self, operation: &Operation) -> Value {
        let arguments = match self {
            Self::Json(input) => return input["body"].clone(),
            Self::Arguments(arguments) => arguments.iter(),
        };
        let mut members = arguments
            .filter(|(name, argument)| !is_param(operation, name) && !argument.is_unset())
            .map(|(name, argument)| (name.clone(), argument.clone().into_json()));
        match operation.content().and_then(Content::field) {
            Some(_) => members.next().map(|(_, body)| body).unwrap_or_default(),
            None => members.collect::<Map<_, _>>().into(),
        }
    }

    /// The same with another body.
    fn with_body(&self, operation: &Operation, body: Value) -> Self {
        let arguments = match self {
            Self::Json(input) => {
                let mut input = input.clone();
                input["body"] = body;
                return Self::Json(input);
            }
            Self::Arguments(arguments) => arguments.iter().cloned(),
        };
        let mut members = match operation.content().and_then(Content::field) {
            Some(field) => Map::from_iter([(field.to_owned(), body)]),
            None => body.as_object().cloned().unwrap_or_default(),
        };
        // What is as it was stays as it is written: a text can be one though it looks like a number.
        let mut arguments: Vec<(String, Argument)> = arguments
            .filter(|(name, argument)| {
                let member = || argument.clone().into_json();
                let is_kept = members.get(name).is_some_and(|value| *value == member());
                if is_kept {
                    members.remove(name);
                }
                is_kept || is_param(operation, name)
            })
            .collect();
        let members = members.into_iter();
        arguments.extend(members.map(|(name, value)| (name, Argument::Json(value))));
        Self::Arguments(arguments)
    }
}

fn is_param(operation: &Operation, field: &str) -> bool {
    let mut params = operation.params();
    params.any(|param| param.field() == field)
}

/// Fails unless a name is that of a field, as [`Input::Arguments`] has it.
fn check_field(operation: &Operation, name: &str) -> Result<(), InputError> {
    let content = operation.content();
    let members = content.into_iter().flat_map(Content::members);
    let members = members.map(Param::name);
    if content.and_then(Content::field) == Some(name)
        || is_param(operation, name)
        || members.clone().any(|member| member == name)
    {
        return Ok(());
    }
    Err(sent::unknown(operation, name, meant(name, members)))
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
            let params = operation.params();
            let params = params.filter(|param| param.location() == location);
            let Some(param) = params.clone().find(|param| is_it(param.name())) else {
                let known = params.map(Param::name);
                return Err(fail(operation, no_param(name, place, meant(name, known))));
            };
            if !value.is_null() {
                fields.push((param.field().to_owned(), Argument::Json(value.clone())));
            }
        }
    }
    Ok(fields)
}

fn no_param(name: &str, place: &str, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("there is no `{name}` in `{place}`: write `{meant}`"),
        None => format!("there is no `{name}` in `{place}`"),
    }
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
        let names = content.members().map(Param::name);
        if !names.clone().any(|member| member == name) {
            return Err(sent::unknown(operation, name, meant(name, names)));
        }
        // What a field of the body is called in Rust does not matter to serde.
        fields.push((name.clone(), Argument::Json(value.clone())));
    }
    Ok(())
}
