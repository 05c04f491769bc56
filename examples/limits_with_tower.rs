//! Wraps the transport in two layers of tower: at most two requests at once, and at most four in each half second. The
//! server runs in this program, on loopback, and counts the requests.

use std::{
    error::Error,
    io,
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use api_request::{ApiRequest, Client, ReqwestTransport};
use axum::{Json, Router, extract::State, routing::get};
use futures_util::future::try_join_all;
use tokio::{net::TcpListener, time::sleep};
use tower::ServiceBuilder;

/// Asks how many requests the server is handling, including this one.
#[derive(ApiRequest)]
#[api(method = GET, path = "/load", response = usize)]
struct GetLoad;

const CALLS: usize = 8;
const AT_ONCE: usize = 2;
const IN_EACH_PERIOD: u64 = 4;
const PERIOD: Duration = Duration::from_millis(500);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = start_server().await?;
    // ANCHOR: limits
    let limited = ServiceBuilder::new()
        .concurrency_limit(AT_ONCE)
        .rate_limit(IN_EACH_PERIOD, PERIOD)
        .service(ReqwestTransport::new(&*url)?);
    let client = Client::builder(&*url).service(limited).build()?;
    // ANCHOR_END: limits

    let start = Instant::now();
    let loads = try_join_all((0..CALLS).map(|_| client.send(&GetLoad))).await?;
    let most = loads.iter().max().copied().unwrap_or_default();
    println!("{} calls succeeded.", loads.len());
    println!("The limit is {AT_ONCE} at once; the server saw {most}.");
    let waited = start.elapsed() >= PERIOD;
    println!("The limit is {IN_EACH_PERIOD} in {PERIOD:?}; the others waited: {waited}.");
    Ok(())
}

/// Starts the server on a free port and returns its base URL. The server runs until the tokio runtime ends.
async fn start_server() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let router = Router::new()
        .route("/load", get(load))
        .with_state(Arc::new(AtomicUsize::new(0)));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base_url)
}

async fn load(State(load): State<Arc<AtomicUsize>>) -> Json<usize> {
    let now = load.fetch_add(1, Ordering::Relaxed) + 1;
    sleep(Duration::from_millis(20)).await;
    load.fetch_sub(1, Ordering::Relaxed);
    Json(now)
}
