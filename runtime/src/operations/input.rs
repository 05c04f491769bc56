//! What an operation is called with by its name.

use std::{borrow::Cow, fmt};

use serde_json::{Map, Value};

use crate::{
    Error, FromHttp,
    error::{ErrorKind, Report},
    operation::Operation,
    response::Notes,
    server::Given,
};

/// The values of a request, in JSON, by their names on the wire: what
/// [`AnyOperation::send`](crate::AnyOperation::send) takes.
///
/// An input is `{"path": {…}, "query": {…}, "headers": {…}, "cookies": {…}, "body": …}`, of which all may be left out. What
/// is `null` in the first four is left out too. What the operation does not declare is refused.
///
/// - A parameter is a string, a number, `true` or `false`. Lists and objects are encoded in the declared style. The names
///   of a flattened field stand beside the others.
/// - A body of JSON, whole or made of members, is that JSON. A form is an object of its members, a body of lines a list,
///   `body = text` a string, and a body of bytes or a stream a string in base64
///   ([RFC 4648](https://www.rfc-editor.org/rfc/rfc4648#section-4)).
/// - A multipart body is an object of its parts. A part is a string, a number, `true`, `false`, any JSON where the part is
///   declared to be JSON, a file, which is `{"$file": {"filename": "a.png", "bytes_b64": "iVBO", "type": "image/png"}}`,
///   where `type` may be left out, or a list of these.
/// - The values of the group that the operation is in stand beside its own. If there is none of them, they are the client's.
///
/// ```
/// use api_request::{ApiRequest, Client, FromHttp, Input};
/// use serde_json::json;
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = PUT, path = "/keys/{hash}/tags", fields = json)]
/// struct SetTags {
///     hash: String,
///     #[api(query(explode = false))]
///     only: Vec<String>,
///     tags: Vec<String>,
/// }
///
/// api_request::operations! { static OPERATIONS: [SetTags] }
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let client = Client::new("https://api.example.com/v1")?;
/// let input = Input::new(json!({
///     "path": {"hash": "f01d"},
///     "query": {"only": ["a", "b"]},
///     "body": {"tags": ["x"]},
/// }));
/// let http = OPERATIONS[0].build(&client, &input)?;
/// assert_eq!(http.uri(), "https://api.example.com/v1/keys/f01d/tags?only=a,b");
/// assert_eq!(http.body().as_bytes().unwrap(), r#"{"tags":["x"]}"#);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Input(Value);

impl Input {
    /// Takes an input. What is wrong with it is said by what it is given to.
    ///
    /// ```
    /// use api_request::Input;
    ///
    /// let input = Input::new(serde_json::json!({"path": {"hash": "f01d"}}));
    /// ```
    #[must_use]
    pub const fn new(input: Value) -> Self {
        Self(input)
    }

    /// Returns the JSON.
    #[must_use]
    pub const fn json(&self) -> &Value {
        &self.0
    }

    /// Reads it as a request of a type that is known. What [`AnyOperation::build`](crate::AnyOperation::build) refuses
    /// though it can be read, such as a member within a body that is not declared, is ignored.
    ///
    /// ```
    /// use api_request::{ApiRequest, FromHttp, Input};
    ///
    /// #[derive(ApiRequest, FromHttp)]
    /// #[api(method = GET, path = "/keys/{hash}")]
    /// struct GetKey {
    ///     hash: String,
    /// }
    ///
    /// let input = Input::new(serde_json::json!({"path": {"hash": "f01d"}}));
    /// assert_eq!(input.read::<GetKey>()?.hash, "f01d");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if it is not a request of the type.
    pub fn read<R: FromHttp>(&self) -> Result<R, Error> {
        let (request, _) = self.read_in(None)?;
        Ok(request)
    }

    /// The input without what is not declared of a body that members make.
    pub(super) fn declared(&self, operation: &'static Operation) -> Cow<'_, Self> {
        let content = operation.content.filter(|it| it.field().is_none());
        let content = content.filter(|it| !it.members.iter().any(|member| member.flatten));
        let members = self.0.get("body").and_then(Value::as_object);
        let (Some(content), Some(members)) = (content, members) else {
            return Cow::Borrowed(self);
        };
        let flag = operation.events.and_then(|events| events.flag());
        let is_declared =
            |name: &str| flag == Some(name) || content.members().any(|it| it.name() == name);
        let members = members.iter().filter(|(name, _)| is_declared(name));
        let members: Map<_, _> = members
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        let mut input = self.clone();
        input.0["body"] = members.into();
        Cow::Owned(input)
    }

    /// Reads it as a request, and the values of its group, if there are any.
    pub(super) fn read_in<R: FromHttp>(
        &self,
        notes: Option<Notes<'_>>,
    ) -> Result<(R, Option<R::Group>), Error> {
        let given = Given::new(R::OPERATION, &self.0);
        let given = given.map_err(|reason| refused(R::OPERATION, reason))?;
        let read = given.noting(notes).read::<R>();
        read.map_err(|it| refused(R::OPERATION, it.to_string()))
    }
}

impl Default for Input {
    /// An input without values.
    fn default() -> Self {
        Self(Map::new().into())
    }
}

impl From<Value> for Input {
    fn from(input: Value) -> Self {
        Self(input)
    }
}

impl fmt::Debug for Input {
    /// Shows no value: there may be secrets among them.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Input").finish_non_exhaustive()
    }
}

/// Says why a request is not sent.
pub(super) fn refused(operation: &'static Operation, reason: impl Into<String>) -> Error {
    let kind = ErrorKind::Unsendable(reason.into());
    Error::from_failure(Box::new(Report::new(operation.name, kind)))
}
