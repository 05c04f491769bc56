//! What can be done with an operation whose type is not known when the program is written: a thin shell of functions
//! around the type, for programs that take the name of an operation and its input from somebody else.

use std::{error, fmt, marker::PhantomData};

use api_request::{
    ApiRequest, Auth, Body, ByteStream, Call, Client, Error, EventRequest, Operation, PageItems,
};
use futures_util::{
    FutureExt, StreamExt, TryFutureExt, TryStreamExt,
    future::{self, BoxFuture},
    stream::{self, BoxStream},
};
use http::{Request, StatusCode};
use serde::Serialize;
use serde_json::Value;

use crate::input::{Expected, FromInput, Input, InputError, expected, secrets};

/// Any operation of the API.
///
/// ```no_run
/// use openrouter::{BASE_URL, any::Answer, input::Input, operation};
/// use serde_json::json;
///
/// # async fn run() -> Result<(), Box<dyn std::error::Error>> {
/// let client = api_request::Client::builder(BASE_URL).bearer("sk-or-v1-0e6f").build()?;
/// let operation = operation("getKey").ok_or("there is no such operation")?;
/// let input = Input::Json(json!({"path": {"hash": "f01d"}}));
/// if let Answer::Json(key) = operation.send(&client, &input).await? {
///     println!("{key}");
/// }
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy)]
pub struct AnyOperation {
    resource: &'static str,
    verb: &'static str,
    operation: &'static Operation,
    build: Build,
    expected: fn(&str) -> Expected,
    secrets: fn(&Input) -> Result<Vec<String>, AnyError>,
    send: fn(&Client, &Input) -> Sending,
    is_raw: bool,
    events: Option<(Build, Receive)>,
    items: Option<Receive>,
}

/// A function that sends, and gives what comes.
type Receive = fn(&Client, &Input) -> Values;

/// A function that builds what would be sent.
type Build = fn(&Client, &Input) -> Result<Request<Body>, AnyError>;

/// An answer that is still to come.
pub type Sending = BoxFuture<'static, Result<Answer, AnyError>>;

/// Values that come one after the other.
pub type Values = BoxStream<'static, Result<Value, AnyError>>;

/// What an operation is answered with.
#[derive(Debug)]
pub enum Answer {
    /// JSON; `null` if there is nothing in the answer.
    Json(Value),
    /// Bytes, as they come.
    Bytes(ByteStream),
}

impl AnyOperation {
    /// One whose answer is JSON.
    pub(crate) const fn new<R>(resource: &'static str, verb: &'static str) -> Self
    where
        R: FromInput + 'static,
    {
        Self {
            resource,
            verb,
            operation: R::OPERATION,
            build: build::<R>,
            expected: expected::<R>,
            secrets: secrets_of::<R>,
            send: send::<R>,
            is_raw: false,
            events: None,
            items: None,
        }
    }

    /// Its answer is bytes.
    pub(crate) const fn raw<R>(mut self, _: PhantomData<R>) -> Self
    where
        R: ApiRequest<Response = ByteStream> + FromInput + 'static,
    {
        self.send = send_for_bytes::<R>;
        self.is_raw = true;
        self
    }

    /// It can be asked for events.
    pub(crate) const fn streamed<R>(mut self, _: PhantomData<R>) -> Self
    where
        R: EventRequest + FromInput + 'static,
    {
        self.events = Some((build_events::<R>, events::<R>));
        self
    }

    /// Its answer is a page of items.
    pub(crate) const fn paged<R, T>(mut self, _: PhantomData<R>) -> Self
    where
        R: PageItems<T> + FromInput + Send + Sync + Unpin + 'static,
        T: Serialize + Send + Unpin + 'static,
    {
        self.items = Some(items::<R, T>);
        self
    }

