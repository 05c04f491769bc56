//! Documents come in the order of the words that they share with the query.

use openrouter::rerank::{RerankDocuments, RerankMultimodalDocument, RerankRequest};

use crate::start;

#[tokio::test]
async fn the_documents_with_most_words_of_the_query_come_first() {
    let (_fake, api) = start().await;
    let third = RerankMultimodalDocument {
        text: Some("Paris is the capital of France.".to_owned()),
        image: None,
    };
    let mut rerank = RerankDocuments {
        body: RerankRequest {
            model: "cohere/rerank-v3.5".to_owned(),
            query: "capital of France".to_owned(),
            documents: vec![
                "Berlin, capital of Germany".to_owned().into(),
                "nothing".to_owned().into(),
                third.into(),
            ],
            ..RerankRequest::default()
        },
    };
    let answer = api.send(&rerank).await.unwrap();
    let results: Vec<(i64, f64)> = answer
        .results
        .iter()
        .map(|result| (result.index, result.relevance_score))
        .collect();
    assert_eq!(results, [(2, 1.0), (0, 2.0 / 3.0), (1, 0.0)]);
    rerank.body.top_n = Some(1);
    let best = api.send(&rerank).await.unwrap().results;
    assert_eq!(best.len(), 1);
    let text = best[0].document.text.as_deref();
    assert_eq!(text, Some("Paris is the capital of France."));
}
