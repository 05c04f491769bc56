//! Several bodies as one, one after the other.

use std::{
    collections::VecDeque,
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use http_body::{Body as _, Frame, SizeHint};

use super::Body;
use crate::BoxError;

/// One of the bodies.
pub(crate) struct Segment {
    pub(crate) body: Body,
    /// The field that it comes from; `None` for what is between the fields.
    pub(crate) field: Option<&'static str>,
}

impl Segment {
    fn try_clone(&self) -> Option<Self> {
        Some(Self {
            body: self.body.try_clone()?,
            field: self.field,
        })
    }
}

/// The segments again, if each of them can be sent again.
pub(super) fn try_clone(segments: &[Segment]) -> Option<Vec<Segment>> {
    segments.iter().map(Segment::try_clone).collect()
}

/// The length of them all.
pub(super) fn size_hint<'s>(segments: impl IntoIterator<Item = &'s Segment>) -> SizeHint {
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
pub(super) struct Segments(VecDeque<Segment>);

impl Segments {
    pub(super) fn new(segments: Vec<Segment>) -> Self {
        Self(segments.into())
    }
}

impl http_body::Body for Segments {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
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
