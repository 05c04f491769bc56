//! An operation from the command line: an argument for each of its parameters and members, and its answer for people.

use std::path::Path;

use api_request::{Location, Operation, Param};
use base64::{Engine, prelude::BASE64_STANDARD};
use clap::{Arg, ArgAction, ArgMatches, Command};
use futures_util::TryStreamExt;
use openrouter::{
    any::{Answer, AnyOperation},
    input::{Argument, Input},
};
use serde_json::{Value, json};

use super::{
    call::{describe, read_file},
    connection::Connection,
    failure::Failure,
    output, table,
};

/// One argument, and the field that it is for.
struct Slot {
    /// The name of the argument.
    id: String,
    /// The field, as [`Input::Arguments`] has it.
    field: &'static str,
    doc: &'static str,
    is_required: bool,
    is_secret: bool,
    is_positional: bool,
}

/// The headers that are options of all commands.
const SHARED: [&str; 3] = ["http_referer", "app_title", "app_categories"];

fn slots(operation: &'static Operation) -> Vec<Slot> {
    let slot = |param: &'static Param, field| Slot {
        id: param.field().replace('_', "-"),
        field,
        doc: param.doc(),
        is_required: param.required(),
        is_secret: param.secret(),
        is_positional: param.location() == Location::Path,
    };
    let params = operation.params().iter();
    let params = params.filter(|param| !SHARED.contains(&param.field()));
    let mut slots: Vec<Slot> = params.map(|param| slot(param, param.field())).collect();
    // As they stand in the path.
    slots.sort_by_key(|slot| operation.path().find(&format!("{{{}}}", slot.field)));
    if let Some(content) = operation.content() {
        match content.field() {
            Some(field) => slots.push(Slot {
                id: field.replace('_', "-"),
                field,
                doc: "The body, as JSON",
                is_required: content.required(),
                is_secret: content.secret(),
                is_positional: false,
            }),
            None => slots.extend(
                content
                    .members()
                    .iter()
                    .map(|param| slot(param, param.name())),
            ),
        }
    }
    slots
}

fn help(slot: &Slot) -> String {
    let mut help = slot.doc.trim_end_matches('.').replace('\n', " ");
    if slot.is_secret {
        help +=
            " (a secret, which other users of the machine see on a command line: better `@FILE`)";
    }
    help
}

/// The command of an operation.
pub(super) fn command(any: &'static AnyOperation) -> Command {
    let operation = any.operation();
    let (about, _) = operation
        .doc()
        .split_once("\n\n")
        .unwrap_or((operation.doc(), ""));
    let mut command = Command::new(any.verb())
        .about(about.trim_end_matches('.').replace('\n', " "))
        .after_help(format!(
            "A value `@FILE` is what is in a file, and `@-` what is in standard input.\n\
             Operation `{}`: {} {}",
            operation.name(),
            operation.method(),
            operation.path(),
        ));
    for slot in slots(operation) {
        let arg = Arg::new(slot.id.clone())
            .help(help(&slot))
            .required(slot.is_required)
            .allow_negative_numbers(true)
            .value_name(slot.id.to_uppercase().replace('-', "_"));
        command = command.arg(if slot.is_positional {
            arg
        } else {
            arg.long(slot.id)
        });
    }
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .help(help)
            .action(ArgAction::SetTrue)
            .help_heading("Output")
    };
    command = command.arg(flag(
        "dry-run",
        "Prints the request as a line of JSON, and sends nothing",
    ));
    if any.has_events() {
        command = command.arg(flag(
            "events",
            "Asks for the answer as a stream, and prints each event as a line of JSON",
        ));
    }
    if is_read(operation) {
        command = command.arg(flag("json", "Prints JSON instead of a table"));
    }
    if any.is_raw() {
        let output = Arg::new("output").long("output").value_name("FILE");
        let output =
            output.help("Where to write the bytes of the answer; standard output if it is absent");
        command = command.arg(output.help_heading("Output"));
    }
    command
}

/// Does what the matches of the command ask for.
pub(super) async fn run(
    connection: &Connection,
    any: &'static AnyOperation,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let has = |flag: &str| matches!(matches.try_get_one::<bool>(flag), Ok(Some(true)));
    let input = input(any.operation(), matches).await?;
    let client = &connection.client;
    if has("dry-run") {
        let line = describe(connection, any, &input, has("events")).await?;
        return output::line(&line.to_string());
    }
    if has("events") {
        let mut events = any.events(client, &input);
        while let Some(event) = events.try_next().await? {
            output::line(&event.to_string())?;
        }
        return Ok(());
    }
    let as_json = has("json") || !is_read(any.operation());
    if any.has_items() {
        let items: Vec<Value> = any.items(client, &input).try_collect().await?;
        return show(&Value::Array(items), as_json);
    }
    match any.send(client, &input).await? {
        Answer::Json(answer) => show(&answer, as_json),
        Answer::Bytes(bytes) => {
            let file = matches.try_get_one::<String>("output").ok().flatten();
            output::bytes(bytes, file.map(String::as_str)).await
        }
    }
}

/// Whether its answer is shown as a table, if it is a list.
fn is_read(operation: &Operation) -> bool {
    operation.method() == http::Method::GET
}

/// Prints a list as a table, and all else as JSON.
fn show(answer: &Value, as_json: bool) -> Result<(), Failure> {
    let list = match answer {
        Value::Object(answer) => answer.get("data").unwrap_or(&Value::Null),
        answer => answer,
    };
    match list.as_array().map(Vec::as_slice) {
        _ if as_json => output::json(answer),
        Some([]) => {
            eprintln!("the list is empty");
            Ok(())
        }
        Some(items) => output::text(&table::render(items)),
        None => output::json(answer),
    }
}

async fn input(operation: &'static Operation, matches: &ArgMatches) -> Result<Input, Failure> {
    let is_form = operation.content_type() == Some("multipart/form-data");
    let mut arguments = Vec::new();
    for slot in slots(operation) {
        let Some(text) = matches.get_one::<String>(&slot.id) else {
            continue;
        };
        let argument = match text.strip_prefix('@') {
            None => Argument::Text(text.clone()),
            Some(path) => {
                let bytes = read_file(path).await?;
                if is_form {
                    Argument::Json(file(path, &bytes))
                } else {
                    let text = String::from_utf8(bytes);
                    let text = text.map_err(|_| Failure::usage(format!("`{path}` is no text")))?;
                    Argument::Text(text)
                }
            }
        };
        arguments.push((slot.field.to_owned(), argument));
    }
    Ok(Input::Arguments(arguments))
}

/// A file as a part of a form.
fn file(path: &str, bytes: &[u8]) -> Value {
    let name = Path::new(path).file_name().unwrap_or_default();
    let content_type = mime_guess::from_path(path).first_or_octet_stream();
    json!({"$file": {
        "filename": name.to_string_lossy(),
        "bytes_b64": BASE64_STANDARD.encode(bytes),
        "type": content_type.essence_str(),
    }})
}
