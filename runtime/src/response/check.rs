//! Whether a response can be decoded: by the functions of a call, without the value.
//!
//! What a call reads piece by piece is read at once. Little of it is generic, because each operation of a list is checked
//! by a type of its own.

use bytes::Bytes;

use super::{
    decoder::ResponseDecoder,
    expected::{Expected, RawResponse},
    format::Format,
    settle::{Check, ErrorCheck},
    undecodable::Undecodable,
};
use crate::{
    ErrorFormat, Operation,
    error::{Failure, Report},
};

/// Checks a response that is in memory.
pub(crate) fn check<T, E: ErrorFormat>(
    operation: &'static Operation,
    format: &Format<T>,
    response: http::Response<Bytes>,
) -> Result<(), Failure> {
    let expected = Expected {
        operation,
        claims: format.claims,
        errors: &E::RULES,
    };
    let errors = ErrorCheck::of::<E>();
    check_by(expected, errors, response, &|response| {
        (format.decode)(response).map(drop)
    })
}

fn check_by(
    expected: Expected,
    errors: ErrorCheck,
    response: http::Response<Bytes>,
    decode: &dyn Fn(&mut ResponseDecoder<'_>) -> Result<(), Undecodable>,
) -> Result<(), Failure> {
    let received = expected.receive(response);
    let RawResponse { head, body, .. } = match received {
        Ok(response) => response,
        Err(failure) => return errors.settle(failure),
    };
    let kept = body.kept();
    let mut check = Check {
        errors,
        failure: None,
    };
    let mut decoder = ResponseDecoder::new(expected.operation, *errors.rules, &head, body);
    decoder.check = Some(&mut check);
    if let Err(error) = decode(&mut decoder) {
        let (kind, source) = error.explained(&head.headers).into_kind();
        let report = Report::new(expected.operation.name, kind).source(source);
        return Err(Box::new(report.answered(head, kept)));
    }
    check.failure.map_or(Ok(()), Err)
}
