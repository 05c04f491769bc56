//! Images: a single white pixel, or the words of the prompt as vector graphics.

use axum::{
    Extension, Json, Router,
    extract::{Path, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{
    Answer,
    catalogue::{self, MODELS, Model},
    check::Caller,
    events::{DONE, event, stream_of},
    generations::Generation,
    refusal::Refusal,
    state::{Shared, seconds},
    words,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/images", post(generate))
        .route("/images/models", get(list))
        .route(
            "/images/models/{author}/{slug}/endpoints",
            get(list_endpoints),
        )
}

/// A PNG file of one white pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC";

/// How many tokens an image has.
const TOKENS: usize = 1000;

/// How many unfinished versions a stream has.
const VERSIONS: usize = 2;

/// The one format that a model makes.
fn format(model: &Model) -> &'static str {
    if model.takes.contains(&"image") {
        "png"
    } else {
        "svg"
    }
}

async fn generate(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    Json(body): Json<Value>,
) -> Result<Response, Refusal> {
    let prompt = body["prompt"].as_str().unwrap_or_default();
    let model = catalogue::find_maker(body["model"].as_str().unwrap_or_default(), "image")?;
    let format = format(model);
    if body["output_format"]
        .as_str()
        .is_some_and(|wanted| wanted != format)
    {
        let message = format!("the model `{}` makes `{format}` alone", model.id);
        return Err(Refusal::bad_request(message));
    }
    let count = match &body["n"] {
        Value::Null => 1,
        count => match count.as_u64() {
            Some(count @ 1..=10) => usize::try_from(count).unwrap_or(1),
            _ => return Err(Refusal::bad_request("`n` is not from 1 to 10")),
        },
    };
    let generation = Generation {
        api: "image",
        model,
        input_tokens: words::count(prompt),
        output_tokens: count * TOKENS,
        finish_reason: "stop",
        streamed: body["stream"] == true,
        input: json!({"prompt": prompt}),
        output: None,
    };
    generation.keep(&mut shared.lock(), &caller.0)?;
    let drawing = drawing(prompt);
    let mut image = match format {
        "svg" => {
            json!({"b64_json": BASE64_STANDARD.encode(&drawing), "media_type": "image/svg+xml"})
        }
        _ => json!({"b64_json": PIXEL, "media_type": "image/png"}),
    };
    if !generation.streamed {
        let answer = json!({
            "created": seconds(),
            "data": vec![image; count],
            "usage": usage(&generation),
        });
        return Ok(Json(answer).into_response());
    }
    let mut events = match format {
        "svg" => texts(&drawing),
        _ => versions(),
    };
    image["type"] = json!("image_generation.completed");
    image["created"] = json!(seconds());
    image["usage"] = usage(&generation);
    events.extend(std::iter::repeat_n(event(&image), count));
    events.push(DONE.to_owned());
    Ok(stream_of(events))
}

/// The unfinished versions, which look like the finished one.
fn versions() -> Vec<String> {
    let versions = (0..VERSIONS).map(|index| {
        event(&json!({
            "type": "image_generation.partial_image",
            "partial_image_index": index,
            "b64_json": PIXEL,
        }))
    });
    versions.collect()
}

/// The markup of a drawing, piece by piece.
fn texts(drawing: &str) -> Vec<String> {
    let pieces = words::pieces(drawing).into_iter().map(|text| {
        event(&json!({"type": "image_generation.text_chunk", "phase": "content", "text": text}))
    });
    pieces.collect()
}

fn drawing(prompt: &str) -> String {
    let text = prompt.replace('&', "&amp;").replace('<', "&lt;");
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 20"><text y="15">{text}</text></svg>"#
    )
}

fn usage(generation: &Generation) -> Value {
    let (input, output) = (generation.input_tokens, generation.output_tokens);
    json!({
        "prompt_tokens": input,
        "completion_tokens": output,
        "total_tokens": input + output,
        "completion_tokens_details": {"image_tokens": output},
        "cost": generation.cost(),
        "is_byok": false,
    })
}

fn parameters(model: &Model) -> Value {
    json!({
        "output_format": {"type": "enum", "values": [format(model)]},
        "n": {"type": "range", "min": 1, "max": 10},
        "seed": {"type": "boolean"},
    })
}

async fn list() -> Answer {
    let models = MODELS.iter().filter(|model| model.makes.contains(&"image"));
    let models: Vec<Value> = models
        .map(|model| {
            json!({
                "id": model.id,
                "name": model.name,
                "description": model.description,
                "created": model.created,
                "architecture": model.architecture(),
                "endpoints": format!("{}/images/models/{}/endpoints", super::ROOT, model.id),
                "supported_parameters": parameters(model),
                "supports_streaming": true,
            })
        })
        .collect();
    Ok(Json(json!({"data": models})))
}

async fn list_endpoints(Path((author, slug)): Path<(String, String)>) -> Answer {
    let model = catalogue::find(&format!("{author}/{slug}"))?;
    if !model.makes.contains(&"image") {
        return Err(Refusal::not_found(format!(
            "`{}` makes no images",
            model.id
        )));
    }
    let provider = model.provider();
    let price = json!({
        "billable": "output_image",
        "unit": "image",
        "cost_usd": model.cost(0, TOKENS),
    });
    let endpoint = json!({
        "provider_name": provider.name,
        "provider_slug": provider.slug,
        "provider_tag": provider.slug,
        "pricing": [price],
        "allowed_passthrough_parameters": [],
        "supported_parameters": parameters(model),
        "supports_streaming": true,
    });
    Ok(Json(json!({"id": model.id, "endpoints": [endpoint]})))
}
