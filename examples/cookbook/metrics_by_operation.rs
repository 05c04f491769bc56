//! Counts and times the requests by operation, status and attempt, by a layer of tower and the crate `metrics`.
//!
//! ```console
//! cargo run -p api-request-cookbook --example metrics_by_operation
//! ```
//!
//! A program installs the recorder of its metrics system; this one prints them. The server runs in this program, on
//! loopback, and is busy the first time.

mod server;

use std::{
    collections::BTreeMap,
    error::Error,
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    task::{Context, Poll},
    time::Instant,
};

use api_request::{ApiRequest, Body, Call, Client, Operation, ReqwestTransport};
use axum::{
    Json, Router,
    routing::{get, post},
};
use http::{Request, Response, StatusCode};
use metrics::{counter, histogram};
use metrics_util::debugging::{DebugValue, DebuggingRecorder};
use tower::{Layer, Service, ServiceBuilder};

/// Lists the names of models.
#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/models", name = "listModels", response = Vec<String>)]
struct ListModels;

/// Creates an order.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/orders", name = "createOrder")]
struct CreateOrder;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let recorder = DebuggingRecorder::new();
    let snapshotter = recorder.snapshotter();
    recorder.install()?;

    let was_busy = Arc::new(AtomicBool::new(false));
    let models = async move || {
        if was_busy.swap(true, Ordering::Relaxed) {
            return Ok(Json(["tea", "coffee"]));
        }
        Err((StatusCode::SERVICE_UNAVAILABLE, [("retry-after", "0")]))
    };
    let api = Router::new()
        .route("/models", get(models))
        .route("/orders", post(async || StatusCode::PAYMENT_REQUIRED));
    let url = server::start(api).await?;
    let service = ServiceBuilder::new()
        .layer(Metrics)
        .service(ReqwestTransport::new(&*url)?);
    let client = Client::builder(&*url).service(service).build()?;

    assert_eq!(counted(client.call(&ListModels)).send().await?.len(), 2);
    counted(client.call(&ListModels)).send().await?;
    let refused = counted(client.call(&CreateOrder)).send().await;
    assert_eq!(
        refused.expect_err("it is not paid").status(),
        Some(StatusCode::PAYMENT_REQUIRED)
    );

    let mut counts = BTreeMap::new();
    for (key, _, _, value) in snapshotter.snapshot().into_vec() {
        let labels: Vec<&str> = key.key().labels().map(metrics::Label::value).collect();
        let name = format!("{} {}", key.key().name(), labels.join(" "));
        match value {
            DebugValue::Counter(count) => drop(counts.insert(name, count)),
            DebugValue::Histogram(times) => println!("{name}: {times:?}"),
            DebugValue::Gauge(_) => {}
        }
    }
    println!("{counts:#?}");
    let expected = [
        ("api_requests createOrder 402 1", 1),
        ("api_requests listModels 200 1", 1),
        ("api_requests listModels 200 2", 1),
        ("api_requests listModels 503 1", 1),
    ];
    assert_eq!(
        counts,
        BTreeMap::from(expected.map(|(name, count)| (name.to_owned(), count)))
    );
    Ok(())
}

/// Counts the attempts of a call: each attempt has the same extension.
fn counted<R: ApiRequest>(call: Call<'_, R>) -> Call<'_, R> {
    call.extension(Attempts::default())
}

/// The number of requests of one call, so far.
#[derive(Clone, Default)]
struct Attempts(Arc<AtomicU32>);

/// A layer that measures.
#[derive(Clone, Copy)]
struct Metrics;

impl<S> Layer<S> for Metrics {
    type Service = Measured<S>;

    fn layer(&self, service: S) -> Measured<S> {
        Measured(service)
    }
}

/// A service whose requests are measured.
#[derive(Clone)]
struct Measured<S>(S);

impl<S, B> Service<Request<Body>> for Measured<S>
where
    S: Service<Request<Body>, Response = Response<B>, Future: Send + 'static>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    // ANCHOR: call
    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let extensions = request.extensions();
        let operation = extensions.get::<&'static Operation>();
        let operation = operation.map_or("", |operation| operation.name());
        let attempts = extensions.get::<Attempts>();
        let attempt = attempts.map_or(0, |Attempts(before)| {
            1 + before.fetch_add(1, Ordering::Relaxed)
        });
        let response = self.0.call(request);
        Box::pin(async move {
            let start = Instant::now();
            let response = response.await;
            // The time to the head of the response; its body comes later.
            histogram!("api_seconds", "operation" => operation).record(start.elapsed());
            let status = response
                .as_ref()
                .map_or("error".to_owned(), |it| it.status().as_u16().to_string());
            let labels = [
                ("operation", operation.to_owned()),
                ("status", status),
                ("attempt", attempt.to_string()),
            ];
            counter!("api_requests", &labels).increment(1);
            response
        })
    }
    // ANCHOR_END: call
}
