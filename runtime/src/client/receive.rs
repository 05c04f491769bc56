//! Taking in the body of an answer.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http_body::Body as _;
use http_body_util::BodyExt as _;

use super::timer::Timer;
use crate::{Body, BoxError, error::Wait};

/// How long a body that nobody wants may keep its caller waiting: its connection is worth no more.
const DRAIN: Duration = Duration::from_secs(1);

/// Why a body was not taken in whole.
pub(super) enum Cut {
    /// It is larger than the limit.
    TooLarge,
    /// The next piece did not come in time.
    Late(Wait),
    /// The transport failed.
    Failed(BoxError),
}

/// Takes in a whole body, unless it is larger than `limit`.
pub(super) async fn all(body: Body, limit: usize, timer: &Timer) -> Result<Bytes, Cut> {
    if body.size_hint().lower() > limit as u64 {
        return Err(Cut::TooLarge);
    }
    let (bytes, cut) = some(body, limit, timer).await;
    cut.map_or(Ok(bytes), Err)
}

/// Takes in at most `limit` bytes of a body, and says why if there are more.
pub(super) async fn some(mut body: Body, limit: usize, timer: &Timer) -> (Bytes, Option<Cut>) {
    // Most bodies come in one piece, which is then not copied.
    let mut first = Bytes::new();
    let mut all = BytesMut::new();
    let cut = loop {
        let taken = first.len().max(all.len());
        let mut piece = match piece(&mut body, timer).await {
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
                all.reserve(taken + piece.len() + expected.min(limit - taken));
                all.extend_from_slice(&first);
            }
            all.extend_from_slice(&piece);
        }
        if too_large {
            break Some(Cut::TooLarge);
        }
    };
    let bytes = if all.is_empty() { first } else { all.freeze() };
    (bytes, cut)
}

/// Reads a body that nobody wants, so that its connection can be used again; gives up easily.
pub(super) async fn drain(mut body: Body, limit: usize, timer: &Timer) {
    if body.is_end_stream() || body.size_hint().lower() > limit as u64 {
        return;
    }
    let mut left = limit;
    let rest = async {
        while let Ok(Some(piece)) = piece(&mut body, timer).await {
            match left.checked_sub(piece.len()) {
                Some(rest) => left = rest,
                None => return,
            }
        }
    };
    // Either way there is nothing more to be done with it.
    let _ = timer.wait_at_most(DRAIN, rest).await;
}

/// The next bytes of a body; `None` at its end.
async fn piece(body: &mut Body, timer: &Timer) -> Result<Option<Bytes>, Cut> {
    loop {
        match timer.wait(body.frame()).await.map_err(Cut::Late)? {
            None => return Ok(None),
            Some(Err(error)) => return Err(Cut::Failed(error)),
            // Trailers are nothing that was asked for.
            Some(Ok(frame)) => match frame.into_data() {
                Ok(bytes) if !bytes.is_empty() => return Ok(Some(bytes)),
                Ok(_) | Err(_) => {}
            },
        }
    }
}
