//! What is done with an operation that is called by its name: functions of the type of its request, which is read from the
//! input.

use std::{fmt, marker::PhantomData};

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use super::{
    input::{Input, refused},
    received::{ReceiveAs, Receiving},
    streams::{self, Values},
};
#[cfg(feature = "events")]
use crate::EventRequest;
use crate::{
    BaseUrl, Body, Call, Client, Error, FromHttp, PageItems, Refusal,
    encoder::Ask,
    operation::Operation,
    response::Notes,
    server::{Given, misread, undeclared},
};

type Build = fn(&Client, &Input) -> Result<Request<Body>, Error>;
type NoteNames = fn(&Input, Notes<'_>) -> Result<(), Error>;
type Receive = fn(&Client, &Input) -> Values;

/// The functions of one operation.
#[derive(Debug, Clone, Copy)]
pub struct Calls {
    pub(super) requests: Option<RequestCalls>,
    pub(super) events: Option<EventCalls>,
    pub(super) items: Option<ItemCalls>,
}

impl Calls {
    pub(super) const NONE: Self = Self::new(None, None, None);

    /// These functions.
    #[must_use]
    pub const fn new(
        requests: Option<RequestCalls>,
        events: Option<EventCalls>,
        items: Option<ItemCalls>,
    ) -> Self {
        Self {
            requests,
            events,
            items,
        }
    }
}

/// Those of a request that is read.
#[derive(Debug, Clone, Copy)]
pub struct RequestCalls {
    pub(super) build: Build,
    pub(super) body_names: NoteNames,
    pub(super) to_http: fn(&BaseUrl, &Input) -> Result<Request<Body>, Error>,
    pub(super) send: fn(&Client, &Input) -> Receiving,
    pub(super) is_raw: bool,
}

/// Those of a request that can be sent for events.
#[derive(Debug, Clone, Copy)]
pub struct EventCalls {
    pub(super) build: Build,
    pub(super) receive: Receive,
}

/// Those of a request whose items can be listed.
#[derive(Debug, Clone, Copy)]
pub struct ItemCalls {
    pub(super) receive: Receive,
}

/// Asks a request what can be done with it: the methods of the first traits take precedence over those of the second, as
/// these are of a reference.
pub struct CallProbe<R>(PhantomData<fn() -> R>);

impl<R> CallProbe<R> {
    /// Asks this request.
    pub const NEW: Self = Self(PhantomData);
}

impl<R> fmt::Debug for CallProbe<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("CallProbe")
    }
}

/// The request is read.
pub trait HasRequestCalls {
    /// The functions.
    fn __api_request_calls(&self) -> Option<RequestCalls>;
}

/// It has events.
pub trait HasEventCalls {
    /// The functions.
    fn __api_request_event_calls(&self) -> Option<EventCalls>;
}

/// It has items of a type.
pub trait HasItemCalls<T> {
    /// The functions.
    fn __api_request_item_calls(&self) -> Option<ItemCalls>;
}

/// What holds for every other request.
pub trait HasNoCalls {
    /// There are none.
    fn __api_request_calls(&self) -> Option<RequestCalls> {
        None
    }

    /// There are none.
    fn __api_request_event_calls(&self) -> Option<EventCalls> {
        None
    }

    /// There are none.
    fn __api_request_item_calls(&self) -> Option<ItemCalls> {
        None
    }
}

impl<R> HasNoCalls for &CallProbe<R> {}

impl<R> HasRequestCalls for CallProbe<R>
where
    R: FromHttp<Group: Send + Sync, Kind: ReceiveAs<R>> + 'static,
{
    fn __api_request_calls(&self) -> Option<RequestCalls> {
        Some(RequestCalls {
            build: build::<R>,
            body_names: body_names::<R>,
            to_http: to_http::<R>,
            send: send::<R>,
            is_raw: R::Kind::IS_RAW,
        })
    }
}

#[cfg(feature = "events")]
impl<R> HasEventCalls for CallProbe<R>
where
    R: FromHttp<Group: Send + Sync> + EventRequest + 'static,
{
    fn __api_request_event_calls(&self) -> Option<EventCalls> {
        Some(EventCalls {
            build: build_events::<R>,
            receive: events::<R>,
        })
    }
}

impl<R, T> HasItemCalls<T> for CallProbe<R>
where
    R: FromHttp<Group: Send + Sync, Error: Send> + PageItems<T> + Send + 'static,
    T: serde::Serialize + Send + 'static,
{
    fn __api_request_item_calls(&self) -> Option<ItemCalls> {
        Some(ItemCalls {
            receive: items::<R, T>,
        })
    }
}

