//! What others read in a multipart body: the crate `multer`, Python and Node. The last two are tested
//! where they are installed, with `--ignored`.

use std::{
    io::Write,
    process::{Command, Stdio},
};

use api_request::{ApiRequest, Part};
use bytes::Bytes;
use proptest::prelude::*;

use crate::wire::http;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = part)]
struct Parts {
    text: String,
    #[api(name = "the \"files\"; x=\u{e9}")]
    files: Vec<Part>,
    #[api(content_type = "application/json")]
    json: Vec<Vec<u8>>,
    last: Bytes,
}

/// Name, filename, content type and content of a part.
type Read = (String, Option<String>, Option<String>, Bytes);

const FILES: &str = "the %22files%22; x=\u{e9}";

fn parts(text: &str, files: &[(String, Bytes)]) -> Parts {
    let part = |(name, content): &(String, Bytes)| {
        Part::bytes(content.clone())
            .filename(name)
            .content_type("image/x-test")
    };
    Parts {
        text: text.to_owned(),
        files: files.iter().map(part).collect(),
        json: vec![vec![1, 2], vec![]],
        last: Bytes::from_static(b"\r\n--\r\n\0\xff"),
    }
}

/// What a reader has to find, where filenames come back escaped.
fn expected(text: &str, files: &[(String, Bytes)]) -> Vec<Read> {
    let escaped = |name: &str| {
        name.replace('"', "%22")
            .replace('\r', "%0D")
            .replace('\n', "%0A")
    };
    let some = |text: &str| Some(text.to_owned());
    let json = |content: &'static str| {
        let content = Bytes::from(content);
        ("json".to_owned(), None, some("application/json"), content)
    };
    let text = Bytes::from(text.to_owned());
    let mut expected = vec![("text".to_owned(), None, None, text)];
    expected.extend(files.iter().map(|(name, content)| {
        let filename = Some(escaped(name));
        let content_type = some("image/x-test");
        (FILES.to_owned(), filename, content_type, content.clone())
    }));
    expected.extend([json("[1,2]"), json("[]")]);
    let last = Bytes::from_static(b"\r\n--\r\n\0\xff");
    let octets = some("application/octet-stream");
    expected.push(("last".to_owned(), None, octets, last));
    expected
}

fn encoded(request: &Parts) -> (String, Bytes) {
    let request = http(request).unwrap();
    let content_type = request.headers()["content-type"].to_str().unwrap();
    (
        content_type.to_owned(),
        request.body().as_bytes().unwrap().clone(),
    )
}

fn by_multer(content_type: &str, body: Bytes) -> Result<Vec<Read>, multer::Error> {
    let boundary = multer::parse_boundary(content_type)?;
    let stream = futures_util::stream::iter([Ok::<_, std::io::Error>(body)]);
    let mut multipart = multer::Multipart::new(stream, boundary);
    let run = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    run.block_on(async {
        let mut parts = Vec::new();
        while let Some(field) = multipart.next_field().await? {
            let name = field.name().unwrap_or_default().to_owned();
            let filename = field.file_name().map(str::to_owned);
            let content_type = field.content_type().map(ToString::to_string);
            parts.push((name, filename, content_type, field.bytes().await?));
        }
        Ok(parts)
    })
}

proptest! {
    #[test]
    fn multer_reads_what_was_declared(
        text in "\\PC*",
        // Other control characters are none in a header, and multer ends a name at a backslash and a quote.
        files in prop::collection::vec(("[^\\pC\\\\]*[\r\n\"]?[^\\pC\\\\]*", prop::collection::vec(any::<u8>(), 0..300)), 0..4),
    ) {
        let files: Vec<_> = files.into_iter().map(|(name, content)| (name, content.into())).collect();
        let (content_type, body) = encoded(&parts(&text, &files));
        prop_assert_eq!(by_multer(&content_type, body).unwrap(), expected(&text, &files));
    }
}

/// Runs a program that reads a line with the content type and then the body, and prints a line for each part: name,
/// filename, content type and content, the last in hexadecimal digits.
fn by_program(program: &str, arguments: [&str; 2], parts: &Parts) -> Vec<String> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("it has to be installed");
    let (content_type, body) = encoded(parts);
    let mut stdin = child.stdin.take().unwrap();
    stdin
        .write_all(format!("{content_type}\n").as_bytes())
        .unwrap();
    stdin.write_all(&body).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{program}");
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

fn lines(read: &[Read]) -> Vec<String> {
    use std::fmt::Write as _;

    let line = |(name, filename, content_type, content): &Read| {
        let filename = filename.as_deref().unwrap_or_default();
        let content_type = content_type.as_deref().unwrap_or_default();
        let mut line = format!("{name}|{filename}|{content_type}|");
        for byte in content {
            let _ = write!(line, "{byte:02x}");
        }
        line
    };
    read.iter().map(line).collect()
}

const NASTY: &str = "a \"\r\nb; filename=x; name*=utf-8''y \u{e9}.png";

#[test]
#[ignore = "needs Python 3"]
fn python3_reads_what_was_declared() {
    const READ: &str = r#"
import sys, email, email.policy
head, body = sys.stdin.buffer.read().split(b"\n", 1)
message = email.message_from_bytes(b"Content-Type: " + head + b"\r\n\r\n" + body, policy=email.policy.HTTP)
for part in message.iter_parts():
    assert part.get_content_disposition() == "form-data"
    kind = part.get_content_type() if "Content-Type" in part else ""
    name = part.get_param("name", header="content-disposition")
    print(name, part.get_filename() or "", kind, part.get_payload(decode=True).hex(), sep="|")
"#;
    let text = "a \u{e9}\n\r\nb";
    let files = [("plain name.png".to_owned(), Bytes::from_static(b"\0\xff\n"))];
    let mut request = parts(text, &files);
    request.json.clear();
    let read = by_program("python3", ["-c", READ], &request);
    let mut expected = expected(text, &files);
    expected.retain(|part| part.0 != "json");
    // Python puts U+FFFD for each byte that is not ASCII.
    let expected = lines(&expected);
    let read: Vec<_> = read
        .iter()
        .map(|line| line.replace("\u{fffd}\u{fffd}", "\u{e9}"))
        .collect();
    assert_eq!(read, expected);
}

#[test]
#[ignore = "needs Node 18 or later"]
fn node_reads_what_was_declared() {
    const READ: &str = r#"
const all = require("fs").readFileSync(0);
const end = all.indexOf(10);
const headers = { "content-type": all.subarray(0, end).toString() };
const hex = (buffer) => Buffer.from(buffer).toString("hex");
const escape = (text) => text.replaceAll("\"", "%22").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
new Response(all.subarray(end + 1), { headers }).formData().then(async (form) => {
    const out = [];
    for (const [name, value] of form) {
        out.push(typeof value === "string"
            ? `${escape(name)}|||${hex(value)}`
            : `${escape(name)}|${escape(value.name)}|${value.type}|${hex(await value.arrayBuffer())}`);
    }
    console.log(out.join("\n"));
});
"#;
    let text = "a \u{e9}\n\r\nb";
    let files = [(NASTY.to_owned(), Bytes::from_static(b"\0\xff\n"))];
    let read = by_program("node", ["-e", READ], &parts(text, &files));
    let mut expected = expected(text, &files);
    // What has no filename is text, whatever it says.
    for (_, _, content_type, content) in expected.iter_mut().filter(|part| part.1.is_none()) {
        *content_type = None;
        *content = String::from_utf8_lossy(content).into_owned().into();
    }
    assert_eq!(read, lines(&expected));
}
