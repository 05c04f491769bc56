//! The requests of well-known APIs, as their documentation shows them: one module per API.
//!
//! A request is compared as the lines of its message: method and URL, the headers by name, an empty line, and the body.
//! Where the documentation shows other bytes that mean the same, a comment says so.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use api_request::{
    ApiRequest, BaseUrl, Client, ClientBuilder,
    testing::{Recorded, Script, ScriptedResponse},
};
use http::{HeaderMap, Method, Uri};
use percent_encoding::percent_decode_str;

mod cloudflare;
mod discord;
mod docker;
mod elasticsearch;
mod github;
mod google;
mod graphql;
mod matrix;
mod oci;
mod s3;
mod stripe;

const ANY: &str = "accept: */*";
const JSON: &str = "accept: application/json";
const JSON_BODY: &str = "content-type: application/json";
const FORM_BODY: &str = "content-type: application/x-www-form-urlencoded";

/// The lines of a request that is not sent.
#[track_caller]
fn message<R: ApiRequest>(base: &str, request: &R) -> Vec<String> {
    let base: BaseUrl = base.parse().unwrap();
    let request = request.to_http(&base).unwrap();
    let body = request.body().as_bytes().unwrap();
    lines(request.method(), request.uri(), request.headers(), body)
}

/// The lines of a request that is not sent, with the values of its group.
#[track_caller]
fn message_in<R: ApiRequest>(base: &str, request: &R, group: &R::Group) -> Vec<String> {
    let base: BaseUrl = base.parse().unwrap();
    let request = request.to_http_in(&base, group).unwrap();
    let body = request.body().as_bytes().unwrap();
    lines(request.method(), request.uri(), request.headers(), body)
}

/// The lines of a request that a client has sent, without the headers that say what the client and the connection are.
fn sent(request: &Recorded) -> Vec<String> {
    let mut headers = request.headers().clone();
    for name in ["user-agent", "accept-encoding", "content-length", "host"] {
        headers.remove(name);
    }
    lines(request.method(), request.uri(), &headers, request.body())
}

/// A client whose responses are these, in this order, and what it sends.
fn client(base: &str, responses: impl IntoIterator<Item = ScriptedResponse>) -> (Client, Script) {
    scripted(Client::builder(base), responses)
}

fn scripted(
    client: ClientBuilder,
    responses: impl IntoIterator<Item = ScriptedResponse>,
) -> (Client, Script) {
    let script = responses.into_iter().fold(Script::new(), Script::then);
    let client = client.transport(script.clone()).build();
    (client.unwrap(), script)
}

fn lines(method: &Method, url: &Uri, headers: &HeaderMap, body: &[u8]) -> Vec<String> {
    let mut lines: Vec<String> = headers
        .iter()
        .map(|(name, value)| format!("{name}: {}", std::str::from_utf8(value.as_bytes()).unwrap()))
        .collect();
    lines.sort();
    lines.insert(0, format!("{method} {url}"));
    if body.is_empty() {
        return lines;
    }
    let mut body = String::from_utf8(body.to_vec()).unwrap();
    for line in &mut lines {
        // Boundaries are random.
        if let Some((before, boundary)) = line.split_once("; boundary=") {
            body = body.replace(boundary, "boundary").replace("\r\n", "\n");
            *line = before.to_owned();
        }
    }
    lines.push(String::new());
    lines.extend(body.split('\n').map(str::to_owned));
    lines
}

/// A form or a URL without its percent-encoding, as `curl -d` sends it where the documentation shows that.
fn decoded(encoded: &str) -> String {
    percent_decode_str(encoded)
        .decode_utf8()
        .unwrap()
        .into_owned()
}
