//! Features `gzip`, `brotli` and `zstd`: asks for compressed responses and decompresses them.
//!
//! reqwest's own decompression is off. That of tower-http, up to 0.7.1 at least, ends with the first gzip member
//! (tower-rs/tower-http#737), knows the names of codings in lower case only, and takes windows of any size; this module
//! can go when reqwest uses a version without these faults.
//!
//! Invariant: a body is decompressed to its end, or ends in an error.

use std::{
    error, fmt, io,
    pin::Pin,
    sync::LazyLock,
    task::{Context, Poll, ready},
};

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Response, header};
use http_body::Frame;
use http_body_util::{BodyDataStream, BodyExt, combinators::MapErr};
use tokio::io::{AsyncBufRead, AsyncRead};
use tokio_util::io::{StreamReader, poll_read_buf};

use crate::{Body, BoxError, error::coding::InvalidCoding};

/// How much is decompressed at a time.
const PIECE: usize = 16 * 1024;

/// So many codings one on top of the other are decompressed; nobody needs more than one.
const MOST: usize = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Coding {
    #[cfg(feature = "gzip")]
    Gzip,
    #[cfg(feature = "brotli")]
    Brotli,
    #[cfg(feature = "zstd")]
    Zstd,
}

impl Coding {
    const ALL: &[Self] = &[
        #[cfg(feature = "gzip")]
        Self::Gzip,
        #[cfg(feature = "brotli")]
        Self::Brotli,
        #[cfg(feature = "zstd")]
        Self::Zstd,
    ];

    /// Its name in headers.
    fn name(self) -> &'static str {
        match self {
            #[cfg(feature = "gzip")]
            Self::Gzip => "gzip",
            #[cfg(feature = "brotli")]
            Self::Brotli => "br",
            #[cfg(feature = "zstd")]
            Self::Zstd => "zstd",
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        // RFC 9110, section 8.4.1.3, has a second name for gzip.
        let name = if name.eq_ignore_ascii_case("x-gzip") {
            "gzip"
        } else {
            name
        };
        let mut all = Self::ALL.iter().copied();
        all.find(|coding| name.eq_ignore_ascii_case(coding.name()))
    }

    fn decoder(self, source: Source) -> Box<dyn Decode> {
        match self {
            #[cfg(feature = "gzip")]
            Self::Gzip => {
                let mut decoder = GzipDecoder::new(source);
                decoder.multiple_members(true);
                Box::new(decoder)
            }
            #[cfg(feature = "brotli")]
            Self::Brotli => Box::new(BrotliDecoder::new(source)),
            #[cfg(feature = "zstd")]
            Self::Zstd => {
                // RFC 9659: a window of at most 8 MiB.
                let window = async_compression::zstd::DParameter::window_log_max(23);
                let mut decoder = ZstdDecoder::with_params(source, &[window]);
                decoder.multiple_members(true);
                Box::new(decoder)
            }
        }
    }

    /// Whether a body that begins with this byte asks for more memory than the coding allows.
    fn is_too_wide(self, first: u8) -> bool {
        match self {
            // The window of a "large window" stream, which RFC 7932 does not have, is up to 1 GiB, and the decoder would
            // take it.
            #[cfg(feature = "brotli")]
            Self::Brotli => first & 0x7f == 0x11,
            #[cfg(any(feature = "gzip", feature = "zstd"))]
            _ => {
                let _ = first;
                false
            }
        }
    }
}

/// Asks for what can be decompressed, unless the request says itself what it wants.
pub(super) fn accept(headers: &mut HeaderMap) {
    static ALL: LazyLock<HeaderValue> = LazyLock::new(|| {
        let names: Vec<_> = Coding::ALL.iter().map(|coding| coding.name()).collect();
        HeaderValue::try_from(names.join(", ")).expect("names of codings are tokens")
    });
    // A range of a compressed file cannot be decompressed.
    let is_range = headers.contains_key(header::RANGE);
    headers.entry(header::ACCEPT_ENCODING).or_insert_with(|| {
        if is_range {
            HeaderValue::from_static("identity")
        } else {
            ALL.clone()
        }
    });
}

