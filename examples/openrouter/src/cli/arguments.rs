//! The arguments of an operation: one for each of its parameters and members of its body, and what they say as input.

use std::path::Path;

use api_request::{Content, Location, Operation, Param};
use base64::{Engine, prelude::BASE64_STANDARD};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use openrouter::input::{Argument, Input};
use serde_json::{Value, json};

use super::{call::read_file, failure::Failure};

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

/// The argument for a body that is one value, and the one for members of it.
const BODY: &str = "body";
const SET: &str = "set";

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
    let params = operation.params();
    let mut params: Vec<&Param> = params
        .filter(|param| !SHARED.contains(&param.field()))
        .collect();
    // As they stand in the path.
    params.sort_by_key(|param| operation.path().find(&format!("{{{}}}", param.name())));
    let params = params.into_iter();
    let mut slots: Vec<Slot> = params.map(|param| slot(param, param.field())).collect();
    if let Some(content) = operation.content() {
        match content.field() {
            Some(field) => slots.push(Slot {
                id: BODY.to_owned(),
                field,
                doc: "The body, as JSON",
                is_required: false,
                is_secret: content.secret(),
                is_positional: false,
            }),
            None => slots.extend(content.members().map(|param| slot(param, param.name()))),
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

/// Adds the arguments to the command of an operation.
pub(super) fn add(mut command: Command, operation: &'static Operation) -> Command {
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
    if let Some(content) = operation
        .content()
        .filter(|content| content.field().is_some())
    {
        let set = Arg::new(SET).long(SET).value_name("MEMBER=VALUE");
        let set = set.help(
            "Sets a member of the body, over `--body`: to JSON, or to a text if the value is none",
        );
        command = command.arg(set.action(ArgAction::Append));
        if content.required() {
            let group = ArgGroup::new("content").args([BODY, SET]);
            command = command.group(group.required(true).multiple(true));
        }
    }
    command
}

/// A text that was read from a file, where the last line has an end too.
pub(super) fn without_line_break(text: &str) -> &str {
    let text = text.strip_suffix('\n').unwrap_or(text);
    text.strip_suffix('\r').unwrap_or(text)
}

/// The input that the matches of the command say.
pub(super) async fn read(
    operation: &'static Operation,
    matches: &ArgMatches,
) -> Result<Input, Failure> {
    let is_form = operation.content_type() == Some("multipart/form-data");
    let mut arguments = Vec::new();
    for slot in slots(operation) {
        let Some(text) = matches.get_one::<String>(&slot.id) else {
            continue;
        };
        let argument = match text.strip_prefix('@') {
            None => Argument::Text(text.clone()),
            Some(text) if text.starts_with('@') => Argument::Text(text.to_owned()),
            Some(path) => {
                let bytes = read_file(path).await?;
                if is_form {
                    Argument::Json(file(path, &bytes))
                } else {
                    let text = String::from_utf8(bytes);
                    let text = text.map_err(|_| Failure::usage(format!("`{path}` is no text")))?;
                    Argument::Text(without_line_break(&text).to_owned())
                }
            }
        };
        arguments.push((slot.field.to_owned(), argument));
    }
    if let Ok(Some(members)) = matches.try_get_many::<String>(SET) {
        let field = operation.content().and_then(Content::field);
        set_members(&mut arguments, field.unwrap_or_default(), members)?;
    }
    Ok(Input::Arguments(arguments))
}

/// Puts members into the body, which is the last argument if it is given.
fn set_members<'a>(
    arguments: &mut Vec<(String, Argument)>,
    field: &str,
    members: impl Iterator<Item = &'a String>,
) -> Result<(), Failure> {
    let body = match arguments.pop_if(|(name, _)| name == field) {
        None => json!({}),
        Some((_, body)) => body.into_json(),
    };
    let Value::Object(mut body) = body else {
        return Err(Failure::usage("`--body` is no JSON object"));
    };
    for member in members {
        let Some((name, value)) = member.split_once('=') else {
            return Err(Failure::usage(format!("`--set {member}` has no `=`")));
        };
        let value = Argument::Text(value.to_owned()).into_json();
        body.insert(name.to_owned(), value);
    }
    arguments.push((field.to_owned(), Argument::Json(body.into())));
    Ok(())
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
