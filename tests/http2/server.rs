//! A server for HTTP/2 over TLS on the loopback interface that does what a script says, frame by frame.
//!
//! The frames are written by hand: a library chooses the last stream of its `GOAWAY` itself, and answers every `PING`.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use api_request::{Client, ClientBuilder};
use base64::{Engine, prelude::BASE64_STANDARD};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        ServerConfig,
        crypto::aws_lc_rs,
        pki_types::{CertificateDer, PrivateKeyDer},
    },
    server::TlsStream,
};

/// Error codes of RFC 9113, section 7.
pub(crate) const NO_ERROR: u32 = 0;
pub(crate) const INTERNAL_ERROR: u32 = 2;
pub(crate) const REFUSED_STREAM: u32 = 7;
pub(crate) const CANCEL: u32 = 8;
pub(crate) const ENHANCE_YOUR_CALM: u32 = 11;

const DATA: u8 = 0;
const HEADERS: u8 = 1;
const RST_STREAM: u8 = 3;
const SETTINGS: u8 = 4;
const PING: u8 = 6;
const GOAWAY: u8 = 7;

const ACK: u8 = 1;
const END_STREAM: u8 = 1;
const END_HEADERS: u8 = 4;

/// What the server does with one request.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Act {
    /// Processes and answers it with 200.
    Answer,
    /// The same with headers of more than 40 KB.
    AnswerAtLength,
    /// The same, and says afterwards that there are no more streams after those that it has begun to process.
    AnswerThenGoAway,
    /// Answers with the head, and goes on with the connection without a body.
    AnswerHead,
    /// The same with the status 500.
    FailWithHead,
    /// Resets the stream.
    Reset(u32),
    /// Sends a `GOAWAY` whose last stream is the one before.
    GoAwayBefore(u32),
    /// Sends a `GOAWAY` whose last stream is the last that it has begun to process, and hangs up.
    GoAwayAfter(u32),
    /// Hangs up.
    HangUp,
    /// Gives no response, and goes on with the connection.
    Ignore,
    /// Sends nothing more on this connection, whatever comes.
    FallSilent,
}

impl Act {
    /// Whether the server says that it has not processed the request.
    fn refuses(self) -> bool {
        matches!(self, Self::Reset(REFUSED_STREAM) | Self::GoAwayBefore(_))
    }
}

/// How the server treats each connection.
#[derive(Clone, Copy)]
pub(crate) struct Rules {
    /// The requests that a connection takes. With the last one the server sends `GOAWAY`, and it discards those after
    /// it, as nginx does for `keepalive_requests`.
    pub(crate) requests: usize,
    /// How many streams may be open at once.
    pub(crate) streams: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            requests: usize::MAX,
            // nginx's default.
            streams: 128,
        }
    }
}

#[derive(Default)]
struct Log {
    /// The connection of each request that came, by its number.
    came: Mutex<Vec<usize>>,
    processed: AtomicUsize,
    pings: AtomicUsize,
    /// How many connections are open.
    connections: AtomicUsize,
    /// How many requests said that they have no content.
    empty: AtomicUsize,
}

pub(crate) struct Server {
    origin: String,
    certificate: CertificateDer<'static>,
    log: Arc<Log>,
}

impl Server {
    /// Starts a server that does these acts in order, one for each request, and the last one again and again.
    pub(crate) async fn start(acts: impl Into<Vec<Act>>) -> Self {
        Self::with_rules(acts, Rules::default()).await
    }

    pub(crate) async fn with_rules(acts: impl Into<Vec<Act>>, rules: Rules) -> Self {
        let acts: Arc<[Act]> = acts.into().into();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let (acceptor, certificate) = tls();
        let server = Self {
            origin: format!("https://{}", listener.local_addr().unwrap()),
            certificate,
            log: Arc::default(),
        };
        let log = Arc::clone(&server.log);
        // It ends with the test's runtime.
        tokio::spawn(async move {
            for number in 0.. {
                let (stream, _) = listener.accept().await.unwrap();
                let (acceptor, acts, log) = (acceptor.clone(), acts.clone(), log.clone());
                tokio::spawn(async move {
                    log.connections.fetch_add(1, Ordering::Relaxed);
                    if let Ok(stream) = acceptor.accept(stream).await {
                        let connection =
                            Connection::new(stream, number, acts, rules, Arc::clone(&log));
                        // What a client makes of a connection that ends is its business.
                        let _ = connection.serve().await;
                    }
                    log.connections.fetch_sub(1, Ordering::Relaxed);
                });
            }
        });
        server
    }

