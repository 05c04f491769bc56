//! Encodes arbitrary values, filenames, content types and streams: the crate `multer` decodes the body into the same
//! parts, and only an invalid content type is refused.
//!
//! `cargo +nightly fuzz run --sanitizer none multipart -- -runs=10000000 -max_len=512`
#![no_main]

use api_request::{ApiRequest, BaseUrl, Body, Part};
use bytes::Bytes;
use futures::{executor::block_on, stream};
use http_body_util::BodyExt as _;
use libfuzzer_sys::{arbitrary, arbitrary::Arbitrary, fuzz_target};

#[derive(Debug, Arbitrary)]
struct Input<'a> {
    text: &'a str,
    items: Vec<Option<&'a str>>,
    parts: Vec<Described<'a>>,
    more: Option<&'a str>,
}

#[derive(Debug, Arbitrary)]
struct Described<'a> {
    content: Content<'a>,
    filename: Option<&'a str>,
    content_type: Option<&'a str>,
}

#[derive(Debug, Arbitrary)]
enum Content<'a> {
    Text(&'a str),
    Bytes(&'a [u8]),
    Stream(Vec<&'a [u8]>),
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = part)]
struct Request<'a> {
    #[api(name = "a \"name\"; b=c; d*=e")]
    text: &'a str,
    #[api(content_type = "application/json")]
    items: &'a [Option<&'a str>],
    parts: Vec<Part>,
    #[api(filename = "\u{e9}.png")]
    more: Option<&'a str>,
}

impl Described<'_> {
    fn part(&self) -> Part {
        let mut part = match &self.content {
            Content::Text(text) => Part::text(*text),
            Content::Bytes(bytes) => Part::bytes(bytes.to_vec()),
            Content::Stream(pieces) => {
                let pieces: Vec<_> = pieces.iter().map(|piece| piece.to_vec()).collect();
                Part::body(Body::stream(move || {
                    let pieces = pieces.clone().into_iter().map(Bytes::from);
                    stream::iter(pieces.map(Ok::<_, std::io::Error>))
                }))
            }
        };
        if let Some(filename) = self.filename {
            part = part.filename(filename);
        }
        if let Some(content_type) = self.content_type {
            part = part.content_type(content_type);
        }
        part
    }

    fn content(&self) -> Vec<u8> {
        match &self.content {
            Content::Text(text) => text.as_bytes().to_vec(),
            Content::Bytes(bytes) => bytes.to_vec(),
            Content::Stream(pieces) => pieces.concat(),
        }
    }

    /// Returns whether `multer` can parse the filename: it treats a backslash before a quote as an escape, and refuses
    /// control characters.
    fn is_readable(&self) -> bool {
        let is_readable = |name: &str| {
            let control = |c: char| c.is_ascii_control() && !"\r\n\t".contains(c);
            !name.ends_with('\\') && !name.contains(control)
        };
        self.filename.is_none_or(is_readable)
    }

    fn is_allowed(&self) -> bool {
        let is_allowed = |text: &str| {
            let essence = text.split(';').next().unwrap_or_default();
            let has_both = matches!(essence.split_once('/'), Some((a, b)) if a != "" && b != "");
            has_both && !text.contains(|c: char| c.is_ascii_control() && c != '\t')
        };
        self.content_type.is_none_or(is_allowed)
    }
}

/// The name, filename, content type (if one was given) and content of a part.
type Read = (String, Option<String>, Option<String>, Vec<u8>);

fn expected(input: &Input<'_>) -> Vec<Read> {
    let name = "a %22name%22; b=c; d*=e".to_owned();
    let mut expected = vec![(name, None, None, input.text.into())];
    for item in &input.items {
        let json = serde_json::to_vec(item).unwrap();
        let kind = Some("application/json".to_owned());
        expected.push(("items".to_owned(), None, kind, json));
    }
    for part in &input.parts {
        let escaped = |name: &str| {
            let name = name.replace('"', "%22");
            name.replace('\r', "%0D").replace('\n', "%0A")
        };
        let kind = part
            .content_type
            .map(|kind| kind.trim_matches([' ', '\t']).to_owned());
        let filename = part.filename.map(escaped);
        expected.push(("parts".to_owned(), filename, kind, part.content()));
    }
    if let Some(more) = input.more {
        let filename = Some("\u{e9}.png".to_owned());
        let kind = Some("image/png".to_owned());
        expected.push(("more".to_owned(), filename, kind, more.into()));
    }
    expected
}

/// Decodes the body with `multer`. Content types that were not `given` are ignored.
async fn read(content_type: &str, body: Bytes, given: &[bool]) -> Vec<Read> {
    let boundary = multer::parse_boundary(content_type).unwrap();
    let body = stream::iter([Ok::<_, std::io::Error>(body)]);
    let mut multipart = multer::Multipart::new(body, boundary);
    let mut read = Vec::new();
    while let Some(field) = multipart.next_field().await.unwrap() {
        let name = field.name().unwrap().to_owned();
        let filename = field.file_name().map(str::to_owned);
        let kind = field.headers().get("content-type");
        let kind = kind.map(|kind| String::from_utf8(kind.as_bytes().to_vec()).unwrap());
        let kind = kind.filter(|_| given.get(read.len()).copied().unwrap_or(true));
        read.push((name, filename, kind, field.bytes().await.unwrap().to_vec()));
    }
    read
}

fuzz_target!(|input: Input<'_>| {
    if !input.parts.iter().all(Described::is_readable) {
        return;
    }
    let base: BaseUrl = "https://example.com".parse().unwrap();
    let request = Request {
        text: input.text,
        items: &input.items,
        parts: input.parts.iter().map(Described::part).collect(),
        more: input.more,
    };
    let http = match request.to_http(&base) {
        Ok(http) => http,
        Err(error) => {
            assert_eq!(error.field(), Some("parts"));
            assert!(!input.parts.iter().all(Described::is_allowed), "{error}");
            return;
        }
    };
    assert!(input.parts.iter().all(Described::is_allowed));
    let content_type = http.headers()["content-type"].to_str().unwrap().to_owned();
    let expected = expected(&input);
    let given: Vec<_> = expected.iter().map(|part| part.2.is_some()).collect();
    let read = block_on(async {
        let body = http.into_body().collect().await.unwrap().to_bytes();
        read(&content_type, body, &given).await
    });
    assert_eq!(read, expected);
});
