//! Whole calls over loopback, for `instructions.sh` and `memory.sh` (`call WORK TIMES ADDRESS`), and the throughput of many
//! concurrent calls, for `throughput.sh` (`call ROUNDS ADDRESS`).
//!
//! `call serve` prints the address of the server for the other commands, and runs until it is killed; `call serve-tls` is
//! the server for `call-tls…`. A server is a process of its own, so that only the client is measured. Every caller sends
//! W1 with the same header names, keeps the connection, has the same timeouts, and decodes the response into the same
//! type.

#[expect(dead_code, reason = "the rest is for other benches")]
mod requests;

use std::{
    env,
    error::Error,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use api_request::{Client, Retry};
use http::{HeaderMap, HeaderValue, header};
use rcgen::CertifiedKey;
use reqwest::{ClientBuilder, Url};
use serde_json::Value;
use tokio::{runtime, sync::Barrier, task::JoinSet};
use tokio_rustls::rustls::{
    ServerConfig, ServerConnection, StreamOwned, crypto::aws_lc_rs, pki_types::PrivateKeyDer,
};

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
        ["serve"] => serve(Ok),
        ["serve-tls"] => {
            let config = tls()?;
            serve(move |connection| {
                let tls = ServerConnection::new(Arc::clone(&config))?;
                Ok(StreamOwned::new(tls, connection))
            })
        }
        [work, times, address] => one_at_a_time(work, times.parse()?, address),
        [rounds, address] => at_once(rounds.parse()?, address),
        _ => Err(
            "usage: call serve | call serve-tls | call WORK TIMES ADDRESS | call ROUNDS ADDRESS"
                .into(),
        ),
    }
}

/// An implementation of the call.
#[derive(Clone)]
enum Caller {
    Declared(Client),
    /// By hand, with a URL built by the `url` crate: path segments are appended to the base URL.
    ByHand(reqwest::Client, String),
    /// By hand, with a URL built as a string.
    ByHandText(reqwest::Client, String),
}

impl Caller {
    fn new(work: &str, address: &str) -> Result<Self, Box<dyn Error>> {
        let is_tls = work.starts_with("call-tls");
        let scheme = if is_tls { "https" } else { "http" };
        let base = format!("{scheme}://{address}/api/v1");
        let declared = Client::builder(&*base).bearer(requests::TOKEN);
        let by_hand = || {
            // What the declared client sends besides what is declared.
            let accept_encoding = (header::ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
            set_up(is_tls)
                .read_timeout(READ_TIMEOUT)
                .user_agent(concat!("api-request/", env!("CARGO_PKG_VERSION")))
                .default_headers(HeaderMap::from_iter([accept_encoding]))
                .build()
        };
        Ok(match work {
            "call" => Self::Declared(declared.build()?),
            "call-once" => Self::Declared(declared.retry(Retry::none()).build()?),
            "call-tls" => Self::Declared(declared.reqwest(|| set_up(true)).build()?),
            "call-by-hand" | "call-tls-by-hand" => Self::ByHand(by_hand()?, base),
            "call-by-hand-text" => Self::ByHandText(by_hand()?, base),
            _ => return Err(format!("unknown work `{work}`").into()),
        })
    }

    async fn call(&self) -> Result<Value, Box<dyn Error + Send + Sync>> {
        let request = match self {
            Self::Declared(client) => return Ok(client.send(&requests::W1).await?),
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

/// What the clients have in common.
fn set_up(is_tls: bool) -> ClientBuilder {
    let builder = reqwest::Client::builder()
        .no_proxy()
        .connect_timeout(CONNECT_TIMEOUT);
    if is_tls {
        // To verify the certificate of `call serve-tls` is work for each connection, which is not counted.
        builder.tls_danger_accept_invalid_certs(true)
    } else {
        builder
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

/// Responds to each request with the same JSON, over connections that `open` makes of those of TCP.
fn serve<S, F>(open: F) -> Result<(), Box<dyn Error>>
where
    S: Read + Write,
    F: Fn(TcpStream) -> Result<S, Box<dyn Error>> + Clone + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0")?;
    println!("{}", listener.local_addr()?);
    for connection in listener.incoming() {
        let (connection, open) = (connection?, open.clone());
        // An error means that the client closed the connection, which is how each client ends.
        thread::spawn(move || {
            let respond = || {
                connection.set_nodelay(true)?;
                respond(open(connection)?)
            };
            respond().is_ok()
        });
    }
    Ok(())
}

fn tls() -> Result<Arc<ServerConfig>, Box<dyn Error>> {
    let CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    let key = PrivateKeyDer::try_from(signing_key.serialize_der())?;
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)?;
    Ok(Arc::new(config))
}

fn respond(connection: impl Read + Write) -> Result<(), Box<dyn Error>> {
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
        reader.get_mut().write_all(response.as_bytes())?;
        reader.get_mut().flush()?;
    }
}
