//! Images: a single white pixel, or the words of the prompt as vector graphics.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::prelude::*;
use crate::{generations::GenerationApiType, images as api};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(generate).events(stream).on(list).on(endpoints)
}

/// A PNG file of one white pixel.
const PIXEL: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4//8/AAX+Av4N70a4AAAAAElFTkSuQmCC";

/// How many tokens an image has.
const TOKENS: usize = 1000;

/// The generation of images, and these as an answer has them.
type Made = (Generation, Vec<Value>);

/// The one format that a model makes.
fn format(model: &Model) -> &'static str {
    let is_photo = model.takes.contains(&"image");
    if is_photo { "png" } else { "svg" }
}

async fn generate(mut state: Held, request: api::GenerateImages) -> Answer<api::GenerateImages> {
    let (made, images) = make(&mut state, &request, false)?;
    typed(json!({"created": seconds(), "data": images, "usage": made.usage()}))
}

async fn stream(mut state: Held, request: api::GenerateImages) -> Events<api::GenerateImages> {
    let (made, mut images) = make(&mut state, &request, true)?;
    for image in &mut images {
        image["type"] = json!("image_generation.completed");
        image["created"] = json!(seconds());
        image["usage"] = made.usage();
    }
    // There are two unfinished versions, which look like the finished one.
    let version = |index| json!({"type": "image_generation.partial_image", "partial_image_index": index, "b64_json": PIXEL});
    let chunk =
        |text| json!({"type": "image_generation.text_chunk", "phase": "content", "text": text});
    let pieces = words::pieces(&drawing(&request.body.prompt)).into_iter();
    let unfinished: Vec<_> = match format(made.model) {
        "svg" => pieces.map(chunk).collect(),
        _ => (0..2).map(version).collect(),
    };
    let events: Vec<_> = unfinished.into_iter().chain(images).map(typed).collect();
    Ok(stream::iter(events))
}

/// Makes the images that a request asks for.
fn make(state: &mut State, request: &api::GenerateImages, streamed: bool) -> Result<Made> {
    let body = &request.body;
    let model = catalogue::find_maker(&body.model, "image")?;
    let format = format(model);
    let message = format!("the model `{}` makes `{format}` alone", model.id);
    ensure(is(body.output_format.as_ref(), format), message)?;
    let count = rules::within("n", body.n.unwrap_or(1), 1..=10)?;
    let mut made = Generation::of(GenerationApiType::Image, model, &body.prompt);
    made.output_tokens = count * TOKENS;
    made.streamed = streamed;
    made.keep(state)?;
    let drawing = BASE64_STANDARD.encode(drawing(&body.prompt));
    let image = match format {
        "svg" => json!({"b64_json": drawing, "media_type": "image/svg+xml"}),
        _ => json!({"b64_json": PIXEL, "media_type": "image/png"}),
    };
    Ok((made, vec![image; count]))
}

fn drawing(prompt: &str) -> String {
    let text = prompt.replace('&', "&amp;").replace('<', "&lt;");
    format!(r#"<svg xmlns="http://www.w3.org/2000/svg"><text y="15">{text}</text></svg>"#)
}

fn parameters(model: &Model) -> Value {
    let formats = json!({"type": "enum", "values": [format(model)]});
    let numbers = json!({"type": "range", "min": 1, "max": 10});
    json!({"output_format": formats, "n": numbers, "seed": {"type": "boolean"}})
}

async fn list(_: api::ListImageModels) -> Answer<api::ListImageModels> {
    let mut data = Vec::new();
    for model in MODELS.iter().filter(|it| it.makes.contains(&"image")) {
        let (author, slug) = model.id.split_once('/').unwrap_or_default();
        let (author, slug) = (author.to_owned(), slug.to_owned());
        data.push(json!({
            "id": model.id, "name": model.name, "description": model.description,
            "created": model.created, "architecture": model.architecture(),
            "endpoints": path(&api::ListImageModelEndpoints { author, slug }),
            "supported_parameters": parameters(model), "supports_streaming": true,
        }));
    }
    typed(json!({"data": data}))
}

async fn endpoints(request: api::ListImageModelEndpoints) -> Answer<api::ListImageModelEndpoints> {
    let model = catalogue::find(&format!("{}/{}", request.author, request.slug))?;
    if !model.makes.contains(&"image") {
        return Err(not_found(format!("`{}` makes no images", model.id)));
    }
    let (provider, cost) = (model.provider(), model.cost(0, TOKENS));
    let price = json!({"billable": "output_image", "unit": "image", "cost_usd": cost});
    let endpoint = json!({
        "provider_name": provider.name, "provider_slug": provider.slug,
        "provider_tag": provider.slug, "pricing": [price], "supports_streaming": true,
        "allowed_passthrough_parameters": [], "supported_parameters": parameters(model),
    });
    typed(json!({"id": model.id, "endpoints": [endpoint]}))
}