/// Decompresses the body of a response, if all of its codings are known.
pub(super) fn decompress<B>(response: Response<B>) -> Response<Body>
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    let codings = codings(response.headers()).unwrap_or_default();
    // The head of a response to HEAD tells of a body that does not come.
    if codings.is_empty() || response.body().is_end_stream() {
        return response.map(Body::wrap);
    }
    let (mut head, body) = response.into_parts();
    head.headers.remove(header::CONTENT_ENCODING);
    head.headers.remove(header::CONTENT_LENGTH);
    let mut body = Body::wrap(body);
    for coding in codings.into_iter().rev() {
        body = Body::wrap(Decompressed::new(coding, body));
    }
    Response::from_parts(head, body)
}

/// The codings of a body in the order in which they were applied, `None` if one of them is not known.
fn codings(headers: &HeaderMap) -> Option<Vec<Coding>> {
    let mut codings = Vec::new();
    for value in headers.get_all(header::CONTENT_ENCODING) {
        for name in value.to_str().ok()?.split(',').map(str::trim) {
            if !name.is_empty() && !name.eq_ignore_ascii_case("identity") {
                codings.push(Coding::of_name(name)?);
            }
        }
    }
    (codings.len() <= MOST).then_some(codings)
}

/// The compressed bytes.
type Source = StreamReader<BodyDataStream<MapErr<Body, fn(BoxError) -> Broken>>, Bytes>;

/// What the body itself failed with, on its way through the decoder.
#[derive(Debug)]
struct Broken(BoxError);

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl error::Error for Broken {}

impl From<Broken> for io::Error {
    fn from(error: Broken) -> Self {
        Self::other(error)
    }
}

/// A decoder, whatever its coding.
trait Decode: AsyncRead + Send + Unpin {
    /// What it has not taken.
    fn rest(&mut self) -> &mut Source;
}

macro_rules! decode {
    ($($feature:literal $Decoder:ident)*) => {
        $(
            #[cfg(feature = $feature)]
            use async_compression::tokio::bufread::$Decoder;

            #[cfg(feature = $feature)]
            impl Decode for $Decoder<Source> {
                fn rest(&mut self) -> &mut Source {
                    self.get_mut()
                }
            }
        )*
    };
}

decode! {
    "gzip" GzipDecoder
    "brotli" BrotliDecoder
    "zstd" ZstdDecoder
}

struct Decompressed {
    coding: Coding,
    state: State,
    buffer: BytesMut,
}

enum State {
    /// Nothing came yet.
    Start(Source),
    Decoding(Box<dyn Decode>),
    End,
}

impl Decompressed {
    fn new(coding: Coding, body: Body) -> Self {
        let body = body.map_err(Broken as fn(BoxError) -> Broken);
        Self {
            coding,
            state: State::Start(StreamReader::new(body.into_data_stream())),
            buffer: BytesMut::new(),
        }
    }

    fn poll_bytes(&mut self, context: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            match &mut self.state {
                State::Start(source) => {
                    let bytes = ready!(Pin::new(&mut *source).poll_fill_buf(context))?;
                    // An empty body is empty in any coding.
                    let Some(first) = bytes.first() else {
                        return Poll::Ready(Ok(None));
                    };
                    if self.coding.is_too_wide(*first) {
                        return Poll::Ready(Err(io::Error::other("its window is too large")));
                    }
                    let State::Start(source) = std::mem::replace(&mut self.state, State::End)
                    else {
                        unreachable!("it was matched above");
                    };
                    self.state = State::Decoding(self.coding.decoder(source));
                }
                State::Decoding(decoder) => {
                    self.buffer.reserve(PIECE);
                    let read = poll_read_buf(Pin::new(&mut **decoder), context, &mut self.buffer);
                    if ready!(read)? > 0 {
                        return Poll::Ready(Ok(Some(self.buffer.split().freeze())));
                    }
                    let rest = ready!(Pin::new(decoder.rest()).poll_fill_buf(context))?;
                    return Poll::Ready(if rest.is_empty() {
                        Ok(None)
                    } else {
                        Err(io::Error::other("bytes follow its end"))
                    });
                }
                State::End => return Poll::Ready(Ok(None)),
            }
        }
    }
}

