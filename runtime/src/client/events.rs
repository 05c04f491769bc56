//! Calls that ask for events.

use std::sync::Arc;

use http::Request;
use serde::de::DeserializeOwned;

use super::{
    call::{Call, expected},
    exchange,
    execute::complete,
};
use crate::{
    ApiRequest, Body, Error, EventRequest, OpenEvents, encoder::Ask, events::resume::Opening,
    response::EVENTS,
};

impl<R: ApiRequest> Call<'_, R> {
    /// Sends the request and asks for the events that it declares; the future resolves with the head of the response.
    ///
    /// [`timeout`](Self::timeout) is up to there. From then on, the client's read timeout is for each piece that comes,
    /// a comment too; the whole has no limit, each event has [`Limits::event`](crate::Limits::event). Dropping the stream
    /// closes the connection.
    ///
    /// Where the request declares `resume`, the stream goes on after a break, as [`EventStream`](crate::EventStream) says.
    ///
    /// The request is encoded at once, so the future does not borrow it; nothing is sent before the future is polled.
    ///
    /// ```
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use futures_util::TryStreamExt;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/ticks", events = u64)]
    /// struct Ticks;
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let response = ScriptedResponse::new(200)
    ///     .header("content-type", "text/event-stream")
    ///     .body("data: 17\n\ndata: 18\n\n");
    /// let api = Script::new().then(response);
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let mut ticks = client.call(&Ticks).events().await?;
    /// assert_eq!(ticks.try_next().await?, Some(17));
    /// assert_eq!(ticks.try_next().await?, Some(18));
    /// assert_eq!(ticks.try_next().await?, None);
    /// # Ok::<(), api_request::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the request cannot be encoded or sent, and if the response has a non-2xx status or is not an event stream.
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    // `T` is only a name for `R::Event`: with it, the compiler reports once, not thrice, that `R` declares no events.
    pub fn events<T>(self) -> OpenEvents<T, R::Error>
    where
        R: EventRequest<Event = T>,
    {
        self.open()
    }

    /// Sends the request and decodes the data of the events as another type than the declared one, as
    /// [`send_as`](Self::send_as) does.
    ///
    /// # Errors
    ///
    /// As [`events`](Self::events).
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn events_as<T>(self) -> OpenEvents<T, R::Error>
    where
        R: EventRequest,
        T: DeserializeOwned,
    {
        self.open()
    }

    fn open<T>(self) -> OpenEvents<T, R::Error> {
        let (operation, ask) = (R::OPERATION, Ask::events(R::OPERATION));
        if operation.events.is_some_and(|events| events.resume()) {
            return OpenEvents::resumable(operation, self.start_resumable(ask));
        }
        OpenEvents::new(operation, self.start(ask, EVENTS))
    }

    fn start_resumable(self, ask: Ask) -> Result<Opening, Error<R::Error>> {
        let request = self.encode_declared(ask)?;
        let expected = expected::<R>(EVENTS);
        let (request, options) =
            complete(self.client, self.settings, request, expected).map_err(Error::from_failure)?;
        let client = Arc::clone(&self.client.0);
        Ok(exchange::execute_resumable(client, request, options))
    }

    /// Builds the request that [`events`](Self::events) would send, as [`build`](Self::build) does for
    /// [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// As [`build`](Self::build).
    #[cfg_attr(docsrs, doc(cfg(feature = "events")))]
    pub fn build_events(self) -> Result<Request<Body>, Error<R::Error>>
    where
        R: EventRequest,
    {
        self.build_as(Ask::events(R::OPERATION))
    }
}
