//! Chats: the model repeats the last message of the user, word by word.
//!
//! A stream fails in its middle where that message is `fail in the stream`: after the first word comes an error. The other
//! formats of chats ([`messages`](super::messages), [`responses`](super::responses)) do the same.

use super::{prelude::*, refusal::bad_gateway};
use crate::{chat::SendChatCompletion, common::MetadataLevel, generations as api};
use serde::{Deserialize, de::DeserializeOwned};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(complete).events(stream)
}

/// What the last message of the user says where a stream is to fail.
const FAILS: &str = "fail in the stream";

/// What the failure says.
pub(super) const FAILURE: &str = "the provider fails, as it was asked to";

/// What the bodies of all formats have in common, by the names of each.
#[derive(Deserialize)]
struct Prompt {
    model: Option<String>,
    #[serde(default)]
    models: Vec<String>,
    #[serde(alias = "instructions")]
    system: Option<Value>,
    #[serde(alias = "input", default)]
    messages: Value,
    #[serde(alias = "max_output_tokens")]
    max_tokens: Option<i64>,
    max_completion_tokens: Option<i64>,
}

/// What a model says, in any of the formats.
#[derive(Debug)]
pub(super) struct Reply {
    /// What names it.
    pub(super) id: String,
    pub(super) generation: Generation,
    pub(super) pieces: Vec<String>,
    /// Whether it is a stream that fails after the pieces.
    pub(super) fails: bool,
    /// How it was routed, if the request wants to know.
    pub(super) routing: Option<Value>,
}

impl Prompt {
    /// The messages, after that of the system.
    fn messages(&self) -> Result<Vec<Value>> {
        let messages = match &self.messages {
            Value::String(text) => vec![json!({"role": "user", "content": text})],
            Value::Array(messages) if !messages.is_empty() => messages.clone(),
            _ => return Err(bad_request("there are no messages")),
        };
        let system = |content| json!({"role": "system", "content": content});
        Ok(self.system.iter().map(system).chain(messages).collect())
    }

    /// The model that it names, or the first of the others that there is.
    fn choose(&self) -> Result<&'static Model> {
        let mut names = self.model.iter().chain(&self.models).map(String::as_str);
        let find = |name| catalogue::find_maker(name, "text");
        let first = find(names.next().unwrap_or(catalogue::DEFAULT_MODEL));
        first.or_else(|error| names.find_map(|name| find(name).ok()).ok_or(error))
    }

    /// How it was routed to the model that replies.
    fn routing(&self, model: &Model) -> Value {
        let (provider, id) = (model.provider().name, model.id);
        let requested = self.model.as_deref().unwrap_or(id);
        let is_direct = catalogue::find(requested).is_ok_and(|found| found.id == id);
        let endpoint = json!({"model": id, "provider": provider, "selected": true});
        json!({
            "requested": requested, "attempt": 1, "is_byok": false,
            "strategy": if is_direct { "direct" } else { "fallback" },
            "endpoints": {"available": [endpoint], "total": 1},
            "summary": format!("{requested} is served by {id} at {provider}"),
        })
    }
}

impl Reply {
    /// Lets a model answer the body of a request.
    pub(super) fn new(
        state: &mut State,
        body: Value,
        metadata: Option<&MetadataLevel>,
        streamed: bool,
    ) -> Result<Self> {
        let prompt: Prompt = typed(body)?;
        let model = prompt.choose()?;
        let limit = prompt.max_completion_tokens.or(prompt.max_tokens);
        let limit = limit.and_then(|limit| usize::try_from(limit).ok());
        let messages = prompt.messages()?;
        let said = messages.iter().map(|it| words::of_content(&it["content"]));
        let text = words::of_user(&messages);
        let mut pieces = words::pieces(&text);
        let is_cut = limit.is_some_and(|limit| limit < pieces.len());
        pieces.truncate(limit.unwrap_or(usize::MAX));
        let generation = Generation {
            api: api::GenerationApiType::Completions,
            model,
            input_tokens: said.map(|text| words::count(&text)).sum(),
            output_tokens: pieces.len(),
            finish_reason: if is_cut { "length" } else { "stop" },
            streamed,
            input: api::GenerationMessagesInput { messages }.into(),
            output: Some(pieces.concat()),
        };
        let fails = streamed && text == FAILS;
        pieces.truncate(if fails { 1 } else { usize::MAX });
        Ok(Self {
            id: generation.keep(state)?,
            generation,
            pieces,
            fails,
            routing: (metadata == Some(&MetadataLevel::Enabled)).then(|| prompt.routing(model)),
        })
    }

    /// The events of a stream: those before the pieces, the pieces, and those after them, or the failure.
    pub(super) fn events<T: DeserializeOwned>(
        &self,
        before: Vec<Value>,
        piece: impl Fn(&String) -> Value,
        mut after: Vec<Value>,
    ) -> Vec<Result<T>> {
        let failure = self.fails.then(|| Err(bad_gateway(FAILURE)));
        after.retain(|_| !self.fails);
        let events = before.into_iter().chain(self.pieces.iter().map(piece));
        events.chain(after).map(typed).chain(failure).collect()
    }
}

async fn complete(mut state: Held, request: SendChatCompletion) -> Answer<SendChatCompletion> {
    let reply = Reply::new(
        &mut state,
        json!(request.body),
        request.metadata.as_ref(),
        false,
    )?;
    let message = json!({"content": reply.generation.output});
    typed(whole(&reply, json!({"message": message})))
}

async fn stream(mut state: Held, request: SendChatCompletion) -> Events<SendChatCompletion> {
    let reply = Reply::new(
        &mut state,
        json!(request.body),
        request.metadata.as_ref(),
        true,
    )?;
    let chunk = |text: &String| frame(&reply, json!({"delta": {"content": text}}));
    let last = whole(&reply, json!({"delta": {}}));
    Ok(stream::iter(reply.events(Vec::new(), chunk, vec![last])))
}

/// A whole answer, or its last chunk.
fn whole(reply: &Reply, mut choice: Value) -> Value {
    choice["finish_reason"] = json!(reply.generation.finish_reason);
    let mut whole = frame(reply, choice);
    whole["usage"] = reply.generation.usage();
    whole["openrouter_metadata"] = json!(reply.routing);
    whole
}

/// A chunk of an answer, with its one choice.
fn frame(reply: &Reply, mut choice: Value) -> Value {
    choice["index"] = json!(0);
    let (id, model) = (&reply.id, reply.generation.model.id);
    json!({"id": id, "model": model, "created": seconds(), "choices": [choice]})
}