impl http_body::Body for Decompressed {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let result = match ready!(self.poll_bytes(context)) {
            Ok(Some(bytes)) => return Poll::Ready(Some(Ok(Frame::data(bytes)))),
            Ok(None) => None,
            Err(error) => Some(Err(match error.downcast::<Broken>() {
                Ok(Broken(error)) => error,
                Err(error) => InvalidCoding::new(self.coding.name(), error).into(),
            })),
        };
        self.state = State::End;
        Poll::Ready(result)
    }
}

#[cfg(test)]
mod tests {
    use std::io;

    use async_compression::tokio::bufread as encoder;
    use bytes::Bytes;
    use futures_util::{FutureExt, stream};
    use http_body_util::BodyExt;
    use tokio::{
        io::{AsyncRead, AsyncReadExt},
        sync::mpsc,
    };

    use super::{Coding, Decompressed};
    use crate::{Body, error::coding::InvalidCoding};

    fn read(mut encoder: impl AsyncRead + Unpin) -> Vec<u8> {
        let mut out = Vec::new();
        let read = encoder.read_to_end(&mut out).now_or_never();
        read.expect("bytes are there").unwrap();
        out
    }

    impl Coding {
        fn compress(self, text: &str) -> Vec<u8> {
            match self {
                #[cfg(feature = "gzip")]
                Self::Gzip => read(encoder::GzipEncoder::new(text.as_bytes())),
                #[cfg(feature = "brotli")]
                Self::Brotli => read(encoder::BrotliEncoder::new(text.as_bytes())),
                #[cfg(feature = "zstd")]
                Self::Zstd => read(encoder::ZstdEncoder::new(text.as_bytes())),
            }
        }

        /// What comes out if the bytes come in pieces of this size.
        fn decompress(self, bytes: &[u8], size: usize) -> Result<String, String> {
            let pieces: Vec<Bytes> = bytes.chunks(size).map(Bytes::copy_from_slice).collect();
            let pieces = pieces.into_iter().map(Ok::<_, io::Error>);
            let body = Decompressed::new(self, Body::once(stream::iter(pieces)));
            let all = body.collect().now_or_never().expect("bytes are there");
            match all {
                Ok(all) => Ok(String::from_utf8(all.to_bytes().into()).unwrap()),
                Err(error) => Err(error.downcast::<InvalidCoding>().unwrap().to_string()),
            }
        }
    }

    #[test]
    fn any_pieces_make_the_whole() {
        let text = "any pieces make the whole ".repeat(4000);
        for &coding in Coding::ALL {
            let bytes = coding.compress(&text);
            for size in [1, 2, 3, 7, 100, bytes.len()] {
                assert!(
                    coding.decompress(&bytes, size).unwrap() == text,
                    "{coding:?}, {size}"
                );
            }
            assert_eq!(coding.decompress(b"", 1).unwrap(), "");
            assert_eq!(coding.decompress(&coding.compress(""), 1).unwrap(), "");
        }
    }

    #[test]
    fn what_is_cut_or_followed_by_other_bytes_is_an_error() {
        let text = "what is cut is an error";
        for &coding in Coding::ALL {
            let bytes = coding.compress(text);
            for length in 1..bytes.len() {
                let error = coding.decompress(&bytes[..length], bytes.len());
                let error = error.expect_err("it is cut");
                assert!(
                    error.starts_with(&format!("invalid {}: ", coding.name())),
                    "{error}"
                );
            }
            for rest in ["x", "other bytes"] {
                let bytes = [&bytes, rest.as_bytes()].concat();
                for size in [1, bytes.len()] {
                    assert!(
                        coding.decompress(&bytes, size).is_err(),
                        "{coding:?}, {rest}"
                    );
                }
            }
            assert!(coding.decompress(b"{\"json\": true}", 100).is_err());
        }
    }

