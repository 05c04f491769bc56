//! Limits the rate of each operation for each tenant, by a layer of tower. The rate is declared with the operation, as a
//! value of `meta`; the call says whose it is, as an extension.
//!
//! ```console
//! cargo run -p api-request-cookbook --example rate_limit_by_operation
//! ```
//!
//! The limiter is the one of the crate `governor`. The server runs in this program, on loopback.

mod server;

use std::{
    collections::BTreeMap,
    error::Error,
    mem,
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
    time::{Duration, Instant},
};

use api_request::{ApiRequest, Body, Client, Operation, ReqwestTransport};
use axum::{Router, routing::get};
use futures_util::{future::try_join_all, try_join};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use http::Request;
use tower::{Layer, Service, ServiceBuilder};

// ANCHOR: declare
/// The time from one request of an operation to the next.
struct Every(Duration);

/// Whom a call is made for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Tenant(u64);

/// Searches, which is expensive.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/search", fields = query, response(text), meta = Every(PERIOD))]
struct Search<'a> {
    text: &'a str,
}

/// Says whether the API is there: as often as one likes.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/ping", response(text))]
struct Ping;
// ANCHOR_END: declare

const PERIOD: Duration = Duration::from_millis(50);
const CALLS: usize = 5;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let api = Router::new()
        .route("/search", get(async || "found"))
        .route("/ping", get(async || "pong"));
    let url = server::start(api).await?;
    let service = ServiceBuilder::new()
        .layer(RateLimits::default())
        .service(ReqwestTransport::new(&*url)?);
    let client = Client::builder(&*url).service(service).build()?;

    let start = Instant::now();
    assert_eq!(search(&client, Tenant(1)).await?, ["found"; CALLS]);
    let took = start.elapsed();
    println!("{CALLS} searches took {took:?}.");
    // The first one starts at once.
    assert!(took >= 4 * PERIOD);

    let start = Instant::now();
    let (pings, ..) = try_join!(
        try_join_all((0..100).map(|_| client.send(&Ping))),
        search(&client, Tenant(2)),
        search(&client, Tenant(3)),
    )?;
    let took = start.elapsed();
    println!(
        "{CALLS} searches of each of two tenants, and {} pings, took {took:?}.",
        pings.len()
    );
    Ok(())
}

/// Sends requests of one tenant, all at once.
async fn search(client: &Client, tenant: Tenant) -> Result<Vec<String>, api_request::Error> {
    let request = Search { text: "tea" };
    let calls = (0..CALLS).map(|_| client.call(&request).extension(tenant).send());
    try_join_all(calls).await
}

type Limiter = DefaultKeyedRateLimiter<Option<Tenant>>;

/// A layer that lets each request wait for its turn.
#[derive(Clone, Default)]
struct RateLimits(Arc<Mutex<BTreeMap<&'static str, Arc<Limiter>>>>);

impl<S> Layer<S> for RateLimits {
    type Service = RateLimited<S>;

    fn layer(&self, service: S) -> RateLimited<S> {
        RateLimited {
            limits: self.clone(),
            service,
        }
    }
}

impl RateLimits {
    // ANCHOR: limit
    /// Returns the limiter of an operation, if its rate is limited.
    fn of(&self, operation: &'static Operation) -> Option<Arc<Limiter>> {
        let Every(period) = operation.meta::<Every>()?;
        let mut limiters = self.0.lock().expect("no thread panics");
        let limiter = limiters.entry(operation.name()).or_insert_with(|| {
            let quota = Quota::with_period(*period).expect("the period is not zero");
            Arc::new(RateLimiter::hashmap(quota))
        });
        Some(Arc::clone(limiter))
    }
    // ANCHOR_END: limit
}

/// A service whose requests wait for their turn.
#[derive(Clone)]
struct RateLimited<S> {
    limits: RateLimits,
    service: S,
}

impl<S> Service<Request<Body>> for RateLimited<S>
where
    S: Service<Request<Body>, Future: Send> + Clone + Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    // ANCHOR: call
    // The wait is part of the attempt: it counts toward timeouts, and a retry waits again.
    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let extensions = request.extensions();
        let operation = extensions.get::<&'static Operation>();
        let limiter = operation.and_then(|operation| self.limits.of(operation));
        let tenant = extensions.get::<Tenant>().copied();
        // The service that is ready, not its clone, gets the request.
        let next = self.service.clone();
        let mut service = mem::replace(&mut self.service, next);
        Box::pin(async move {
            if let Some(limiter) = limiter {
                limiter.until_key_ready(&tenant).await;
            }
            service.call(request).await
        })
    }
    // ANCHOR_END: call
}
