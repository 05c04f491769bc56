//! A server on the loopback interface that does to each request what its path says, and counts what it got.
//!
//! The path is `/calls/{call}/{script}`, or `/streams/…` where events are asked for: attempt *n* of a call meets the
//! fault of the *n*th letter of the script, or the last one's. The letters are those of [`Fault`](crate::fault::Fault).

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::Write as _,
    sync::{Arc, LazyLock, Mutex},
};

use flate2::{Compression, write::GzEncoder};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
};

#[derive(Clone, Default)]
pub(crate) struct Counts(Arc<Mutex<Counted>>);

#[derive(Default)]
struct Counted {
    /// The requests of each call that were read.
    received: BTreeMap<u32, Vec<Received>>,
    /// How often something came where nothing may.
    trapped: usize,
    open: usize,
    most_open: usize,
}

impl Counts {
    /// The requests of a call, which are forgotten.
    pub(crate) fn take(&self, call: u32) -> Vec<Received> {
        let mut counted = self.0.lock().unwrap();
        counted.received.remove(&call).unwrap_or_default()
    }

    pub(crate) fn trapped(&self) -> usize {
        self.0.lock().unwrap().trapped
    }

    pub(crate) fn open(&self) -> usize {
        self.0.lock().unwrap().open
    }

    pub(crate) fn most_open(&self) -> usize {
        self.0.lock().unwrap().most_open
    }

    /// Keeps a request, and returns the letter that it meets.
    fn receive(&self, call: u32, script: &str, mut received: Received) -> char {
        let mut counted = self.0.lock().unwrap();
        let all = counted.received.entry(call).or_default();
        let last = script.chars().last().unwrap();
        received.letter = script.chars().nth(all.len()).unwrap_or(last);
        all.push(received);
        all[all.len() - 1].letter
    }

    fn opened(&self) -> Open {
        let mut counted = self.0.lock().unwrap();
        counted.open += 1;
        counted.most_open = counted.most_open.max(counted.open);
        Open(self.clone())
    }
}

/// A request that was read.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// What it met.
    pub(crate) letter: char,
}

impl Received {
    fn new(head: &str, body: &[u8]) -> Self {
        let (line, headers) = head.split_once("\r\n").unwrap();
        let mut words = line.split(' ').map(str::to_owned);
        let headers = headers.split("\r\n").map(|line| {
            let (name, value) = line.split_once(": ").unwrap();
            (name.to_owned(), value.to_owned())
        });
        Self {
            method: words.next().unwrap(),
            target: words.next().unwrap(),
            headers: headers.collect(),
            body: body.to_vec(),
            letter: ' ',
        }
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        let (_, value) = headers.find(|(known, _)| known == name)?;
        Some(value)
    }

    /// All of it, to search.
    pub(crate) fn text(&self) -> String {
        let body = String::from_utf8_lossy(&self.body);
        format!("{} {:?} {body}", self.target, self.headers)
    }
}

/// A connection that is open.
struct Open(Counts);

impl Drop for Open {
    fn drop(&mut self) {
        self.0.0.lock().unwrap().open -= 1;
    }
}

pub(crate) struct Server {
    /// Where scripts are followed.
    pub(crate) scripted: String,
    /// Where connections are reset, with the request unread.
    pub(crate) resetting: String,
    /// Where nobody listens.
    pub(crate) refusing: String,
    /// Where nothing may arrive.
    pub(crate) trap: String,
    pub(crate) counts: Counts,
    /// Of the origin where nobody listens.
    _port: TcpSocket,
}

impl Server {
    /// Starts a server that ends with the test's runtime.
    pub(crate) async fn start() -> Self {
        LazyLock::force(&BOMB);
        let counts = Counts::default();
        let trap = trap(counts.clone()).await;
        let (scripted, listener) = listen().await;
        let (counting, elsewhere) = (counts.clone(), trap.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (counts, open) = (counting.clone(), counting.opened());
                let elsewhere = elsewhere.clone();
                tokio::spawn(async move {
                    follow(stream, &counts, &elsewhere).await;
                    drop(open);
                });
            }
        });
        let (resetting, listener) = listen().await;
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A connection that is closed with something unread is reset. `readable` may return before anything came.
                tokio::spawn(async move { stream.peek(&mut [0]).await });
            }
        });
        let (refusing, port) = refusing();
        Self {
            scripted,
            resetting,
            refusing,
            trap,
            counts,
            _port: port,
        }
    }
}

/// An origin where nobody listens, as long as there is the socket: no other program gets its port.
fn refusing() -> (String, TcpSocket) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    (format!("http://{}", socket.local_addr().unwrap()), socket)
}

async fn listen() -> (String, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (format!("http://{address}"), listener)
}

/// Counts what comes where nothing may.
async fn trap(counts: Counts) -> String {
    let (origin, listener) = listen().await;
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counts.0.lock().unwrap().trapped += 1;
        }
    });
    origin
}

/// Answers the requests of a connection.
async fn follow(mut stream: TcpStream, counts: &Counts, elsewhere: &str) {
    while let Some(received) = read(&mut stream).await {
        let path = received.target.split('?').next().unwrap().to_owned();
        let mut parts = path.split('/').skip(2);
        let call = parts.next().unwrap();
        let script = parts.next().unwrap();
        let last = received.header("last-event-id");
        let last = last.map_or(0, |id| id.parse().unwrap());
        let letter = counts.receive(call.parse().unwrap(), script, received);
        let stays = if letter.is_ascii_uppercase() {
            send_events(&mut stream, letter, last).await
        } else {
            act(&mut stream, letter, call, elsewhere).await
        };
        if !stays {
            return;
        }
    }
}

