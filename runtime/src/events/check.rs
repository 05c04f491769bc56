//! Whether the events of a response that is in memory can be decoded.

use std::{
    pin::pin,
    task::{Context, Poll, Waker},
};

use bytes::Bytes;

use super::{
    event::Event,
    request::EventRequest,
    response::{EventReader, receive},
    resume::Resume,
    stream::EventItem,
};
use crate::{
    Operation,
    error::Failure,
    response::{ErrorCheck, Undecodable},
};

/// Checks each event of a response.
pub(crate) fn check<R: EventRequest>(response: http::Response<Bytes>) -> Result<(), Failure> {
    check_by(
        R::OPERATION,
        ErrorCheck::of::<R::Error>(),
        R::Event::IS_RAW,
        |event| R::Event::decode(event).map(drop),
        response,
    )
}

fn check_by(
    operation: &'static Operation,
    errors: ErrorCheck,
    is_raw: bool,
    decode: fn(&Event) -> Result<(), Undecodable>,
    response: http::Response<Bytes>,
) -> Result<(), Failure> {
    // Nothing is waited for: the body is in memory.
    let mut context = Context::from_waker(Waker::noop());
    let receiving = pin!(receive(operation, errors.rules, response.map(Into::into)));
    let Poll::Ready(received) = receiving.poll(&mut context) else {
        return Ok(());
    };
    let received = match received {
        Ok(received) => received,
        Err(failure) => return errors.settle(failure),
    };
    let mut reader = EventReader::open(operation, *errors.rules, received, Resume::Never);
    while let Poll::Ready(Some(event)) = reader.poll_event(&mut context, is_raw) {
        match event {
            Ok(event) => {
                decode(&event).map_err(|error| reader.undecodable(event, error))?;
            }
            Err(failure) => errors.settle(failure)?,
        }
    }
    Ok(())
}
