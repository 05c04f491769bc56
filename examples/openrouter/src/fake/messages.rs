//! Chats in the format of Anthropic's API, and its form of errors.

use super::{chat::Reply, prelude::*};
use crate::{api_keys::GetCurrentKey, error::MessagesError, messages::CreateMessage};
use api_request::FromHttp;
use axum::body::{Body, to_bytes};
use axum::{extract::Request, http::StatusCode, middleware::Next, response::Response};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(create).events(stream)
}

/// The kind of an error, by its status.
const fn kind(status: u16) -> &'static str {
    match status {
        401 => "authentication_error",
        402 => "billing_error",
        404 => "not_found_error",
        500.. => "api_error",
        _ => "invalid_request_error",
    }
}

/// Says in Anthropic's form why a message is refused, whoever refuses it.
pub(super) async fn refuse(request: Request, next: Next) -> Response {
    let is_message = request.uri().path() == CreateMessage::OPERATION.path();
    let response = next.run(request).await;
    let status = response.status();
    if !is_message || status.is_success() {
        return response;
    }
    let body = to_bytes(response.into_body(), usize::MAX).await;
    let body: Value = serde_json::from_slice(&body.unwrap_or_default()).unwrap_or_default();
    // An error of the operation has a kind. Its declaration has no status.
    let code = (400..500).find(|code| body["error"]["type"] == kind(*code));
    let status = code.map_or(Ok(status), StatusCode::from_u16);
    let status = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = CreateMessage::respond(Err(translate(status, &body))).map(Body::new);
    *response.status_mut() = status;
    response
}

/// An error in Anthropic's form, from the body of one in any form.
fn translate(status: StatusCode, body: &Value) -> MessagesError {
    let error = json!({"type": kind(status.as_u16()), "message": body["error"]["message"]});
    MessagesError::Any(typed(json!({"error": error})).unwrap_or_default())
}

/// The same of an error of the other operations.
fn anthropic(error: OpenRouterError) -> MessagesError {
    let response = GetCurrentKey::respond(Err(error));
    let body = response.body().as_bytes();
    let body = body.and_then(|body| serde_json::from_slice(body).ok());
    translate(response.status(), &body.unwrap_or_default())
}

async fn create(mut state: Held, request: CreateMessage) -> Answer<CreateMessage> {
    let reply = Reply::new(
        &mut state,
        json!(request.body),
        request.metadata.as_ref(),
        false,
    );
    let reply = reply.map_err(anthropic)?;
    typed(message(&reply, true)).map_err(anthropic)
}

async fn stream(mut state: Held, request: CreateMessage) -> Events<CreateMessage> {
    let reply = Reply::new(
        &mut state,
        json!(request.body),
        request.metadata.as_ref(),
        true,
    );
    let reply = reply.map_err(anthropic)?;
    let block = json!({"type": "text", "text": ""});
    let before = vec![
        json!({"type": "message_start", "message": message(&reply, false)}),
        json!({"type": "content_block_start", "index": 0, "content_block": block}),
        json!({"type": "ping"}),
    ];
    let piece = |text: &String| {
        let delta = json!({"type": "text_delta", "text": text});
        json!({"type": "content_block_delta", "index": 0, "delta": delta})
    };
    let message = message(&reply, true);
    let after = vec![
        json!({"type": "content_block_stop", "index": 0}),
        json!({"type": "message_delta", "delta": message, "usage": message["usage"]}),
        json!({"type": "message_stop", "openrouter_metadata": reply.routing}),
    ];
    let events = reply.events(before, piece, after).into_iter();
    let events: Vec<_> = events.map(|event| event.map_err(anthropic)).collect();
    Ok(stream::iter(events))
}

/// A message at its end, or at its start, where its content is still to come.
fn message(reply: &Reply, is_over: bool) -> Value {
    let generation = &reply.generation;
    let (model, input) = (generation.model, generation.input_tokens);
    let output = if is_over { generation.output_tokens } else { 0 };
    let text = json!({"type": "text", "text": generation.output});
    let reason = match generation.finish_reason {
        "length" => "max_tokens",
        _ => "end_turn",
    };
    json!({
        "id": reply.id, "model": model.id, "provider": model.provider().name,
        "content": Vec::from_iter(is_over.then_some(text)),
        "stop_reason": is_over.then_some(reason), "stop_sequence": null, "openrouter_metadata": reply.routing,
        "usage": {
            "input_tokens": input, "output_tokens": output, "service_tier": "standard",
            "cost": model.cost(input, output),
        },
    })
}