    /// What it is about, as the command line has it: `keys`.
    #[must_use]
    pub const fn resource(&self) -> &'static str {
        self.resource
    }

    /// What it does, as the command line has it: `get-current`.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        self.verb
    }

    /// What is declared.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Whether it can be asked for events.
    #[must_use]
    pub const fn has_events(&self) -> bool {
        self.events.is_some()
    }

    /// Whether its answer is bytes.
    #[must_use]
    pub const fn is_raw(&self) -> bool {
        self.is_raw
    }

    /// Whether its answer is a page of items.
    #[must_use]
    pub const fn has_items(&self) -> bool {
        self.items.is_some()
    }

    /// Whether the API refuses it without a key.
    #[must_use]
    pub fn needs_key(&self) -> bool {
        // It gives keys to those who have none.
        let gives_key = self.operation.name() == "exchangeAuthCodeForAPIKey";
        self.operation.auth() != Auth::None && !gives_key
    }

    /// What a field of [`Input::Arguments`] can be.
    #[must_use]
    pub fn expected(&self, field: &str) -> Expected {
        (self.expected)(field)
    }

    /// The JSON pointers of the secrets in a body that is JSON, such as `/key`; of members that it does not have, too.
    ///
    /// # Errors
    ///
    /// Fails if the input is not a request of this operation.
    pub fn secrets(&self, input: &Input) -> Result<Vec<String>, AnyError> {
        (self.secrets)(input)
    }

    /// Builds what [`send`](Self::send) would send.
    ///
    /// # Errors
    ///
    /// Fails if the input is no request of this operation, if that cannot be encoded, and if a member of a JSON body would
    /// not be sent, because it is not declared.
    pub fn build(&self, client: &Client, input: &Input) -> Result<Request<Body>, AnyError> {
        (self.build)(client, input)
    }

    /// Builds what [`events`](Self::events) would send.
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build), and if it has no events.
    pub fn build_events(&self, client: &Client, input: &Input) -> Result<Request<Body>, AnyError> {
        match self.events {
            Some((build, _)) => build(client, input),
            None => Err(self.has_no("events")),
        }
    }

    /// Sends it.
    ///
    /// The future fails if the request cannot be built, as [`build`](Self::build) says, and as
    /// [`Call::send`](api_request::Call::send) does.
    #[must_use]
    pub fn send(&self, client: &Client, input: &Input) -> Sending {
        (self.send)(client, input)
    }

    /// Sends it, and asks for events.
    ///
    /// An error is the last thing in the stream: that of [`build_events`](Self::build_events), or of
    /// [`Call::events`](api_request::Call::events).
    #[must_use]
    pub fn events(&self, client: &Client, input: &Input) -> Values {
        match self.events {
            Some((_, events)) => events(client, input),
            None => failed(self.has_no("events")),
        }
    }

    /// Sends it for one page after the other, and gives their items.
    ///
    /// An error is the last thing in the stream: that of [`build`](Self::build), that it has no pages, or that of
    /// [`Call::items`](api_request::Call::items).
    #[must_use]
    pub fn items(&self, client: &Client, input: &Input) -> Values {
        match self.items {
            Some(items) => items(client, input),
            None => failed(self.has_no("pages")),
        }
    }

    fn has_no(&self, what: &str) -> AnyError {
        AnyError {
            kind: ErrorKind::Input,
            message: format!("`{}` has no {what}", self.operation.name()),
        }
    }
}

/// Why an operation did not come to its end.
#[derive(Debug)]
pub struct AnyError {
    kind: ErrorKind,
    message: String,
}

/// What went wrong, by what can be done about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The input is no request that can be sent; nothing was.
    Input,
    /// The API refused the request, with this status: where the answer is a success, that which the code of the error inside
    /// of it says, if there is one.
    Refused(StatusCode),
    /// The API answered, and not as it is declared.
    Answer,
    /// The answer could not be written to a file.
    Write,
    /// There was no answer, or no end of it.
    NoAnswer,
}

impl AnyError {
    /// What went wrong.
    #[must_use]
    pub const fn kind(&self) -> ErrorKind {
        self.kind
    }
}

impl fmt::Display for AnyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for AnyError {}

impl From<InputError> for AnyError {
    fn from(error: InputError) -> Self {
        Self {
            kind: ErrorKind::Input,
            message: error.to_string(),
        }
    }
}

impl<E> From<Error<E>> for AnyError {
    /// Keeps the sentence, with all its causes.
    fn from(error: Error<E>) -> Self {
        let kind = if error.is_encode() || error.is_config() {
            ErrorKind::Input
        } else if error.is_status()
            && let Some(status) = error.status()
        {
            let inner = error.body().filter(|_| status.is_success());
            ErrorKind::Refused(inner.and_then(|body| code_inside(body)).unwrap_or(status))
        } else if error.is_write() {
            ErrorKind::Write
        } else if error.is_decode()
            || error.is_too_large()
            || error.is_page()
            || error.is_redirect()
        {
            ErrorKind::Answer
        } else {
            ErrorKind::NoAnswer
        };
        let mut message = error.to_string();
        let mut cause = cause_of(&error);
        while let Some(error) = cause {
            message.push_str(": ");
            message.push_str(&error.to_string());
            cause = error.source();
        }
        Self { kind, message }
    }
}