    /// A client that speaks HTTP/2 with this server.
    pub(crate) fn builder(&self) -> ClientBuilder {
        Client::builder(&*self.origin).reqwest(self.set_up())
    }

    /// What makes reqwest trust this server.
    pub(crate) fn set_up(&self) -> impl Fn() -> reqwest::ClientBuilder + Send + Sync + use<> {
        let certificate = reqwest::Certificate::from_der(&self.certificate).unwrap();
        move || {
            reqwest::Client::builder()
                .tls_certs_only([certificate.clone()])
                .no_proxy()
        }
    }

    /// The certificate of this server, as text.
    pub(crate) fn certificate(&self) -> String {
        let der = BASE64_STANDARD.encode(&self.certificate);
        format!("-----BEGIN CERTIFICATE-----\n{der}\n-----END CERTIFICATE-----\n")
    }

    pub(crate) fn origin(&self) -> &str {
        &self.origin
    }

    /// The connection of each request that came, by its number.
    pub(crate) fn came(&self) -> Vec<usize> {
        self.log.came.lock().unwrap().clone()
    }

    /// How many requests the server may have processed.
    pub(crate) fn processed(&self) -> usize {
        self.log.processed.load(Ordering::Relaxed)
    }

    /// How many connections are open.
    pub(crate) fn connections(&self) -> usize {
        self.log.connections.load(Ordering::Relaxed)
    }

    /// How many requests had `content-length: 0`.
    pub(crate) fn empty(&self) -> usize {
        self.log.empty.load(Ordering::Relaxed)
    }

    /// How many PINGs came.
    pub(crate) fn pings(&self) -> usize {
        self.log.pings.load(Ordering::Relaxed)
    }
}

pub(crate) fn tls() -> (TlsAcceptor, CertificateDer<'static>) {
    let rcgen::CertifiedKey { cert, signing_key } =
        rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let certificate = cert.der().clone();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = Arc::new(aws_lc_rs::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.clone()], key)
        .unwrap();
    config.alpn_protocols = vec![b"h2".to_vec()];
    (TlsAcceptor::from(Arc::new(config)), certificate)
}

/// Whether headers have `content-length: 0`, by the number of the name in the table of RFC 7541, 28, and the code of the
/// value.
fn has_length_zero(headers: &[u8]) -> bool {
    let forms: [&[u8]; 4] = [
        b"\x5c\x81\x07",
        b"\x5c\x010",
        b"\x0f\x0d\x81\x07",
        b"\x0f\x0d\x010",
    ];
    let has = |form: &[u8]| headers.windows(form.len()).any(|bytes| bytes == form);
    forms.into_iter().any(has)
}

struct Frame {
    kind: u8,
    flags: u8,
    stream: u32,
    payload: Vec<u8>,
}

struct Connection {
    stream: TlsStream<TcpStream>,
    number: usize,
    acts: Arc<[Act]>,
    rules: Rules,
    log: Arc<Log>,
    /// What to do with the streams that are not complete.
    open: BTreeMap<u32, Act>,
    /// How many requests came.
    requests: usize,
    /// The last stream that may have been processed.
    newest: u32,
    /// The last stream that is not discarded.
    last: u32,
    is_silent: bool,
}

impl Connection {
    fn new(
        stream: TlsStream<TcpStream>,
        number: usize,
        acts: Arc<[Act]>,
        rules: Rules,
        log: Arc<Log>,
    ) -> Self {
        Self {
            stream,
            number,
            acts,
            rules,
            log,
            open: BTreeMap::new(),
            requests: 0,
            newest: 0,
            last: u32::MAX,
            is_silent: false,
        }
    }

