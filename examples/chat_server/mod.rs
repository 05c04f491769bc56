//! Plays the server of a language model on loopback. It sends the answer word by word as events if the request asks for
//! a stream, and otherwise at once.
//!
//! The events have the format of many such servers: JSON in each event, and `[DONE]` in the last.

use std::{convert::Infallible, io, net::Ipv4Addr, time::Duration};

use axum::{
    Json, Router,
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
    routing::post,
};
use serde::Deserialize;
use serde_json::json;
use tokio::{net::TcpListener, time::sleep};

/// The pause before each word.
const PAUSE: Duration = Duration::from_millis(60);

/// Starts the server on a free port and returns its base URL. The server runs until the tokio runtime ends.
pub(crate) async fn start() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}/api/v1", listener.local_addr()?);
    let router = Router::new().route("/api/v1/responses", post(create));
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base_url)
}

/// The body of a question.
#[derive(Deserialize)]
struct Question {
    input: String,
    #[serde(default)]
    stream: bool,
}

async fn create(Json(question): Json<Question>) -> Response {
    let Question { input, stream } = question;
    let answer = format!(
        "You ask: \"{input}\" All I know is how to say so slowly, one word after the other, until I am done."
    );
    if !stream {
        return Json(json!({ "text": answer })).into_response();
    }
    let words = answer.split_inclusive(' ');
    let chunks = words.map(|word| json!({ "delta": word }).to_string());
    let data: Vec<String> = chunks.chain(["[DONE]".to_owned()]).collect();
    let events = futures_util::stream::unfold(data.into_iter(), |mut data| async {
        let event = Event::default().data(data.next()?);
        sleep(PAUSE).await;
        Some((Ok::<_, Infallible>(event), data))
    });
    Sse::new(events).into_response()
}
