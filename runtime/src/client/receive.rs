//! Reading the body of a response, within limits and timeouts.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use http_body_util::BodyExt as _;

use super::timer::Timer;
use crate::{Body, BoxError, error::Wait, response::missing};

/// The most time to read an unwanted body: a new connection costs less.
const DRAIN: Duration = Duration::from_secs(1);

/// The most room that is made for what a body announces; what comes beyond it makes its own.
const ROOM: usize = 64 * 1024;

/// Why a body was not read to its end.
pub(super) enum ReadError {
    /// The body is larger than the limit.
    TooLarge,
    /// The next piece timed out.
    TimedOut(Wait),
    /// The transport failed.
    Failed(BoxError),
}

/// Returns whether a body is known to be larger than `limit` before it is read.
pub(super) fn is_larger(body: &Body, limit: usize) -> bool {
    body.size_hint().lower() > limit as u64
}

/// Reads at most `limit` bytes of a body, and returns why it stopped before the end.
pub(super) async fn some(
    body: &mut Body,
    limit: usize,
    timer: &mut Timer,
) -> (Bytes, Option<ReadError>) {
    // Most bodies come in one piece, which is kept as it is: no allocation, no copy.
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    let cut = loop {
        let taken = first.len().max(all.len());
        let mut piece = match piece(body, timer).await {
            Ok(Some(piece)) => piece,
            Ok(None) => break None,
            Err(cut) => break Some(cut),
        };
        let too_large = piece.len() > limit - taken;
        piece.truncate(limit - taken);
        if taken == 0 {
            first = piece;
        } else {
            if all.is_empty() {
                let expected = usize::try_from(body.size_hint().lower()).unwrap_or(limit);
                all.reserve(taken + piece.len() + expected.min(ROOM));
                all.extend_from_slice(&first);
            }
            all.extend_from_slice(&piece);
        }
        if too_large {
            break Some(ReadError::TooLarge);
        }
    };
    let bytes = if all.is_empty() { first } else { all.freeze() };
    (bytes, cut)
}

/// Returns what was read as a whole body, unless it was cut. It is an error if it ended before its `length`.
pub(super) fn whole(
    bytes: Bytes,
    cut: Option<ReadError>,
    length: Option<u64>,
) -> Result<Bytes, ReadError> {
    let short = || missing(length, bytes.len() as u64);
    match cut.or_else(|| Some(ReadError::Failed(short()?.into()))) {
        Some(error) => Err(error),
        None => Ok(bytes),
    }
}

/// Reads an unwanted body, so that its connection can be used again, but neither long nor much.
pub(super) async fn drain(body: &mut Body, limit: usize, timer: &Timer) {
    if body.is_end_stream() || is_larger(body, limit) {
        return;
    }
    let mut timer = timer.within(DRAIN);
    let mut left = limit;
    // Who drops a body that is not at its end drops its connection.
    while let Ok(Some(piece)) = piece(body, &mut timer).await {
        match left.checked_sub(piece.len()) {
            Some(rest) => left = rest,
            None => return,
        }
    }
}

/// Returns the next bytes of a body; `None` at its end.
async fn piece(body: &mut Body, timer: &mut Timer) -> Result<Option<Bytes>, ReadError> {
    loop {
        match timer
            .wait(body.frame())
            .await
            .map_err(ReadError::TimedOut)?
        {
            None => return Ok(None),
            Some(Err(error)) => return Err(ReadError::Failed(error)),
            // Trailers are ignored.
            Some(Ok(frame)) => match frame.into_data() {
                Ok(bytes) if !bytes.is_empty() => return Ok(Some(bytes)),
                Ok(_) | Err(_) => {}
            },
        }
    }
}
