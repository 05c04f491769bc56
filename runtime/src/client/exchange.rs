//! One call, from the encoded request to an answer in memory.

use std::{pin::Pin, sync::Arc, time::Duration};

use bytes::Bytes;
use http::{Response, response};

use super::{
    Inner,
    credentials::Credentials,
    progress::Progress,
    receive::{self, Cut},
    redirect::{self, MAX_HOPS, Sent},
    timer::Timer,
    transport,
};
use crate::{
    Body,
    encoder::Encoded,
    error::{Failure, Kind, Report, envelope},
    operation::Operation,
    response::{Answer, ByteStream, Read, Received},
};
#[cfg(feature = "events")]
use crate::{
    Secret,
    events::EventDecoder,
    response::{Source, is_event_stream},
};

/// A request that is ready, and what its call asks for.
pub(super) struct Prepared {
    pub(super) request: Encoded,
    pub(super) operation: &'static Operation,
    pub(super) read: Read,
    /// The member that makes an error of a 2xx answer.
    pub(super) envelope: Option<&'static str>,
    pub(super) timeout: Option<Duration>,
    /// The call's own, which the request already has.
    pub(super) credentials: Credentials,
}

/// A call under way.
pub(super) type Exchanging = Pin<Box<dyn Future<Output = Result<Answer, Failure>> + Send>>;

/// The state of a call.
struct Exchange<'a> {
    client: &'a Inner,
    credentials: Credentials,
    operation: &'static Operation,
    read: Read,
    envelope: Option<&'static str>,
    timer: Timer,
    attempts: u32,
}

/// Sends a request, follows redirects, and takes in as much of the answer as its format asks for.
pub(super) fn execute(client: Arc<Inner>, prepared: Prepared) -> Exchanging {
    Box::pin(async move {
        let Prepared {
            request,
            operation,
            read,
            envelope,
            timeout,
            credentials,
        } = prepared;
        let mut exchange = Exchange {
            client: &client,
            credentials,
            operation,
            read,
            envelope,
            timer: Timer::start(&client, timeout),
            attempts: 0,
        };
        exchange.attempt(request).await
    })
}

impl Exchange<'_> {
    /// Sends the request once, and again to wherever the answer points.
    async fn attempt(&mut self, mut request: Encoded) -> Result<Answer, Failure> {
        self.attempts += 1;
        let mut hops = 0;
        loop {
            let sent = Sent::of(&request);
            let (head, body) = self.send(request).await?.into_parts();
            let Some(location) = redirect::location(&head) else {
                return self.receive(head, body, &sent).await;
            };
            let next = if hops == MAX_HOPS {
                Err(format!("there were {MAX_HOPS} before it"))
            } else {
                sent.follow(&self.client.base, head.status, location)
            };
            request = match next {
                Ok(next) => next,
                Err(reason) => return Err(self.answered(Kind::Redirect(reason), head, None)),
            };
            // A redirect leaves them out.
            for credentials in self.credentials() {
                credentials.add_to_query(&mut request.target);
            }
            receive::drain(body, self.client.limits.body, &self.timer).await;
            hops += 1;
        }
    }

    /// The credentials that go along.
    fn credentials(&self) -> impl Iterator<Item = &Credentials> {
        let client = self.client.credentials_for(self.operation);
        [Some(&self.credentials), client].into_iter().flatten()
    }

    async fn send(&self, mut request: Encoded) -> Result<Response<Body>, Failure> {
        let progress = Progress::of(&mut request.body);
        let moves = || progress.as_ref().is_some_and(Progress::take);
        let base = &self.client.base;
        let response = self.client.transport.send(request, base, progress.clone());
        let response = response.map_err(|reason| self.report(Kind::Unsendable(reason)))?;
        match self.timer.wait_while(moves, response).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => {
                let (kind, source) = transport::classify(error, self.client.base.origin());
                let mut report = self.report(kind);
                report.source = source;
                Err(report)
            }
            Err(wait) => Err(self.report(Kind::Timeout(wait))),
        }
    }

    async fn receive(
        &self,
        head: response::Parts,
        body: Body,
        sent: &Sent,
    ) -> Result<Answer, Failure> {
        let limits = self.client.limits;
        if !head.status.is_success() {
            // Whatever happens to the body, the status is the news.
            let (bytes, _) = receive::some(body, limits.error_body, &self.timer).await;
            return Err(self.error(head, bytes, sent));
        }
        let is_error = |bytes: &Bytes| {
            self.envelope
                .is_some_and(|name| envelope::is_in(bytes, name))
        };
        let body = match self.read {
            Read::Buffered => match receive::all(body, limits.body, &self.timer).await {
                Ok(bytes) if is_error(&bytes) => return Err(self.error(head, bytes, sent)),
                Ok(bytes) => Received::Buffered(bytes),
                Err(cut) => return Err(self.cut(cut, head)),
            },
            Read::Streamed => {
                let stream = ByteStream::new(body, self.operation, &head);
                Received::Streamed(stream.sent(self.attempts, self.client.read_timeout))
            }
            // It may be an error, so it is not quite unwanted.
            Read::Discarded if self.envelope.is_some() => {
                match receive::all(body, limits.error_body, &self.timer).await {
                    Ok(bytes) if is_error(&bytes) => return Err(self.error(head, bytes, sent)),
                    Ok(_) | Err(Cut::TooLarge) => Received::Discarded,
                    Err(cut) => return Err(self.cut(cut, head)),
                }
            }
            Read::Discarded => {
                receive::drain(body, limits.body, &self.timer).await;
                Received::Discarded
            }
            #[cfg(feature = "events")]
            Read::Events => Received::Events(Source {
                body: if is_event_stream(&head) {
                    let stream = ByteStream::new(body, self.operation, &head);
                    Ok(stream.sent(self.attempts, self.client.read_timeout))
                } else {
                    Err(receive::some(body, limits.error_body, &self.timer).await.0)
                },
                decoder: EventDecoder::with_limit(limits.event),
                secrets: self.secrets(sent).map(Secret::from).collect(),
            }),
        };
        Ok(Answer {
            head,
            body,
            attempts: self.attempts,
        })
    }

    /// What the API answered instead of what was asked for.
    fn error(&self, head: response::Parts, body: Bytes, sent: &Sent) -> Failure {
        let secrets: Vec<&str> = self.secrets(sent).collect();
        let report = Report::of_status(self.operation.name, head, body, self.envelope, &secrets);
        Box::new(report.attempts(self.attempts))
    }

    /// What let the client in, which no message may repeat.
    fn secrets<'s>(&'s self, sent: &'s Sent) -> impl Iterator<Item = &'s str> {
        let in_query = self.credentials().flat_map(Credentials::in_query);
        sent.secrets().chain(in_query)
    }

    fn cut(&self, cut: Cut, head: response::Parts) -> Failure {
        let (kind, source) = match cut {
            Cut::TooLarge => (Kind::TooLarge(self.client.limits.body), None),
            Cut::Late(wait) => (Kind::Timeout(wait), None),
            Cut::Failed(error) => (Kind::Transport, Some(transport::without_url(error))),
        };
        let mut report = self.answered(kind, head, None);
        report.source = source;
        report
    }

    fn answered(&self, kind: Kind, head: response::Parts, body: Option<Bytes>) -> Failure {
        Box::new(self.report(kind).answered(head, body))
    }

    fn report(&self, kind: Kind) -> Failure {
        Box::new(Report::new(self.operation.name, kind).attempts(self.attempts))
    }
}
