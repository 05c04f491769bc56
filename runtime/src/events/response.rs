//! The events of a response.
//!
//! [`EventReader`] decides, whatever the items are, where the stream ends and which events are errors. Invariant: after
//! an error nothing more comes, and the connection is closed.

use std::{
    future::poll_fn,
    mem, str,
    task::{Context, Poll, ready},
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use http::StatusCode;

use super::{
    decoder::EventDecoder,
    event::Event,
    resume::{Break, Resume},
};
use crate::{
    Body, ByteStream,
    error::{ErrorKind, Failure, Report, envelope::Envelope, rules::ErrorRules},
    operation::{Events, Operation},
    response::{EVENTS, Expected, Extent, RawResponse, Received, Undecodable, undecoded},
    secrets::Secrets,
};

/// How much is kept of an error's body where no client says so.
const ERROR_BODY: usize = 64 * 1024;

/// The type of the events that are errors.
const ERROR: &str = "error";

/// Takes in as much of a response that another HTTP stack is receiving as comes before the events.
pub(super) async fn receive(
    operation: &'static Operation,
    errors: &'static ErrorRules,
    response: http::Response<Body>,
) -> Result<RawResponse, Failure> {
    let expected = Expected {
        operation,
        claims: EVENTS,
        errors,
    };
    let (head, body) = response.into_parts();
    let stream = ByteStream::new(body, operation, &head);
    let body = match expected.extent(&head) {
        Extent::Stream => stream.into(),
        _ => Received::Buffered(start(stream).await),
    };
    expected.check(head, body, &Secrets::default())
}

/// The start of a body that tells what went wrong.
async fn start(mut stream: ByteStream) -> Bytes {
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

/// The body of a response, and whether it has events.
fn begin(operation: &'static Operation, response: RawResponse) -> (ByteStream, State) {
    let RawResponse { head, body, .. } = response;
    let state = match head.status {
        StatusCode::NO_CONTENT => State::Ended,
        _ => State::Open,
    };
    (body.into_stream(operation, &head), state)
}

/// The events of a stream, and where it is.
pub(super) struct EventReader {
    operation: &'static Operation,
    pub(super) body: ByteStream,
    decoder: EventDecoder,
    /// Nothing of the body came yet.
    is_start: bool,
    state: State,
    done: Option<&'static str>,
    /// The types of the events that are wanted; all, if there are none here.
    only: &'static [&'static str],
    ignore: &'static [&'static str],
    rules: ErrorRules,
    errors: Envelope,
    pub(super) last_event_id: String,
    /// The reconnection time that the stream has set.
    reconnection: Option<Duration>,
    resume: Resume,
}

enum State {
    Open,
    /// The stream broke off and is being opened again.
    Resuming,
    /// The sentinel was received.
    Done,
    Ended,
}

impl EventReader {
    pub(super) fn open(
        operation: &'static Operation,
        rules: ErrorRules,
        response: RawResponse,
        resume: Resume,
    ) -> Self {
        let events = operation.events.as_ref();
        let (body, state) = begin(operation, response);
        let limit = body.context.item_limit;
        Self {
            operation,
            body,
            decoder: limit.map_or_else(EventDecoder::default, EventDecoder::with_limit),
            is_start: true,
            state,
            done: events.and_then(Events::done),
            only: events.map_or(&[], Events::only),
            ignore: events.map_or(&[], Events::ignore),
            rules,
            errors: Envelope::of_items(rules),
            last_event_id: String::new(),
            reconnection: None,
            resume,
        }
    }

    /// Goes on with another response, which says nothing of the last event ID until it sets another.
    fn go_on(&mut self, response: RawResponse) {
        (self.body, self.state) = begin(self.operation, response);
        let limit = self.body.context.item_limit;
        self.decoder = limit.map_or_else(EventDecoder::default, EventDecoder::with_limit);
        self.decoder.set_last_id(&self.last_event_id);
        self.is_start = true;
    }