/// Reads the request from the input, and gives its call to `then` once nothing of the input is lost on the way.
fn with_call<R, T>(
    client: &Client,
    input: &Input,
    ask: Ask,
    asks_for_events: bool,
    then: impl FnOnce(Call<'_, R>, Request<Body>) -> T,
) -> Result<T, Error>
where
    R: FromHttp<Group: Send + Sync>,
{
    let operation = R::OPERATION;
    let given = Given::new(operation, input.json());
    let given = given.map_err(|reason| refused(operation, reason))?;
    given
        .check_flag(asks_for_events)
        .map_err(|reason| refused(operation, reason))?;
    let read = given.read::<R>();
    let (request, group) = read.map_err(|refusal| unread(operation, &given, &refusal))?;
    let call = call_in(client, &request, group);
    let http = call.again().build_as(ask).map_err(Error::erase)?;
    let reread = |changed: Request<Bytes>| {
        let mut input = input.json().clone();
        input["body"] = serde_json::from_slice(changed.body()).unwrap_or_default();
        let Ok(given) = Given::new(operation, &input) else {
            return Ok(None);
        };
        let (request, group) = given.read::<R>()?;
        Ok(call_in(client, &request, group).build_as(ask).ok())
    };
    let lost = lost(operation, &given.sent(), &http, &reread);
    lost.map_or(Ok(()), |reason| Err(refused(operation, reason)))?;
    Ok(then(call, http))
}

/// Why an input cannot be read, after what of its body is not declared.
fn unread(operation: &'static Operation, given: &Given<'_>, refusal: &Refusal) -> Error {
    let mut reasons = misread(operation, &given.sent(), refusal);
    reasons.push(refusal.to_string());
    refused(operation, reasons.join("; "))
}

fn call_in<'c, R>(client: &'c Client, request: &'c R, group: Option<R::Group>) -> Call<'c, R>
where
    R: FromHttp<Group: Send + Sync>,
{
    let call = client.call(request);
    match group {
        Some(group) => call.group(group),
        None => call,
    }
}

/// What of an input is not in the request that is made of it.
fn lost(
    operation: &'static Operation,
    sent: &Request<Bytes>,
    http: &Request<Body>,
    reread: &dyn Fn(Request<Bytes>) -> Result<Option<Request<Body>>, Refusal>,
) -> Option<String> {
    let undeclared = undeclared(operation, sent, http, reread);
    if !undeclared.is_empty() {
        return Some(undeclared.join("; "));
    }
    let asked = serde_json::from_slice(sent.body()).ok()?;
    let made = serde_json::from_slice(http.body().as_bytes()?).ok()?;
    let path = lost_null(&asked, &made)?;
    Some(format!(
        "the member of the body `{path}` cannot be `null`: leave it out"
    ))
}

/// The path of the first `null` that is not sent.
fn lost_null(asked: &Value, made: &Value) -> Option<String> {
    let join = |name: &str, inner: String| {
        let dot = if inner.is_empty() || inner.starts_with('[') {
            ""
        } else {
            "."
        };
        format!("{name}{dot}{inner}")
    };
    match (asked, made) {
        (Value::Object(asked), Value::Object(made)) => {
            asked
                .iter()
                .find_map(|(name, asked)| match (asked, made.get(name)) {
                    (asked, Some(made)) => Some(join(name, lost_null(asked, made)?)),
                    (Value::Null, None) => Some(name.clone()),
                    _ => None,
                })
        }
        (Value::Array(asked), Value::Array(made)) => {
            let mut items = asked.iter().zip(made).enumerate();
            items.find_map(|(index, (asked, made))| {
                Some(join(&format!("[{index}]"), lost_null(asked, made)?))
            })
        }
        _ => None,
    }
}

fn build<R>(client: &Client, input: &Input) -> Result<Request<Body>, Error>
where
    R: FromHttp<Group: Send + Sync>,
{
    let ask = Call::<R>::RESPONSE;
    with_call::<R, _>(client, input, ask, false, |_, http| http)
}

fn to_http<R: FromHttp>(base: &BaseUrl, input: &Input) -> Result<Request<Body>, Error> {
    let (request, group) = input.declared(R::OPERATION).read_in::<R>(None)?;
    let http = match group {
        Some(group) => request.to_http_in(base, &group),
        None => request.to_http(base),
    };
    Ok(http?)
}

fn body_names<R: FromHttp>(input: &Input, notes: Notes<'_>) -> Result<(), Error> {
    let input = input.declared(R::OPERATION);
    input.read_in::<R>(Some(notes)).map(drop)
}

fn send<R>(client: &Client, input: &Input) -> Receiving
where
    R: FromHttp<Group: Send + Sync, Kind: ReceiveAs<R>>,
{
    let ask = Call::<R>::RESPONSE;
    let receiving = with_call(client, input, ask, false, |call, _| R::Kind::receive(call));
    receiving.unwrap_or_else(|error| Box::pin(async { Err(error) }))
}

#[cfg(feature = "events")]
fn build_events<R>(client: &Client, input: &Input) -> Result<Request<Body>, Error>
where
    R: FromHttp<Group: Send + Sync> + EventRequest,
{
    let ask = Ask::events(R::OPERATION);
    with_call::<R, _>(client, input, ask, true, |_, http| http)
}

#[cfg(feature = "events")]
fn events<R>(client: &Client, input: &Input) -> Values
where
    R: FromHttp<Group: Send + Sync> + EventRequest + 'static,
{
    let ask = Ask::events(R::OPERATION);
    let events = with_call(client, input, ask, true, |call: Call<'_, R>, _| {
        streams::events(call.events_as())
    });
    events.unwrap_or_else(streams::failed)
}

fn items<R, T>(client: &Client, input: &Input) -> Values
where
    R: FromHttp<Group: Send + Sync, Error: Send> + PageItems<T> + Send + 'static,
    T: serde::Serialize + Send + 'static,
{
    let ask = Call::<R>::RESPONSE;
    let items = with_call(client, input, ask, false, |call: Call<'_, R>, _| {
        streams::items(R::OPERATION, call.items())
    });
    items.unwrap_or_else(streams::failed)
}
