//! The retry delay that a response asks for, in each form, as a call keeps to it. The clock stands still until everybody
//! waits.

use std::time::Duration;

use api_request::{ApiRequest, Body, Retry};
use http::Response;
use tokio::time::Instant;

use crate::server::double;

#[derive(ApiRequest)]
#[api(method = GET, path = "/n")]
struct Get;

/// What comes of a delay that is asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Ends {
    /// The next attempt comes after so many milliseconds.
    After(u128),
    /// It comes after the backoff delay, as if nothing was asked for.
    Backoff,
    /// The call ends, with a delay of so many seconds.
    TooLong(u64),
}

use Ends::{After, Backoff, TooLong};

const DATE: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");

type Case = (&'static [(&'static str, &'static str)], Ends);

const CASES: [Case; 27] = [
    (&[], Backoff),
    (&[("retry-after", "7")], After(7_000)),
    (&[("retry-after", "60")], After(60_000)),
    (&[("retry-after", "61")], TooLong(61)),
    (&[("retry-after", "60.1")], TooLong(61)),
    (&[("retry-after", "0.2")], After(1_000)),
    (&[("retry-after", "1.0")], After(1_000)),
    (&[("retry-after", "0")], After(0)),
    (&[("retry-after", "0.0")], After(0)),
    (&[("retry-after-ms", "1500")], After(1_500)),
    (&[("retry-after-ms", "0.5")], After(1)),
    (&[("retry-after-ms", "60001")], TooLong(60)),
    // A date, in each of its forms, against that of the response, whatever the clock here says.
    (
        &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")],
        After(10_000),
    ),
    (
        &[DATE, ("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT")],
        After(10_000),
    ),
    (
        &[DATE, ("retry-after", "Sun Nov  6 08:49:47 1994")],
        After(10_000),
    ),
    (
        &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:50:37 GMT")],
        After(60_000),
    ),
    (
        &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:50:38 GMT")],
        TooLong(61),
    ),
    (
        &[DATE, ("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT")],
        After(0),
    ),
    (
        &[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")],
        After(0),
    ),
    // What is not a delay counts as absent.
    (&[("retry-after", "soon")], Backoff),
    (&[("retry-after", "-1")], Backoff),
    (&[("retry-after", "")], Backoff),
    (
        &[DATE, ("retry-after", "Sun, 31 Feb 1994 08:49:47 GMT")],
        Backoff,
    ),
    // The first valid one counts.
    (
        &[("retry-after", "7"), ("retry-after-ms", "250")],
        After(250),
    ),
    (
        &[("retry-after-ms", "x"), ("retry-after", "7")],
        After(7_000),
    ),
    (&[("retry-after", "x"), ("retry-after", "7")], After(7_000)),
    (&[("retry-after", "7"), ("retry-after", "9")], After(7_000)),
];

#[tokio::test(start_paused = true)]
async fn a_call_keeps_to_the_delay_that_a_response_asks_for() {
    for (headers, expected) in CASES {
        let client = double(move |_| {
            let answer = headers
                .iter()
                .fold(Response::builder().status(429), |answer, (name, value)| {
                    answer.header(*name, *value)
                });
            async move { Ok(answer.body(Body::empty())?) }
        });
        // No backoff delay is as long as any of the delays above.
        let retry = Retry::default()
            .attempts(2)
            .base_delay(Duration::from_secs(1_000))
            .max_delay(Duration::from_secs(1_000));
        let client = client.retry(retry).build().unwrap();
        let mut delays = Vec::new();
        // A random delay is shorter than a minute once in seventeen times.
        for _ in 0..if expected == Backoff { 12 } else { 1 } {
            let began = Instant::now();
            let error = client.send(&Get).await.unwrap_err();
            let attempts = if let TooLong(_) = expected { 1 } else { 2 };
            assert_eq!(error.attempts(), attempts, "{headers:?}");
            let asked = error.retry_after();
            delays.push(began.elapsed());
            match expected {
                After(delay) => {
                    assert_eq!(asked.map(|it| it.as_millis()), Some(delay), "{headers:?}");
                }
                TooLong(delay) => {
                    assert_eq!(asked.map(|it| it.as_secs()), Some(delay), "{headers:?}");
                }
                Backoff => assert_eq!(asked, None, "{headers:?}"),
            }
        }
        match expected {
            After(delay) => assert_eq!(delays[0].as_millis(), delay, "{headers:?}"),
            TooLong(_) => assert_eq!(delays[0], Duration::ZERO, "{headers:?}"),
            Backoff => assert!(
                delays.iter().any(|delay| *delay > Duration::from_secs(60)),
                "{headers:?}: {delays:?}"
            ),
        }
    }
}
