//! How much room the buffer of a request has at the start.
//!
//! The next request of an operation is mostly as large as the last one, so that its buffer need not grow, which copies it.
//! The sizes are kept beside the operations, which are constants. Invariant: they change what is allocated, and nothing
//! else, so that two operations may share a place.

use std::{
    ptr,
    sync::atomic::{AtomicUsize, Ordering},
};

use crate::operation::Operation;

/// Room for a usual request.
const MIN: usize = 512;

/// The largest buffer that is asked for because of an earlier request.
const MAX: usize = 64 * 1024;

const PLACES: usize = 64;

/// Less than the size of an operation, so that two that are neighbors in memory do not share a place.
const STEP: usize = 256;

const _: () = assert!(size_of::<Operation>() >= STEP, "`STEP` is too large");

static LAST: [AtomicUsize; PLACES] = [const { AtomicUsize::new(MIN) }; PLACES];

fn last_of(operation: &'static Operation) -> &'static AtomicUsize {
    &LAST[ptr::from_ref(operation).addr() / STEP % PLACES]
}

pub(super) fn of(operation: &'static Operation) -> usize {
    last_of(operation).load(Ordering::Relaxed)
}

/// Remembers how long the buffer of a request has become.
#[inline]
pub(super) fn remember(operation: &'static Operation, length: usize) {
    let last = last_of(operation);
    let room = length.clamp(MIN, MAX);
    // Mostly it is the same, and then no other core is told.
    if last.load(Ordering::Relaxed) != room {
        last.store(room, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::{MAX, MIN, of, remember};
    use crate::operation::Operation;

    static OPERATION: Operation = Operation::declare("Op", "GET", "/", &[]);

    #[test]
    fn a_request_gets_the_room_that_the_last_one_took_within_bounds() {
        for (length, room) in [(3_000, 3_000), (10, MIN), (MAX * 3, MAX)] {
            remember(&OPERATION, length);
            assert_eq!(of(&OPERATION), room, "after {length} bytes");
        }
    }
}
