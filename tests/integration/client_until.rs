//! Calls that are repeated until a job is done. The clock stands still until everybody waits.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use api_request::{
    ApiRequest, Body, BoxError, ClientBuilder, Error, Phase, Retry, TransportError, blocking,
};
use http::{Request, Response};
use serde::Deserialize;
use tokio::time::Instant;

use crate::server::{Double, double};

#[derive(ApiRequest)]
#[api(method = GET, path = "/jobs/{id}", response = Job)]
struct GetJob {
    id: u64,
}

#[derive(Debug, Deserialize)]
struct Job {
    done: bool,
}

/// The responses of a job: done or not, and `Retry-After`.
type Plan = &'static [(bool, Option<&'static str>)];

/// When each request came, in milliseconds since the first.
type Times = Arc<Mutex<Vec<(Instant, Option<String>)>>>;

fn job(plan: Plan) -> (ClientBuilder, Times) {
    let times = Times::default();
    let log = Arc::clone(&times);
    let client = double(move |request: Request<Body>| {
        let mut log = log.lock().unwrap();
        let key = request.headers().get("idempotency-key");
        log.push((
            Instant::now(),
            key.map(|key| key.to_str().unwrap().to_owned()),
        ));
        let (done, retry_after) = plan[log.len().min(plan.len()) - 1];
        let mut response = Response::builder();
        if let Some(retry_after) = retry_after {
            response = response.header("retry-after", retry_after);
        }
        async move { Ok::<_, BoxError>(response.body(format!("{{\"done\": {done}}}").into())?) }
    });
    (client, times)
}

fn delays(times: &Times) -> Vec<u128> {
    let times = times.lock().unwrap();
    let pairs = times.iter().zip(&times[1..]);
    pairs
        .map(|((one, _), (next, _))| (*next - *one).as_millis())
        .collect()
}

#[tokio::test(start_paused = true)]
async fn delays_grow_by_half_up_to_ten_seconds() {
    const NOT_YET: (bool, Option<&str>) = (false, None);
    const PLAN: Plan = &[
        NOT_YET,
        NOT_YET,
        NOT_YET,
        NOT_YET,
        NOT_YET,
        NOT_YET,
        NOT_YET,
        NOT_YET,
        (true, None),
    ];
    let (client, times) = job(PLAN);
    let client = client.build().unwrap();
    let request = GetJob { id: 7 };
    let job = client
        .call(&request)
        .until(|job| job.done)
        .send()
        .await
        .unwrap();
    assert!(job.done);
    let expected = [1_000, 1_500, 2_250, 3_375, 5_062, 7_593, 10_000, 10_000];
    let delays = delays(&times);
    assert!(
        delays
            .iter()
            .zip(expected)
            .all(|(is, most)| is.abs_diff(most) <= 2),
        "{delays:?}"
    );
    assert_eq!(delays.len(), expected.len());
}

#[tokio::test(start_paused = true)]
async fn the_delay_of_the_server_replaces_the_next_one() {
    let plan: Plan = &[
        (false, Some("30")),
        (false, Some("0")),
        (false, Some("soon")),
        (true, Some("9")),
    ];
    let (client, times) = job(plan);
    let client = client.build().unwrap();
    let request = GetJob { id: 7 };
    let response = client
        .call(&request)
        .until(|job| job.done)
        .send_full()
        .await
        .unwrap();
    assert_eq!(response.headers["retry-after"], "9");
    assert_eq!(delays(&times), [30_000, 0, 2_250]);
}

