//! The timeouts of one call, by tokio's clock.
//!
//! Invariant: what is there at once needs no timer. A call has one at most, which each wait sets anew: to move an end that
//! is known to the runtime costs less than to make another.

use std::{
    future::poll_fn,
    pin::{Pin, pin},
    task::{Context, Poll},
    time::Duration,
};

use tokio::{
    task::unconstrained,
    time::{Instant, Sleep, sleep_until},
};

use crate::error::Wait;

/// Longer than any wait, and short enough for any clock.
const FOREVER: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// The timeouts of one call.
pub(super) struct Timer {
    read: Duration,
    /// The timeout of the whole call, and when it expires.
    total: Option<(Duration, Instant)>,
    /// Boxed, so that it can be moved while it is set.
    alarm: Option<Pin<Box<Sleep>>>,
}

impl Timer {
    pub(super) fn start(read: Duration, total: Option<Duration>) -> Self {
        let total = total.and_then(|limit| {
            // A limit beyond what the clock can count is as good as none.
            Some((limit, Instant::now().checked_add(limit)?))
        });
        Self {
            read,
            total,
            alarm: None,
        }
    }

    /// Returns a timer that waits for this long, and no longer than this one.
    pub(super) fn within(&self, limit: Duration) -> Self {
        let own = Self::start(limit.min(self.read), Some(limit));
        let ends = [self.total, own.total].into_iter().flatten();
        let total = ends.min_by_key(|(_, end)| *end);
        Self { total, ..own }
    }

    /// Returns whether the call's timeout allows for a delay.
    pub(super) fn has(&self, wait: Duration) -> bool {
        self.total
            .is_none_or(|(_, end)| end.saturating_duration_since(Instant::now()) > wait)
    }

    /// Waits within the call's timeout.
    pub(super) fn wait_to_end<F>(
        &mut self,
        future: F,
    ) -> impl Future<Output = Result<F::Output, Wait>>
    where
        F: Future + Unpin,
    {
        self.wait_at_most(FOREVER, future)
    }

    /// Waits for a service to be ready, to which the read timeout does not apply.
    #[cfg(feature = "tower")]
    pub(super) async fn wait_for_service<F>(&mut self, future: F) -> Result<F::Output, Wait>
    where
        F: Future + Unpin,
    {
        let result = self.wait_to_end(future).await;
        result.map_err(|wait| match wait {
            Wait::Total(limit) => Wait::ServiceReady(limit),
            wait => wait,
        })
    }

    /// Waits for data, within the read timeout and the call's.
    pub(super) fn wait<F>(&mut self, future: F) -> impl Future<Output = Result<F::Output, Wait>>
    where
        F: Future + Unpin,
    {
        self.wait_at_most(self.read, future)
    }

    /// Waits for data, and starts the read timeout anew as long as `moves` returns true.
    pub(super) async fn wait_while<F>(
        &mut self,
        moves: impl Fn() -> bool,
        mut future: F,
    ) -> Result<F::Output, Wait>
    where
        F: Future + Unpin,
    {
        loop {
            match self.wait(&mut future).await {
                Err(Wait::Read(_)) if moves() => {}
                result => return result,
            }
        }
    }

    // Not an `async fn`, which would hold the future twice.
    fn wait_at_most<F>(
        &mut self,
        patience: Duration,
        mut future: F,
    ) -> impl Future<Output = Result<F::Output, Wait>>
    where
        F: Future + Unpin,
    {
        let mut is_waiting = false;
        poll_fn(move |context| {
            if !is_waiting {
                // Nothing is begun that has no time left.
                if let Some((total, _)) = self.total.filter(|_| !self.has(Duration::ZERO)) {
                    return Poll::Ready(Err(Wait::Total(total)));
                }
            }
            if let Poll::Ready(output) = Pin::new(&mut future).poll(context) {
                return Poll::Ready(Ok(output));
            }
            if !is_waiting {
                self.set(patience);
                is_waiting = true;
            }
            self.poll_alarm(patience, context).map(Err)
        })
    }

    fn set(&mut self, patience: Duration) {
        let own = Instant::now() + patience.min(FOREVER);
        let end = self.total.map_or(own, |(_, end)| end.min(own));
        match &mut self.alarm {
            Some(alarm) => alarm.as_mut().reset(end),
            None => self.alarm = Some(Box::pin(sleep_until(end))),
        }
    }

    fn poll_alarm(&mut self, patience: Duration, context: &mut Context<'_>) -> Poll<Wait> {
        let Some(alarm) = &mut self.alarm else {
            return Poll::Pending;
        };
        // What was waited for may have used up what tokio lets a task do at a time; the timeout still counts.
        let rang = pin!(unconstrained(alarm.as_mut())).poll(context);
        rang.map(|()| match self.total {
            Some((total, end)) if alarm.deadline() >= end => Wait::Total(total),
            _ => Wait::Read(patience),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{
        future::{pending, poll_fn, ready},
        mem,
        pin::pin,
        task::Poll,
        time::Duration,
    };

    use super::Timer;
    use crate::error::Wait;

    const SOON: Duration = Duration::from_millis(1);
    const LATE: Duration = Duration::from_secs(60 * 60);

    #[tokio::test]
    async fn what_is_there_at_once_sets_no_timer() {
        let mut timer = Timer::start(LATE, Some(LATE));
        assert!(timer.wait(ready(())).await.is_ok());
        assert!(timer.alarm.is_none());
    }

    #[tokio::test]
    async fn the_earlier_end_is_the_error() {
        let mut read = Timer::start(SOON, Some(LATE));
        let mut total = Timer::start(LATE, Some(SOON));
        for _ in 0..2 {
            let error = read.wait(pending::<()>()).await;
            assert!(matches!(error, Err(Wait::Read(SOON))), "{error:?}");
            let error = total.wait(pending::<()>()).await;
            assert!(matches!(error, Err(Wait::Total(SOON))), "{error:?}");
        }
    }

    #[tokio::test]
    async fn a_timer_within_another_ends_with_the_earlier() {
        for (outer, inner) in [(SOON, LATE), (LATE, SOON)] {
            let mut timer = Timer::start(LATE, Some(outer)).within(inner);
            let error = timer.wait(pending::<()>()).await;
            assert!(
                matches!(error, Err(Wait::Total(SOON) | Wait::Read(SOON))),
                "{error:?}"
            );
        }
    }

    #[tokio::test]
    async fn nothing_is_begun_without_time_left() {
        let mut timer = Timer::start(LATE, Some(Duration::ZERO));
        let mut is_begun = false;
        let future = pin!(async { is_begun = true });
        assert!(timer.wait(future).await.is_err());
        assert!(!is_begun);
    }

    #[tokio::test]
    async fn the_longest_limit_is_one() {
        let mut timer = Timer::start(Duration::MAX, Some(Duration::MAX));
        let mut first = true;
        let second = poll_fn(|context| {
            context.waker().wake_by_ref();
            if mem::take(&mut first) {
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        });
        assert!(timer.wait(second).await.is_ok());
    }
}