    /// Reads until the client ends the connection, so that nothing sent is lost by a reset.
    async fn serve(mut self) -> std::io::Result<()> {
        self.stream.read_exact(&mut [0; 24]).await?;
        let mut settings = vec![0, 3];
        settings.extend(self.rules.streams.to_be_bytes());
        self.write(SETTINGS, 0, 0, &settings).await?;
        if self.rules.requests == 0 {
            self.go_away(0, NO_ERROR).await?;
        }
        loop {
            let frame = self.read().await?;
            let flags = frame.flags;
            match frame.kind {
                SETTINGS if flags & ACK == 0 => self.write(SETTINGS, ACK, 0, &[]).await?,
                PING if flags & ACK == 0 => {
                    self.log.pings.fetch_add(1, Ordering::Relaxed);
                    self.write(PING, ACK, 0, &frame.payload).await?;
                }
                HEADERS => {
                    if has_length_zero(&frame.payload) {
                        self.log.empty.fetch_add(1, Ordering::Relaxed);
                    }
                    self.begin(frame.stream).await?;
                }
                RST_STREAM => {
                    self.open.remove(&frame.stream);
                }
                _ => {}
            }
            if matches!(frame.kind, HEADERS | DATA)
                && flags & END_STREAM != 0
                && let Some(act) = self.open.remove(&frame.stream)
            {
                self.end(frame.stream, act).await?;
            }
        }
    }

    /// The head of a request came.
    async fn begin(&mut self, stream: u32) -> std::io::Result<()> {
        if stream > self.last || self.is_silent {
            return Ok(());
        }
        self.requests += 1;
        let act = {
            let mut came = self.log.came.lock().unwrap();
            came.push(self.number);
            self.acts[(came.len() - 1).min(self.acts.len() - 1)]
        };
        if act.refuses() {
            return self.end(stream, act).await;
        }
        self.log.processed.fetch_add(1, Ordering::Relaxed);
        self.newest = stream;
        self.open.insert(stream, act);
        if self.requests == self.rules.requests {
            self.go_away(stream, NO_ERROR).await?;
        }
        Ok(())
    }

    /// The whole request came.
    async fn end(&mut self, stream: u32, act: Act) -> std::io::Result<()> {
        // `:status 200`, by its number in the table of RFC 7541.
        let head = [0x88];
        match act {
            Act::Answer => {
                self.write(HEADERS, END_HEADERS | END_STREAM, stream, &head)
                    .await
            }
            Act::AnswerHead => self.write(HEADERS, END_HEADERS, stream, &head).await,
            // `:status 500`.
            Act::FailWithHead => self.write(HEADERS, END_HEADERS, stream, &[0x8e]).await,
            Act::AnswerAtLength => {
                // A header of 200 bytes, which enters the table of RFC 7541 as its first, 62; and 200 times that.
                let mut head = [&head[..], b"\x40\x03x-a\x7f\x49", &[b'a'; 200]].concat();
                head.extend([0xbe; 200]);
                self.write(HEADERS, END_HEADERS | END_STREAM, stream, &head)
                    .await
            }
            Act::AnswerThenGoAway => {
                self.write(HEADERS, END_HEADERS | END_STREAM, stream, &head)
                    .await?;
                self.go_away(self.newest, NO_ERROR).await
            }
            Act::Reset(code) => self.write(RST_STREAM, 0, stream, &code.to_be_bytes()).await,
            Act::GoAwayBefore(code) => self.go_away(stream.saturating_sub(2), code).await,
            Act::GoAwayAfter(code) => {
                self.go_away(self.newest, code).await?;
                self.stream.shutdown().await
            }
            Act::HangUp => self.stream.shutdown().await,
            Act::Ignore => Ok(()),
            Act::FallSilent => {
                self.is_silent = true;
                Ok(())
            }
        }
    }

    async fn go_away(&mut self, last: u32, code: u32) -> std::io::Result<()> {
        self.last = last;
        let payload = [last.to_be_bytes(), code.to_be_bytes()].concat();
        self.write(GOAWAY, 0, 0, &payload).await
    }

    async fn read(&mut self) -> std::io::Result<Frame> {
        let mut head = [0; 9];
        self.stream.read_exact(&mut head).await?;
        let [a, b, c, kind, flags, stream @ ..] = head;
        let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
        self.stream.read_exact(&mut payload).await?;
        Ok(Frame {
            kind,
            flags,
            stream: u32::from_be_bytes(stream) & 0x7fff_ffff,
            payload,
        })
    }

    async fn write(
        &mut self,
        kind: u8,
        flags: u8,
        stream: u32,
        payload: &[u8],
    ) -> std::io::Result<()> {
        if self.is_silent {
            return Ok(());
        }
        let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
        let mut frame = length[1..].to_vec();
        frame.extend([kind, flags]);
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        self.stream.write_all(&frame).await?;
        self.stream.flush().await
    }
}
