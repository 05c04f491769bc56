//! The timeouts of one call, by tokio's clock.

use std::{pin::pin, time::Duration};

use tokio::time::{Instant, timeout, timeout_at};

use crate::error::Wait;

/// The timeouts of one call.
pub(super) struct Timer {
    read: Duration,
    /// The timeout of the whole call, and when it expires.
    total: Option<(Duration, Instant)>,
}

impl Timer {
    pub(super) fn start(read: Duration, total: Option<Duration>) -> Self {
        let total = total.and_then(|limit| {
            // A limit beyond what the clock can count is as good as none.
            Some((limit, Instant::now().checked_add(limit)?))
        });
        Self { read, total }
    }

    /// Returns whether the call's timeout allows for a delay.
    pub(super) fn has(&self, wait: Duration) -> bool {
        self.total
            .is_none_or(|(_, end)| end.saturating_duration_since(Instant::now()) > wait)
    }

    /// Waits within the call's timeout.
    pub(super) async fn wait_to_end<F: Future>(&self, future: F) -> Result<F::Output, Wait> {
        let Some((total, end)) = self.total else {
            return Ok(future.await);
        };
        timeout_at(end, future)
            .await
            .map_err(|_| Wait::Total(total))
    }

    /// Waits for a service to be ready, to which the read timeout does not apply.
    #[cfg(feature = "tower")]
    pub(super) async fn wait_for_service<F: Future>(&self, future: F) -> Result<F::Output, Wait> {
        let result = self.wait_to_end(future).await;
        result.map_err(|wait| match wait {
            Wait::Total(limit) => Wait::ServiceReady(limit),
            wait => wait,
        })
    }

    /// Waits for data, within the read timeout and the call's.
    pub(super) async fn wait<F: Future>(&self, future: F) -> Result<F::Output, Wait> {
        self.wait_at_most(self.read, future).await
    }

    /// Waits for data, and starts the read timeout anew as long as `moves` returns true.
    pub(super) async fn wait_while<F: Future>(
        &self,
        moves: impl Fn() -> bool,
        future: F,
    ) -> Result<F::Output, Wait> {
        let mut future = pin!(future);
        loop {
            match self.wait(future.as_mut()).await {
                Err(Wait::Read(_)) if moves() => {}
                result => return result,
            }
        }
    }

    /// Waits for data, within a limit shorter than the read timeout.
    pub(super) async fn wait_at_most<F: Future>(
        &self,
        patience: Duration,
        future: F,
    ) -> Result<F::Output, Wait> {
        let patience = patience.min(self.read);
        let (limit, wait) = match self.total {
            Some((total, end)) => {
                let left = end.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    return Err(Wait::Total(total));
                }
                if left <= patience {
                    (left, Wait::Total(total))
                } else {
                    (patience, Wait::Read(patience))
                }
            }
            None => (patience, Wait::Read(patience)),
        };
        timeout(limit, future).await.map_err(|_| wait)
    }
}
