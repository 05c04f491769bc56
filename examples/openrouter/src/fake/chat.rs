//! Chats: the model repeats the last message of the user, word by word.
//!
//! A stream fails in its middle where that message is `fail in the stream`: after the first word comes an event with an
//! error. The other formats of chats ([`messages`](super::messages), [`responses`](super::responses)) do the same.

use axum::{
    Extension, Json, Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{
    catalogue::{self, DEFAULT_MODEL, Model},
    check::Caller,
    events::{DONE, event, stream_of},
    generations::Generation,
    refusal::Refusal,
    state::{Shared, seconds},
    words,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/chat/completions", post(complete))
}

/// What the last message of the user says where a stream is to fail.
const FAILS: &str = "fail in the stream";

/// What a model says, in any of the formats.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) generation: Generation,
    /// What names it.
    pub(super) id: String,
    pub(super) pieces: Vec<String>,
    /// Whether it is cut off, as the request asked for no more.
    pub(super) is_cut: bool,
    /// How it was routed, if the request wants to know.
    pub(super) routing: Option<Value>,
}

impl Reply {
    /// Lets a model answer messages.
    pub(super) fn new(
        shared: &Shared,
        caller: &Caller,
        headers: &HeaderMap,
        body: &Value,
        messages: &[Value],
        limit: Option<u64>,
    ) -> Result<Self, Refusal> {
        let model = choose(body)?;
        let text = words::of_user(messages);
        let mut pieces = words::pieces(&text);
        let limit = limit.map_or(usize::MAX, |limit| {
            usize::try_from(limit).unwrap_or(usize::MAX)
        });
        let is_cut = pieces.len() > limit;
        pieces.truncate(limit);
        let said = messages.iter();
        let said = said.map(|message| words::count(&words::of_content(&message["content"])));
        let generation = Generation {
            api: "completions",
            model,
            input_tokens: said.sum(),
            output_tokens: pieces.len(),
            finish_reason: if is_cut { "length" } else { "stop" },
            streamed: body["stream"] == true,
            input: json!({"messages": messages}),
            output: Some(pieces.concat()),
        };
        let wants_routing = headers
            .get("x-openrouter-metadata")
            .is_some_and(|level| level == "enabled");
        let id = generation.keep(&mut shared.lock(), &caller.0)?;
        Ok(Self {
            generation,
            id,
            pieces,
            is_cut,
            routing: wants_routing.then(|| routing(body, model)),
        })
    }

    pub(super) fn text(&self) -> String {
        self.pieces.concat()
    }

    /// Says how it was routed, where the request wants to know.
    pub(super) fn add_routing(&self, answer: &mut Value) {
        if let Some(routing) = &self.routing {
            answer["openrouter_metadata"] = routing.clone();
        }
    }

    /// Why a stream of it ends after its first piece, if it does.
    pub(super) fn failure(&self) -> Option<Refusal> {
        let fails = self.generation.streamed && self.text() == FAILS;
        fails.then(|| Refusal::bad_gateway("the provider fails, as it was asked to"))
    }

    /// The pieces that a stream of it has.
    pub(super) fn streamed_pieces(&self) -> &[String] {
        let end = if self.failure().is_some() {
            1
        } else {
            self.pieces.len()
        };
        &self.pieces[..end]
    }
}

/// The model of a request: the one it names, or the first of its list that there is.
fn choose(body: &Value) -> Result<&'static Model, Refusal> {
    let fallbacks = body["models"].as_array().into_iter().flatten();
    let names = std::iter::once(&body["model"]).chain(fallbacks);
    let mut refusal = None;
    for name in names.filter_map(Value::as_str) {
        match catalogue::find_maker(name, "text") {
            Ok(model) => return Ok(model),
            Err(error) => refusal = refusal.or(Some(error)),
        }
    }
    match refusal {
        Some(refusal) => Err(refusal),
        None => catalogue::find_maker(DEFAULT_MODEL, "text"),
    }
}

/// How a request was routed to the model that answers.
fn routing(body: &Value, model: &Model) -> Value {
    let requested = body["model"].as_str().unwrap_or(DEFAULT_MODEL);
    let is_fallback = catalogue::find(requested).map_or(true, |found| found.id != model.id);
    let provider = model.provider().name;
    let endpoint = json!({"model": model.id, "provider": provider, "selected": true});
    json!({
        "requested": requested,
        "strategy": if is_fallback { "fallback" } else { "direct" },
        "attempt": 1,
        "is_byok": false,
        "region": null,
        "endpoints": {"available": [endpoint], "total": 1},
        "summary": format!("{requested} is served by {} at {provider}", model.id),
    })
}

async fn complete(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Refusal> {
    let messages = body["messages"].as_array().cloned().unwrap_or_default();
    if messages.is_empty() {
        return Err(Refusal::bad_request("there are no messages"));
    }
    let limit = body["max_completion_tokens"].as_u64();
    let limit = limit.or(body["max_tokens"].as_u64());
    let reply = Reply::new(&shared, &caller, &headers, &body, &messages, limit)?;
    if reply.generation.streamed {
        return Ok(stream(&reply));
    }
    let choice = json!({
        "index": 0,
        "message": {"role": "assistant", "content": reply.text(), "refusal": null},
        "finish_reason": reply.generation.finish_reason,
        "logprobs": null,
    });
    let mut answer = frame(&reply, "chat.completion", &choice);
    answer["usage"] = usage(&reply);
    reply.add_routing(&mut answer);
    Ok(Json(answer).into_response())
}

fn stream(reply: &Reply) -> Response {
    let chunk = |delta: &Value, finish_reason: Option<&str>| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": finish_reason});
        frame(reply, "chat.completion.chunk", &choice)
    };
    let mut events: Vec<String> = Vec::new();
    for piece in reply.streamed_pieces() {
        let delta = json!({"role": "assistant", "content": piece});
        events.push(event(&chunk(&delta, None)));
    }
    if let Some(refusal) = reply.failure() {
        events.push(event(&refusal.to_json()));
    } else {
        let mut last = chunk(&json!({}), Some(reply.generation.finish_reason));
        last["usage"] = usage(reply);
        reply.add_routing(&mut last);
        events.push(event(&last));
        events.push(DONE.to_owned());
    }
    stream_of(events)
}

/// An answer, or a chunk of it, with its one choice.
fn frame(reply: &Reply, object: &str, choice: &Value) -> Value {
    json!({
        "id": reply.id,
        "object": object,
        "created": seconds(),
        "model": reply.generation.model.id,
        "provider": reply.generation.model.provider().name,
        "system_fingerprint": null,
        "choices": [choice],
    })
}

fn usage(reply: &Reply) -> Value {
    let Generation {
        input_tokens,
        output_tokens,
        ..
    } = reply.generation;
    json!({
        "prompt_tokens": input_tokens,
        "completion_tokens": output_tokens,
        "total_tokens": input_tokens + output_tokens,
        "cost": reply.generation.cost(),
        "is_byok": false,
        "prompt_tokens_details": {"cached_tokens": 0},
        "completion_tokens_details": {"reasoning_tokens": 0},
    })
}
