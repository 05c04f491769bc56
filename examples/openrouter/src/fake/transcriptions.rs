//! Transcriptions. The stand-in cannot hear: what it writes down is the audio itself where that is text in UTF-8, and
//! nothing that can be understood otherwise.

use axum::{
    Extension, Json, Router,
    extract::{FromRequest, Multipart, Request, State},
    http::header::CONTENT_TYPE,
    routing::post,
};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};

use super::{
    Answer, catalogue, check::Caller, generations::Generation, refusal::Refusal, speech::WORD,
    state::Shared, words,
};

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/audio/transcriptions", post(transcribe))
}

/// What is written down where nothing can be understood.
const UNHEARD: &str = "[inaudible]";

/// What is to be written down, and how, from whichever kind of body.
#[derive(Default)]
struct Wanted {
    audio: Vec<u8>,
    model: String,
    language: Option<String>,
    is_verbose: bool,
    with_words: bool,
}

impl Wanted {
    fn from_json(body: &Value) -> Result<Self, Refusal> {
        let audio = body["input_audio"]["data"].as_str().unwrap_or_default();
        let granularities = body["timestamp_granularities"].as_array();
        Ok(Self {
            audio: BASE64_STANDARD
                .decode(audio)
                .map_err(|error| Refusal::bad_request(error.to_string()))?,
            model: body["model"].as_str().unwrap_or_default().to_owned(),
            language: body["language"].as_str().map(str::to_owned),
            is_verbose: body["response_format"] == "verbose_json",
            with_words: granularities.is_some_and(|names| names.contains(&json!("word"))),
        })
    }

    async fn from_form(mut form: Multipart) -> Result<Self, Refusal> {
        let unreadable = |error: &dyn std::fmt::Display| Refusal::bad_request(error.to_string());
        let mut wanted = Self::default();
        while let Some(field) = form
            .next_field()
            .await
            .map_err(|error| unreadable(&error))?
        {
            let name = field.name().unwrap_or_default().to_owned();
            let bytes = field.bytes().await.map_err(|error| unreadable(&error))?;
            let text = || String::from_utf8_lossy(&bytes).into_owned();
            match name.as_str() {
                "file" => wanted.audio = bytes.to_vec(),
                "model" => wanted.model = text(),
                "language" => wanted.language = Some(text()),
                "response_format" => wanted.is_verbose = text() == "verbose_json",
                "timestamp_granularities[]" => wanted.with_words |= text() == "word",
                "temperature" => {}
                other => {
                    return Err(Refusal::bad_request(format!(
                        "the form has no part `{other}`"
                    )));
                }
            }
        }
        Ok(wanted)
    }
}

async fn transcribe(
    State(shared): State<Shared>,
    Extension(caller): Extension<Caller>,
    request: Request,
) -> Answer {
    let content_type = request.headers().get(CONTENT_TYPE);
    let is_json = content_type.is_some_and(|value| value == "application/json");
    let wanted = if is_json {
        let body = Json::<Value>::from_request(request, &()).await;
        let Json(body) = body.map_err(|error| Refusal::bad_request(error.body_text()))?;
        Wanted::from_json(&body)?
    } else {
        let form = Multipart::from_request(request, &()).await;
        Wanted::from_form(form.map_err(|error| Refusal::bad_request(error.body_text()))?).await?
    };
    let model = catalogue::find_maker(&wanted.model, "transcription")?;
    if wanted.audio.is_empty() {
        return Err(Refusal::bad_request("there is nothing to hear"));
    }
    let text = String::from_utf8(wanted.audio.clone());
    let text = text.map_or_else(|_| UNHEARD.to_owned(), |text| text.trim().to_owned());
    let generation = Generation {
        api: "stt",
        model,
        input_tokens: 0,
        output_tokens: words::count(&text),
        finish_reason: "stop",
        streamed: false,
        input: json!({"prompt": ""}),
        output: Some(text.clone()),
    };
    generation.keep(&mut shared.lock(), &caller.0)?;
    Ok(Json(describe(&wanted, &text, &generation)))
}

fn describe(wanted: &Wanted, text: &str, generation: &Generation) -> Value {
    let words: Vec<&str> = text.split_whitespace().collect();
    #[allow(clippy::cast_precision_loss, reason = "nobody says so many words")]
    let at = |word: usize| word as f64 * WORD;
    let seconds = at(words.len());
    let mut answer = json!({
        "text": text,
        "usage": {
            "cost": generation.cost(),
            "input_tokens": 0,
            "output_tokens": words.len(),
            "total_tokens": words.len(),
            "seconds": seconds,
        },
    });
    if wanted.is_verbose {
        answer["task"] = json!("transcribe");
        answer["language"] = json!(wanted.language.as_deref().unwrap_or("en"));
        answer["duration"] = json!(seconds);
        answer["segments"] = json!([{"id": 0, "start": 0.0, "end": seconds, "text": text}]);
    }
    if wanted.is_verbose && wanted.with_words {
        let words = words.iter().enumerate();
        let words = words
            .map(|(index, word)| json!({"word": word, "start": at(index), "end": at(index + 1)}));
        answer["words"] = words.collect();
    }
    answer
}
