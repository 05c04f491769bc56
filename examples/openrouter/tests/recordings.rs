//! The declared requests beside the API's description and recorded requests of its SDK, where these files are at hand:
//! in the folder that `OPENROUTER_SPEC` names.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use std::{collections::BTreeMap, env, fs, path::PathBuf};

use api_request::{Client, Location};
use base64::{Engine, prelude::BASE64_STANDARD};
use openrouter::{BASE_URL, OPERATIONS, build};
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A file of the description; nothing, and a word about it, where it is not at hand.
fn spec(name: &str) -> Option<Vec<Value>> {
    let Some(folder) = env::var_os("OPENROUTER_SPEC") else {
        println!("skipped: OPENROUTER_SPEC names no folder with `{name}`");
        return None;
    };
    let text = fs::read_to_string(PathBuf::from(folder).join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

#[test]
fn operations_are_as_described() {
    let Some(described) = spec("operations.json") else {
        return;
    };
    assert_eq!(OPERATIONS.len(), described.len());
    for operation in OPERATIONS {
        let name = operation.name();
        let is_it = |described: &&Value| described["operation_id"] == name;
        let described = described.iter().find(is_it).expect(name);
        assert_eq!(described["method"], operation.method().as_str(), "{name}");
        assert_eq!(described["path"], operation.path(), "{name}");
        let mut expected: Vec<(&str, &str, bool)> = Vec::new();
        for place in ["path", "query", "header"] {
            for param in described["params"][place].as_array().unwrap() {
                let required = param["required"].as_bool().unwrap();
                expected.push((place, param["name"].as_str().unwrap(), required));
            }
        }
        for header in described["global_headers"].as_array().unwrap() {
            expected.push(("header", header.as_str().unwrap(), false));
        }
        let params = operation.params().iter();
        let mut declared: Vec<_> = params
            .map(|param| (place(param.location()), param.name(), param.required()))
            .collect();
        expected.sort_unstable();
        declared.sort_unstable();
        assert_eq!(declared, expected, "{name}");
    }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        other => panic!("{other:?}"),
    }
}

/// Query parameters that the SDK sends unasked.
const UNASKED: [&str; 7] = [
    "include_run_config",
    "index",
    "limit",
    "max_results",
    "offset",
    "sort",
    "window",
];

/// Recordings that differ, and why.
const DEVIATIONS: [(&str, &str); 4] = [
    (
        "listProviders/client-header-unicode-refused",
        "the SDK refuses headers that are not Latin-1",
    ),
    ("getCredits/env-globals", "the library reads no environment"),
    (
        "uploadFile/form-content-blob",
        "the SDK prefers the end of the name to the type that is given",
    ),
    (
        "createAudioTranscriptions_multipart/empty-granularity",
        "an empty list has no part",
    ),
];

/// What the SDK does that the API does not ask for, and what it does not do.
fn is_known(recorded: &Value) -> Option<&'static str> {
    if let Some((_, reason)) = DEVIATIONS.iter().find(|(id, _)| recorded["id"] == *id) {
        return Some(reason);
    }
    let path = recorded["input"]["path"].as_object()?;
    let is_dots = |value: &Value| value == "." || value == "..";
    if path.values().any(is_dots) {
        return Some("the SDK resolves `.` and `..` away, which asks for another resource");
    }
    if path.values().any(|value| value == "") {
        return Some("the SDK sends an empty segment, which asks for another resource");
    }
    if recorded["client"].get("base_path").is_some() {
        return Some("the base URL is another one");
    }
    if recorded.get("options").is_some() {
        return Some("the call has headers of its own");
    }
    None
}

