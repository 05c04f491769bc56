//! Chats in the format of Anthropic's API, and its form of errors.

use axum::{
    Extension, Json, Router,
    extract::{MatchedPath, Request, State},
    http::HeaderMap,
    middleware::Next,
    response::{IntoResponse, Response},
    routing::post,
};
use serde_json::{Value, json};

use super::{
    ROOT,
    chat::Reply,
    check::Caller,
    events::{DONE, stream_of, typed},
    refusal::Refusal,
    state::Shared,
};

const PATH: &str = "/messages";

pub(super) fn routes() -> Router<Shared> {
    Router::new().route(PATH, post(create))
}

/// Says in Anthropic's form why a message is refused, whoever refuses it.
pub(super) async fn refuse(path: MatchedPath, request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let refusal = response.extensions().get::<Refusal>();
    match refusal {
        Some(refusal) if path.as_str().trim_start_matches(ROOT) == PATH => {
            (response.status(), Json(refusal.to_anthropic())).into_response()
        }
        _ => response,
    }
}

async fn create(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    headers: HeaderMap,
    Json(body): Json<Value>,
) -> Result<Response, Refusal> {
    let mut messages = body["messages"].as_array().cloned().unwrap_or_default();
    if messages.is_empty() {
        return Err(Refusal::bad_request("there are no messages"));
    }
    if !body["system"].is_null() {
        messages.insert(0, json!({"role": "system", "content": body["system"]}));
    }
    let limit = body["max_tokens"].as_u64();
    let reply = Reply::new(&shared, &caller, &headers, &body, &messages, limit)?;
    if reply.generation.streamed {
        return Ok(stream(&reply));
    }
    let mut message = message(&reply);
    message["content"] = json!([{"type": "text", "text": reply.text(), "citations": null}]);
    message["stop_reason"] = stop_reason(&reply);
    message["usage"] = usage(&reply, reply.generation.output_tokens);
    reply.add_routing(&mut message);
    Ok(Json(message).into_response())
}

fn stream(reply: &Reply) -> Response {
    let block = json!({"type": "text", "text": "", "citations": null});
    let mut events = vec![
        json!({"type": "message_start", "message": message(reply)}),
        json!({"type": "content_block_start", "index": 0, "content_block": block}),
        json!({"type": "ping"}),
    ];
    events.extend(reply.streamed_pieces().iter().map(|piece| {
        let delta = json!({"type": "text_delta", "text": piece});
        json!({"type": "content_block_delta", "index": 0, "delta": delta})
    }));
    if let Some(refusal) = reply.failure() {
        events.push(refusal.to_anthropic());
        return stream_of(events.iter().map(typed).collect());
    }
    let delta = json!({"stop_reason": stop_reason(reply), "stop_sequence": null});
    let usage = usage(reply, reply.generation.output_tokens);
    let mut stop = json!({"type": "message_stop"});
    reply.add_routing(&mut stop);
    events.extend([
        json!({"type": "content_block_stop", "index": 0}),
        json!({"type": "message_delta", "delta": delta, "usage": usage}),
        stop,
    ]);
    let mut events: Vec<String> = events.iter().map(typed).collect();
    events.push(DONE.to_owned());
    stream_of(events)
}

/// A message whose content is still to come.
fn message(reply: &Reply) -> Value {
    json!({
        "id": reply.id,
        "type": "message",
        "role": "assistant",
        "model": reply.generation.model.id,
        "provider": reply.generation.model.provider().name,
        "content": [],
        "container": null,
        "stop_reason": null,
        "stop_details": null,
        "stop_sequence": null,
        "usage": usage(reply, 0),
    })
}

fn stop_reason(reply: &Reply) -> Value {
    json!(if reply.is_cut {
        "max_tokens"
    } else {
        "end_turn"
    })
}

fn usage(reply: &Reply, output_tokens: usize) -> Value {
    json!({
        "input_tokens": reply.generation.input_tokens,
        "output_tokens": output_tokens,
        "cache_creation": null,
        "cache_creation_input_tokens": 0,
        "cache_read_input_tokens": 0,
        "inference_geo": null,
        "server_tool_use": null,
        "service_tier": "standard",
        "cost": reply.generation.model.cost(reply.generation.input_tokens, output_tokens),
    })
}
