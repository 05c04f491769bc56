//! Chats in the format of `OpenAI`'s Responses API.

use axum::{
    Extension, Json, Router,
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{
    chat::Reply,
    check::Caller,
    events::{DONE, stream_of, typed},
    refusal::Refusal,
    state::{Shared, seconds},
};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/responses", post(create))
}

async fn create(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Refusal> {
    let mut messages = match &body["input"] {
        Value::String(text) => vec![json!({"role": "user", "content": text})],
        Value::Array(items) => items.clone(),
        _ => return Err(Refusal::bad_request("there is no input")),
    };
    if let Some(instructions) = body["instructions"].as_str() {
        messages.insert(0, json!({"role": "system", "content": instructions}));
    }
    let limit = body["max_output_tokens"].as_u64();
    let reply = Reply::new(&shared, &caller, &headers, &body, &messages, limit)?;
    if reply.generation.streamed {
        return Ok(stream(&reply, &body));
    }
    Ok(Json(whole(&reply, &body)).into_response())
}

fn stream(reply: &Reply, body: &Value) -> Response {
    let start = response(reply, body);
    let item = item_id(reply);
    let place =
        |kind: &str| json!({"type": kind, "item_id": item, "output_index": 0, "content_index": 0});
    let mut events = vec![
        json!({"type": "response.created", "response": start}),
        json!({"type": "response.in_progress", "response": start}),
        json!({"type": "response.output_item.added", "output_index": 0, "item": message(reply, "in_progress", None)}),
    ];
    let mut added = place("response.content_part.added");
    added["part"] = part("");
    events.push(added);
    for piece in reply.streamed_pieces() {
        let mut delta = place("response.output_text.delta");
        delta["delta"] = json!(piece);
        delta["logprobs"] = json!([]);
        events.push(delta);
    }
    if let Some(refusal) = reply.failure() {
        let mut failed = response(reply, body);
        failed["status"] = json!("failed");
        failed["error"] = json!({"code": "server_error", "message": refusal.to_string()});
        events.push(json!({"type": "response.failed", "response": failed}));
    } else {
        let text = reply.text();
        let mut done = place("response.output_text.done");
        done["text"] = json!(text);
        done["logprobs"] = json!([]);
        let mut part_done = place("response.content_part.done");
        part_done["part"] = part(&text);
        let item = message(reply, status(reply), Some(&text));
        events.extend([
            done,
            part_done,
            json!({"type": "response.output_item.done", "output_index": 0, "item": item}),
            json!({"type": format!("response.{}", status(reply)), "response": whole(reply, body)}),
        ]);
    }
    for (number, event) in events.iter_mut().enumerate() {
        event["sequence_number"] = json!(number);
    }
    let mut events: Vec<String> = events.iter().map(typed).collect();
    events.push(DONE.to_owned());
    stream_of(events)
}

/// How a reply ends, which the last event of a stream is named after.
fn status(reply: &Reply) -> &'static str {
    if reply.is_cut {
        "incomplete"
    } else {
        "completed"
    }
}

fn item_id(reply: &Reply) -> String {
    reply.id.replace("gen-", "msg-")
}

fn part(text: &str) -> Value {
    json!({"type": "output_text", "text": text, "annotations": []})
}

fn message(reply: &Reply, status: &str, text: Option<&str>) -> Value {
    let content: Vec<Value> = text.into_iter().map(part).collect();
    json!({
        "type": "message",
        "id": item_id(reply),
        "role": "assistant",
        "status": status,
        "content": content,
    })
}

/// A response whose output is still to come, with what the request asked for.
fn response(reply: &Reply, body: &Value) -> Value {
    let mut response = json!({
        "id": reply.id,
        "object": "response",
        "created_at": seconds(),
        "completed_at": null,
        "model": reply.generation.model.id,
        "status": "in_progress",
        "error": null,
        "incomplete_details": null,
        "output": [],
        "parallel_tool_calls": true,
        "tool_choice": "auto",
        "tools": [],
    });
    for member in [
        "frequency_penalty",
        "instructions",
        "max_output_tokens",
        "metadata",
        "parallel_tool_calls",
        "presence_penalty",
        "temperature",
        "tool_choice",
        "tools",
        "top_p",
    ] {
        if let Some(value) = body.get(member) {
            response[member] = value.clone();
        } else if response.get(member).is_none() {
            response[member] = Value::Null;
        }
    }
    response
}

fn whole(reply: &Reply, body: &Value) -> Value {
    let mut response = response(reply, body);
    let (input, output) = (
        reply.generation.input_tokens,
        reply.generation.output_tokens,
    );
    response["status"] = json!(status(reply));
    response["completed_at"] = json!(seconds());
    if reply.is_cut {
        response["completed_at"] = Value::Null;
        response["incomplete_details"] = json!({"reason": "max_output_tokens"});
    }
    response["output"] = json!([message(reply, status(reply), Some(&reply.text()))]);
    response["usage"] = json!({
        "input_tokens": input,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": output,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": input + output,
        "cost": reply.generation.cost(),
        "is_byok": false,
    });
    reply.add_routing(&mut response);
    response
}