/// The status that an error inside of an answer or an event has as its code.
fn code_inside(body: &[u8]) -> Option<StatusCode> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let code = body["error"]["code"].as_u64()?;
    StatusCode::from_u16(u16::try_from(code).ok()?).ok()
}

fn cause_of<E>(error: &Error<E>) -> Option<&(dyn error::Error + 'static)> {
    error::Error::source(error)
}

/// A request, what it shares with others, and what is to be sent.
type Read<R> = (R, <R as ApiRequest>::Group, Request<Body>);

/// The call of a request, with what it shares with others.
fn call<'c, R>(client: &'c Client, request: &'c R, group: &R::Group) -> Call<'c, R>
where
    R: FromInput,
{
    client.call(request).group(group.clone())
}

/// Reads the request, and builds what is to be sent, with all of the input in it.
fn read<R>(client: &Client, input: &Input) -> Result<Read<R>, AnyError>
where
    R: FromInput,
{
    let (request, group) = input.read::<R>()?;
    let http = call(client, &request, &group).build()?;
    input.check_sent(&request, &http, &|request| {
        call(client, request, &group).build().ok()
    })?;
    Ok((request, group, http))
}

/// The same where events are asked for.
fn read_for_events<R>(client: &Client, input: &Input) -> Result<Read<R>, AnyError>
where
    R: EventRequest + FromInput,
{
    let (request, group) = input.read::<R>()?;
    let http = call(client, &request, &group).build_events()?;
    input.check_sent(&request, &http, &|request| {
        call(client, request, &group).build_events().ok()
    })?;
    Ok((request, group, http))
}

fn secrets_of<R: FromInput>(input: &Input) -> Result<Vec<String>, AnyError> {
    let (request, _) = input.read::<R>()?;
    Ok(secrets(input, &request))
}

fn build<R>(client: &Client, input: &Input) -> Result<Request<Body>, AnyError>
where
    R: FromInput,
{
    read::<R>(client, input).map(|(.., http)| http)
}

fn send<R>(client: &Client, input: &Input) -> Sending
where
    R: FromInput + 'static,
{
    match read::<R>(client, input) {
        Ok((request, group, _)) => {
            let sending = call(client, &request, &group).send_as();
            sending
                .map(|answer| Ok(Answer::Json(answer.map(Option::unwrap_or_default)?)))
                .boxed()
        }
        Err(error) => future::ready(Err(error)).boxed(),
    }
}

fn send_for_bytes<R>(client: &Client, input: &Input) -> Sending
where
    R: ApiRequest<Response = ByteStream> + FromInput + 'static,
{
    match read::<R>(client, input) {
        Ok((request, group, _)) => {
            let sending = call(client, &request, &group).send();
            sending.map(|answer| Ok(Answer::Bytes(answer?))).boxed()
        }
        Err(error) => future::ready(Err(error)).boxed(),
    }
}

fn build_events<R>(client: &Client, input: &Input) -> Result<Request<Body>, AnyError>
where
    R: EventRequest + FromInput,
{
    read_for_events::<R>(client, input).map(|(.., http)| http)
}

fn events<R>(client: &Client, input: &Input) -> Values
where
    R: EventRequest + FromInput + 'static,
{
    match read_for_events::<R>(client, input) {
        Ok((request, group, _)) => {
            let opening = call(client, &request, &group).events_as::<Value>();
            opening.try_flatten_stream().err_into().boxed()
        }
        Err(error) => failed(error),
    }
}

fn items<R, T>(client: &Client, input: &Input) -> Values
where
    R: PageItems<T> + FromInput + Send + Sync + Unpin + 'static,
    T: Serialize + Send + Unpin + 'static,
{
    match read::<R>(client, input) {
        Ok((request, group, _)) => {
            let items = call(client, &request, &group).items::<T>();
            items.map(|item| to_json(&item?)).boxed()
        }
        Err(error) => failed(error),
    }
}

fn to_json(item: &impl Serialize) -> Result<Value, AnyError> {
    serde_json::to_value(item).map_err(|error| AnyError {
        kind: ErrorKind::Answer,
        message: error.to_string(),
    })
}

fn failed(error: AnyError) -> Values {
    stream::iter([Err(error)]).boxed()
}
