//! Faults on the loopback interface: what each of them ends as, and thousands of calls that meet any of them.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

mod fault;
mod server;

use std::{env, fs, time::Duration};

use api_request::{ApiRequest, Client, Error, Limits, Retry};
use tokio::{runtime::Handle, task::JoinSet};

use crate::{
    fault::{End, Fault, Outcome, Place, REFUSED, SCRIPTED, STALLED, UNREAD, expect},
    server::Server,
};

macro_rules! declare {
    ($($name:ident: $method:ident $(, $key:ident $(= $value:literal)?)?;)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = $method, path = "/calls/{call}/{script}", response = u32 $(, $key $(= $value)?)?)]
            struct $name {
                call: u32,
                script: String,
            }
        )*
    };
}

declare! {
    Get: GET;
    Put: PUT;
    Delete: DELETE;
    Post: POST;
    Patch: PATCH;
    Declared: POST, idempotent;
    Keyed: POST, idempotency_key = "Idempotency-Key";
}

/// The kinds of requests, and whether they are idempotent.
const KINDS: [bool; 7] = [true, true, true, false, false, true, true];

async fn send(at: &At, kind: usize, call: u32, script: String) -> Result<u32, Error> {
    macro_rules! send {
        ($name:ident) => {{
            let request = $name { call, script };
            // Every other call is to another origin than that of its client.
            match call % 2 {
                0 => at.client.send(&request).await,
                _ => {
                    at.elsewhere
                        .call(&request)
                        .base_url(&*at.origin)
                        .send()
                        .await
                }
            }
        }};
    }
    match kind {
        0 => send!(Get),
        1 => send!(Put),
        2 => send!(Delete),
        3 => send!(Post),
        4 => send!(Patch),
        5 => send!(Declared),
        _ => send!(Keyed),
    }
}

/// Clients for a part of the server: one whose origin it is, and one whose origin is another, at which nothing is.
#[derive(Clone)]
struct At {
    client: Client,
    elsewhere: Client,
    origin: String,
}

/// Clients for each part of the server.
#[derive(Clone)]
struct Clients {
    scripted: At,
    /// For scripts without an answer: no other call is so impatient.
    stalled: At,
    refused: At,
    unread: At,
}

impl Clients {
    fn new(server: &Server) -> Self {
        let client = |origin: &str, patience: Duration| {
            Client::builder(origin)
                .retry(Retry::default().base_delay(Duration::from_millis(1)))
                .limits(Limits::default().body(64 * 1024))
                .read_timeout(patience)
                .build()
                .unwrap()
        };
        let at = |origin: &str, patience| At {
            client: client(origin, patience),
            elsewhere: client("http://127.0.0.1:9", patience),
            origin: origin.to_owned(),
        };
        let patience = Duration::from_secs(30);
        Self {
            scripted: at(&server.scripted, patience),
            stalled: at(&server.scripted, Duration::from_millis(50)),
            refused: at(&server.refusing, patience),
            unread: at(&server.resetting, patience),
        }
    }

    fn at(&self, place: Place) -> &At {
        match place {
            Place::Scripted => &self.scripted,
            Place::Impatient => &self.stalled,
            Place::Refusing => &self.refused,
            Place::Resetting => &self.unread,
        }
    }
}

/// Makes a call that meets these faults, and checks what comes of it.
async fn check(clients: Clients, server: &Server, script: &[&Fault], kind: usize, call: u32) {
    let letters: String = script.iter().map(|fault| fault.letter).collect();
    let result = send(clients.at(script[0].place), kind, call, letters.clone()).await;
    let Outcome {
        fault,
        phase,
        attempts,
        requests,
    } = expect(script, KINDS[kind]);
    let about = format!("call {call}, kind {kind}, `{letters}`, {}", fault.name);
    match (result, fault.end) {
        (Ok(value), End::Answered) => assert_eq!(value, call, "{about}"),
        (Err(error), End::Failed(_, is)) => {
            assert_eq!(error.phase(), phase, "{about}: {error:?}");
            assert!(is(&error), "{about}: {error:?}");
            assert_eq!(error.attempts(), attempts, "{about}: {error:?}");
        }
        (result, _) => panic!("{about}: {result:?}"),
    }
    let received = server.counts.received(call);
    // Whoever is impatient may give up before all is read.
    let is_right = received == requests || fault.place == Place::Impatient && received < requests;
    assert!(is_right, "{about}: {received} requests");
}

