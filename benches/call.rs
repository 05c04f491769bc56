//! Whole calls over loopback, for `instructions.sh` and `memory.sh` (`call WORK TIMES ADDRESS`), and the throughput of many
//! concurrent calls, for `throughput.sh` (`call ROUNDS ADDRESS`).
//!
//! `call serve` prints the address of the server for the other commands, and runs until it is killed. The server is a
//! process of its own, so that only the client is measured. Every caller sends W1, keeps the connection, has the same
//! timeouts, and decodes the response into the same type.

#[expect(dead_code, reason = "the rest is for other benches")]
mod requests;

use std::{
    env,
    error::Error,
    io::{self, BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use api_request::{Client, Retry};
use reqwest::Url;
use serde_json::Value;
use tokio::{runtime, sync::Barrier, task::JoinSet};

/// The defaults of this crate's client, which the hand-written clients use as well.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const READ_TIMEOUT: Duration = Duration::from_secs(30);

/// The number of concurrent callers, and of the calls that each makes in a round.
const CALLERS: usize = 64;
const CALLS: u32 = 250;

/// The number of callers of `call-1000…`, each of which makes one call in a round.
const MANY: usize = 1000;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match *arguments {
        ["serve"] => Ok(serve()?),
        [work, times, address] => one_at_a_time(work, times.parse()?, address),
        [rounds, address] => at_once(rounds.parse()?, address),
        _ => Err("usage: call serve | call WORK TIMES ADDRESS | call ROUNDS ADDRESS".into()),
    }
}

/// An implementation of the call.
#[derive(Clone)]
enum Caller {
    Declared(Client, Retry),
    /// By hand, with a URL built by the `url` crate: path segments are appended to the base URL.
    ByHand(reqwest::Client, String),
    /// By hand, with a URL built as a string.
    ByHandText(reqwest::Client, String),
}

impl Caller {
    fn new(work: &str, address: &str) -> Result<Self, Box<dyn Error>> {
        let base = format!("http://{address}/api/v1");
        let http = || {
            reqwest::Client::builder()
                .no_proxy()
                .connect_timeout(CONNECT_TIMEOUT)
                .read_timeout(READ_TIMEOUT)
                .build()
        };
        Ok(match work {
            "call" => Self::Declared(requests::client_of(&base), Retry::default()),
            "call-once" => Self::Declared(requests::client_of(&base), Retry::none()),
            "call-by-hand" => Self::ByHand(http()?, base),
            "call-by-hand-text" => Self::ByHandText(http()?, base),
            _ => return Err(format!("unknown work `{work}`").into()),
        })
    }

    async fn call(&self) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let request = match self {
            Self::Declared(client, retry) => {
                return Ok(client
                    .call(&requests::W1)
                    .retry(retry.clone())
                    .send()
                    .await?);
            }
            Self::ByHand(client, base) => {
                let mut url = Url::parse(base)?;
                let segments = url.path_segments_mut();
                segments
                    .map_err(|()| "the base URL has no path")?
                    .extend(["auth", "keys"]);
                requests::reqwest_w1_to(client, url)
            }
            Self::ByHandText(client, base) => {
                requests::reqwest_w1_to(client, format!("{base}/auth/keys"))
            }
        };
        Ok(request.send().await?.error_for_status()?.json().await?)
    }
}

fn one_at_a_time(work: &str, times: u32, address: &str) -> Result<(), Box<dyn Error>> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let times = times as usize;
        match work {
            "call-1000" => rounds("call", times, MANY, address).await,
            "call-1000-by-hand" => rounds("call-by-hand", times, MANY, address).await,
            "in-flight" => rounds("call", 1, times, address).await,
            "in-flight-by-hand" => rounds("call-by-hand", 1, times, address).await,
            "idle" | "idle-by-hand" => {
                let caller = if work == "idle" {
                    "call"
                } else {
                    "call-by-hand"
                };
                let callers = (0..times).map(|_| Caller::new(caller, address));
                callers.collect::<Result<Vec<_>, _>>().map(drop)
            }
            _ => {
                let caller = Caller::new(work, address)?;
                for _ in 0..times {
                    caller
                        .call()
                        .await
                        .map_err(|error| error as Box<dyn Error>)?;
                }
                Ok(())
            }
        }
    })
}

/// Makes so many calls at once, so many times.
async fn rounds(
    work: &str,
    rounds: usize,
    callers: usize,
    address: &str,
) -> Result<(), Box<dyn Error>> {
    let caller = Caller::new(work, address)?;
    for _ in 0..rounds {
        let mut calls = JoinSet::new();
        for _ in 0..callers {
            let caller = caller.clone();
            calls.spawn(async move { caller.call().await });
        }
        while let Some(ended) = calls.join_next().await {
            ended?.map_err(|error| error as Box<dyn Error>)?;
        }
    }
    Ok(())
}

/// Prints the median calls per second, declared and by hand, over interleaved rounds.
fn at_once(rounds: usize, address: &str) -> Result<(), Box<dyn Error>> {
    let runtime = runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    let callers = [
        Caller::new("call", address)?,
        Caller::new("call-by-hand", address)?,
    ];
    let mut rates = [Vec::new(), Vec::new()];
    // The first round makes the connections, so it is not counted.
    for round in 0..=rounds {
        for (caller, rates) in callers.iter().zip(&mut rates) {
            let rate = runtime.block_on(rate(caller))?;
            if round > 0 {
                rates.push(rate);
            }
        }
    }
    let [declared, by_hand] = rates.map(|mut rates| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    });
    println!("declared: {declared:.0} calls/s, by hand: {by_hand:.0} calls/s");
    println!("ratio: {:.3}", declared / by_hand);
    Ok(())
}

/// Returns the calls per second of one round.
async fn rate(caller: &Caller) -> Result<f64, Box<dyn Error>> {
    let start = Arc::new(Barrier::new(CALLERS + 1));
    let mut callers = JoinSet::new();
    for _ in 0..CALLERS {
        let (caller, start) = (caller.clone(), Arc::clone(&start));
        callers.spawn(async move {
            start.wait().await;
            for _ in 0..CALLS {
                caller.call().await?;
            }
            Ok::<_, Box<dyn Error + Send + Sync>>(())
        });
    }
    start.wait().await;
    let begin = Instant::now();
    while let Some(ended) = callers.join_next().await {
        ended?.map_err(|error| error as Box<dyn Error>)?;
    }
    let calls = CALLS * u32::try_from(CALLERS)?;
    Ok(f64::from(calls) / begin.elapsed().as_secs_f64())
}

/// Responds to each request with the same JSON.
fn serve() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    for connection in listener.incoming() {
        let connection = connection?;
        // An error means that the client closed the connection, which is how each client ends.
        thread::spawn(move || respond(&connection));
    }
    Ok(())
}

fn respond(mut connection: &TcpStream) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let json = r#"{"key":"sk-or-v1-0e6f44a47a05f1dad2ad7e88c4c1d6b7","user_id":"user_2yOPcMpKoQhcd4bVgSMlELRaIah"}"#;
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{json}",
        json.len()
    );
    let mut reader = BufReader::new(connection);
    let (mut line, mut body) = (String::new(), Vec::new());
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            line.make_ascii_lowercase();
            if let Some(value) = line.strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or_default();
            }
            if line.trim_end().is_empty() {
                break;
            }
        }
        body.clear();
        (&mut reader).take(length).read_to_end(&mut body)?;
        connection.write_all(response.as_bytes())?;
    }
}
