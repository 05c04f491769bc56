//! A server on the loopback interface that answers what it is told to, byte by byte, and records what it got; and a
//! transport without a network. Faults and exact bytes are what a real server would hide.

use std::sync::{Arc, Mutex};

use api_request::{Body, BoxError, Client, ClientBuilder, Transport};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket, TcpStream},
    sync::Notify,
};

/// What the server does with one request.
#[derive(Clone)]
pub(crate) struct Answer {
    bytes: Vec<u8>,
    then: Then,
}

#[derive(Clone, Copy, PartialEq)]
enum Then {
    KeepOpen,
    HangUp,
    Stall,
}

/// A whole answer: `head` is a status line's end and headers, such as `"200 OK\r\nX-A: b"`.
pub(crate) fn answer(head: &str, body: impl AsRef<[u8]>) -> Answer {
    let body = body.as_ref();
    let mut bytes =
        format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\n\r\n", body.len()).into_bytes();
    bytes.extend_from_slice(body);
    Answer {
        bytes,
        then: Then::KeepOpen,
    }
}

/// Bytes, after which the connection ends.
pub(crate) fn hang_up(bytes: &str) -> Answer {
    Answer {
        bytes: bytes.into(),
        then: Then::HangUp,
    }
}

/// Bytes, after which nothing more comes.
pub(crate) fn stall(bytes: &str) -> Answer {
    Answer {
        bytes: bytes.into(),
        then: Then::Stall,
    }
}

impl Answer {
    /// A head, and then a body in one chunk, after which nothing more comes.
    pub(crate) fn stalled(head: &str, body: &[u8]) -> Self {
        let mut answer = stall(head);
        answer
            .bytes
            .extend(format!("{:x}\r\n", body.len()).into_bytes());
        answer.bytes.extend(body);
        answer.bytes.extend(b"\r\n");
        answer
    }
}

pub(crate) struct Server {
    origin: String,
    seen: Arc<Mutex<Vec<String>>>,
    connections: Arc<Mutex<usize>>,
    closed: Arc<Notify>,
}

impl Server {
    /// Starts a server that gives these answers in order, and the last one again and again.
    pub(crate) async fn start(answers: impl Into<Vec<Answer>>) -> Self {
        let answers: Vec<Answer> = answers.into();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            origin: format!("http://{}", listener.local_addr().unwrap()),
            seen: Arc::default(),
            connections: Arc::default(),
            closed: Arc::default(),
        };
        let (seen, connections) = (server.seen.clone(), server.connections.clone());
        let closed = server.closed.clone();
        // It ends with the test's runtime.
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                *connections.lock().unwrap() += 1;
                let (seen, closed) = (seen.clone(), closed.clone());
                tokio::spawn(serve(stream, answers.clone(), seen, closed));
            }
        });
        server
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(&*self.origin)
    }

    pub(crate) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// The requests so far, with `ADDRESS` for the server's address.
    pub(crate) fn seen(&self) -> Vec<String> {
        let address = &self.origin["http://".len()..];
        let seen = self.seen.lock().unwrap();
        seen.iter()
            .map(|request| request.replace(address, "ADDRESS"))
            .collect()
    }

    pub(crate) fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }

    /// Waits until the client has closed a connection on which nothing more came.
    pub(crate) async fn closed(&self) {
        self.closed.notified().await;
    }
}

async fn serve(
    mut stream: TcpStream,
    answers: Vec<Answer>,
    seen: Arc<Mutex<Vec<String>>>,
    closed: Arc<Notify>,
) {
    while let Some(request) = read(&mut stream).await {
        let answer = {
            let mut seen = seen.lock().unwrap();
            let answer = &answers[seen.len().min(answers.len() - 1)];
            seen.push(request);
            answer.clone()
        };
        if stream.write_all(&answer.bytes).await.is_err() {
            return;
        }
        match answer.then {
            Then::KeepOpen => {}
            Then::HangUp => return,
            Then::Stall => {
                let read = stream.read(&mut [0]).await;
                assert!(!matches!(read, Ok(1)), "more was sent");
                return closed.notify_one();
            }
        }
    }
}

/// Reads one request with a body of known length, or in chunks.
async fn read(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .split("\r\n")
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            let chunked = head.contains("transfer-encoding: chunked");
            if chunked && body.ends_with("0\r\n\r\n") || !chunked && body.len() >= length {
                return Some(text);
            }
        }
        let mut piece = [0; 4096];
        match stream.read(&mut piece).await {
            Ok(0) | Err(_) => return None,
            Ok(count) => bytes.extend_from_slice(&piece[..count]),
        }
    }
}

/// An origin where nobody listens, as long as there is the socket: no other program gets its port.
pub(crate) fn refusing() -> (String, TcpSocket) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    (format!("http://{}", socket.local_addr().unwrap()), socket)
}

/// A transport made of a function.
pub(crate) struct Double<F>(pub(crate) F);

impl<F, A> Transport for Double<F>
where
    F: Fn(http::Request<Body>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<http::Response<Body>, BoxError>> + Send,
{
    async fn send(&self, request: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        (self.0)(request).await
    }
}

/// A client of an API that is no further away than `answer`.
pub(crate) fn double<F, A>(answer: F) -> ClientBuilder
where
    F: Fn(http::Request<Body>) -> A + Send + Sync + 'static,
    A: Future<Output = Result<http::Response<Body>, BoxError>> + Send,
{
    Client::builder("https://api.example.com/v1").transport(Double(answer))
}
