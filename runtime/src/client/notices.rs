//! What a client has warned of: an API announces the end of an operation with each of its responses, and once is enough.

use std::{
    collections::BTreeSet,
    sync::{Mutex, PoisonError},
};

use http::HeaderMap;

use crate::{operation::Operation, response::warning, trace::CallSpan};

/// The operations that were warned of, by name, method and path: the address of an `Operation` may differ between the
/// crates that use it.
#[derive(Default)]
pub(super) struct Notices(Mutex<BTreeSet<[&'static str; 3]>>);

impl Notices {
    /// Warns of an operation whose end the headers of a response announce, unless that was done before.
    pub(super) fn warn(&self, operation: &'static Operation, headers: &HeaderMap, span: &CallSpan) {
        let Some(warning) = warning(headers) else {
            return;
        };
        let key = [operation.name, operation.method, operation.path];
        let mut warned = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if warned.insert(key) {
            // A subscriber may make calls of its own.
            drop(warned);
            span.warned(operation, warning);
        }
    }
}
