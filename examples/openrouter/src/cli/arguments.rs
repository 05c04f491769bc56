//! The arguments of an operation: one for each of its parameters and members of its body, and what they say as input.

use std::path::Path;

use api_request::{Input, Location, Param};
use base64::{Engine, prelude::BASE64_STANDARD};
use clap::{
    Arg, ArgAction, ArgGroup, ArgMatches, Command,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};
use openrouter::named::{Expected, Named};
use serde_json::{Value, json};

use super::{call::read_file, failure::Failure};

/// One argument, and what it is for.
struct Slot {
    /// The name of the argument.
    id: String,
    location: Location,
    /// The name on the wire; empty for a whole body.
    name: &'static str,
    doc: &'static str,
    is_required: bool,
    is_secret: bool,
    expected: Expected,
}

/// The argument for a body that is one value, and the one for members of it.
const BODY: &str = "body";
const SET: &str = "set";

/// The headers that are options of all commands.
const SHARED: [&str; 3] = ["http_referer", "app_title", "app_categories"];

fn slots(named: &Named) -> Vec<Slot> {
    let operation = named.operation();
    let slot = |param: &'static Param, field| Slot {
        id: param.field().replace('_', "-"),
        location: param.location(),
        name: param.name(),
        doc: param.doc(),
        is_required: param.required(),
        is_secret: param.secret(),
        expected: named.expected(field),
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
            Some(_) => slots.push(Slot {
                id: BODY.to_owned(),
                location: Location::Body,
                name: "",
                doc: "The body, as JSON",
                is_required: false,
                is_secret: content.secret(),
                expected: Expected::Any,
            }),
            None => slots.extend(content.members().map(|param| slot(param, param.name()))),
        }
    }
    slots
}

fn help(slot: &Slot) -> String {
    let mut help = slot.doc.trim_end_matches('.').replace('\n', " ");
    if slot.expected == Expected::File {
        help += ": the path of a file";
    }
    if slot.is_secret {
        help +=
            " (a secret, which other users of the machine see on a command line: better `@FILE`)";
    }
    help
}

/// Texts that the help and completions list. Others are taken too, such as `@FILE`: reading the input refuses them.
#[derive(Clone)]
struct Texts(Vec<String>);

impl TypedValueParser for Texts {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(
            self.0.iter().map(|text| PossibleValue::new(text.clone())),
        ))
    }
}

/// Adds the arguments to the command of an operation.
pub(super) fn add(mut command: Command, named: &Named) -> Command {
    let operation = named.operation();
    for slot in slots(named) {
        let mut arg = Arg::new(slot.id.clone())
            .help(help(&slot))
            .required(slot.is_required)
            .allow_negative_numbers(true)
            .value_name(slot.id.to_uppercase().replace('-', "_"));
        if let Some(texts) = slot.expected.texts() {
            arg = arg.value_parser(Texts(texts.to_vec()));
        }
        command = command.arg(if slot.location == Location::Path {
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
pub(super) async fn read(named: &Named, matches: &ArgMatches) -> Result<Input, Failure> {
    let mut input = json!({});
    for slot in slots(named) {
        let Some(text) = matches.get_one::<String>(&slot.id) else {
            continue;
        };
        let value = if slot.expected == Expected::File {
            // What is wanted is a file in any case, so the `@` can be left out.
            let path = text.strip_prefix('@').unwrap_or(text);
            Some(file(path, &read_file(path).await?))
        } else {
            let text = text_of(text).await?;
            match slot.location {
                Location::Body => slot.expected.read(&text),
                _ => slot.expected.read_text(&text),
            }
        };
        let Some(value) = value else { continue };
        match slot.location {
            Location::Path => input["path"][slot.name] = value,
            Location::Query => input["query"][slot.name] = value,
            Location::Body if slot.name.is_empty() => input["body"] = value,
            Location::Body => input["body"][slot.name] = value,
            _ => input["headers"][slot.name] = value,
        }
    }
    if let Ok(Some(members)) = matches.try_get_many::<String>(SET) {
        set_members(&mut input["body"], members)?;
    }
    // A body is sent though it has no members.
    let content = named.operation().content();
    if input["body"].is_null() && content.is_some_and(|content| content.field().is_none()) {
        input["body"] = json!({});
    }
    Ok(Input::new(input))
}

/// A value that is a text, or is in a file.
async fn text_of(text: &str) -> Result<String, Failure> {
    Ok(match text.strip_prefix('@') {
        None => text.to_owned(),
        Some(text) if text.starts_with('@') => text.to_owned(),
        Some(path) => {
            let text = String::from_utf8(read_file(path).await?);
            let text = text.map_err(|_| Failure::usage(format!("`{path}` is not text")))?;
            without_line_break(&text).to_owned()
        }
    })
}

/// Puts members into the body.
fn set_members<'a>(
    body: &mut Value,
    members: impl Iterator<Item = &'a String>,
) -> Result<(), Failure> {
    if body.is_null() {
        *body = json!({});
    }
    let Value::Object(body) = body else {
        return Err(Failure::usage("`--body` is no JSON object"));
    };
    for member in members {
        let Some((name, value)) = member.split_once('=') else {
            return Err(Failure::usage(format!("`--set {member}` has no `=`")));
        };
        let value = serde_json::from_str(value).unwrap_or_else(|_| value.into());
        body.insert(name.to_owned(), value);
    }
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