#[test]
fn recorded_requests_are_built_alike() {
    let Some(recordings) = spec("requests.json") else {
        return;
    };
    let (mut same, mut known, mut differences) = (0, BTreeMap::new(), Vec::new());
    for recorded in &recordings {
        let name = recorded["operation_id"].as_str().unwrap();
        if let Some(reason) = is_known(recorded) {
            *known.entry(reason).or_insert(0) += 1;
            continue;
        }
        match compare(recorded, name) {
            Ok(()) => same += 1,
            Err(difference) => differences.push(format!("{}: {difference}", recorded["id"])),
        }
    }
    let all = same + differences.len();
    println!("{same} of {all} recorded requests agree; left out: {known:?}");
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

fn compare(recorded: &Value, name: &str) -> Result<(), String> {
    let mut builder = Client::builder(BASE_URL);
    for (option, header) in [
        ("http_referer", "HTTP-Referer"),
        ("app_title", "X-OpenRouter-Title"),
        ("app_categories", "X-OpenRouter-Categories"),
    ] {
        if let Some(value) = recorded["client"][option].as_str() {
            builder = builder.header(header, value);
        }
    }
    let client = builder.build().map_err(|error| error.to_string())?;
    let mut input = recorded["input"].clone();
    if input["body"].is_null() {
        input.as_object_mut().unwrap().remove("body");
    }
    let built = build(&client, name, &input);
    let expected = &recorded["expect"];
    if expected.is_null() {
        return match built {
            Err(_) => Ok(()),
            Ok(_) => Err("the SDK refuses it".to_owned()),
        };
    }
    let built = built.map_err(|error| error.to_string())?;
    check(
        "method",
        built.method().as_str(),
        expected["method"].as_str().unwrap(),
    )?;
    let url = |target: &str| url::Url::parse(&format!("http://api{target}")).unwrap();
    let theirs = url(expected["target"].as_str().unwrap());
    let ours = url(built.uri().path_and_query().unwrap().as_str());
    // Whether `'`, `(`, `)`, `*` and `!` are encoded makes no difference.
    let decoded = |url: &url::Url| {
        let segments = url.path_segments().unwrap();
        let segments = segments.map(|segment| percent_decode_str(segment).decode_utf8().unwrap());
        format!("{:?}", segments.collect::<Vec<_>>())
    };
    check("path", &decoded(&ours), &decoded(&theirs))?;
    let query = |url: &url::Url, input: &Value| {
        let mut pairs: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| {
                // The SDK sends these unasked.
                !UNASKED.contains(&&**name) || !input["query"][&**name].is_null()
            })
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        pairs.sort();
        pairs
    };
    let (our_query, their_query) = (query(&ours, &input), query(&theirs, &input));
    // A number is the same in any form: ours has no exponent.
    let number = |text: &str| text.parse::<f64>().ok();
    let is_same = our_query.len() == their_query.len()
        && our_query.iter().zip(&their_query).all(|(ours, theirs)| {
            let is_number = number(&ours.1).is_some() && number(&ours.1) == number(&theirs.1);
            ours.0 == theirs.0 && (ours.1 == theirs.1 || is_number)
        });
    if !is_same {
        return Err(format!("query: {our_query:?} instead of {their_query:?}"));
    }
    for header in [
        "http-referer",
        "x-openrouter-title",
        "x-openrouter-categories",
        "x-openrouter-metadata",
    ] {
        let ours = built.headers().get(header).map(http::HeaderValue::as_bytes);
        let theirs = expected["headers"][header].as_str().map(|value| {
            // Node sends Latin-1, and shows what it got as such.
            value.as_bytes()
        });
        check(header, &format!("{ours:?}"), &format!("{theirs:?}"))?;
    }
    if let Some(parts) = expected["body_multipart"].as_array() {
        return compare_parts(&built, parts);
    }
    let ours: Option<Value> = built
        .body()
        .as_bytes()
        .filter(|bytes| !bytes.is_empty())
        .map(|bytes| serde_json::from_slice(bytes).unwrap());
    let mut theirs = expected.get("body_json").cloned();
    for path in recorded["body_paths_changed_by_sdk"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let asked = lookup(&input["body"], path.as_str().unwrap()).cloned();
        set(theirs.as_mut().unwrap(), path.as_str().unwrap(), asked);
    }
    differ(
        "",
        ours.as_ref().unwrap_or(&Value::Null),
        theirs.as_ref().unwrap_or(&Value::Null),
    )
}

