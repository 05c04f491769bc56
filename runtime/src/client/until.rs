//! Calls that are repeated until the response says that a job is done.

use std::{fmt, time::Duration};

use http::HeaderMap;
use tokio::time::{Instant, sleep};

use super::{
    call::{Call, expected},
    execute::{execute, unsendable},
    resend::Resendable,
};
use crate::{
    ApiRequest, Error, Phase, Response,
    encoder::Encoded,
    error::{ErrorKind, Failure, Report, Wait, retry_delay},
    response::{self, RawResponse},
};

const FIRST_DELAY: Duration = Duration::from_secs(1);
const LONGEST_DELAY: Duration = Duration::from_secs(10);

impl<'a, R: ApiRequest> Call<'a, R> {
    /// Sends the request again and again until the response satisfies `is_done`, as for a job that the API works on.
    ///
    /// The delay before the next request is the `Retry-After` of the response, or else 1 second, growing by half up to
    /// 10 seconds. The [timeout](Self::timeout) is for all of it: where the next request would be later, the call ends
    /// with a timeout. Without a timeout the call may never end. Each request is retried as a call of its own, and an
    /// error that is left ends the call.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// use api_request::{
    ///     ApiRequest, Client,
    ///     testing::{Script, ScriptedResponse},
    /// };
    /// use serde::Deserialize;
    /// # use serde_json::json;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/videos/{id}", response = Video)]
    /// struct GetVideo {
    ///     id: u64,
    /// }
    ///
    /// #[derive(Deserialize)]
    /// struct Video {
    ///     done: bool,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
    /// let api = Script::new()
    ///     .then(ScriptedResponse::new(200).header("retry-after", "0").json(&json!({"done": false})))
    ///     .then(ScriptedResponse::new(200).json(&json!({"done": true})));
    /// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
    /// let request = GetVideo { id: 7 };
    /// let call = client.call(&request).timeout(Duration::from_secs(600));
    /// let video = call.until(|video| video.done).send().await?;
    /// assert!(video.done);
    /// # Ok::<(), api_request::Error>(())
    /// # })?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn until<F>(self, is_done: F) -> Until<'a, R, F>
    where
        F: FnMut(&R::Response) -> bool,
    {
        Until {
            call: self,
            is_done,
        }
    }
}

/// A call that is repeated until its response satisfies a condition: made by [`Call::until`].
#[must_use = "a call does nothing until it is sent"]
pub struct Until<'a, R, F> {
    call: Call<'a, R>,
    is_done: F,
}

impl<R, F> Until<'_, R, F>
where
    R: ApiRequest,
    F: FnMut(&R::Response) -> bool + Send,
{
    /// Sends the request until the response satisfies the condition, and returns that response.
    ///
    /// The request is encoded at once, so the future does not borrow it; nothing is sent before the future is polled.
    ///
    /// ```no_run
    /// # use api_request::{ApiRequest, Client};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/jobs/{id}/state", response(text))]
    /// # struct GetState {
    /// #     id: u64,
    /// # }
    /// # async fn run(client: Client) -> Result<(), api_request::Error> {
    /// client.call(&GetState { id: 7 }).until(|state| state == "done").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Call::send`]. A body that can be sent only once is an error, because the request is sent again.
    pub fn send(
        self,
    ) -> impl Future<Output = Result<R::Response, Error<R::Error>>> + Send + use<R, F> {
        let response = self.send_full();
        async move { Ok(response.await?.body) }
    }

    /// Sends the request until the response satisfies the condition, and returns that response with its status and
    /// headers.
    ///
    /// ```no_run
    /// # use api_request::{ApiRequest, Client};
    /// # #[derive(ApiRequest)]
    /// # #[api(method = GET, path = "/jobs/{id}/state", response(text))]
    /// # struct GetState {
    /// #     id: u64,
    /// # }
    /// # async fn run(client: Client) -> Result<(), api_request::Error> {
    /// let until = client.call(&GetState { id: 7 }).until(|state| state == "done");
    /// println!("{:?}", until.send_full().await?.headers);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`send`](Self::send).
    pub fn send_full(
        self,
    ) -> impl Future<Output = Result<Response<R::Response>, Error<R::Error>>> + Send + use<R, F>
    {
        let Self { call, mut is_done } = self;
        let request = call.encode_declared(Call::<R>::RESPONSE);
        let client = call.client.clone();
        let mut settings = call.settings;
        let mut clock = Clock::start(settings.timeout.or(client.0.timeout));
        async move {
            let mut request = repeatable::<R>(request?)?;
            loop {
                settings.timeout = clock.left();
                let expected = expected::<R>(R::FORMAT.claims);
                let response = execute(&client, settings.clone(), request.share(), expected).await;
                let delay = match asked::<R>(response, &mut clock, &mut is_done) {
                    Asked::Ended(result) => return result,
                    Asked::Again(delay) => delay,
                };
                settings.is_answered = true;
                sleep(delay).await;
            }
        }
    }
}

/// What became of one request.
enum Asked<T, E> {
    Ended(Result<Response<T>, Error<E>>),
    Again(Duration),
}

/// Decodes a response and decides whether there is another request. Not part of the future, in which a response would have
/// to be `Send`.
fn asked<R: ApiRequest>(
    response: Result<RawResponse, Failure>,
    clock: &mut Clock,
    is_done: &mut impl FnMut(&R::Response) -> bool,
) -> Asked<R::Response, R::Error> {
    match response::decode(R::OPERATION, &R::FORMAT, response) {
        Ok(response) if !is_done(&response.body) => match clock.next(&response.headers) {
            Ok(delay) => Asked::Again(delay),
            Err(limit) => {
                let kind = ErrorKind::Timeout(Wait::Total(limit));
                let mut report = Report::new(R::OPERATION.name, kind).attempts(response.attempts);
                report.reached = Phase::Answered;
                Asked::Ended(Err(Error::from_failure(Box::new(report))))
            }
        },
        ended => Asked::Ended(ended),
    }
}

/// The delays between requests, and the end of all.
struct Clock {
    delay: Duration,
    /// The timeout, and when it expires.
    end: Option<(Duration, Instant)>,
}

impl Clock {
    fn start(timeout: Option<Duration>) -> Self {
        let end = timeout.and_then(|limit| Some((limit, Instant::now().checked_add(limit)?)));
        Self {
            delay: FIRST_DELAY,
            end,
        }
    }

    fn left(&self) -> Option<Duration> {
        let (_, end) = self.end?;
        Some(end.saturating_duration_since(Instant::now()))
    }

    /// Returns the delay before the next request, or the timeout if that would be later.
    fn next(&mut self, headers: &HeaderMap) -> Result<Duration, Duration> {
        let own = self.delay;
        self.delay = (own * 3 / 2).min(LONGEST_DELAY);
        let delay = retry_delay(headers).unwrap_or(own);
        match self.end {
            Some((limit, _)) if self.left().is_some_and(|left| left <= delay) => Err(limit),
            _ => Ok(delay),
        }
    }
}

/// Refuses a request that cannot be sent again.
fn repeatable<R: ApiRequest>(request: Encoded) -> Result<Resendable, Error<R::Error>> {
    if request.body.try_clone().is_none() {
        let reason = "`until` sends the request again, and the body can be sent only once";
        let failure = unsendable(R::OPERATION, reason.to_owned());
        return Err(Error::from_failure(failure));
    }
    Ok(Resendable::new(request))
}

impl<R: ApiRequest, F> fmt::Debug for Until<'_, R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Until")
            .field("call", &self.call)
            .finish_non_exhaustive()
    }
}