#[tokio::test(start_paused = true)]
async fn a_job_that_is_done_is_asked_for_once() {
    let (client, times) = job(&[(true, None)]);
    let client = client.build().unwrap();
    client
        .call(&GetJob { id: 7 })
        .until(|job| job.done)
        .send()
        .await
        .unwrap();
    assert_eq!(times.lock().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_timeout_is_for_all_requests_and_is_not_waited_for_in_vain() {
    for of_call in [true, false] {
        let (client, times) = job(&[(false, None)]);
        let limit = Duration::from_secs(4);
        let client = if of_call {
            client
        } else {
            client.timeout(limit)
        };
        let client = client.build().unwrap();
        let request = GetJob { id: 7 };
        let mut call = client.call(&request);
        if of_call {
            call = call.timeout(limit);
        }
        let began = Instant::now();
        let error: Error = call.until(|job| job.done).send().await.unwrap_err();
        assert!(error.is_timeout());
        assert_eq!(error.phase(), Phase::Answered);
        assert_eq!(
            error.to_string(),
            "`GetJob`: timed out after 4s (timeout of the call)"
        );
        // At 0, 1 and 2.5 seconds; the next would be at 4.75.
        assert_eq!(times.lock().unwrap().len(), 3);
        assert_eq!(began.elapsed().as_millis(), 2_500);
    }
}

#[tokio::test(start_paused = true)]
async fn each_request_is_retried_and_an_error_that_is_left_ends_the_call() {
    let sent = Arc::new(Mutex::new(0));
    let count = Arc::clone(&sent);
    let client = double(move |_: Request<Body>| {
        let mut count = count.lock().unwrap();
        *count += 1;
        let response: Result<_, BoxError> = match *count {
            1 | 3 => Err(TransportError::connect(std::io::Error::other("refused")).into()),
            2 => Ok(Response::new(Body::from("{\"done\": false}"))),
            _ => Ok(Response::builder().status(404).body(Body::empty()).unwrap()),
        };
        async move { response }
    });
    let client = client.build().unwrap();
    let request = GetJob { id: 7 };
    let error = client
        .call(&request)
        .until(|job| job.done)
        .send()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap(), 404);
    assert_eq!(*sent.lock().unwrap(), 4);
}

#[tokio::test(start_paused = true)]
async fn each_request_has_an_idempotency_key_of_its_own() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/jobs", response = Job, idempotency_key = "Idempotency-Key")]
    struct Poke {
        #[api(json)]
        id: u64,
    }

    let (client, times) = job(&[(false, None), (true, None)]);
    let client = client.build().unwrap();
    client
        .call(&Poke { id: 7 })
        .until(|job| job.done)
        .send()
        .await
        .unwrap();
    let times = times.lock().unwrap();
    let keys: Vec<_> = times.iter().map(|(_, key)| key.clone().unwrap()).collect();
    assert_ne!(keys[0], keys[1]);
}

#[tokio::test]
async fn a_body_that_can_be_sent_once_is_refused() {
    #[derive(ApiRequest)]
    #[api(method = PUT, path = "/jobs", response = Job)]
    struct Upload {
        #[api(body = stream)]
        file: Body,
    }

    let (client, times) = job(&[(true, None)]);
    let pieces = futures_util::stream::iter([Ok::<_, BoxError>("once".into())]);
    let upload = Upload {
        file: Body::once(pieces),
    };
    let client = client.build().unwrap();
    let error = client
        .call(&upload)
        .until(|job| job.done)
        .send()
        .await
        .unwrap_err();
    assert!(error.is_encode());
    assert!(error.to_string().contains("sent only once"), "{error}");
    assert!(times.lock().unwrap().is_empty());
}

#[test]
fn the_blocking_client_waits_for_a_job_too() {
    let count = Mutex::new(0);
    let transport = Double(move |_: Request<Body>| {
        let mut count = count.lock().unwrap();
        *count += 1;
        let response = Response::builder().header("retry-after-ms", "0");
        let body = format!("{{\"done\": {}}}", *count == 3);
        async move { Ok::<_, BoxError>(response.body(body.into())?) }
    });
    let client = blocking::Client::builder("https://api.example.com");
    let client = client
        .transport(transport)
        .retry(Retry::none())
        .build()
        .unwrap();
    let mut asked = 0;
    let until = client.call(&GetJob { id: 7 }).until(|job| {
        asked += 1;
        job.done
    });
    assert!(until.send().unwrap().done);
    assert_eq!(asked, 3);
}
