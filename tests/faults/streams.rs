//! Event streams that break off and are resumed: no event is lost and none comes twice.

use api_request::{ApiRequest, Error, EventRequest, Phase};
use futures_util::{StreamExt as _, stream};

use crate::{
    calls::{At, Clients, Made, To, with_settings},
    fault::Place,
    secrets,
    server::{AT_ONCE, EVENTS, Received, Server},
};

#[derive(ApiRequest)]
#[api(method = GET, path = "/streams/{call}/{script}", events(item = u32, done = "[DONE]", resume))]
struct Watch {
    call: u32,
    script: String,
}

#[derive(ApiRequest)]
#[api(method = GET, events(item = u32, done = "[DONE]", resume))]
struct WatchUrl {
    #[api(url)]
    at: String,
}

/// What a stream can meet: `A` is all the rest of it, `B` a cut after some events, `C` an end without the sentinel, `D` a cut
/// before any event, `E` a cut within an event, `F` a 204, and `G` an error of the API. The others are those of calls: the
/// request is retried.
const LETTERS: [char; 12] = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'e', 'f', 'g', 'l', 'm'];

/// What a stream meets, request by request.
pub(crate) fn script(random: &mut fastrand::Rng) -> String {
    let first = ['B', 'C', 'E'][random.usize(..3)];
    let more = (0..random.usize(..6)).map(|_| LETTERS[random.usize(..LETTERS.len())]);
    // Most streams have come to an ID when they meet the worse.
    let all: String = std::iter::once(first).chain(more).collect();
    let skipped = usize::from(random.u32(..8) == 0 && all.len() > 1);
    all[skipped..].to_owned()
}

/// What becomes of a stream.
#[derive(Debug, Default)]
struct Outcome {
    /// How many events come.
    events: u32,
    is_error: bool,
    /// The last event that each request names.
    named: Vec<u32>,
}

fn expect(script: &str) -> Outcome {
    const ATTEMPTS: u32 = 3;
    let mut outcome = Outcome::default();
    let mut attempts = 1;
    for number in 0.. {
        let last = script.chars().next_back().unwrap();
        let letter = script.chars().nth(number).unwrap_or(last);
        outcome.named.push(outcome.events);
        let come = EVENTS.min(outcome.events + AT_ONCE) - outcome.events;
        match letter {
            'A' => {
                outcome.events = EVENTS;
                return outcome;
            }
            'F' => return outcome,
            'G' => {
                outcome.events += come;
                outcome.is_error = true;
                return outcome;
            }
            'B' | 'C' | 'E' if come > 0 => {
                outcome.events += come;
                attempts = 1;
            }
            _ => {}
        }
        // Without an ID, there is nothing to go on from.
        let is_lost = letter.is_ascii_uppercase() && outcome.events == 0;
        if attempts == ATTEMPTS || is_lost {
            outcome.is_error = true;
            return outcome;
        }
        attempts += 1;
    }
    unreachable!("there is a last attempt")
}

/// The events that come, and the error after them.
async fn read(at: &At, made: &Made) -> (Vec<u32>, Option<Error>) {
    let client = at.client(made.to);
    match made.url(at, "streams") {
        None => {
            let (call, script) = (made.call, made.script.clone());
            collect(with_settings(
                client.call(&Watch { call, script }),
                at,
                made,
            ))
            .await
        }
        Some(url) => {
            let request = WatchUrl { at: url };
            collect(with_settings(client.call(&request), at, made)).await
        }
    }
}

async fn collect<R>(call: api_request::Call<'_, R>) -> (Vec<u32>, Option<Error>)
where
    R: EventRequest<Event = u32> + ApiRequest<Error = api_request::ErrorBody>,
{
    let mut events = match call.events().await {
        Ok(events) => events.boxed(),
        Err(error) => stream::iter([Err(error)]).boxed(),
    };
    let (mut items, mut last) = (Vec::new(), None);
    while let Some(event) = events.next().await {
        assert!(last.is_none(), "it goes on after an error");
        match event {
            Ok(item) => items.push(item),
            Err(error) => last = Some(error),
        }
    }
    (items, last)
}

/// Reads a stream that meets what its script says, and checks what comes of it.
pub(crate) async fn check(clients: Clients, server: &Server, made: Made) {
    let (items, error) = read(clients.at(Place::Scripted), &made).await;
    let expected = expect(&made.script);
    let about = format!("{made:?}, {expected:?}");
    assert!(
        items.iter().copied().eq(1..=expected.events),
        "{about}: {items:?}"
    );
    assert_eq!(error.is_some(), expected.is_error, "{about}: {error:?}");
    if let Some(error) = error {
        let told = format!("{error} {error:?}");
        assert!(!told.contains("canary"), "{about}: {told}");
        let is_answered = error.phase() == Phase::Answered;
        assert!(is_answered || expected.events == 0, "{about}: {error:?}");
    }
    check_requests(&made, &server.counts.take(made.call), &expected, &about);
}

fn check_requests(made: &Made, received: &[Received], expected: &Outcome, about: &str) {
    let named = received.iter().map(|received| {
        let id = received.header("last-event-id");
        id.map_or(0, |id| id.parse().unwrap())
    });
    assert_eq!(named.collect::<Vec<u32>>(), expected.named, "{about}");
    let numbers = received
        .iter()
        .map(|received| secrets::check(made, received, about));
    let numbers: Vec<_> = numbers.collect();
    let is_sorted = numbers.is_sorted_by(|one, next| one < next);
    assert!(is_sorted || !made.to.is_trusted(), "{about}: {numbers:?}");
}

#[tokio::test]
async fn each_break_is_resumed_where_the_stream_was() {
    let server = Server::start().await;
    let mut call = 0;
    for letter in LETTERS {
        for before in ["", "B", "C", "E", "BD", "BDe", "Bfe", "BBB", "eBg"] {
            for after in ["", "A"] {
                let clients = Clients::new(&server);
                let script = format!("{before}{letter}{after}");
                call += 1;
                let to = To::ALL[call as usize % To::ALL.len()];
                check(clients, &server, Made::stream(to, call, script)).await;
            }
        }
    }
    assert_eq!(server.counts.trapped(), 0);
}
