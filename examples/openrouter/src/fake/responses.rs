//! Chats in the format of `OpenAI`'s Responses API.

use super::chat::{FAILURE, Reply};
use super::prelude::*;
use crate::responses::CreateResponse;

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(create).events(stream)
}

async fn create(mut state: Held, request: CreateResponse) -> Answer<CreateResponse> {
    let body = json!(request.body);
    let reply = Reply::new(&mut state, body.clone(), request.metadata.as_ref(), false)?;
    typed(response(&reply, &body, end(&reply)))
}

async fn stream(mut state: Held, request: CreateResponse) -> Events<CreateResponse> {
    let body = json!(request.body);
    let reply = Reply::new(&mut state, body.clone(), request.metadata.as_ref(), true)?;
    let (text, status) = (json!(reply.generation.output), end(&reply));
    let response = |status| response(&reply, &body, status);
    // Each kind of event has some of these members.
    let event = |kind: &str, member: &str, value: Value| {
        let mut event = json!({"output_index": 0, "content_index": 0, "logprobs": []});
        event["type"] = json!(format!("response.{kind}"));
        event["item_id"] = json!(item_id(&reply));
        event[member] = value;
        event
    };
    let mut events = vec![
        event("created", "response", response("in_progress")),
        event("in_progress", "response", response("in_progress")),
        event("output_item.added", "item", message(&reply, "in_progress")),
        event("content_part.added", "part", part(&json!(""))),
    ];
    let deltas = reply.pieces.iter();
    events.extend(deltas.map(|text| event("output_text.delta", "delta", json!(text))));
    if !reply.fails {
        events.push(event("output_text.done", "text", text.clone()));
        events.push(event("content_part.done", "part", part(&text)));
        events.push(event("output_item.done", "item", message(&reply, status)));
    }
    events.push(event(status, "response", response(status)));
    for (number, event) in events.iter_mut().enumerate() {
        event["sequence_number"] = json!(number);
    }
    let events: Vec<_> = events.into_iter().map(typed).collect();
    Ok(stream::iter(events))
}

/// The status that a reply ends with, which the last event of a stream is named after.
fn end(reply: &Reply) -> &'static str {
    match reply.generation.finish_reason {
        _ if reply.fails => "failed",
        "length" => "incomplete",
        _ => "completed",
    }
}

fn item_id(reply: &Reply) -> String {
    reply.id.replace("gen-", "msg-")
}

fn part(text: &Value) -> Value {
    json!({"type": "output_text", "text": text, "annotations": []})
}

/// The one item of the output, whose text is there at its end.
fn message(reply: &Reply, status: &str) -> Value {
    let is_over = status != "in_progress";
    let content = Vec::from_iter(is_over.then(|| part(&json!(reply.generation.output))));
    let id = item_id(reply);
    json!({"type": "message", "id": id, "role": "assistant", "status": status, "content": content})
}

/// A response as it is with a status, and with what the request asked for.
fn response(reply: &Reply, body: &Value, status: &str) -> Value {
    let generation = &reply.generation;
    let (input, output) = (generation.input_tokens, generation.output_tokens);
    let usage = json!({
        "input_tokens": input, "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": output, "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": input + output, "cost": generation.cost(), "is_byok": false,
    });
    let is_over = matches!(status, "completed" | "incomplete");
    let cut = json!({"reason": "max_output_tokens"});
    let failure = json!({"code": "server_error", "message": FAILURE});
    let defaults = json!({"parallel_tool_calls": true, "tool_choice": "auto", "tools": []});
    let own = json!({
        "id": reply.id, "model": generation.model.id, "status": status,
        "created_at": seconds(), "completed_at": (status == "completed").then(seconds),
        "error": (status == "failed").then_some(failure),
        "incomplete_details": (status == "incomplete").then_some(cut),
        "output": Vec::from_iter(is_over.then(|| message(reply, status))),
        "usage": is_over.then_some(usage),
        "openrouter_metadata": reply.routing.as_ref().filter(|_| is_over),
    });
    let parts = [&defaults, body, &own].map(|part| part.as_object().cloned().unwrap_or_default());
    let members = parts.into_iter().flatten();
    members.filter(|(_, value)| !value.is_null()).collect()
}
