//! A chat from the command line: tokens as they come.

use api_request::{ApiRequest, EventStream, Input};
use futures_util::TryStreamExt;
use openrouter::{
    chat::{ChatAssistantMessage, ChatStreamChunk, ChatUserMessageContent, SendChatCompletion},
    error::OpenRouterError,
    operation_for,
};
use serde_json::{Map, Value, json};

use super::{
    arguments::without_line_break,
    call::{describe, read_file},
    connection::Connection,
    failure::Failure,
    output,
};

/// Sends messages to a model, and prints its answer as it comes
#[derive(Debug, clap::Args)]
#[command(after_help = "Operation `sendChatCompletionRequest`: POST /chat/completions")]
pub(super) struct Arguments {
    /// What to say to the model; `-` is standard input
    #[arg(value_name = "MESSAGE", required_unless_present = "body")]
    message: Option<String>,
    /// The model, such as `openai/gpt-4o`
    #[arg(long)]
    model: Option<String>,
    /// What the model is told first
    #[arg(long, value_name = "TEXT")]
    system: Option<String>,
    /// How many tokens the answer may have
    #[arg(long, value_name = "COUNT")]
    max_tokens: Option<u64>,
    /// How random the answer is, from 0 to 2
    #[arg(long, value_name = "NUMBER")]
    temperature: Option<f64>,
    /// Any other member of the body, as a JSON object; `@FILE` is what is in a file
    #[arg(long, value_name = "JSON")]
    body: Option<String>,
    /// Waits for the whole answer
    #[arg(long)]
    no_stream: bool,
    /// Prints JSON: the answer, or a line for each piece of it
    #[arg(long)]
    json: bool,
    /// Prints the request as a line of JSON, and sends nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) async fn run(connection: &Connection, arguments: &Arguments) -> Result<(), Failure> {
    let named = operation_for(SendChatCompletion::OPERATION.name(), &Value::Null);
    let named = named.ok_or_else(|| Failure::local("there are no chats"))?;
    let input = Input::new(json!({"body": body(arguments).await?}));
    // It is built in any case: that finds what is wrong with the input.
    let line = describe(connection, named, &input, !arguments.no_stream).await?;
    if arguments.dry_run {
        return output::line(&line.to_string());
    }
    connection.check_key(named)?;
    let chat = input.read::<SendChatCompletion>()?;
    let call = connection.client.call(&chat);
    match (arguments.no_stream, arguments.json) {
        (true, true) => output::json(&call.send_as().await?),
        (true, false) => {
            let answer = call.send().await?;
            let message = answer.choices.first().map(|choice| &choice.message);
            output::line(&message.map(said).unwrap_or_default())
        }
        (false, true) => {
            let mut chunks = call.events_as::<Value>().await?;
            while let Some(chunk) = chunks.try_next().await? {
                output::line(&chunk.to_string())?;
            }
            Ok(())
        }
        (false, false) => stream(connection, &chat).await,
    }
}

/// Prints the text of the answer, piece by piece.
async fn stream(connection: &Connection, chat: &SendChatCompletion) -> Result<(), Failure> {
    let chunks = connection.client.call(chat).events().await?;
    let streamed = print(chunks).await;
    // What came before a failure has a line of its own, too.
    output::line("")?;
    streamed
}

async fn print(mut chunks: EventStream<ChatStreamChunk, OpenRouterError>) -> Result<(), Failure> {
    while let Some(chunk) = chunks.try_next().await? {
        for choice in chunk.choices.iter().filter(|choice| choice.index == 0) {
            for text in [&choice.delta.content, &choice.delta.refusal] {
                output::text(text.as_deref().unwrap_or_default())?;
            }
        }
    }
    Ok(())
}

/// The text of a message; JSON where it is no text.
fn said(message: &ChatAssistantMessage) -> String {
    match message.content.as_ref() {
        Some(ChatUserMessageContent::Text(text)) => text.clone(),
        Some(content) => serde_json::to_string(content).unwrap_or_default(),
        None => message.refusal.as_ref().cloned().unwrap_or_default(),
    }
}

/// The body: what the options say, over what `--body` says. The message comes after those of `--body`.
async fn body(arguments: &Arguments) -> Result<Value, Failure> {
    let text = match &arguments.body {
        None => b"{}".to_vec(),
        Some(text) => match text.strip_prefix('@') {
            Some(path) => read_file(path).await?,
            None => text.clone().into_bytes(),
        },
    };
    let parsed = serde_json::from_slice(&text);
    let mut body: Map<String, Value> =
        parsed.map_err(|error| Failure::usage(format!("`--body`: {error}")))?;
    // What asks for the stream is `--no-stream`.
    body.remove("stream");
    for (name, value) in [
        ("model", arguments.model.as_deref().map(Value::from)),
        ("max_tokens", arguments.max_tokens.map(Value::from)),
        ("temperature", arguments.temperature.map(Value::from)),
    ] {
        if let Some(value) = value {
            body.insert(name.to_owned(), value);
        }
    }
    let messages = body.entry("messages").or_insert_with(|| json!([]));
    let Value::Array(messages) = messages else {
        return Err(Failure::usage("`messages` of `--body` is no list"));
    };
    if let Some(system) = &arguments.system {
        messages.insert(0, json!({"role": "system", "content": system}));
    }
    match arguments.message.as_deref() {
        Some("-") => {
            let text = String::from_utf8(read_file("-").await?);
            let text = text.map_err(|_| Failure::usage("standard input is no text"))?;
            messages.push(json!({"role": "user", "content": without_line_break(&text)}));
        }
        Some(message) => messages.push(json!({"role": "user", "content": message})),
        None => {}
    }
    Ok(body.into())
}
