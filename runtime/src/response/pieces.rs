//! A body of which something was read before.

use std::{
    mem,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;

use crate::BoxError;

/// What there is already, and then the rest.
pub(super) struct Pieces<S> {
    pub(super) first: Bytes,
    pub(super) rest: Option<S>,
}

impl<S, E> Stream for Pieces<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if !self.first.is_empty() {
            return Poll::Ready(Some(Ok(mem::take(&mut self.first))));
        }
        let Some(rest) = &mut self.rest else {
            return Poll::Ready(None);
        };
        let piece = ready!(Pin::new(rest).poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map_err(Into::into)))
    }
}