    #[cfg(any(feature = "gzip", feature = "zstd"))]
    #[test]
    fn all_members_are_read() {
        for &coding in Coding::ALL {
            #[cfg(feature = "brotli")]
            if coding == Coding::Brotli {
                continue;
            }
            let bytes = ["one ", "", "two ", "three"]
                .map(|text| coding.compress(text))
                .concat();
            for size in [1, 2, 9, bytes.len()] {
                let text = coding.decompress(&bytes, size).unwrap();
                assert_eq!(text, "one two three", "{coding:?}, {size}");
            }
            assert!(coding.decompress(&bytes[..bytes.len() - 1], 5).is_err());
        }
    }

    #[test]
    fn what_came_is_there_before_more_comes() {
        for &coding in Coding::ALL {
            let (send, mut receive) = mpsc::unbounded_channel();
            let receive = stream::poll_fn(move |context| receive.poll_recv(context));
            let mut body = Decompressed::new(coding, Body::once(receive));
            let next = |body: &mut Decompressed| {
                let frame = body.frame().now_or_never()?;
                Some(frame.unwrap().unwrap().into_data().unwrap())
            };
            assert!(next(&mut body).is_none());
            send.send(Ok::<_, io::Error>(coding.compress("one").into()))
                .unwrap();
            assert_eq!(next(&mut body).unwrap(), "one", "{coding:?}");
            assert!(next(&mut body).is_none());
            #[cfg(feature = "brotli")]
            if coding == Coding::Brotli {
                continue;
            }
            send.send(Ok(coding.compress("two").into())).unwrap();
            assert_eq!(next(&mut body).unwrap(), "two", "{coding:?}");
        }
    }

    #[test]
    fn what_the_body_fails_with_is_no_fault_of_the_coding() {
        for &coding in Coding::ALL {
            let mut bytes = coding.compress("one");
            bytes.pop();
            let reset = io::Error::from(io::ErrorKind::ConnectionReset);
            let pieces = stream::iter([Ok(Bytes::from(bytes)), Err(reset)]);
            let body = Decompressed::new(coding, Body::once(pieces));
            let error = body.collect().now_or_never().unwrap().unwrap_err();
            assert!(error.downcast::<io::Error>().is_ok());
        }
    }

    /// A frame of zstd with one block as it is, and a window of `1.0 + eighths / 8.0` times 2 to the power of `log`.
    #[cfg(feature = "zstd")]
    fn frame(log: u8, eighths: u8) -> Vec<u8> {
        let head = [0x28, 0xb5, 0x2f, 0xfd, 0, ((log - 10) << 3) | eighths];
        let block = [(5 << 3) | 1, 0, 0];
        [&head[..], &block, b"hello"].concat()
    }

    #[cfg(feature = "zstd")]
    #[test]
    fn a_zstd_window_has_at_most_8_mib() {
        assert_eq!(
            Coding::Zstd.decompress(&frame(23, 0), 100).unwrap(),
            "hello"
        );
        for (log, eighths) in [(23, 1), (24, 0), (27, 0), (31, 7)] {
            let error = Coding::Zstd.decompress(&frame(log, eighths), 100);
            error.expect_err("its window is too large");
            let bytes = [frame(10, 0), frame(log, eighths)].concat();
            assert!(Coding::Zstd.decompress(&bytes, 100).is_err());
        }
    }

    #[cfg(feature = "brotli")]
    #[test]
    fn a_brotli_window_is_not_a_large_one() {
        // A window of 2 to the power of 30, then an empty last block, as "large window brotli" has them.
        let error = Coding::Brotli.decompress(&[0x11, 0xde], 100);
        assert_eq!(error.unwrap_err(), "invalid br: its window is too large");
    }
}
