//! The trait of requests that declare events.

use http::Request;

use super::{
    response,
    stream::{EventItem, OpenEvents},
};
use crate::{
    ApiRequest, BaseUrl, Body, EncodeError, ErrorFormat,
    encoder::{Ask, Encoder, encode_http},
};

/// A request whose response can be a stream of server-sent events: one that declares `events = T`.
///
/// ```
/// use api_request::{ApiRequest, BaseUrl, EventRequest};
///
/// #[derive(serde::Deserialize)]
/// struct Delta {
///     text: String,
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = POST, path = "/chat", fields = json, response(text))]
/// #[api(events(item = Delta, flag = "stream", done = "[DONE]"))]
/// struct Chat {
///     prompt: &'static str,
/// }
///
/// let base: BaseUrl = "https://api.example.com".parse()?;
/// let chat = Chat { prompt: "hello" };
/// assert_eq!(chat.to_http(&base)?.body().as_bytes().unwrap(), r#"{"prompt":"hello"}"#);
///
/// let http = chat.events_to_http(&base)?;
/// assert_eq!(http.headers()["accept"], "text/event-stream");
/// assert_eq!(http.body().as_bytes().unwrap(), r#"{"prompt":"hello","stream":true}"#);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` declares no events",
    label = "cannot be asked for events",
    note = "add `events = T` to the `#[api(…)]` of the struct, where `T` is the type that the data of an event is decoded as"
)]
pub trait EventRequest: ApiRequest {
    /// The type that the data of an event is decoded as, from JSON.
    type Event: EventItem;

    /// Builds the HTTP request that asks for events: [`to_http`](ApiRequest::to_http) with `Accept: text/event-stream`,
    /// unless the request declares that header, and with the declared flag in the body.
    ///
    /// # Errors
    ///
    /// As [`to_http`](ApiRequest::to_http); and if the body has the flag's member with another value than `true`, or is
    /// not a JSON object.
    fn events_to_http(&self, base: &BaseUrl) -> Result<Request<Body>, EncodeError> {
        let values = |encoder: &mut Encoder<'_>| self.encode(encoder);
        encode_http(Self::OPERATION, Ask::events(Self::OPERATION), base, &values)
    }

    /// Decodes a response that any HTTP stack is receiving, its body decompressed, as events.
    ///
    /// ```
    /// use api_request::{ApiRequest, EventRequest};
    /// use futures_util::TryStreamExt;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/ticks", events = u64)]
    /// struct Ticks;
    ///
    /// # futures_util::FutureExt::now_or_never(async {
    /// let response = http::Response::builder()
    ///     .header("content-type", "text/event-stream")
    ///     .body("data: 17\n\n".into())?;
    /// let mut ticks = Ticks::decode_events(response).await?;
    /// assert_eq!(ticks.try_next().await?, Some(17));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap().unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// Resolves to an [`Error`](crate::Error) with status, headers and the start of the body for a non-2xx status, and
    /// if the response is not an event stream.
    fn decode_events(response: http::Response<Body>) -> OpenEvents<Self::Event, Self::Error>
    where
        Self: Sized,
    {
        let errors = &<Self::Error as ErrorFormat>::RULES;
        let response = response::receive(Self::OPERATION, errors, response);
        OpenEvents::new(Self::OPERATION, Box::pin(response))
    }
}