/// Compares the parts of a form. The media types differ where the SDK knows none for the end of a name.
fn compare_parts(
    built: &http::Request<api_request::Body>,
    expected: &[Value],
) -> Result<(), String> {
    let content_type = built.headers()["content-type"].to_str().unwrap();
    let boundary = content_type
        .split_once("boundary=")
        .unwrap()
        .1
        .trim_matches('"');
    let body = built.body().as_bytes().ok_or("the body is no bytes")?;
    // One character for each byte.
    let body: String = body.iter().map(|byte| char::from(*byte)).collect();
    let delimiter = format!("--{boundary}");
    let parts: Vec<&str> = body.split(&*delimiter).collect();
    let [first, parts @ .., last] = &*parts else {
        return Err("there are no parts".to_owned());
    };
    check("around the parts", &format!("{first}{last}"), "--\r\n")?;
    check(
        "parts",
        &parts.len().to_string(),
        &expected.len().to_string(),
    )?;
    for (part, expected) in parts.iter().zip(expected) {
        let (head, content) = part.split_once("\r\n\r\n").ok_or("a part without a head")?;
        let content: Vec<u8> = content
            .trim_end_matches("\r\n")
            .chars()
            .map(|c| c as u8)
            .collect();
        let head: Vec<u8> = head.chars().map(|c| c as u8).collect();
        let head = String::from_utf8(head).unwrap().to_lowercase();
        let disposition = expected["content_disposition"]
            .as_str()
            .unwrap()
            .to_lowercase();
        if !head.contains(&disposition) {
            return Err(format!("{head:?} instead of {disposition}"));
        }
        let theirs = BASE64_STANDARD
            .decode(expected["content_b64"].as_str().unwrap())
            .unwrap();
        let theirs = String::from_utf8_lossy(&theirs)
            .trim_end_matches("\r\n")
            .to_owned();
        check("content", &String::from_utf8_lossy(&content), &theirs)?;
        match expected["content_type"].as_str() {
            Some("application/octet-stream") => {}
            Some(theirs) if !head.contains(&format!("content-type: {theirs}")) => {
                return Err(format!("{head:?} instead of {theirs}"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn check(what: &str, ours: &str, theirs: &str) -> Result<(), String> {
    if ours == theirs {
        return Ok(());
    }
    Err(format!("{what}: {ours} instead of {theirs}"))
}

fn lookup<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let pointer = format!("/{}", path.replace('.', "/"));
    value.pointer(&pointer)
}

/// Puts a value where a default of the SDK stands, or removes that.
fn set(value: &mut Value, path: &str, asked: Option<Value>) {
    let (parent, last) = path.rsplit_once('.').unwrap_or(("", path));
    let pointer = match parent {
        "" => String::new(),
        parent => format!("/{}", parent.replace('.', "/")),
    };
    let Some(Value::Object(object)) = value.pointer_mut(&pointer) else {
        return;
    };
    match asked {
        Some(asked) => object.insert(last.to_owned(), asked),
        None => object.remove(last),
    };
}

/// Where two JSON values differ; a number is the same in any form.
fn differ(path: &str, ours: &Value, theirs: &Value) -> Result<(), String> {
    let is_same = match (ours, theirs) {
        (Value::Number(ours), Value::Number(theirs)) => ours.as_f64() == theirs.as_f64(),
        (Value::Array(ours), Value::Array(theirs)) if ours.len() == theirs.len() => {
            for (index, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
                differ(&format!("{path}/{index}"), ours, theirs)?;
            }
            true
        }
        (Value::Object(ours), Value::Object(theirs)) => {
            for name in ours.keys().chain(theirs.keys()) {
                let path = format!("{path}/{name}");
                match (ours.get(name), theirs.get(name)) {
                    (Some(ours), Some(theirs)) => differ(&path, ours, theirs)?,
                    (ours, theirs) => {
                        return Err(format!("{path}: {ours:?} instead of {theirs:?}"));
                    }
                }
            }
            true
        }
        (ours, theirs) => ours == theirs,
    };
    if is_same {
        return Ok(());
    }
    Err(format!("{path}: {ours} instead of {theirs}"))
}
