//! Several bodies as one, one after the other.

use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// One of the bodies.
pub(crate) struct Segment<B> {
    pub(crate) body: B,
    /// The field that it comes from; `None` for what is between the fields.
    pub(crate) field: Option<&'static str>,
}

impl<B> Segment<B> {
    /// The same segment with another body, if there is one.
    pub(super) fn with<C>(&self, body: impl FnOnce(&B) -> Option<C>) -> Option<Segment<C>> {
        let body = body(&self.body)?;
        let field = self.field;
        Some(Segment { body, field })
    }
}

/// The length of them all.
pub(super) fn size_hint<'s, B>(segments: impl IntoIterator<Item = &'s Segment<B>>) -> SizeHint
where
    B: Body + 's,
{
    let (mut lower, mut upper) = (0_u64, Some(0_u64));
    for segment in segments {
        let hint = segment.body.size_hint();
        lower = lower.saturating_add(hint.lower());
        upper = upper
            .zip(hint.upper())
            .and_then(|(sum, more)| sum.checked_add(more));
    }
    let mut hint = SizeHint::new();
    hint.set_lower(lower);
    if let Some(upper) = upper {
        hint.set_upper(upper);
    }
    hint
}

/// Segments that are being read.
pub(super) struct Segments<B>(VecDeque<Segment<B>>);

impl<B> Segments<B> {
    pub(super) fn new(segments: Vec<Segment<B>>) -> Self {
        Self(segments.into())
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Segments<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        while let Some(first) = self.0.front_mut() {
            match ready!(Pin::new(&mut first.body).poll_frame(context)) {
                // The trailers of one segment are none of the whole.
                Some(Ok(frame)) if !frame.is_data() => {}
                None => drop(self.0.pop_front()),
                frame => return Poll::Ready(frame),
            }
        }
        Poll::Ready(None)
    }

    fn is_end_stream(&self) -> bool {
        self.0.iter().all(|segment| segment.body.is_end_stream())
    }

    fn size_hint(&self) -> SizeHint {
        size_hint(&self.0)
    }
}