    pub(super) fn has_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// The next event that is an item, or an error. If `is_raw`, the items are the events themselves, whatever is in them.
    pub(super) fn poll_event(
        &mut self,
        context: &mut Context<'_>,
        is_raw: bool,
    ) -> Poll<Option<Result<Event, Failure>>> {
        loop {
            match self.state {
                State::Open => {}
                State::Resuming => match ready!(self.resume.poll(context)) {
                    Ok(response) => {
                        self.go_on(response);
                        continue;
                    }
                    Err(failure) => {
                        self.close();
                        return Poll::Ready(Some(Err(failure)));
                    }
                },
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
                Some(Ok(event)) => {
                    // Most streams have no IDs, or the same for long: comparing is cheaper than copying.
                    if self.last_event_id != event.id {
                        self.last_event_id.clone_from(&event.id);
                    }
                    if !self.is_passed_over(&event, is_raw) {
                        return Poll::Ready(Some(self.check(event, is_raw)));
                    }
                }
                Some(Err(error)) => {
                    let kind = ErrorKind::EventTooLarge(error);
                    return Poll::Ready(Some(Err(self.fail(kind, None))));
                }
                None => {
                    self.take_note();
                    match ready!(self.body.poll_piece(context)) {
                        Some(Ok(bytes)) => {
                            if mem::take(&mut self.is_start) {
                                self.check_start(&bytes)?;
                            }
                            self.decoder.feed(&bytes);
                        }
                        Some(Err(failure)) => {
                            self.close();
                            self.resume_after(failure)?;
                        }
                        None => match self.end() {
                            Some(failure) => self.resume_after(failure)?,
                            None => return Poll::Ready(None),
                        },
                    }
                }
            }
        }
    }

    /// Refuses a body that is still in its content coding: most of them would be streams without events.
    fn check_start(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        let headers = &self.body.context.headers;
        let is_binary = || str::from_utf8(bytes).is_err_and(|error| error.error_len().is_some());
        match undecoded(headers) {
            Some(coding) if is_binary() => {
                let message = format!("the content coding is `{coding}`, which is not decoded");
                let path = None;
                Err(self.fail(ErrorKind::Decode { path, message }, None))
            }
            _ => Ok(()),
        }
    }

    /// Takes note of what the stream has set without an event.
    fn take_note(&mut self) {
        if let Some(id) = self.decoder.take_id() {
            self.last_event_id = id;
        }
        self.reconnection = self.decoder.reconnection().or(self.reconnection);
    }

    /// Begins to open the stream again after a break, or fails with what broke it.
    fn resume_after(&mut self, failure: Failure) -> Result<(), Failure> {
        self.resume.begin(Break {
            failure,
            last_event_id: self.last_event_id.clone(),
            reconnection: self.reconnection,
        })?;
        self.state = State::Resuming;
        Ok(())
    }

    /// The body is at its end: the stream too, unless something is missing.
    fn end(&mut self) -> Option<Failure> {
        if let Some(done) = self.done {
            // The blank line after the sentinel may be missing.
            self.decoder.feed(b"\n\n");
            if matches!(self.decoder.next_event(), Some(Ok(event)) if event.data == done) {
                self.close();
                return None;
            }
        }
        let is_cut = self.decoder.finish();
        self.state = State::Ended;
        let how = match self.done {
            Some(done) => format!("the last event, `{done}`, is missing"),
            None if is_cut => "the last event is not complete".to_owned(),
            None => return None,
        };
        Some(self.fail(ErrorKind::Truncated(how), None))
    }

    /// Whether the event is neither an item nor an error.
    fn is_passed_over(&self, event: &Event, is_raw: bool) -> bool {
        let is_in = |names: &[&str]| names.contains(&&*event.event);
        let is_error = event.event == ERROR && !is_raw;
        let is_left_out = !self.only.is_empty() && !is_in(self.only) && !is_error;
        let is_empty = event.data.trim_ascii().is_empty() && !is_raw && !is_error;
        is_left_out || is_empty || is_in(self.ignore)
    }

    fn check(&mut self, event: Event, is_raw: bool) -> Result<Event, Failure> {
        let is_error = event.event == ERROR || self.errors.is_in(event.data.as_bytes());
        if is_raw || !is_error {
            self.resume.item_came();
            return Ok(event);
        }
        let context = &self.body.context;
        let report = Report::of_status(
            context.operation,
            context.head(),
            event.data.into(),
            self.rules,
            &context.secrets,
        );
        let report = report.attempts(context.attempts);
        self.close();
        Err(Box::new(report))
    }

    pub(super) fn undecodable(&mut self, event: Event, error: Undecodable) -> Failure {
        // The media type is that of an event stream.
        let error = error.explained_unless(|_| true, &self.body.context.headers);
        let (kind, source) = error.into_kind();
        let mut report = self.fail(kind, Some(event.data.into()));
        report.source = source;
        report
    }

    fn fail(&mut self, kind: ErrorKind, data: Option<Bytes>) -> Failure {
        let mut report = self.body.fail(kind, None);
        if let Some(response) = &mut report.response {
            response.body = data;
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
