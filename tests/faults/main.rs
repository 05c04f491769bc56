//! Faults on the loopback interface: what each of them ends as, and thousands of calls that meet any of them.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

mod calls;
mod fault;
mod secrets;
mod server;
mod streams;

use std::{env, fs, time::Duration};

use tokio::{runtime::Handle, task::JoinSet};

use crate::{
    calls::{Clients, Kind, Made, To},
    fault::{
        End, Fault, NOT_YET, Outcome, Place, REFUSED, Retried, SCRIPTED, STALLED, UNREAD, expect,
    },
    server::{Received, Server},
};

/// Makes a call that meets these faults, and checks what comes of it.
async fn check(clients: Clients, server: &Server, script: &[&Fault], made: Made) {
    let at = clients.at(script[0].place);
    let result = calls::send(at, &made).await;
    let Outcome {
        fault,
        phase,
        attempts,
        requests,
    } = expect(script, made.kind.is_idempotent(), made.to.is_trusted());
    let about = format!("{made:?}, {}", fault.name);
    match (result, fault.end) {
        (Ok(value), End::Answered) => assert_eq!(value, made.call, "{about}"),
        (Err(error), End::Failed(_, is)) => {
            assert_eq!(error.phase(), phase, "{about}: {error:?}");
            assert!(is(&error), "{about}: {error:?}");
            assert_eq!(error.attempts(), attempts, "{about}: {error:?}");
            let told = format!("{error} {error:?}");
            assert!(!told.contains("canary"), "{about}: {told}");
        }
        (result, _) => panic!("{about}: {result:?}"),
    }
    let received = server.counts.take(made.call);
    // Whoever is impatient may give up before all is read.
    let is_right =
        received.len() == requests || fault.place == Place::Impatient && received.len() < requests;
    assert!(is_right, "{about}: {} requests", received.len());
    check_requests(&made, &received, &about);
}

/// Checks what the server got of a call: the secrets and the signature of each request, and that each may follow the one
/// before.
fn check_requests(made: &Made, received: &[Received], about: &str) {
    let numbers = received
        .iter()
        .map(|received| secrets::check(made, received, about));
    let numbers: Vec<_> = numbers.collect();
    if made.to.is_trusted() {
        assert!(
            numbers.is_sorted_by(|one, next| one < next),
            "{about}: {numbers:?}"
        );
    }
    for received in received {
        let has_key = received.header("idempotency-key").is_some();
        assert_eq!(has_key, made.kind == Kind::Keyed, "{about}");
    }
    for pair in received.windows(2) {
        let [one, next] = pair else { unreachable!() };
        assert!(may_follow(made, one), "{about}: {one:?}, and then {next:?}");
        let is_same_key = one.header("idempotency-key") == next.header("idempotency-key");
        let is_new = made.kind == Kind::Keyed && one.letter == NOT_YET.letter;
        assert_eq!(is_same_key, !is_new, "{about}");
        // Only a redirect leads to another request.
        if !matches!(one.letter, 'd' | 'i') {
            let is_same =
                (&one.method, &one.target, &one.body) == (&next.method, &next.target, &next.body);
            assert!(is_same, "{about}: {one:?}, and then {next:?}");
        }
    }
}

/// Whether any request may be sent after this one.
fn may_follow(made: &Made, one: &Received) -> bool {
    if matches!(one.letter, 'd' | 'i') {
        return true;
    }
    let mut all = SCRIPTED.iter().chain([&STALLED, &NOT_YET]);
    let fault = all.find(|fault| fault.letter == one.letter).unwrap();
    match (fault.end, fault.retry) {
        (End::NotDone, _) => made.is_job,
        (_, Retried::Never) => false,
        (_, Retried::IfIdempotent) => made.kind.is_idempotent(),
        (_, Retried::WithOthers) => made.to.is_trusted(),
        (_, Retried::Always) => true,
    }
}

fn letters(script: &[&Fault]) -> String {
    script.iter().map(|fault| fault.letter).collect()
}

#[tokio::test]
async fn each_fault_ends_as_the_table_of_retries_says() {
    let server = std::sync::Arc::new(Server::start().await);
    let mut call = 0;
    let single = SCRIPTED.iter().chain([&STALLED, &REFUSED, &UNREAD]);
    let mut scripts: Vec<Vec<&Fault>> = single.map(|fault| vec![fault]).collect();
    // A job that is done, or not, after one that was not.
    scripts.extend(SCRIPTED.iter().map(|fault| vec![&NOT_YET, fault]));
    for script in scripts {
        let clients = Clients::new(&server);
        let mut calls = JoinSet::new();
        for (number, kind) in Kind::ALL.into_iter().enumerate() {
            // Each origin is told by one half of the kinds in the URL, and by the other in the base URL.
            for to in To::ALL.into_iter().skip(number % 2).step_by(2) {
                call += 1;
                let made = Made {
                    kind,
                    to,
                    is_job: script.len() > 1,
                    call,
                    script: letters(&script),
                };
                let (clients, server, script) = (clients.clone(), server.clone(), script.clone());
                calls.spawn(async move { check(clients, &server, &script, made).await });
            }
        }
        calls.join_all().await;
    }
    assert_eq!(server.counts.trapped(), 0);
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
            let (clients, server) = (clients.clone(), server.clone());
            let to = To::ALL[random.usize(..To::ALL.len())];
            if random.u32(..8) == 0 {
                let made = Made::stream(to, call, streams::script(&mut random));
                calls.spawn(async move { streams::check(clients, &server, made).await });
                continue;
            }
            let is_job = random.u32(..4) == 0;
            let script = script(&mut random, is_job);
            let made = Made {
                kind: Kind::ALL[random.usize(..Kind::ALL.len())],
                to,
                is_job,
                call,
                script: letters(&script),
            };
            calls.spawn(async move { check(clients, &server, &script, made).await });
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
    assert_eq!(server.counts.trapped(), 0);
    resident.extend(resident_memory());
    if let [_, second, .., last] = *resident {
        let mebibytes = last.saturating_sub(second) / 1024 / 1024;
        assert!(mebibytes < 16, "it grew by {mebibytes} MiB: {resident:?}");
    }
}

/// What a call meets, request by request.
fn script(random: &mut fastrand::Rng, is_job: bool) -> Vec<&'static Fault> {
    match random.u32(..200) {
        0 => vec![&STALLED],
        1..=8 => vec![&REFUSED],
        9..=16 => vec![&UNREAD],
        _ => {
            let mut script = Vec::new();
            for _ in 0..random.usize(1..=3) {
                if is_job && random.bool() {
                    script.push(&NOT_YET);
                }
                script.push(&SCRIPTED[random.usize(..SCRIPTED.len())]);
            }
            script
        }
    }
}

/// The bytes of memory that this process has, where that is known.
fn resident_memory() -> Option<u64> {
    let statm = fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = statm.split(' ').nth(1)?.parse().ok()?;
    Some(pages * 4096)
}