#[tokio::test]
async fn each_fault_ends_as_the_table_of_retries_says() {
    let server = Server::start().await;
    let mut call = 0;
    for fault in SCRIPTED.iter().chain([&STALLED, &REFUSED, &UNREAD]) {
        let clients = Clients::new(&server);
        // Each kind twice, which is once to the origin of the client and once to another.
        for turn in 0..KINDS.len() * 2 {
            call += 1;
            let kind = turn % KINDS.len();
            check(clients.clone(), &server, &[fault], kind, call).await;
        }
    }
}

/// So many calls at once have a client of their own, whose budget for retries is enough for all of them.
const AT_ONCE: usize = 40;

#[tokio::test]
async fn a_thousand_calls_end_as_they_should_and_leave_nothing_behind() {
    end_as_they_should_and_leave_nothing_behind(1_000).await;
}

#[tokio::test]
#[ignore = "takes a minute or more"]
async fn ten_thousand_calls_end_as_they_should_and_leave_nothing_behind() {
    end_as_they_should_and_leave_nothing_behind(10_000).await;
}

async fn end_as_they_should_and_leave_nothing_behind(calls: usize) {
    let seed = env::var("FAULTS_SEED").map_or(20_261_125, |seed| seed.parse().unwrap());
    println!("FAULTS_SEED={seed}");
    let mut random = fastrand::Rng::with_seed(seed);
    let server = std::sync::Arc::new(Server::start().await);
    let metrics = Handle::current().metrics();
    let tasks = metrics.num_alive_tasks();
    let mut resident = Vec::new();
    let batches = calls / AT_ONCE;
    for batch in 0..batches {
        let clients = Clients::new(&server);
        let mut calls = JoinSet::new();
        for call in 0..AT_ONCE {
            let call = u32::try_from(batch * AT_ONCE + call + 1).unwrap();
            let script = script(&mut random);
            let kind = random.usize(..KINDS.len());
            let (clients, server) = (clients.clone(), server.clone());
            calls.spawn(async move { check(clients, &server, &script, kind, call).await });
        }
        calls.join_all().await;
        if batch % (batches / 4) == 0 {
            resident.extend(resident_memory());
        }
    }
    // Whoever still has something to close has a moment for it.
    let end = async {
        while server.counts.open() > 0 || metrics.num_alive_tasks() > tasks {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(60), end).await;
    assert!(
        ended.is_ok(),
        "{} connections and {} of {tasks} tasks are left",
        server.counts.open(),
        metrics.num_alive_tasks()
    );
    assert!(server.counts.most_open() <= 3 * AT_ONCE);
    resident.extend(resident_memory());
    if let [_, second, .., last] = *resident {
        let mebibytes = last.saturating_sub(second) / 1024 / 1024;
        assert!(mebibytes < 16, "it grew by {mebibytes} MiB: {resident:?}");
    }
}

/// What a call meets, attempt by attempt.
fn script(random: &mut fastrand::Rng) -> Vec<&'static Fault> {
    match random.u32(..200) {
        0 => vec![&STALLED],
        1..=8 => vec![&REFUSED],
        9..=16 => vec![&UNREAD],
        _ => {
            let length = random.usize(1..=3);
            let faults = (0..length).map(|_| &SCRIPTED[random.usize(..SCRIPTED.len())]);
            faults.collect()
        }
    }
}

/// The bytes of memory that this process has, where that is known.
fn resident_memory() -> Option<u64> {
    let statm = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
