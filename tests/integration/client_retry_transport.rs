//! Failures of the transport: which of them are retried, how far the call got, and what a retry costs.

use std::{
    io,
    sync::{Arc, Mutex},
};

use api_request::{ApiRequest, Body, BoxError, Error, Phase, Retry, TransportError};
use http::{Request, Response};

use crate::server::double;

macro_rules! declare {
    ($($name:ident: $method:ident $(, $key:ident $(= $value:literal)?)?;)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = $method, path = "/n" $(, $key $(= $value)?)?)]
        struct $name;
    )*};
}

declare! {
    Get: GET;
    Delete: DELETE;
    Post: POST;
    Patch: PATCH;
    Declared: POST, idempotent;
    Keyed: POST, idempotency_key = "Idempotency-Key";
}

/// The error of a layer.
#[derive(Debug, thiserror::Error)]
#[error("the layer failed")]
struct Wrapped(#[source] TransportError);

type Make = fn(io::Error) -> BoxError;

struct Case {
    name: &'static str,
    make: Make,
    /// The attempts of an idempotent request, and of another.
    attempts: [u32; 2],
    phase: Phase,
    /// How many retries the budget allows.
    retries: usize,
    is: fn(&Error) -> bool,
}

/// None of those that have a name.
fn is_other(error: &Error) -> bool {
    !(error.is_connect() || error.is_timeout() || error.is_encode() || error.is_status())
}

const CASES: [Case; 6] = [
    Case {
        name: "no connection",
        make: |error| TransportError::connect(error).into(),
        attempts: [3, 3],
        phase: Phase::NotSent,
        retries: 100,
        is: Error::is_connect,
    },
    Case {
        name: "not processed",
        make: |error| TransportError::not_processed(error).into(),
        attempts: [3, 3],
        phase: Phase::NotSent,
        retries: 100,
        is: is_other,
    },
    Case {
        name: "a timeout",
        make: |error| TransportError::timeout(error).into(),
        attempts: [3, 1],
        phase: Phase::MaybeSent,
        retries: 50,
        is: Error::is_timeout,
    },
    Case {
        name: "any other error",
        make: |error| TransportError::other(error).into(),
        attempts: [3, 1],
        phase: Phase::MaybeSent,
        retries: 100,
        is: is_other,
    },
    Case {
        name: "an error that says nothing",
        make: |error| error.into(),
        attempts: [3, 1],
        phase: Phase::MaybeSent,
        retries: 100,
        is: is_other,
    },
    // What a layer has wrapped.
    Case {
        name: "not processed, within another error",
        make: |error| Wrapped(TransportError::not_processed(error)).into(),
        attempts: [3, 3],
        phase: Phase::NotSent,
        retries: 100,
        is: is_other,
    },
];

type Sent = Arc<Mutex<usize>>;

fn failing(make: Make) -> (api_request::ClientBuilder, Sent) {
    let sent = Sent::default();
    let count = sent.clone();
    let client = double(move |_: Request<Body>| {
        *count.lock().unwrap() += 1;
        async move { Err::<Response<Body>, _>(make(io::ErrorKind::ConnectionReset.into())) }
    });
    (client, sent)
}

async fn check<R: ApiRequest<Error = api_request::ErrorBody>>(
    case: &Case,
    request: &R,
    kind: usize,
) {
    let about = format!("{}, {}", case.name, R::OPERATION.name());
    let (client, sent) = failing(case.make);
    let result = client.build().unwrap().send(request).await;
    let Err(error) = result else {
        panic!("{about}");
    };
    assert_eq!(error.attempts(), case.attempts[kind], "{about}");
    assert_eq!(
        *sent.lock().unwrap(),
        case.attempts[kind] as usize,
        "{about}"
    );
    assert_eq!(error.phase(), case.phase, "{about}");
    assert!((case.is)(&error), "{about}: {error:?}");
}

#[tokio::test(start_paused = true)]
async fn each_is_retried_by_its_own_rule() {
    for case in CASES {
        check(&case, &Get, 0).await;
        check(&case, &Delete, 0).await;
        check(&case, &Declared, 0).await;
        check(&case, &Keyed, 0).await;
        check(&case, &Post, 1).await;
        check(&case, &Patch, 1).await;
    }
}

#[tokio::test(start_paused = true)]
async fn each_costs_its_share_of_the_budget() {
    for case in CASES {
        let (client, sent) = failing(case.make);
        let client = client.retry(Retry::default().attempts(1_000));
        let error = client.build().unwrap().send(&Get).await.unwrap_err();
        assert_eq!(*sent.lock().unwrap(), case.retries + 1, "{}", case.name);
        let message = error.to_string();
        assert!(
            message.ends_with("the client's retry budget is used up)"),
            "{message}"
        );
    }
}
