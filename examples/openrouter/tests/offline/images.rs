//! Images come whole and in a stream, in the format of the model.

use base64::{Engine, prelude::BASE64_STANDARD};
use futures_util::TryStreamExt;
use openrouter::{
    error::OpenRouterError,
    images::{
        GenerateImages, ImageGenEvent, ImageGenerationRequest, ImageOutputFormat,
        ListImageModelEndpoints, ListImageModels,
    },
};

use crate::start;

fn draw(model: &str) -> GenerateImages {
    GenerateImages {
        body: ImageGenerationRequest {
            model: model.to_owned(),
            prompt: "a <red> fox".to_owned(),
            ..ImageGenerationRequest::default()
        },
    }
}

#[tokio::test]
async fn as_many_images_come_as_are_asked_for() {
    let (_fake, api) = start().await;
    let mut draw = draw("openai/gpt-5-image");
    draw.body.n = Some(2);
    let answer = api.send(&draw).await.unwrap();
    assert_eq!(answer.data.len(), 2);
    let image = BASE64_STANDARD.decode(&answer.data[1].b64_json).unwrap();
    assert!(image.starts_with(b"\x89PNG"));
    assert_eq!(answer.usage.unwrap().completion_tokens, 2000);
    draw.body.output_format = Some(ImageOutputFormat::Svg);
    let error = api.send(&draw).await.unwrap_err();
    assert!(
        matches!(error.api(), Some(OpenRouterError::BadRequest(_))),
        "{error}"
    );
}

#[tokio::test]
async fn unfinished_images_come_before_the_finished_one() {
    let (_fake, api) = start().await;
    let events = api
        .call(&draw("openai/gpt-5-image"))
        .events()
        .await
        .unwrap();
    let events: Vec<ImageGenEvent> = events.try_collect().await.unwrap();
    let [
        ImageGenEvent::ImageGenerationPartialImage(_),
        ImageGenEvent::ImageGenerationPartialImage(second),
        ImageGenEvent::ImageGenerationCompleted(last),
    ] = &events[..]
    else {
        panic!("{events:?}");
    };
    assert_eq!(second.partial_image_index, 1);
    assert_eq!(last.media_type.as_deref(), Some("image/png"));
}

#[tokio::test]
async fn vector_graphics_come_as_their_markup() {
    let (_fake, api) = start().await;
    let events = api
        .call(&draw("recraft/recraft-v4-vector"))
        .events()
        .await
        .unwrap();
    let events: Vec<ImageGenEvent> = events.try_collect().await.unwrap();
    let mut markup = String::new();
    for event in &events {
        match event {
            ImageGenEvent::ImageGenerationTextChunk(chunk) => markup.push_str(&chunk.text),
            ImageGenEvent::ImageGenerationCompleted(last) => {
                let whole = BASE64_STANDARD.decode(&last.b64_json).unwrap();
                assert_eq!(whole, markup.as_bytes());
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(markup.contains("a &lt;red> fox"), "{markup}");
}

#[tokio::test]
async fn image_models_are_listed_with_their_endpoints() {
    let (_fake, api) = start().await;
    let models = api.send(&ListImageModels::default()).await.unwrap().data;
    let ids: Vec<&str> = models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(ids, ["openai/gpt-5-image", "recraft/recraft-v4-vector"]);
    let mut list = ListImageModelEndpoints {
        author: "recraft".to_owned(),
        slug: "recraft-v4-vector".to_owned(),
    };
    let endpoints = api.send(&list).await.unwrap().endpoints;
    assert_eq!(endpoints[0].provider_slug, "recraft");
    list.author = "nobody".to_owned();
    let error = api.send(&list).await.unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 404);
}