/// Does what a letter says; whether the connection stays.
async fn act(stream: &mut TcpStream, letter: char, call: &str, elsewhere: &str) -> bool {
    let ok = format!(
        "HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{call}",
        call.len()
    );
    let status = |status: &str| format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n");
    let (bytes, stays) = match letter {
        'a' => (ok, true),
        'b' => (format!("HTTP/1.1 103 Early Hints\r\n\r\n{ok}"), true),
        // An answer that nobody asked for follows.
        'c' => (
            format!("{ok}HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n0"),
            true,
        ),
        'd' => {
            let location = format!("303 See Other\r\nLocation: /calls/{call}/a");
            (status(&location), true)
        }
        'e' => (status("500 Internal Server Error"), true),
        'f' => (status("503 Service Unavailable\r\nRetry-After: 0"), true),
        'g' => (status("429 Too Many Requests\r\nRetry-After: 0"), true),
        'h' => (status("404 Not Found"), true),
        'i' => {
            let location = format!("307 Temporary Redirect\r\nLocation: /calls/{call}/i");
            (status(&location), true)
        }
        'j' => {
            let location = format!("307 Temporary Redirect\r\nLocation: {elsewhere}/");
            (status(&location), true)
        }
        'k' => {
            // Closed at once, without a farewell.
            let _ = stream.set_zero_linger();
            return false;
        }
        'l' => (String::new(), false),
        'm' => ("HTTP/1.1 200 OK\r\nContent-Le".to_owned(), false),
        'n' => (
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n1".to_owned(),
            false,
        ),
        'o' => {
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            (format!("{head}1\r\n1\r\n"), false)
        }
        'p' => return drip(stream).await,
        'q' => return gzip(stream, &BOMB).await,
        'r' => return gzip(stream, b"no gzip").await,
        's' => ("this is no HTTP\r\n\r\n".to_owned(), false),
        't' => {
            let long = "x".repeat(1024 * 1024);
            (format!("HTTP/1.1 200 OK\r\nX-Long: {long}\r\n\r\n"), false)
        }
        'u' => {
            // Nothing comes until the client gives up.
            let _ = stream.read(&mut [0]).await;
            return false;
        }
        // The job is done later.
        'v' => {
            let head = "HTTP/1.1 200 OK\r\nRetry-After: 0\r\nContent-Length: 1\r\n\r\n0";
            (head.to_owned(), true)
        }
        'w' => (status("401 Unauthorized"), true),
        letter => unreachable!("no fault is called `{letter}`"),
    };
    stream.write_all(bytes.as_bytes()).await.is_ok() && stays
}

/// How many events a stream has.
pub(crate) const EVENTS: u32 = 5;

/// How many events come before a break.
pub(crate) const AT_ONCE: u32 = 2;

/// Sends the events after the last that the client has, as far as a letter says; whether the connection stays.
async fn send_events(stream: &mut TcpStream, letter: char, last: u32) -> bool {
    if letter == 'F' {
        let nothing = b"HTTP/1.1 204 No Content\r\n\r\n";
        return stream.write_all(nothing).await.is_ok();
    }
    let end = match letter {
        'A' => EVENTS,
        'D' => last,
        _ => EVENTS.min(last + AT_ONCE),
    };
    let mut events = String::new();
    for id in last + 1..=end {
        let _ = write!(events, "id: {id}\ndata: {id}\n\n");
    }
    match letter {
        'A' => events.push_str("data: [DONE]\n\n"),
        // Half of an event.
        'E' => {
            let _ = write!(events, "id: 99\ndata: {}", end + 1);
        }
        'G' => events.push_str("event: error\ndata: {\"message\": \"no more\"}\n\n"),
        _ => {}
    }
    let mut bytes =
        "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
            .to_owned();
    if !events.is_empty() {
        let _ = write!(bytes, "{:x}\r\n{events}\r\n", events.len());
    }
    let is_whole = matches!(letter, 'A' | 'C' | 'G');
    if is_whole {
        bytes.push_str("0\r\n\r\n");
    }
    stream.write_all(bytes.as_bytes()).await.is_ok() && is_whole
}

/// A body without an end.
async fn drip(stream: &mut TcpStream) -> bool {
    let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    let chunk = format!("1000\r\n{}\r\n", "1".repeat(0x1000));
    let mut sent = stream.write_all(head).await;
    while sent.is_ok() {
        sent = stream.write_all(chunk.as_bytes()).await;
    }
    false
}

async fn gzip(stream: &mut TcpStream, body: &[u8]) -> bool {
    let length = body.len();
    let head =
        format!("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {length}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.is_ok() && stream.write_all(body).await.is_ok()
}

/// A few KiB that decompress to 4 MiB.
static BOMB: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b'1'; 4 * 1024 * 1024]).unwrap();
    encoder.finish().unwrap()
});

/// The next request, which is read to its end.
async fn read(stream: &mut TcpStream) -> Option<Received> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes);
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            if body.len() >= length {
                return Some(Received::new(head, &body.as_bytes()[..length]));
            }
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
    }
}
