//! The declared requests beside the API's description and recorded requests of its SDK, with `--ignored`: these files
//! are in the folder that `OPENROUTER_SPEC` names, or in `../shared/openrouter` beside the repository. Each recording is a
//! line of a batch that the program runs dry.
//!
//! What the SDK does otherwise, which is no difference here:
//!
//! | what | why |
//! |---|---|
//! | an empty header `cookie` | it asks for nothing; only declared headers are compared |
//! | query parameters of [`UNASKED`] | defaults of the SDK, sent though nobody asked for them |
//! | members of [`body_paths_changed_by_sdk`](compare) | defaults of the SDK in place of what was asked for |
//! | a media type of a part that is `application/octet-stream` | the SDK does not know the end of the file's name |
//!
//! What is left out is in [`DEVIATIONS`] and [`is_known`], with the reason, and printed with how many there are.
#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test may panic like the test"
)]

use std::{
    collections::BTreeMap,
    env, fs,
    io::Write,
    path::PathBuf,
    process::{Command, Stdio},
};

use api_request::Location;
use openrouter::OPERATIONS;
use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A file of the description.
fn spec(name: &str) -> Vec<Value> {
    let beside = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/openrouter");
    let folder = env::var_os("OPENROUTER_SPEC").map_or_else(|| beside.into(), PathBuf::from);
    let path = folder.join(name);
    let text =
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap()
}

/// Prints a line that is shown though the test passes, which `println` is not.
fn say(line: &str) {
    let line = format!("{line}\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}

#[test]
#[ignore = "needs the folder OPENROUTER_SPEC"]
fn operations_are_as_described() {
    let described = spec("operations.json");
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
        let params = operation.params();
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

/// Headers that are declared; a recording has the others of its SDK too.
const DECLARED: [&str; 4] = [
    "http-referer",
    "x-openrouter-title",
    "x-openrouter-categories",
    "x-openrouter-metadata",
];

/// Recordings that differ, and why.
const DEVIATIONS: [(&str, &str); 4] = [
    (
        "listProviders/client-header-unicode-refused",
        "the SDK refuses headers that are not Latin-1",
    ),
    (
        "getCredits/env-globals",
        "a line of a batch has no environment",
    ),
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
#[ignore = "needs the folder OPENROUTER_SPEC"]
fn recorded_requests_are_built_alike() {
    let recordings = spec("requests.json");
    let lines: Vec<String> = recordings.iter().map(input).collect();
    let (mut same, mut known, mut differences) = (0, BTreeMap::new(), Vec::new());
    for (recorded, built) in recordings.iter().zip(dry_run(&lines)) {
        if let Some(reason) = is_known(recorded) {
            *known.entry(reason).or_insert(0) += 1;
            continue;
        }
        match compare(recorded, &built) {
            Ok(()) => same += 1,
            Err(difference) => differences.push(format!("{}: {difference}", recorded["id"])),
        }
    }
    let all = same + differences.len();
    say(&format!(
        "{same} of {all} recorded requests agree; left out: {known:?}"
    ));
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// A recording as a line of a batch.
fn input(recorded: &Value) -> String {
    let mut input = recorded["input"].clone();
    input["operation"] = recorded["operation_id"].clone();
    input["client"] = recorded["client"].clone();
    input.to_string()
}

/// What the program makes of each line.
fn dry_run(lines: &[String]) -> Vec<Value> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_openrouter"));
    command.args(["call", "--batch", "--input", "-", "--dry-run"]);
    command.arg("--show-secrets");
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    // It warns of options that only the SDK has.
    command.stderr(Stdio::null());
    let mut program = command.spawn().unwrap();
    let mut stdin = program.stdin.take().unwrap();
    stdin.write_all(lines.join("\n").as_bytes()).unwrap();
    drop(stdin);
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let built: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(built.len(), lines.len());
    built
}

fn compare(recorded: &Value, ours: &Value) -> Result<(), String> {
    let input = &recorded["input"];
    let expected = &recorded["expect"];
    if expected.is_null() {
        return match ours.get("error") {
            Some(_) => Ok(()),
            None => Err("the SDK refuses it".to_owned()),
        };
    }
    if let Some(error) = ours.get("error") {
        return Err(error.to_string());
    }
    check("method", &ours["method"], &expected["method"])?;
    let url = |request: &Value| {
        let target = request["target"].as_str().unwrap();
        url::Url::parse(&format!("http://api{target}")).unwrap()
    };
    let (our_url, their_url) = (url(ours), url(expected));
    // Whether `'`, `(`, `)`, `*` and `!` are encoded makes no difference.
    let segments = |url: &url::Url| {
        let segments = url.path_segments().unwrap();
        segments
            .map(|segment| percent_decode_str(segment).decode_utf8().unwrap())
            .collect::<Value>()
    };
    check("path", &segments(&our_url), &segments(&their_url))?;
    let query = |url: &url::Url| {
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
    let (our_query, their_query) = (query(&our_url), query(&their_url));
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
    for header in DECLARED {
        check(
            header,
            &ours["headers"][header],
            &expected["headers"][header],
        )?;
    }
    if let Some(parts) = expected["body_multipart"].as_array() {
        return compare_parts(ours["body_multipart"].as_array(), parts);
    }
    let mut theirs = expected["body_json"].clone();
    let changed = recorded["body_paths_changed_by_sdk"].as_array();
    for path in changed.into_iter().flatten() {
        let asked = lookup(&input["body"], path.as_str().unwrap()).cloned();
        set(&mut theirs, path.as_str().unwrap(), asked);
    }
    differ("", &ours["body_json"], &theirs)
}

/// Compares the parts of a form. The media types differ where the SDK knows none for the end of a name.
fn compare_parts(ours: Option<&Vec<Value>>, theirs: &[Value]) -> Result<(), String> {
    let ours = ours.ok_or("there are no parts")?;
    check("parts", &ours.len().into(), &theirs.len().into())?;
    for (ours, theirs) in ours.iter().zip(theirs) {
        for member in ["name", "filename", "content_disposition", "content_b64"] {
            check(member, &ours[member], &theirs[member])?;
        }
        if theirs["content_type"] != "application/octet-stream" {
            check("type", &ours["content_type"], &theirs["content_type"])?;
        }
    }
    Ok(())
}

fn check(what: &str, ours: &Value, theirs: &Value) -> Result<(), String> {
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
