//! Values of any size, for `growth.sh` and `instructions.sh`: `linear WORK SIZE TIMES`. Each is encoded or decoded in one
//! piece, beside serde or reqwest on the same values, or received as one event or line in many chunks.

use std::{collections::BTreeMap, env, error::Error, hint::black_box};

use api_request::{ApiError, ApiRequest, BaseUrl, Body, BoxError, Client, ErrorBody, Transport};
use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use serde::{Deserialize, Serialize};

type Map = BTreeMap<String, String>;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Form {
    #[api(form(flatten))]
    members: Map,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Pairs {
    #[api(form(flatten))]
    members: Vec<(String, String)>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Exploded {
    #[api(query(style = form))]
    members: Map,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Deep {
    #[api(query(name = "m", style = deep))]
    members: Map,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = json)]
struct Json {
    name: &'static str,
    #[serde(flatten)]
    members: Map,
}

/// What [`Json`] is to serde.
#[derive(Serialize)]
struct JsonBody {
    name: &'static str,
    #[serde(flatten)]
    members: Map,
}

#[derive(Debug, Deserialize)]
struct Listing {
    data: Vec<Key>,
}

#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "decoding is what is measured")]
struct Key {
    hash: String,
    name: String,
    disabled: bool,
    limit: Option<f64>,
    usage: f64,
}

#[derive(Debug, ApiError)]
#[api(envelope = "error")]
enum Failure {
    #[api(other)]
    Other(ErrorBody),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", response = Listing)]
struct ListKeys;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", response = Listing, error = Failure)]
struct ListOrFail;

#[derive(ApiRequest)]
#[api(method = GET, path = "/texts", response(lines = String), events = String)]
struct Texts;

/// Responds with a body in chunks of 1 KiB.
struct InChunks(Bytes);

impl Transport for InChunks {
    async fn send(&self, _: http::Request<Body>) -> Result<http::Response<Body>, BoxError> {
        let text = self.0.clone();
        let chunks = (0..text.len()).step_by(1024);
        let chunks = chunks.map(move |at| text.slice(at..text.len().min(at + 1024)));
        let body = Body::once(stream::iter(chunks.map(Ok::<_, BoxError>)));
        let response = http::Response::builder().header("content-type", "text/event-stream");
        Ok(response.body(body)?)
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let [work, size, times] = *arguments else {
        return Err("usage: linear WORK SIZE TIMES".into());
    };
    let (size, times) = (size.parse()?, times.parse()?);
    if work.starts_with("decode") {
        decode(work, size, times)
    } else if work.starts_with("one") {
        one(work, size, times)
    } else {
        encode(work, size, times)
    }
}

/// So many members, of 16 bytes each.
fn members(size: usize) -> Map {
    let members = (0..size).map(|n| (format!("key{n:05}"), format!("value {n:04}")));
    members.collect()
}

fn encode(work: &str, size: usize, times: usize) -> Result<(), Box<dyn Error>> {
    let base: BaseUrl = "https://api.example.com".parse()?;
    let members = members(size);
    // A `http::Uri` has no room for many parameters, but a command of curl has.
    let run: &dyn Fn() -> bool = match work {
        "form-flatten" => {
            let request = Form { members };
            &move || black_box(request.to_http(&base)).is_ok()
        }
        // Names that are not in order are hashed.
        "form-unordered" => {
            let members = members.into_iter().rev().collect();
            let request = Pairs { members };
            &move || black_box(request.to_http(&base)).is_ok()
        }
        "form-by-hand" => {
            let client = reqwest::Client::new();
            &move || {
                let request = client.post("https://api.example.com/").form(&members);
                black_box(request.build()).is_ok()
            }
        }
        "query-exploded" => {
            let request = Exploded { members };
            &move || black_box(request.to_http(&base)).is_ok()
        }
        "query-deep" => {
            let request = Deep { members };
            &move || black_box(request.to_http(&base)).is_ok()
        }
        "query-by-hand" => {
            let client = reqwest::Client::new();
            &move || {
                let request = client.get("https://api.example.com/").query(&members);
                black_box(request.build()).is_ok()
            }
        }
        "json-flatten" => {
            let name = "a";
            let request = Json { name, members };
            &move || black_box(request.to_http(&base)).is_ok()
        }
        "json-by-hand" => {
            let name = "a";
            let body = JsonBody { name, members };
            &move || black_box(serde_json::to_vec(&body)).is_ok()
        }
        _ => return Err(format!("unknown work `{work}`").into()),
    };
    for _ in 0..times {
        assert!(run());
    }
    Ok(())
}

/// A listing of so many KiB of JSON. The last item is `last`, and there is a member `error`, if it is given.
fn listing(size: usize, last: &str, error: &str) -> Bytes {
    let key = r#"{"hash":"f01d52606dc8f0a8303a7b5cc3fa07109c2e346cec7c0a16b40de462992ce943","name":"Production API Key","disabled":false,"limit":100.5,"usage":25.25,"created_at":"2025-08-24T10:30:00Z"}"#;
    let count = (size * 1024) / (key.len() + 1);
    let keys = vec![key; count].join(",");
    format!(r#"{{"data":[{keys},{last}]{error}}}"#).into()
}

fn decode(work: &str, size: usize, times: usize) -> Result<(), Box<dyn Error>> {
    let whole = r#"{"hash":"f0","name":"Last","disabled":true,"limit":null,"usage":0.5}"#;
    let broken = r#"{"hash":"f0","name":7,"disabled":true,"limit":null,"usage":0.5}"#;
    let (body, fails) = match work {
        "decode-failed" | "decode-failed-by-hand" => (listing(size, broken, ""), true),
        "decode-envelope" | "decode-envelope-by-hand" => {
            (listing(size, whole, r#","error":null"#), false)
        }
        _ => (listing(size, whole, ""), false),
    };
    let response = || http::Response::new(body.clone());
    for _ in 0..times {
        let decoded = match work {
            "decode" | "decode-failed" => ListKeys::decode(response()).is_ok(),
            "decode-envelope" => ListOrFail::decode(response()).is_ok(),
            "decode-by-hand" | "decode-failed-by-hand" | "decode-envelope-by-hand" => {
                let listing: Result<Listing, _> = serde_json::from_slice(&body);
                black_box(listing.map(|listing| listing.data)).is_ok()
            }
            _ => return Err(format!("unknown work `{work}`").into()),
        };
        assert_eq!(decoded, !fails);
    }
    Ok(())
}

/// Receives one event or line of so many KiB, in chunks of 1 KiB.
fn one(work: &str, size: usize, times: usize) -> Result<(), Box<dyn Error>> {
    let (start, end) = match work {
        "one-line" => ("\"", "\"\n"),
        _ => ("data: \"", "\"\n\n"),
    };
    let text = "x".repeat(size * 1024 - start.len() - end.len());
    let text = Bytes::from([start, &text, end].concat());
    let client = Client::builder("https://api.example.com").transport(InChunks(text));
    let client = client.build()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    runtime.block_on(async {
        for _ in 0..times {
            let received: Vec<String> = match work {
                "one-line" => client.send(&Texts).await?.try_collect().await?,
                "one-event" => client.call(&Texts).events().await?.try_collect().await?,
                _ => return Err(format!("unknown work `{work}`").into()),
            };
            assert_eq!(received.len(), 1);
        }
        Ok(())
    })
}
