//! From the values of a request to the call that sends it. None of it depends on the type of the request, which would
//! compile it again.

use std::{future::ready, sync::Arc};

use super::{
    exchange::{self, CallFuture},
    settings::{Options, Settings},
    state::{Client, Inner},
};
use crate::{
    ApiRequest, EncodeError, Operation,
    encoder::{Ask, Encoded, Encoder, encode},
    error::{ErrorKind, Failure, Report},
    response::Expected,
};

/// What has the values of a request. A trait of its own, because the table of a `dyn Fn` has three functions for each type.
pub(super) trait Values {
    /// Hands them to the encoder, and those of the group that the request is in.
    fn encode(
        &self,
        client: &Inner,
        settings: &Settings,
        encoder: &mut Encoder<'_>,
    ) -> Result<(), EncodeError>;
}

// Of a reference, which needs no code to drop it.
impl<R: ApiRequest> Values for &R {
    fn encode(
        &self,
        client: &Inner,
        settings: &Settings,
        encoder: &mut Encoder<'_>,
    ) -> Result<(), EncodeError> {
        if R::OPERATION.group.is_none() {
            return ApiRequest::encode(*self, encoder);
        }
        let group = match &settings.group {
            Some(value) => value.get(),
            None => client.groups.get(),
        };
        self.encode_in(group, encoder)
    }
}

/// Starts a call of a request that is yet to be encoded.
pub(super) fn start(
    client: &Client,
    settings: Settings,
    ask: Ask,
    expected: Expected,
    values: &dyn Values,
) -> CallFuture {
    match encode_declared(client, &settings, ask, expected.operation, values) {
        Ok(request) => execute(client, settings, request, expected),
        Err(failure) => Box::pin(ready(Err(failure))),
    }
}

/// Encodes a request as declared, without settings of the call or client.
pub(super) fn encode_declared(
    client: &Client,
    settings: &Settings,
    ask: Ask,
    operation: &'static Operation,
    values: &dyn Values,
) -> Result<Encoded, Failure> {
    let client = &*client.0;
    let more_headers = settings.headers(client, operation);
    let mut to = client.destination();
    if let Some(base) = &settings.base {
        to = to.with_base(base);
    }
    to.group_is_of_client = settings.group.is_none();
    let values = |encoder: &mut Encoder<'_>| values.encode(client, settings, encoder);
    let request = encode(operation, ask, to, None, more_headers, &values);
    let mut request = request.map_err(|error| Report::new("", ErrorKind::Encode(error)))?;
    if request.origin.is_none() {
        request.origin.clone_from(&settings.base);
    }
    Ok(request)
}

/// Starts a call of an encoded request.
pub(super) fn execute(
    client: &Client,
    settings: Settings,
    request: Encoded,
    expected: Expected,
) -> CallFuture {
    match complete(client, settings, request, expected) {
        Ok((request, options)) => exchange::execute(Arc::clone(&client.0), request, options),
        Err(failure) => Box::pin(ready(Err(failure))),
    }
}

/// Adds what the call and the client say to a request that was encoded.
pub(super) fn complete(
    client: &Client,
    settings: Settings,
    mut request: Encoded,
    expected: Expected,
) -> Result<(Encoded, Options), Failure> {
    let client = &client.0;
    let operation = expected.operation;
    let completed = settings.complete(client, operation, &mut request);
    completed.map_err(|reason| unsendable(operation, reason))?;
    let options = Options {
        expected,
        timeout: settings.timeout.or(client.timeout),
        read_timeout: settings.read_timeout.unwrap_or(client.read_timeout),
        retry: settings.retry.map(Box::new),
        is_answered: settings.is_answered,
        credentials: (!settings.credentials.is_empty()).then(|| Box::new(settings.credentials)),
        on_upload: settings.on_upload,
    };
    Ok((request, options))
}

pub(super) fn unsendable(operation: &Operation, reason: String) -> Failure {
    Box::new(Report::new(operation.name, ErrorKind::Unsendable(reason)))
}
