//! What can go wrong with one attempt, and what has to come of it.

use api_request::{Error, Phase};

/// A letter of a script, and what an attempt that meets it ends as.
#[derive(Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) place: Place,
    pub(crate) letter: char,
    pub(crate) name: &'static str,
    pub(crate) retry: Retried,
    pub(crate) end: End,
    /// How many requests one attempt is.
    pub(crate) requests: usize,
}

/// Where a fault is met.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    /// At the server that follows scripts.
    Scripted,
    /// There too, by a client that does not wait for long.
    Impatient,
    /// Where nobody listens.
    Refusing,
    /// Where connections are reset.
    Resetting,
}

/// For which requests another attempt follows.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Retried {
    Never,
    IfIdempotent,
    /// The same attempt goes on, once, where the client can get other credentials.
    WithOthers,
    Always,
}

#[derive(Clone, Copy)]
pub(crate) enum End {
    Answered,
    /// Answered, and asked again.
    NotDone,
    Failed(Phase, fn(&Error) -> bool),
}

const fn fault(letter: char, name: &'static str, retry: Retried, end: End) -> Fault {
    Fault {
        place: Place::Scripted,
        letter,
        name,
        retry,
        end,
        requests: 1,
    }
}

const fn hops(fault: Fault, requests: usize) -> Fault {
    Fault { requests, ..fault }
}

const fn status(letter: char, name: &'static str, retry: Retried) -> Fault {
    fault(
        letter,
        name,
        retry,
        Failed(Phase::Answered, Error::is_status),
    )
}

/// A connection that broke, so that nobody knows whether the request arrived.
const fn broken(letter: char, name: &'static str) -> Fault {
    let end = Failed(Phase::MaybeSent, is_broken);
    fault(letter, name, IfIdempotent, end)
}

/// A body that broke off.
const fn cut(letter: char, name: &'static str) -> Fault {
    let end = Failed(Phase::Answered, is_broken);
    fault(letter, name, IfIdempotent, end)
}

const fn too_large(letter: char, name: &'static str) -> Fault {
    let end = Failed(Phase::Answered, Error::is_too_large);
    fault(letter, name, Never, end)
}

const fn not_decoded(letter: char, name: &'static str) -> Fault {
    let end = Failed(Phase::Answered, Error::is_decode);
    fault(letter, name, Never, end)
}

const fn redirect(letter: char, name: &'static str) -> Fault {
    let end = Failed(Phase::Answered, Error::is_redirect);
    fault(letter, name, Never, end)
}

use End::{Answered, Failed, NotDone};
use Retried::{Always, IfIdempotent, Never, WithOthers};

/// None of those that have a name.
fn is_broken(error: &Error) -> bool {
    let named: [fn(&Error) -> bool; 7] = [
        Error::is_connect,
        Error::is_decode,
        Error::is_encode,
        Error::is_redirect,
        Error::is_status,
        Error::is_timeout,
        Error::is_too_large,
    ];
    named.iter().all(|is| !is(error))
}

/// What the scripted server can do.
pub(crate) const SCRIPTED: [Fault; 21] = [
    fault('a', "an answer", Never, Answered),
    fault('b', "a 103 before the answer", Never, Answered),
    fault('c', "more bytes than the length says", Never, Answered),
    hops(fault('d', "a redirect to the answer", Never, Answered), 2),
    status('e', "500", IfIdempotent),
    status('f', "503 with a hint", Always),
    status('g', "429 with a hint", Always),
    status('h', "404", Never),
    hops(redirect('i', "a redirect to itself"), 11),
    redirect('j', "a redirect to another origin"),
    broken('k', "a reset when the request was read"),
    broken('l', "a close when the request was read"),
    broken('m', "a close inside of the head"),
    cut('n', "a body shorter than its length"),
    cut('o', "a body without its last chunk"),
    too_large('p', "a body without an end"),
    too_large('q', "a small body that decompresses to a large one"),
    not_decoded('r', "a body that does not decompress"),
    broken('s', "something that is no HTTP"),
    too_large('t', "a head of a MiB"),
    status('w', "401", WithOthers),
];

/// What only a job meets that is asked for until it is done.
pub(crate) const NOT_YET: Fault = fault('v', "a job that is not done", Never, NotDone);

/// Nothing comes.
pub(crate) const STALLED: Fault = Fault {
    place: Place::Impatient,
    ..fault(
        'u',
        "no answer",
        IfIdempotent,
        Failed(Phase::MaybeSent, Error::is_timeout),
    )
};

/// Nobody listens.
pub(crate) const REFUSED: Fault = Fault {
    place: Place::Refusing,
    requests: 0,
    ..fault(
        'a',
        "a connection that is refused",
        Always,
        Failed(Phase::NotSent, Error::is_connect),
    )
};

/// The connection is reset with the request unread.
pub(crate) const UNREAD: Fault = Fault {
    place: Place::Resetting,
    requests: 0,
    ..broken('a', "a reset before the request was read")
};

/// What becomes of a call.
pub(crate) struct Outcome<'f> {
    /// The fault that it ends with.
    pub(crate) fault: &'f Fault,
    /// How far the attempts got that failed.
    pub(crate) phase: Phase,
    pub(crate) attempts: u32,
    /// How many requests at most.
    pub(crate) requests: usize,
}

/// `is_provided` says whether the client gets other credentials after a 401.
pub(crate) fn expect<'f>(
    script: &[&'f Fault],
    is_idempotent: bool,
    is_provided: bool,
) -> Outcome<'f> {
    const ATTEMPTS: u32 = 3;
    let (mut attempts, mut requests) = (1, 0);
    let mut phase = Phase::NotSent;
    let mut is_refreshed = false;
    for number in 0.. {
        let fault = script[number.min(script.len() - 1)];
        requests += fault.requests;
        match fault.end {
            Answered => {}
            // The next request is a call of its own.
            NotDone => {
                phase = Phase::Answered;
                (attempts, is_refreshed) = (1, false);
                continue;
            }
            Failed(own, _) => phase = phase.max(own),
        }
        let is_retried = match fault.retry {
            WithOthers if is_provided && !is_refreshed => {
                is_refreshed = true;
                continue;
            }
            Never | WithOthers => false,
            IfIdempotent => is_idempotent,
            Always => true,
        };
        if attempts == ATTEMPTS || !is_retried {
            return Outcome {
                fault,
                phase,
                attempts,
                requests,
            };
        }
        attempts += 1;
    }
    unreachable!("there is a last attempt")
}
