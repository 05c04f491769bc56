//! From an encoded request to the call that sends it.

use std::sync::Arc;

use super::{
    exchange::{self, CallFuture},
    settings::{Options, Settings},
    state::Client,
};
use crate::{
    ApiRequest, Error, ErrorFormat,
    encoder::Encoded,
    error::{ErrorKind, Report},
    response::{Claim, Expected},
};

/// Starts a call.
pub(super) fn execute<R: ApiRequest>(
    client: &Client,
    settings: Settings,
    request: Encoded,
    claims: &'static [Claim],
) -> Result<CallFuture, Error<R::Error>> {
    let (request, options) = complete::<R>(client, settings, request, claims)?;
    Ok(exchange::execute(Arc::clone(&client.0), request, options))
}

/// Adds what the call and the client say to a request that was encoded.
pub(super) fn complete<R: ApiRequest>(
    client: &Client,
    settings: Settings,
    mut request: Encoded,
    claims: &'static [Claim],
) -> Result<(Encoded, Options), Error<R::Error>> {
    let client = &client.0;
    let completed = settings.complete(client, R::OPERATION, &mut request);
    completed.map_err(unsendable::<R>)?;
    let options = Options {
        expected: Expected {
            operation: R::OPERATION,
            claims,
            errors: &<R::Error as ErrorFormat>::RULES,
        },
        timeout: settings.timeout.or(client.timeout),
        read_timeout: settings.read_timeout.unwrap_or(client.read_timeout),
        retry: settings.retry.map(Box::new),
        is_answered: settings.is_answered,
        credentials: (!settings.credentials.is_empty()).then(|| Box::new(settings.credentials)),
        on_upload: settings.on_upload,
    };
    Ok((request, options))
}

pub(super) fn unsendable<R: ApiRequest>(reason: String) -> Error<R::Error> {
    Error::from_failure(Box::new(Report::new(
        R::OPERATION.name,
        ErrorKind::Unsendable(reason),
    )))
}
