//! Hundreds of calls that meet any fault of a stream or connection, at the origin of the client and at another.

use std::{env, time::Duration};

use api_request::{ApiRequest, Client, Error, Phase, Retry};
use tokio::{runtime::Handle, task::JoinSet};

use crate::server::{
    Act::{self, *},
    CANCEL, ENHANCE_YOUR_CALM, INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM, Server,
};

#[derive(ApiRequest)]
#[api(method = POST, path = "/orders", auth = none)]
struct PlaceOrder {
    #[api(json)]
    item: u32,
}

#[derive(ApiRequest)]
#[api(method = PUT)]
struct PutOrder {
    #[api(url)]
    at: String,
    #[api(json)]
    item: u32,
}

/// The acts of a server that is in trouble, which it is in one of four requests.
const ACTS: [Act; 11] = [
    AnswerThenGoAway,
    AnswerAtLength,
    Reset(REFUSED_STREAM),
    Reset(INTERNAL_ERROR),
    Reset(CANCEL),
    GoAwayBefore(NO_ERROR),
    GoAwayBefore(ENHANCE_YOUR_CALM),
    GoAwayAfter(NO_ERROR),
    GoAwayAfter(INTERNAL_ERROR),
    HangUp,
    Ignore,
];

const AT_ONCE: usize = 20;

fn act(random: &mut fastrand::Rng) -> Act {
    match random.u32(..4) {
        0 => ACTS[random.usize(..ACTS.len())],
        _ => Answer,
    }
}

fn client(server: &Server, is_elsewhere: bool) -> Client {
    // Nothing is at this address.
    let base = if is_elsewhere {
        "https://127.0.0.1:9"
    } else {
        server.origin()
    };
    let builder = Client::builder(base)
        .reqwest(server.set_up())
        .bearer("canary");
    let builder = builder.read_timeout(Duration::from_millis(200));
    let retry = Retry::default().base_delay(Duration::ZERO);
    builder.retry(retry).build().unwrap()
}

async fn place(client: &Client, server: &Server, item: u32) -> Result<(), Error> {
    let order = PlaceOrder { item };
    client.call(&order).base_url(server.origin()).send().await
}

async fn put(client: &Client, server: &Server, item: u32) -> Result<(), Error> {
    let at = format!("{}/orders/{item}", server.origin());
    client.send(&PutOrder { at, item }).await
}

#[tokio::test]
async fn each_call_ends_and_no_post_is_processed_twice() {
    end_and_process_no_post_twice(200).await;
}

#[tokio::test]
#[ignore = "takes a minute or more"]
async fn ten_thousand_calls_end_and_no_post_is_processed_twice() {
    end_and_process_no_post_twice(2_500).await;
}

/// Makes so many calls of each kind to each origin.
async fn end_and_process_no_post_twice(count: u32) {
    let seed = env::var("FAULTS_SEED").map_or(20_261_128, |seed| seed.parse().unwrap());
    println!("FAULTS_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    for is_elsewhere in [false, true] {
        for is_post in [true, false] {
            let acts: Vec<Act> = (0..count * 3).map(|_| act(&mut random)).collect();
            let server = std::sync::Arc::new(Server::start(acts).await);
            let metrics = Handle::current().metrics();
            let (mut done, mut unclear) = (0, 0);
            for batch in 0..count / 20 {
                // A client of its own, whose budget for retries is enough for all of its calls.
                let client = client(&server, is_elsewhere);
                let mut calls = JoinSet::new();
                for call in 0..u32::try_from(AT_ONCE).unwrap() {
                    let (client, server) = (client.clone(), server.clone());
                    let item = batch * 20 + call;
                    calls.spawn(async move {
                        if is_post {
                            place(&client, &server, item).await
                        } else {
                            put(&client, &server, item).await
                        }
                    });
                }
                for result in calls.join_all().await {
                    match result {
                        Ok(()) => done += 1,
                        Err(error) if error.phase() == Phase::NotSent => {}
                        Err(error) => {
                            assert!(error.attempts() <= 3, "{error:?}");
                            unclear += 1;
                        }
                    }
                }
            }
            let processed = server.processed();
            if is_post {
                // What was answered was processed once, and what may have been, at most once.
                assert!(
                    done <= processed && processed <= done + unclear,
                    "{processed}"
                );
            } else {
                assert!(done <= processed, "{processed}");
            }
            // A connection that ends takes along all that is on it.
            assert!(done > usize::try_from(count).unwrap() / 50, "{done}");
            // The server's connections and the client's end with the client.
            let end = async {
                while server.connections() > 0 {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            };
            let ended = tokio::time::timeout(Duration::from_secs(60), end).await;
            assert!(
                ended.is_ok(),
                "{} tasks are left",
                metrics.num_alive_tasks()
            );
        }
    }
}
