//! Whether an error of the API is of the declared error type, and if not, why.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::{json::decode, undecodable::Undecodable};
use crate::{
    ErrorFormat,
    error::{ErrorKind, ErrorReader, Failure, rules::ErrorRules},
};

type Misfit = fn(StatusCode, &HeaderMap, &Bytes) -> Result<(), Undecodable>;

/// What an error type says of the responses that are errors.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ErrorCheck {
    pub(crate) rules: &'static ErrorRules,
    misfit: Misfit,
}

/// What is found where a response is decoded.
pub(super) struct Check {
    #[cfg_attr(
        not(feature = "lines"),
        expect(dead_code, reason = "only lines have errors")
    )]
    pub(super) errors: ErrorCheck,
    /// What a later item of the response fails with.
    pub(super) failure: Option<Failure>,
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Check").finish_non_exhaustive()
    }
}

impl ErrorCheck {
    pub(crate) const fn of<E: ErrorFormat>() -> Self {
        Self {
            rules: &E::RULES,
            misfit: misfit::<E>,
        }
    }

    /// Takes a failure, unless it is an error that the declared type takes.
    pub(crate) fn settle(self, mut failure: Failure) -> Result<(), Failure> {
        let (ErrorKind::Status(_), Some(response)) = (&failure.kind, &failure.response) else {
            return Err(failure);
        };
        let body = response.body.clone().unwrap_or_default();
        match (self.misfit)(response.status, &response.headers, &body) {
            Ok(()) => Ok(()),
            Err(error) => {
                let Undecodable { path, message, .. } = error.explained(&response.headers);
                failure.kind = ErrorKind::DecodeError { path, message };
                Err(failure)
            }
        }
    }
}

/// A reader of errors that keeps why the body is not of the type.
#[derive(Default)]
struct Reader(Option<Undecodable>);

impl ErrorReader for Reader {
    fn json<T: DeserializeOwned>(&mut self, body: &[u8]) -> Option<T> {
        decode(body).map_err(|error| self.0 = Some(error)).ok()
    }

    fn no_variant<T>(&mut self, status: u16) -> Option<T> {
        self.0 = Some(Undecodable::new(match status {
            0 => "the error has no code, and no variant is `other`".to_owned(),
            status => format!("no variant has the status {status}, and none is `other`"),
        }));
        None
    }
}

fn misfit<E: ErrorFormat>(
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<(), Undecodable> {
    let mut reader = Reader::default();
    if E::from_response_by(&mut reader, status, headers, body).is_some() {
        return Ok(());
    }
    let Reader(error) = reader;
    Err(error.unwrap_or_else(|| Undecodable::new("the error type does not take it")))
}
