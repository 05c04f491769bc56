//! Faults of a server, drawn by a seed.

use std::time::Duration;

use http::{Response, StatusCode};

use super::response::cut_off;
use crate::Body;

/// Faults that a [`Fake`](super::Fake) has at random, the same in each run of a test that sends the same requests.
///
/// ```
/// use std::time::Duration;
///
/// use api_request::testing::{Fake, Faults};
///
/// let faults = Faults::seeded(1).status(503, 0.2).broken(0.1).delay(Duration::from_millis(5), 0.5);
/// let api = Fake::new().faults(faults);
/// ```
#[derive(Debug, Clone)]
pub struct Faults {
    random: fastrand::Rng,
    statuses: Vec<(StatusCode, f64)>,
    broken: f64,
    delays: Vec<(Duration, f64)>,
}

/// What happens to one request.
#[derive(Default)]
pub(super) struct Fault {
    delay: Duration,
    status: Option<StatusCode>,
    is_broken: bool,
}

impl Faults {
    /// Makes faults of which none happens yet.
    ///
    /// ```
    /// let faults = api_request::testing::Faults::seeded(1);
    /// ```
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self {
            random: fastrand::Rng::with_seed(seed),
            statuses: Vec::new(),
            broken: 0.0,
            delays: Vec::new(),
        }
    }

    /// Responds to a share of the requests with this status and no body, in place of the handler.
    ///
    /// ```
    /// let faults = api_request::testing::Faults::seeded(1).status(503, 0.2);
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if `status` is not a status code ([RFC 9110, section 15](https://www.rfc-editor.org/rfc/rfc9110#section-15)).
    #[must_use]
    pub fn status(mut self, status: u16, share: f64) -> Self {
        let status = StatusCode::from_u16(status).expect("a valid status");
        self.statuses.push((status, share));
        self
    }

    /// Breaks the connection after the body of a share of the responses.
    ///
    /// ```
    /// let faults = api_request::testing::Faults::seeded(1).broken(0.1);
    /// ```
    #[must_use]
    pub fn broken(mut self, share: f64) -> Self {
        self.broken = share;
        self
    }

    /// Delays a share of the responses.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// let faults = api_request::testing::Faults::seeded(1).delay(Duration::from_millis(5), 0.5);
    /// ```
    #[must_use]
    pub fn delay(mut self, delay: Duration, share: f64) -> Self {
        self.delays.push((delay, share));
        self
    }

    /// Draws what happens to the next request. Each share takes one number, so that one fault does not move another.
    pub(super) fn draw(&mut self) -> Fault {
        let mut fault = Fault::default();
        for (status, share) in &self.statuses {
            if self.random.f64() < *share {
                fault.status = fault.status.or(Some(*status));
            }
        }
        fault.is_broken = self.random.f64() < self.broken;
        for (delay, share) in &self.delays {
            if self.random.f64() < *share {
                fault.delay += *delay;
            }
        }
        fault
    }
}

impl Fault {
    pub(super) async fn befall(
        self,
        responding: impl Future<Output = Response<Body>>,
    ) -> Response<Body> {
        if !self.delay.is_zero() {
            tokio::time::sleep(self.delay).await;
        }
        let response = match self.status {
            Some(status) => {
                let mut response = Response::new(Body::empty());
                *response.status_mut() = status;
                response
            }
            None => responding.await,
        };
        if self.is_broken {
            return response.map(cut_off);
        }
        response
    }
}
