//! Embeddings: each word adds to one number of the vector, which its hash chooses, so that texts with the same words are
//! near each other.

use base64::{Engine, prelude::BASE64_STANDARD};
use sha2::{Digest, Sha256};

use super::prelude::*;
use crate::{embeddings as api, generations::GenerationApiType};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(embed)
}

/// How many numbers a vector has, where a request does not say, and at most.
const DIMENSIONS: i64 = 1536;

async fn embed(mut state: Held, request: api::CreateEmbeddings) -> Answer<api::CreateEmbeddings> {
    let body = request.body;
    let model = catalogue::find_maker(&body.model, "embeddings")?;
    let dimensions = body.dimensions.unwrap_or(DIMENSIONS);
    let dimensions = rules::within("dimensions", dimensions, 1..=DIMENSIONS)?;
    let texts = texts(&body.input);
    let has_words = !texts.is_empty() && texts.iter().all(|text| words::count(text) > 0);
    ensure(has_words, "there is nothing to embed")?;
    let format = body.encoding_format.as_ref();
    let embedding = |text: &String| encode(&vector(text, dimensions), format);
    let data = texts.iter().enumerate();
    let data = data.map(|(index, text)| json!({"index": index, "embedding": embedding(text)}));
    let data: Vec<_> = data.collect();
    let made = Generation::of(GenerationApiType::Embeddings, model, &texts.join("\n"));
    let id = made.keep(&mut state)?;
    typed(json!({"id": id, "model": model.id, "data": data, "usage": made.usage()}))
}

/// The texts of an input: those in it, or what stands for them, such as the numbers of tokens.
fn texts(input: &api::EmbeddingsInput) -> Vec<String> {
    use api::EmbeddingsInput::{List, Lists, Numbers, Other, Text, Texts};
    // Parts that are not text, such as images, count as what they are in JSON.
    let text = |part: &api::EmbeddingsContentPart| match part {
        api::EmbeddingsContentPart::Text(part) => part.text.clone(),
        part => json!(part).to_string(),
    };
    match input {
        Text(text) => vec![text.clone()],
        Texts(texts) => texts.clone(),
        Numbers(list) => vec![join(list, f64::to_string)],
        Lists(lists) => lists.iter().map(|it| join(it, f64::to_string)).collect(),
        List(list) => list.iter().map(|it| join(&it.content, text)).collect(),
        Other(_) => Vec::new(),
    }
}

fn join<T>(parts: &[T], text: impl Fn(&T) -> String) -> String {
    parts.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// A vector of length 1, unless its words take each other away.
fn vector(text: &str, dimensions: usize) -> Vec<f32> {
    let mut vector = vec![0_f32; dimensions];
    for word in text.to_lowercase().split_whitespace() {
        let hash = Sha256::digest(word.as_bytes());
        let add = |sum, byte: &u8| (sum * 256 + usize::from(*byte)) % dimensions;
        vector[hash[..8].iter().fold(0, add)] += if hash[8] & 1 == 0 { 1.0 } else { -1.0 };
    }
    let squares = vector.iter().map(|number| number * number);
    let length = squares.sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter().map(|number| number / length).collect()
}

/// The numbers, or as they are in memory, the lowest byte first.
fn encode(vector: &[f32], format: Option<&api::EmbeddingsEncodingFormat>) -> Value {
    if format != Some(&api::EmbeddingsEncodingFormat::Base64) {
        return json!(vector);
    }
    let bytes = vector.iter().flat_map(|number| number.to_le_bytes());
    json!(BASE64_STANDARD.encode(bytes.collect::<Vec<_>>()))
}
