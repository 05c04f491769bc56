//! The events of an answer.
//!
//! [`Events`] decides, whatever the items are, where the stream ends and which events are errors. Invariant: after an
//! error nothing more comes, and the connection is closed.

use std::{
    future::poll_fn,
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use http::{StatusCode, header, response};

use super::{Answer, ByteStream, Received, format::Undecodable};
use crate::{
    Body, Secret,
    error::{Failure, Kind, Report, envelope::Envelope},
    events::{Event, EventDecoder},
    operation::Operation,
    trace::CallSpan,
};

/// What is kept of an answer that is no event stream, where no client says so.
const ERROR_BODY: usize = 64 * 1024;

/// The body of an answer in which events are expected.
#[doc(hidden)]
#[derive(Debug)]
pub struct Source {
    /// What is kept of a body that is no event stream.
    pub(crate) body: Result<ByteStream, Bytes>,
    pub(crate) decoder: EventDecoder,
    /// What no message may repeat.
    pub(crate) secrets: Vec<Secret<String>>,
}

impl Source {
    pub(super) fn new(body: Result<ByteStream, Bytes>) -> Self {
        Self {
            body,
            decoder: EventDecoder::default(),
            secrets: Vec::new(),
        }
    }
}

/// Whether events can be read from an answer with a 2xx status: it is an event stream, or has no content.
pub(crate) fn is_event_stream(head: &response::Parts) -> bool {
    let media_type = media_type(head).map(|value| value.split(';').next().unwrap_or_default());
    head.status == StatusCode::NO_CONTENT
        || media_type.is_some_and(|value| value.trim().eq_ignore_ascii_case("text/event-stream"))
}

fn media_type(head: &response::Parts) -> Option<&str> {
    head.headers.get(header::CONTENT_TYPE)?.to_str().ok()
}

/// Takes in as much of an answer that somebody else receives as comes before the events.
pub(crate) async fn receive_events(
    operation: &'static Operation,
    envelope: Option<&'static str>,
    response: http::Response<Body>,
) -> Result<Answer, Failure> {
    let (head, body) = response.into_parts();
    let stream = ByteStream::new(body, operation, &head);
    if !head.status.is_success() {
        let report = Report::of_status(operation.name, head, some(stream).await, envelope, &[]);
        return Err(Box::new(report));
    }
    let body = if is_event_stream(&head) {
        Ok(stream)
    } else {
        Err(some(stream).await)
    };
    Ok(Answer {
        head,
        body: Received::Events(Source::new(body)),
        attempts: 0,
        hint: None,
        span: CallSpan::default(),
        #[cfg(feature = "client")]
        target: Bytes::new(),
    })
}

/// What is kept of a body that tells what went wrong.
async fn some(mut stream: ByteStream) -> Bytes {
    let mut kept = BytesMut::new();
    while let Some(Ok(piece)) = poll_fn(|context| stream.poll_piece(context)).await {
        let length = piece.len().min(ERROR_BODY - kept.len());
        kept.extend_from_slice(&piece[..length]);
        if kept.len() == ERROR_BODY {
            break;
        }
    }
    kept.freeze()
}

/// The events of a stream, and where it is.
pub(super) struct Events {
    pub(super) body: ByteStream,
    decoder: EventDecoder,
    state: State,
    done: Option<&'static str>,
    envelope: Option<&'static str>,
    errors: Envelope,
    secrets: Vec<Secret<String>>,
    pub(super) last_event_id: String,
}

enum State {
    Open,
    /// The sentinel has come.
    Done,
    Ended,
}

impl Events {
    pub(super) fn open(
        operation: &'static Operation,
        envelope: Option<&'static str>,
        answer: Answer,
    ) -> Result<Self, Failure> {
        let Answer {
            head,
            body,
            attempts,
            hint: _,
            span,
            ..
        } = answer;
        let source = match body {
            Received::Events(source) => source,
            body => Source::new(Err(body.into_bytes())),
        };
        let errors = Envelope::of_events(envelope);
        let body = match source.body {
            Ok(body) => body,
            Err(body) => {
                let report = refuse(
                    operation.name,
                    envelope,
                    &errors,
                    head,
                    body,
                    &source.secrets,
                );
                span.failed(&report);
                return Err(Box::new(report.attempts(attempts)));
            }
        };
        Ok(Self {
            body,
            decoder: source.decoder,
            state: match head.status {
                StatusCode::NO_CONTENT => State::Ended,
                _ => State::Open,
            },
            done: operation.events.and_then(|events| events.done()),
            envelope,
            errors,
            secrets: source.secrets,
            last_event_id: String::new(),
        })
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    pub(super) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Event, Failure>>> {
        loop {
            match self.state {
                State::Open => {}
                State::Done => {
                    ready!(self.body.poll_close(context));
                    self.close();
                    return Poll::Ready(None);
                }
                State::Ended => return Poll::Ready(None),
            }
            match self.decoder.next_event() {
                Some(Ok(event)) if self.done.is_some_and(|done| event.data == done) => {
                    self.state = State::Done;
                }
                Some(Ok(event)) => return Poll::Ready(Some(self.check(event))),
                Some(Err(error)) => {
                    let kind = Kind::EventTooLarge(error);
                    return Poll::Ready(Some(Err(self.fail(kind, None))));
                }
                None => match ready!(self.body.poll_piece(context)) {
                    Some(Ok(bytes)) => self.decoder.feed(&bytes),
                    Some(Err(failure)) => {
                        self.close();
                        return Poll::Ready(Some(Err(failure)));
                    }
                    None => return Poll::Ready(self.end().map(Err)),
                },
            }
        }
    }

    /// The body is at its end: the stream too, unless something is missing.
    fn end(&mut self) -> Option<Failure> {
        let is_cut = self.decoder.finish();
        self.state = State::Ended;
        let how = match self.done {
            Some(done) => format!("the last event, `{done}`, has not come"),
            None if is_cut => "an event is not complete".to_owned(),
            None => return None,
        };
        Some(self.fail(Kind::Truncated(how), None))
    }

    fn check(&mut self, event: Event) -> Result<Event, Failure> {
        if self.last_event_id != event.id {
            self.last_event_id.clone_from(&event.id);
        }
        if event.event != "error" && !self.errors.is_in(event.data.as_bytes()) {
            return Ok(event);
        }
        let context = &self.body.context;
        let (operation, head) = (context.operation, context.head());
        let report = api_error(
            operation,
            self.envelope,
            head,
            event.data.into(),
            &self.secrets,
        );
        let report = report.attempts(context.attempts);
        self.close();
        Err(Box::new(report))
    }

    pub(super) fn undecodable(&mut self, event: Event, error: Undecodable) -> Failure {
        let Undecodable {
            path,
            message,
            source,
        } = error;
        let mut report = self.fail(Kind::Decode { path, message }, Some(event.data.into()));
        report.source = source;
        report
    }

    fn fail(&mut self, kind: Kind, data: Option<Bytes>) -> Failure {
        let mut report = self.body.fail(kind, None);
        if let Some(answer) = &mut report.answer {
            answer.body = data;
        }
        self.close();
        report
    }

    /// Lets go of the connection and of what is left.
    fn close(&mut self) {
        self.body.close();
        self.decoder.finish();
        self.state = State::Ended;
    }
}

/// The report of an answer that is no event stream.
fn refuse(
    operation: &'static str,
    envelope: Option<&'static str>,
    errors: &Envelope,
    head: response::Parts,
    body: Bytes,
    secrets: &[Secret<String>],
) -> Report {
    if errors.is_in(&body) {
        return api_error(operation, envelope, head, body, secrets);
    }
    let message = match media_type(&head) {
        Some(media_type) => format!("it is `{media_type}`, not an event stream"),
        None => "it has no media type, so it is no event stream".to_owned(),
    };
    let path = None;
    Report::new(operation, Kind::Decode { path, message }).answered(head, Some(body))
}

/// The report of an error inside a 2xx.
fn api_error(
    operation: &'static str,
    envelope: Option<&'static str>,
    head: response::Parts,
    body: Bytes,
    secrets: &[Secret<String>],
) -> Report {
    let secrets: Vec<&str> = secrets.iter().map(|secret| &**secret.expose()).collect();
    Report::of_status(operation, head, body, envelope, &secrets)
}
