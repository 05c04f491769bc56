//! Documents are sorted by how many words of the query they have.

use std::collections::BTreeSet;

use super::prelude::*;
use crate::{generations::GenerationApiType, rerank as api};

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(rerank)
}

async fn rerank(mut state: Held, request: api::RerankDocuments) -> Answer<api::RerankDocuments> {
    let body = request.body;
    let model = catalogue::find_maker(&body.model, "rerank")?;
    let query = words_of(&body.query);
    let has_both = !query.is_empty() && !body.documents.is_empty();
    ensure(has_both, "there is no query, or nothing to sort")?;
    let mut made = Generation::of(GenerationApiType::Rerank, model, &body.query);
    let mut results = Vec::new();
    for (index, document) in body.documents.iter().enumerate() {
        let document = match json!(document) {
            Value::String(text) => json!({"text": text}),
            document => document,
        };
        let text = document["text"].as_str().unwrap_or_default();
        made.input_tokens += words::count(text);
        let score = score(&query, text);
        let result = json!({"index": index, "relevance_score": score, "document": document});
        results.push(typed::<api::RerankResult>(result)?);
    }
    results.sort_by(|a, b| b.relevance_score.total_cmp(&a.relevance_score));
    let most = body.top_n.and_then(|most| usize::try_from(most).ok());
    results.truncate(most.unwrap_or(usize::MAX));
    let mut usage = made.usage();
    usage["search_units"] = json!(1);
    let (id, provider) = (made.keep(&mut state)?, model.provider().name);
    typed(json!({
        "id": id, "model": model.id, "provider": provider, "results": results, "usage": usage,
    }))
}

fn words_of(text: &str) -> BTreeSet<String> {
    let words = text.split(|char: char| !char.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Which part of the words of the query a text has.
#[allow(clippy::cast_precision_loss, reason = "there are few words")]
fn score(query: &BTreeSet<String>, text: &str) -> f64 {
    query.intersection(&words_of(text)).count() as f64 / query.len() as f64
}
