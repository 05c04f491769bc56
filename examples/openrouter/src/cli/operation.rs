//! An operation from the command line: its command, and its answer for people.

use api_request::{AnyResponse, Operation};
use clap::{Arg, ArgAction, ArgMatches, Command};
use futures_util::TryStreamExt;
use openrouter::named::Named;
use serde_json::Value;

use super::{
    arguments,
    call::{describe, json_of},
    connection::Connection,
    failure::Failure,
    output, table,
};

/// The command of an operation.
pub(super) fn command(named: &'static Named) -> Command {
    let (operation, any) = (named.operation(), named.any());
    let (about, _) = operation
        .doc()
        .split_once("\n\n")
        .unwrap_or((operation.doc(), ""));
    let mut command = Command::new(named.verb())
        .about(about.trim_end_matches('.').replace('\n', " "))
        .after_help(format!(
            "A value `@FILE` is what is in a file without its last line break, `@-` what is in standard input, and\n\
             `@@text` the text `@text`.\n\
             Operation `{}`: {} {}",
            operation.name(),
            operation.method(),
            operation.path(),
        ));
    command = arguments::add(command, named);
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
    named: &'static Named,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let has = |flag: &str| matches!(matches.try_get_one::<bool>(flag), Ok(Some(true)));
    let input = arguments::read(named, matches).await?;
    let (client, any) = (&connection.client, named.any());
    if has("dry-run") {
        let line = describe(connection, named, &input, has("events")).await?;
        return output::line(&line.to_string());
    }
    let file = matches.try_get_one::<String>("output").ok().flatten();
    let file = file.map(String::as_str);
    connection.check_key(named)?;
    if has("events") {
        return output::values(any.events(client, &input)).await;
    }
    let as_json = has("json") || !is_read(named.operation());
    if any.has_items() {
        let items: Vec<Value> = any.items(client, &input).try_collect().await?;
        return show(&Value::Array(items), as_json);
    }
    if any.is_raw() {
        output::check(file)?;
    }
    match any.send(client, &input).await? {
        AnyResponse::Bytes(bytes) => output::bytes(bytes, file).await,
        answer => show(&json_of(answer), as_json),
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
