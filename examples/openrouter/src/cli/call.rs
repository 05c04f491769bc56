//! Any operation, from JSON: what a script has.

use std::path::Path;

use api_request::{AnyResponse, Events, Input};
use base64::{Engine, prelude::BASE64_STANDARD};
use futures_util::TryStreamExt;
use openrouter::{named::Named, nearest_operations, operation_for};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt;

use super::{connection::Connection, dry_run, failure::Failure, output};

/// Sends any operation, with an input that is JSON
#[derive(Debug, clap::Args)]
#[command(after_help = INPUT)]
pub(super) struct Arguments {
    /// The operation, by its `operationId`; with `--batch`, that of the lines that name none
    #[arg(value_name = "OPERATION", required_unless_present = "batch")]
    operation: Option<String>,
    /// The file with the input; `-` is standard input. Without it, the input is `{}`, and a batch is standard input
    #[arg(long, value_name = "FILE")]
    input: Option<String>,
    /// Takes an input from each line of the file, which can be given here or by `--input`, and prints a line for each
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = STDIN)]
    batch: Option<String>,
    /// Prints the request as a line of JSON, and sends nothing
    #[arg(long)]
    dry_run: bool,
    /// Asks for the answer as a stream, and prints each event as a line; in a batch, all events of an answer as a list
    #[arg(long)]
    events: bool,
    /// Where to write an answer of bytes; standard output if it is absent
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    output: Option<String>,
}

/// The name of standard input, where a file is asked for.
const STDIN: &str = "-";

/// What the help says of the input.
const INPUT: &str = r#"An input is {"path": {…}, "query": {…}, "headers": {…}, "body": …}, each by the names on the wire.
A file in a form is {"$file": {"filename": …, "bytes_b64": …, "type": …}}.
In a batch, an input has its "operation", and can have a "client" with "api_key", "http_referer", "app_title" and
"app_categories". What goes wrong with a line is a line {"error": …}, and does not change the exit code."#;

pub(super) async fn run(connection: &Connection, arguments: &Arguments) -> Result<(), Failure> {
    if let Some(file) = &arguments.batch {
        return batch(connection, arguments, file).await;
    }
    let name = arguments.operation.as_deref().unwrap_or_default();
    // Whatever the input is: it may be long in coming.
    find(name, &Value::Null)?;
    let input = match &arguments.input {
        None => json!({}),
        Some(path) => parse(&read_file(path).await?)?,
    };
    let named = find(name, &input)?;
    let events = wants_events(named, &input, arguments);
    let (client, any) = (&connection.client, named.any());
    let input = Input::new(input);
    if arguments.dry_run {
        return output::line(
            &describe(connection, named, &input, events)
                .await?
                .to_string(),
        );
    }
    check_output(named, events, arguments)?;
    connection.check_key(named)?;
    if events {
        return output::values(any.events(client, &input)).await;
    }
    match any.send(client, &input).await? {
        AnyResponse::Bytes(bytes) => output::bytes(bytes, arguments.output.as_deref()).await,
        answer => output::json(&json_of(answer)),
    }
}

/// Prints a line for each line.
async fn batch(connection: &Connection, arguments: &Arguments, value: &str) -> Result<(), Failure> {
    let name = arguments.operation.as_deref();
    // What stands behind `--batch` is the operation if the file is given by `--input`.
    let (file, name) = match &arguments.input {
        Some(file) => (&**file, name.or(Some(value).filter(|name| *name != STDIN))),
        None => (value, name),
    };
    if let Some(name) = name {
        find(name, &Value::Null)?;
    }
    let text = read_file(file).await?;
    let text = String::from_utf8(text).map_err(|_| Failure::usage("the input is no text"))?;
    for line in text.lines() {
        let answer = answer(connection, arguments, name, line).await;
        let answer = answer.unwrap_or_else(|failure| json!({"error": failure.to_string()}));
        output::line(&answer.to_string())?;
    }
    Ok(())
}

/// What a line of a batch is answered with.
async fn answer(
    connection: &Connection,
    arguments: &Arguments,
    name: Option<&str>,
    line: &str,
) -> Result<Value, Failure> {
    let Value::Object(mut input) = parse(line.as_bytes())? else {
        return Err(Failure::usage("the input is no object"));
    };
    let name = match input.remove("operation") {
        Some(Value::String(name)) => name,
        None => {
            let missing = || Failure::usage("the input names no `operation`");
            name.ok_or_else(missing)?.to_owned()
        }
        Some(_) => return Err(Failure::usage("`operation` is no text")),
    };
    let client = input.remove("client").unwrap_or_default();
    let connection = &connection.with(&client)?;
    let input = Value::Object(input);
    let named = find(&name, &input)?;
    let events = wants_events(named, &input, arguments);
    let (client, any) = (&connection.client, named.any());
    let input = Input::new(input);
    if arguments.dry_run {
        return describe(connection, named, &input, events).await;
    }
    connection.check_key(named)?;
    if events {
        let events: Vec<Value> = any.events(client, &input).try_collect().await?;
        return Ok(events.into());
    }
    match any.send(client, &input).await? {
        AnyResponse::Bytes(bytes) => {
            let pieces: Vec<bytes::Bytes> = bytes.try_collect().await?;
            Ok(json!({"bytes_b64": BASE64_STANDARD.encode(pieces.concat())}))
        }
        answer => Ok(json_of(answer)),
    }
}

/// What would be sent.
pub(super) async fn describe(
    connection: &Connection,
    named: &Named,
    input: &Input,
    events: bool,
) -> Result<Value, Failure> {
    let (client, any) = (&connection.client, named.any());
    let request = if events {
        any.build_events(client, input)?
    } else {
        any.build(client, input)?
    };
    dry_run::describe(connection, request, &named.secrets(input)).await
}

/// The JSON of an answer.
pub(super) fn json_of(answer: AnyResponse) -> Value {
    match answer {
        AnyResponse::Json(answer) => answer,
        _ => Value::Null,
    }
}

/// Fails if the answer cannot go where it is to go, before it is paid for.
fn check_output(named: &Named, events: bool, arguments: &Arguments) -> Result<(), Failure> {
    let file = arguments.output.as_deref();
    if named.any().is_raw() && !events {
        return output::check(file);
    }
    match file {
        None => Ok(()),
        Some(_) => Err(Failure::usage(format!(
            "`--output` is for an answer of bytes, and that to `{}` is JSON",
            named.operation().name()
        ))),
    }
}

fn find(name: &str, input: &Value) -> Result<&'static Named, Failure> {
    operation_for(name, input).ok_or_else(|| {
        let nearest = nearest_operations(name).join("`, `");
        let message = format!("there is no operation `{name}`; the nearest are `{nearest}`");
        Failure::usage(message)
    })
}

/// Whether the answer is to be a stream: the option or the body says so.
fn wants_events(named: &Named, input: &Value, arguments: &Arguments) -> bool {
    let events = named.operation().events();
    let flag = events.and_then(Events::flag);
    arguments.events || flag.is_some_and(|flag| input["body"][flag] == true)
}

fn parse(text: &[u8]) -> Result<Value, Failure> {
    serde_json::from_slice(text).map_err(|error| Failure::usage(format!("the input: {error}")))
}

/// What is in a file; `-` is standard input.
pub(super) async fn read_file(path: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    if path == STDIN {
        let read = tokio::io::stdin().read_to_end(&mut bytes).await;
        read.map_err(Failure::io("standard input"))?;
        return Ok(bytes);
    }
    tokio::fs::read(Path::new(path))
        .await
        .map_err(Failure::io(format_args!("`{path}`")))
}
